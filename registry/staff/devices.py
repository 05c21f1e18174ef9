"""Browsers that staff have signed in from: a cookie that only our key can make, for that login alone.

After OWASP's "device cookies": whoever shows one is no stranger who guesses, and is counted alone. It opens nothing.
"""

from hmac import compare_digest
from secrets import token_urlsafe

from registry.store.encryption import Cipher

_LABEL = 16
"""Hexadecimal digits: enough to tell the colleagues at one browser apart."""


class Devices:
    """Gives the cookies out and knows them again; nothing is kept."""

    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher

    def label(self, login: str) -> str:
        """What a browser keeps the cookie of `login` by, which does not tell whose it is."""
        return self._cipher.index(f"device of {login.casefold()}")[:_LABEL]

    def new(self, login: str) -> str:
        """A cookie for another browser of `login`."""
        name = token_urlsafe(16)
        return f"{name}.{self._signature(login, name)}"

    def is_of(self, login: str, cookie: str) -> bool:
        """Whether `cookie` is one that was given to `login`."""
        name, _, signature = cookie.partition(".")
        return compare_digest(signature.encode(), self._signature(login, name).encode())

    def _signature(self, login: str, name: str) -> str:
        return self._cipher.index(f"device {name} {login.casefold()}")
