"""Who makes a request: a browser by its cookie, a program by its key, or somebody by a name of their own."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import Response

from bot.http.api_keys import ApiKeys
from bot.senders import API, OPEN, Sender, SenderError
from bot.web.cookies import Cookies, new_sender


@dataclass(frozen=True)
class Caller:
    """One who makes a request."""

    connection: HTTPConnection
    cookies: Cookies
    browser: Sender
    """Whom the cookie tells of; somebody new where there is none."""
    is_new: bool
    is_fresh: bool
    program: str | None
    """By which key they came."""

    def whose(self, name: str | None) -> Sender:
        """Who speaks where the request says `name`; raises SenderError where nobody can be called that."""
        if self.program is not None:
            if name is None:
                raise SenderError("must be named")
            return Sender(API, f"{self.program}-{name}")
        return self.browser if name is None else Sender(OPEN, name)

    def keep(self, response: Response, sender: Sender, ended: bool = False) -> Response:
        """`response`, by which the browser goes on as `sender`, or as nobody where the talk has `ended`."""
        if sender != self.browser:
            return response
        if ended:
            self.cookies.take(self.connection, response)
        elif not self.is_fresh:
            self.cookies.give(self.connection, response, sender)
        return response


class Callers:
    """Knows them."""

    def __init__(self, cookies: Cookies, keys: ApiKeys) -> None:
        self._cookies = cookies
        self._keys = keys

    def of(self, connection: HTTPConnection) -> Caller:
        """Raises KeyRefused."""
        program = self.program_of(connection)
        known = self._cookies.of(connection)
        if known is None:
            return Caller(connection, self._cookies, new_sender(), True, False, program)
        return Caller(connection, self._cookies, known.sender, False, known.is_fresh, program)

    def program_of(self, connection: HTTPConnection) -> str | None:
        """The name of the program whose key comes along, None where none does; raises KeyRefused."""
        return self._keys.program_of(connection.headers.get("authorization"))

    def give(self, connection: HTTPConnection, response: Response, sender: Sender) -> None:
        """Makes the browser `sender`, who spoke on another one before."""
        self._cookies.give(connection, response, sender)


def callers_of_this_process(embedding: Sequence[str] = ()) -> Callers:
    """Where no key is kept."""
    key = secrets.token_bytes()

    def sign(text: str) -> str:
        return hmac.new(key, text.encode("utf-8", "replace"), "sha256").hexdigest()

    return Callers(Cookies(sign, bool(embedding)), ApiKeys({}))
