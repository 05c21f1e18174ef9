"""Browsers that were given a cookie before the test begins."""

import time
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from bot.http.api_keys import ApiKeys, digest_of
from bot.senders import WEB, Sender
from bot.web.callers import Callers
from bot.web.cookies import Cookies

KEY = "a-key-of-thirty-two-characters-or-more"
PROGRAM = "shi"
ME = Sender(WEB, "1")


def sign(text: str) -> str:
    """Signs as the application of these tests does."""
    return sha256(f"secret {text}".encode("utf-8", "replace")).hexdigest()


def callers(embedded: bool = False) -> Callers:
    """Know the cookies of this module, and one program."""
    return Callers(Cookies(sign, embedded), ApiKeys({PROGRAM: digest_of(KEY)}))


def cookie_of(sender: Sender = ME, used: float | None = None) -> dict[str, str]:
    """The cookie of `sender`, last used at `used`, now where that is None."""
    text = f"{sender.name}.{int(time.time() if used is None else used)}"
    return {"zhuyetong": f"{text}.{sign(text)}"}


def sender_in(cookies: Iterable[Mapping[str, Any]]) -> Sender:
    """Who a browser with these cookies is."""
    (value,) = (each["value"] for each in cookies if each["name"] == "zhuyetong")
    return Sender(WEB, value.split(".")[0])
