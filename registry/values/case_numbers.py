"""Numbers of cases: short enough to say aloud, and they notice when one digit is wrong."""

import re
import secrets

from stdnum import damm

# Eight digits until 2026. None of ten begins with 1: a mobile number that lost a digit must not pass for one.
_SHAPE = re.compile(r"[1-9][0-9]{7}|[2-9][0-9]{9}")


def new_number() -> str:
    """Ten random digits; the last one checks the others."""
    digits = str(200_000_000 + secrets.randbelow(800_000_000))
    return digits + str(damm.calc_check_digit(digits))


def is_number(text: str) -> bool:
    """Whether `text` can be one: false for every number with one digit wrong or two neighbours swapped."""
    return _SHAPE.fullmatch(text) is not None and damm.is_valid(text)
