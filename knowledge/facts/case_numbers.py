"""Finds the number of a registration as people say it: 234 567 8901, 二三四五六七八九零幺, 1234 5678."""

import re

from knowledge.facts.phones import phones

_BETWEEN = re.compile(r"[\s,，.。\-]+")
_SHAPE = re.compile(r"[2-9]\d{9}|\d{8}")
"""Ten digits, none of which begin as a telephone does; of the earlier ones eight."""
_NEAR = (7, 11)
"""With how many digits something may have been meant for one."""
WRONG_LENGTH = "number_length"


def case_number(text: str, is_answer: bool) -> tuple[str | None, str | None]:
    """The ten or eight digits in `text` (in normal form), and what is wrong where there are others; both None where
    there are none. Whether the check digit is right, the registry knows. `is_answer`: the number was just asked for."""
    whole = _BETWEEN.sub("", text)
    if is_answer and _SHAPE.fullmatch(whole):
        # Even where it looks like a day: 1935 0121.
        return whole, None
    runs = phones(text)
    numbers = [run.digits for run in runs if _SHAPE.fullmatch(run.digits)]
    if numbers:
        return numbers[-1], None
    fewest, most = _NEAR
    near = any(run.problem and fewest <= len(run.digits) <= most and run.digits[0] != "0" for run in runs)
    return None, WRONG_LENGTH if is_answer and (near or (runs and len(runs[-1].digits) < fewest)) else None
