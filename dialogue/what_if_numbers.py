"""Reads which number a what-if changes, and to what: 再招两个, 减到3个, 一个都不招, 翻一倍."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from dialogue.supposed import Told, Unclear, Values
from dialogue.what_if_words import DOUBLE, FEWER, HALF, HIRES, HIRES_ONLY, MORE, NAMES, NOBODY, TO
from knowledge.facts.amounts import Amount, amounts
from knowledge.facts.annotated_examples import slots
from knowledge.facts.fact_reader import Fact

_PEOPLE = ("disabled_staff", "staff", "establishment", "over")
_COUNTS = frozenset({"", "个", "名", "位", "人", "号人", "口人", "个人", "号"})
_MONEY = frozenset({"元", "块", "块钱", "圆"})
_TIMES = frozenset({"次", "回", "趟", "遍", "轮", "届", "任"})
_WAGES = (1_000, 6_000)
_MANY_TIMES = 4
"""A bare number so many times nearer to one of the values, in ratio, is meant for that one."""
_FARTHEST = 20
"""How many times a bare number may differ from the value it is meant for: 十八万呢 is no staff."""
_BECOMES = re.compile("变成?|换成?|改成?")
"""Between the old number and the new one: 两个变四个."""
_MOST_HIRED = 10
_FEW = Decimal("0.1")
"""Of the staff: more people than that, and than ten, need not be disabled staff to be hired."""
Changes = Mapping[str, Fact]


def changed_numbers(text: str, told: Told, base: Values) -> tuple[Changes, Values, Values] | Unclear:
    """Slot → its new value, the values that it was changed from, and those before somebody was hired.

    The first is empty where no number can be one of a slot; more or fewer of what is not known are none.
    """
    changes: dict[str, Fact] = {}
    hired_from: Values = {}
    clauses = _with_clauses(text)
    for place, (amount, clause) in enumerate(clauses):
        if place + 1 < len(clauses) and _BECOMES.fullmatch(text[amount.end : clauses[place + 1][0].start]):
            continue
        slot = _slot_that_was(text, clauses, place, base) or _slot_of(amount, clause, told, base)
        if isinstance(slot, Unclear):
            return slot
        if slot is None:
            continue
        replaces = slot in told.hired_from and bool(HIRES_ONLY.search(clause))
        base = told.hired_from if replaces else base
        fact, more = _changed_number(amount, clause, base.get(slot), replaces)
        if slot not in base and more is not None:
            return {}, base, {}
        changes[slot] = fact
        if more is not None and more > 0 and slot == "disabled_staff":
            hired_from = told.hired_from or base
    return changes, base, hired_from


def _slot_that_was(text: str, clauses: Sequence[tuple[Amount, str]], place: int, base: Values) -> str | None:
    """The only slot whose old value is said right before its new one: 两个变四个."""
    if place == 0:
        return None
    old, new = clauses[place - 1][0], clauses[place][0]
    if old.value is None or not _BECOMES.fullmatch(text[old.end : new.start]):
        return None
    were = [slot for slot in _PEOPLE if slot in base and Decimal(base[slot]) == old.value]
    return were[0] if len(were) == 1 else None


def without_numbers(text: str) -> str:
    """`text` without its amounts."""
    for amount in reversed(amounts(text)):
        text = text[: amount.start] + text[amount.end :]
    return text


def of_nobody(text: str, told: Told) -> Changes:
    """That there is nobody, 一个都不招; where somebody was hired in a what-if before, that they are not."""
    slot = _nobody(text, told)
    if slot is None:
        return {}
    stays = told.hired_from.get(slot) if HIRES.search(text) else None
    return {slot: Fact(stays or "0", 1.0)}


def _with_clauses(text: str) -> list[tuple[Amount, str]]:
    """Each amount, and the words about it: from the amount before it, or the comma, to the next comma or amount."""
    found = amounts(text)
    pairs = []
    for index, amount in enumerate(found):
        begin = max([found[index - 1].end if index else 0, *(_commas(text, amount.start))])
        after = [match.start() for match in re.finditer("[,，;；。]", text) if match.start() >= amount.end]
        end = min([*after, found[index + 1].start if index + 1 < len(found) else len(text), len(text)])
        pairs.append((amount, f"{text[begin : amount.start]}|{text[amount.end : end]}"))
    return pairs


def _commas(text: str, place: int) -> list[int]:
    return [match.end() for match in re.finditer("[,，;；。]", text) if match.end() <= place]


def _slot_of(amount: Amount, clause: str, told: Told, base: Values) -> str | Unclear | None:
    """Which number is meant: by its noun or unit, by the verb, by its size, by what was changed last."""
    value = amount.value
    taken = [slot for slot in told.slots if slots()[slot].kind == "number"]
    if amount.measure not in _COUNTS | _MONEY | _TIMES:
        return None
    for slot, words in NAMES.items():
        if slot in taken and words.search(clause):
            return slot
    if amount.measure in _MONEY or (
        amount.measure == "" and value is not None and _WAGES[0] <= value <= _WAGES[1] and base.get("wage")
    ):
        return "wage" if "wage" in taken else None
    if "placements" in taken:
        return "placements"
    people = [slot for slot in _PEOPLE if slot in taken and slot in base]
    if amount.measure not in _COUNTS or not people:
        return None
    if "disabled_staff" in people and HIRES.search(clause):
        few = value is None or value <= max(Decimal(_MOST_HIRED), Decimal(base.get("staff", "0")) * _FEW)
        return "disabled_staff" if few else _between(people, told)
    if people == ["over"]:
        return "over"
    if (MORE.search(clause) or FEWER.search(clause)) and not TO.search(clause.partition("|")[0]):
        return _between(people, told)
    return _nearest(value, people, told, base)


def _between(people: Sequence[str], told: Told) -> str | Unclear:
    if told.last in people:
        return str(told.last)
    return Unclear((people[1], people[0])) if len(people) > 1 else people[0]


def _nearest(value: Decimal | None, people: Sequence[str], told: Told, base: Values) -> str | Unclear | None:
    """The one whose value is much nearer to a bare number than any other's, else the one changed last; None
    where it is far from all."""

    def away(slot: str) -> Decimal:
        ratio = max(value or Decimal(1), Decimal(1)) / max(Decimal(base[slot]), Decimal(1))
        return max(ratio, 1 / ratio)

    if value is None:
        return _between(people, told)
    ranked = sorted(people, key=away)
    if value and away(ranked[0]) > _FARTHEST:
        return None
    if len(people) == 1:
        return people[0]
    return ranked[0] if away(ranked[1]) >= away(ranked[0]) * _MANY_TIMES else _between(people, told)


def _changed_number(amount: Amount, clause: str, known: str | None, replaces: bool) -> tuple[Fact, Decimal | None]:
    """The new value, and by how many it is more or fewer where that was said; None where the number itself was."""
    if amount.value is None:
        return Fact(None, 1.0, problem="vague"), None
    value, more = amount.value, None
    left, _, right = clause.partition("|")
    if not TO.search(left):
        more = -value if FEWER.search(left) or FEWER.match(right) else value if MORE.search(left) else None
        if replaces or (more is None and HIRES.search(left) and re.search("再|又|另", clause)):
            more = value
    if more is not None and known is not None:
        return Fact(f"{(Decimal(known) + more).normalize():f}", 1.0, amount.approximate), more
    return Fact(f"{value.normalize():f}", 1.0, amount.approximate), more


def _nobody(text: str, told: Told) -> str | None:
    if not NOBODY.search(text):
        return None
    named = [slot for slot, words in NAMES.items() if slot in told.slots and words.search(text)]
    people = [slot for slot in (*named, "disabled_staff", "placements") if slot in told.slots]
    return people[0] if people else None


def scaled(text: str, told: Told, base: Values) -> Changes | Unclear:
    """Twice, or half, of the number that is named or was changed last."""
    times = Decimal(2) if DOUBLE.search(text) else Decimal("0.5") if HALF.search(text) else None
    named = [slot for slot, words in NAMES.items() if slot in base and slot in told.slots and words.search(text)]
    people = [each for each in _PEOPLE if each in base and each in told.slots]
    if times is None or not (named or people):
        return {}
    slot = named[0] if named else _between(people, told)
    if isinstance(slot, Unclear):
        return slot
    return {slot: Fact(f"{(Decimal(base[slot]) * times).normalize():f}", 1.0)}
