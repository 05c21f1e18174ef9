"""Finds the number of a registration as people say it: 1234 5678, 一二三四五六七八, 幺二三四，五六七八."""

import re

from knowledge.facts.phones import phones

_BETWEEN = re.compile(r"[\s,，.。\-]+")
DIGITS = 8
WRONG_LENGTH = "number_length"


def case_number(text: str, is_answer: bool) -> tuple[str | None, str | None]:
    """The eight digits in `text` (in normal form), and what is wrong where there are others; both None where there are
    none. Whether the check digit is right, the registry knows. `is_answer`: the number was just asked for."""
    whole = _BETWEEN.sub("", text)
    if is_answer and re.fullmatch(rf"\d{{{DIGITS}}}", whole):
        # Even where it looks like a day: 1935 0121.
        return whole, None
    runs = [phone.digits for phone in phones(text)]
    eight = [digits for digits in runs if len(digits) == DIGITS]
    if eight:
        return eight[-1], None
    near = [digits for digits in runs if DIGITS - 1 <= len(digits) <= DIGITS + 1]
    return None, WRONG_LENGTH if is_answer and (near or (runs and len(runs[-1]) < DIGITS)) else None
