"""Reads numbers put one after the other, as staff type them for a caller: 超比例 240人 6人 1850."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from dialogue.what_if_words import NAMES, SUMS
from knowledge.facts.amounts import Amount, amounts
from knowledge.facts.corrections import is_correction
from knowledge.facts.fact_reader import Fact

_LEAST_NUMBERS = 2
_WAGES = (1_000, 6_000)
_PEOPLE = frozenset({"", "人", "个", "名", "位", "个人", "号人"})
_MONEY = frozenset({"", "元", "块", "块钱", "圆"})
_LEFT_OVER = 2
_CHANGES = re.compile("[变换改增减加添多少再到]")
"""两个变四个 is a change."""
_COUNTED = ("establishment", "staff", "disabled_staff")
_CLASSES = frozenset({"类", "级"})
_NOUN_BEHIND = re.compile(r"(?:残疾?人?|编制?)(?![\d零一二两三四五六七八九十百])|(?:残疾?人?|编制?)(?=[一二三123]类)")
_NO_NOUNS = frozenset({"over", "placements"})
_ASIDE = re.compile(
    "超比例|奖励|奖金|按比例|名额|残疾人?|残职?|职工|员工|总人数|总数|在职|在编|编制|最低工资|工资|标准|月薪|企业|公司|单位|民企|国企|国有|民营|私企|"
    "机关|事业|人数|其中|现有|共|算|一下|帮|给|我们?|的|有|是|一类|二类|三类|区域?|呢|多少"
)


def read_shorthand(text: str) -> Mapping[str, Fact]:
    """Slot → number of a `text` (in normal form) of two or more counts of people and hardly a word; {} for any other.

    A noun beside a number tells what it is; else what can be a wage is one, the larger of two counts is the staff, and
    of three the establishment comes first.
    """
    # 二类 counts nothing.
    found = [each for each in amounts(text) if each.value is not None and each.measure not in _CLASSES]
    if not _is_shorthand(text, found):
        return {}
    stated: dict[str, Amount] = {}
    bare: list[Amount] = []
    end = 0
    for amount in found:
        # 5残 is as good as 残5; in 在53残0 the noun is that of the next number.
        behind = None if amount.measure else _NOUN_BEHIND.match(text, amount.end)
        noun, end = (behind[0], behind.end()) if behind else (text[end : amount.start], amount.end)
        named = next((slot for slot, words in NAMES.items() if slot not in _NO_NOUNS and words.search(noun)), None)
        if named is not None and named not in stated:
            stated[named] = amount
        elif amount.measure in _MONEY and _can_be_wage(amount) and len(bare) + len(stated) > 1:
            stated["wage"] = amount
        elif _can_be_people(amount):
            bare.append(amount)
        else:
            return {}
    open_slots = [slot for slot in _COUNTED if slot not in stated]
    people = len(bare) + len(_COUNTED) - len(open_slots)
    if people == _LEAST_NUMBERS:
        open_slots = [slot for slot in open_slots if slot != "establishment"]
    return _facts(stated, bare, open_slots) if people >= _LEAST_NUMBERS else {}


def _is_shorthand(text: str, found: Sequence[Amount]) -> bool:
    """Whether `text` is hardly more than its numbers `found`, and of people: 二(六)1 is a place."""
    rest = text
    for amount in reversed(found):
        rest = rest[: amount.start] + rest[amount.end :]
    left = re.sub(r"[\W_]", "", _ASIDE.sub("", rest))
    if len(found) < _LEAST_NUMBERS or len(left) > _LEFT_OVER or _CHANGES.search(left):
        return False
    of_people = any(amount.measure in _PEOPLE - {""} for amount in found)
    with_wage = len(found) > _LEAST_NUMBERS and any(_can_be_wage(amount) for amount in found)
    named = any(words.search(text) for words in (*NAMES.values(), *SUMS.values()))
    return (of_people or with_wage or named) and not is_correction(text)


def _can_be_people(amount: Amount) -> bool:
    number = amount.value or Decimal(0)
    return amount.measure in _PEOPLE and number == int(number) and (bool(amount.measure) or number < _WAGES[1])


def _can_be_wage(amount: Amount) -> bool:
    return _WAGES[0] <= (amount.value or 0) <= _WAGES[1]


def named_sum(text: str) -> str | None:
    """The calculator that `text` (in normal form) names; None where it names none, or both."""
    named = [journey for journey, words in SUMS.items() if words.search(text)]
    return named[0] if len(named) == 1 else None


def _facts(stated: Mapping[str, Amount], bare: Sequence[Amount], open_slots: Sequence[str]) -> dict[str, Fact]:
    if len(bare) > len(open_slots):
        return {}
    if len(bare) > _LEAST_NUMBERS and bare[-1].value != min(amount.value or 0 for amount in bare):
        return {}
    if list(open_slots) == ["staff", "disabled_staff"]:
        bare = sorted(bare, key=lambda amount: amount.value or Decimal(0), reverse=True)
    filled = {**stated, **dict(zip(open_slots, bare, strict=False))}
    return {
        slot: Fact(f"{amount.value.normalize():f}", 1.0, amount.approximate)
        for slot, amount in filled.items()
        if amount.value is not None
    }
