"""One-time codes that change every half minute (RFC 6238)."""

from datetime import datetime

import pyotp

_SECONDS = 30
_DIGITS = 6
_ISSUER = "助业通"


def new_secret() -> str:
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: datetime, used: int | None) -> int | None:
    """The time step that `code` is of: now or the one before or after; None where it is wrong or was used before."""
    code = "".join(code.split())
    if len(code) != _DIGITS or not (code.isascii() and code.isdigit()):
        return None
    current = int(now.timestamp()) // _SECONDS
    codes = pyotp.TOTP(secret)
    for step in (current - 1, current, current + 1):
        if codes.verify(code, for_time=step * _SECONDS) and (used is None or step > used):
            return step
    return None


def address(secret: str, login: str) -> str:
    """What an authenticator takes in: otpauth://…"""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=_ISSUER)
