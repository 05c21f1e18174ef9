"""Numbers of cases: short enough to say aloud, and they notice when one digit is wrong."""

import re
import secrets

from stdnum import damm

_SHAPE = re.compile(r"[1-9][0-9]{7}")


def new_number() -> str:
    """8 digits by chance; the last one checks the others."""
    digits = str(1_000_000 + secrets.randbelow(9_000_000))
    return digits + str(damm.calc_check_digit(digits))


def is_number(text: str) -> bool:
    """Whether `text` can be one: false for every number with one digit wrong or two neighbours swapped."""
    return _SHAPE.fullmatch(text) is not None and damm.is_valid(text)


def grouped(number: str) -> str:
    """`number` as it is read out, e.g. "1234 5678"."""
    return f"{number[:4]} {number[4:]}"
