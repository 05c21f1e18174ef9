"""The cookie a browser's conversation goes on by: issued and signed here, and never readable by a script."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from hmac import compare_digest
from secrets import token_urlsafe

from starlette.requests import HTTPConnection
from starlette.responses import Response

from bot.senders import WEB, Sender

LASTS = 24 * 3_600
"""Seconds without use after which a browser is somebody new: it may stand in a library."""
_BETWEEN_REFRESHES = 300
_NAME = "zhuyetong"
_BYTES_OF_A_NAME = 16


@dataclass(frozen=True)
class Known:
    """Whom a cookie tells of."""

    sender: Sender
    is_fresh: bool
    """Whether it was set so lately that it need not be set again."""


class Cookies:
    """Issues the cookies, and reads its own."""

    def __init__(
        self, sign: Callable[[str], str], embedded: bool = False, now: Callable[[], float] = time.time
    ) -> None:
        """`sign` gives what only we can make of a text; `embedded`: other sites may hold the page."""
        self._sign = sign
        self._embedded = embedded
        self._now = now

    def of(self, connection: HTTPConnection) -> Known | None:
        """Whose cookie comes with it; None where there is none, it is not ours, or it was not used for a day."""
        text, _, signature = connection.cookies.get(_name(connection), "").rpartition(".")
        # As bytes: compare_digest takes only ASCII as text.
        if not compare_digest(signature.encode("utf-8", "replace"), self._sign(text).encode()):
            return None
        name, _, used = text.partition(".")
        idle = self._now() - int(used)
        return Known(Sender(WEB, name), idle < _BETWEEN_REFRESHES) if idle < LASTS else None

    def give(self, connection: HTTPConnection, response: Response, sender: Sender) -> None:
        """Sets the cookie of `sender`, who came through the web."""
        text = f"{sender.name}.{int(self._now())}"
        self._set(connection, response, f"{text}.{self._sign(text)}", LASTS)

    def take(self, connection: HTTPConnection, response: Response) -> None:
        """Has the browser forget it."""
        self._set(connection, response, "", 0)

    def _set(self, connection: HTTPConnection, response: Response, value: str, lasts: int) -> None:
        rules = "SameSite=Lax"
        if _is_secure(connection):
            # In a frame on another site only this one is sent; what may ask is checked by bot/web/origins.py.
            rules = "SameSite=None; Secure; Partitioned" if self._embedded else "SameSite=Lax; Secure"
        cookie = f"{_name(connection)}={value}; Path=/; Max-Age={lasts}; HttpOnly; {rules}"
        response.headers.append("set-cookie", cookie)


def new_sender() -> Sender:
    """Somebody nobody has met, whose name cannot be guessed."""
    return Sender(WEB, token_urlsafe(_BYTES_OF_A_NAME))


def _name(connection: HTTPConnection) -> str:
    # Browsers take a name that begins so only over https, from this very host and for all of it.
    return f"__Host-{_NAME}" if _is_secure(connection) else _NAME


def _is_secure(connection: HTTPConnection) -> bool:
    return connection.url.scheme in {"https", "wss"}
