"""Reads a what-if about a sum just told: 再招两个呢, 减到3个呢, 要是9月开的呢, 二类区呢.

It is one only where hardly a word of it is left over once what changes, and the words Chinese asks with, are taken out:
如果残疾人集中就业的企业不缴税呢 is a question on the documents, whatever it begins with.
"""

import re
from collections.abc import Mapping
from datetime import date

from dateutil.relativedelta import relativedelta

from dialogue.supposed import Told, Unclear, Values, WhatIf
from dialogue.what_if_numbers import changed_numbers, of_nobody, scaled, without_numbers
from dialogue.what_if_words import (
    ASIDE,
    BEFORE_LAST,
    CHANGES_NOTHING,
    CLASS,
    DATE_SHIFT,
    EARLIER,
    FIRST,
    NOBODY,
    SUPPOSES,
)
from knowledge.facts.amounts import amounts
from knowledge.facts.annotated_examples import slots
from knowledge.facts.dates import dates
from knowledge.facts.fact_reader import Fact

_LEFT_OVER = 3
"""Characters that may be left of a what-if."""
_LONGEST = 40
_SURE_OF_A_CHOICE = 0.5


def read_what_if(text: str, told: Told, facts: Mapping[str, Fact], today: date) -> WhatIf | Unclear | None:
    """What `text` (in normal form) supposes; None where it supposes nothing about what was told.

    `facts`: what else was read from it, of which only choices count.
    """
    if len(text) > _LONGEST or CHANGES_NOTHING.search(text):
        return None
    base = _base(text, told)
    dated = _changed_date(text, told, base, today)
    if dated is not None:
        return _if_about_it(text, text.replace(dated[1], "", 1), WhatIf({"started": dated[0]}, base))
    if (found := CLASS.search(text)) and "wage_class" in told.slots:
        wage_class = Fact(str("一二三".find(found[1]) + 1 or found[1]), 1.0)
        return _if_about_it(text, text.replace(found[0], "", 1), WhatIf({"wage_class": wage_class}, base))
    if nobody := of_nobody(text, told):
        return _if_about_it(text, NOBODY.sub("", text), WhatIf(nobody, base))
    rest = without_numbers(text)
    times = scaled(text, told, base)
    if isinstance(times, Unclear):
        return _if_about_it(text, rest, times)
    if times:
        return _if_about_it(text, rest, WhatIf(times, base))
    numbers = changed_numbers(text, told, base)
    if isinstance(numbers, Unclear):
        return _if_about_it(text, rest, numbers)
    changes, base, hired_from = numbers
    if changes:
        return _if_about_it(text, rest, WhatIf(changes, base, hired_from))
    chosen = _choices(text, told, facts)
    return WhatIf(chosen, base) if chosen else None


def _base(text: str, told: Told) -> Values:
    """What is in force now, or with 原来 the result before it."""
    if told.before and FIRST.search(text):
        return told.before[0]
    return told.before[-1] if told.before and BEFORE_LAST.search(text) else told.values


def _if_about_it(text: str, rest: str, found: WhatIf | Unclear) -> WhatIf | Unclear | None:
    """`found`, where hardly anything of `text` is left beside it in `rest`."""
    left = re.sub(r"\W", "", ASIDE.sub("", rest))
    return found if len(left) <= _LEFT_OVER else None


def _changed_date(text: str, told: Told, base: Values, today: date) -> tuple[Fact, str] | None:
    """Another date, and the words that name it; a month alone is of the year that was told before."""
    if "started" not in told.slots:
        return None
    known = base.get("started")
    if known and (shift := DATE_SHIFT.search(text)):
        return _shifted(known, shift), shift[0]
    found = dates(text, today)
    if not found:
        return None
    span = text[found[-1].start : found[-1].end]
    value = found[-1].value
    if value and known and re.match(r"[\d一二三四五六七八九十]{1,3}月", span):
        value = f"{known[:4]}{value[4:]}"
    return Fact(value, 1.0, problem=found[-1].problem), span


def _shifted(known: str, shift: re.Match[str]) -> Fact:
    """The date `known` so much earlier or later as `shift`, a match of DATE_SHIFT, says."""
    counted = amounts(shift[2])
    number = counted[0].value if counted else None
    if number is None:
        return Fact(None, 1.0, problem="vague_date")
    sign = -1 if EARLIER.search(shift[1]) else 1
    months = int(number * 12) if shift[3] == "年" else int(number) if "月" in shift[3] else 0
    days = int(number) if shift[3] in {"天", "日"} else 0
    later = date.fromisoformat(f"{known}-01-01"[:10]) + relativedelta(months=sign * months, days=sign * days)
    return Fact(later.isoformat()[: max(len(known), 10 if days else 7 if months % 12 else 4)], 1.0)


def _choices(text: str, told: Told, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Another kind of unit, or that something was not so, in a sentence that supposes it."""
    if not SUPPOSES.search(text):
        return {}
    return {
        slot: fact
        for slot, fact in facts.items()
        if slot in told.slots
        and slots()[slot].kind == "choice"
        and fact.value is not None
        and fact.probability >= _SURE_OF_A_CHOICE
        and fact.value != told.values.get(slot)
    }
