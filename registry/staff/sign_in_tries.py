"""What failed sign-ins are counted by, so that guessing ends and no stranger locks staff out.

A browser that has the login's device cookie is counted by itself: whatever fails elsewhere, also behind the same
proxy, never makes it wait. All others are counted by login and address together, by address, and by login in total.

What remains: who makes hundreds of tries from dozens of addresses lets the login wait, at most a quarter of an hour
each time, in browsers it was never used from; whoever is waited for uses the browser of the day before.
"""

from collections.abc import Sequence

from registry.limits.throttling import Subject
from registry.staff.devices import Devices
from registry.store.encryption import Cipher

_BY_DEVICE = 5
_BY_SESSION = 5
_BY_LOGIN_AND_ADDRESS = 5
_BY_ADDRESS = 50
"""A whole office may stand behind one."""
_BY_LOGIN = 200
"""From wherever: a password that is not among the commonest is not found with so few, and then a hundred a day."""


class SignInTries:
    """What each try counts for."""

    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher
        self._devices = Devices(cipher)

    def at_the_door(self, login: str, address: str, device: str) -> Sequence[Subject]:
        """For signing in from `address`, with the device cookie `device` or "".

        A name is counted whether or not there is such an account: nobody learns which there are.
        """
        login = login.casefold()
        if self._devices.is_of(login, device):
            return (self._subject(f"device {device}", _BY_DEVICE),)
        return (
            self._subject(f"login {login} from {address}", _BY_LOGIN_AND_ADDRESS),
            self._subject(f"login {login}", _BY_LOGIN),
            self._subject(f"address {address}", _BY_ADDRESS, forgiven=False),
        )

    def within(self, session: str) -> Sequence[Subject]:
        """For giving the password once more in the session of this hashed token."""
        return (self._subject(f"session {session}", _BY_SESSION),)

    def _subject(self, what: str, allowed: int, forgiven: bool = True) -> Subject:
        return Subject(self._cipher.index(what), allowed, forgiven)
