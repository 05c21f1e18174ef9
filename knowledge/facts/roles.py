"""Tells what each amount and each date of a sentence is: the staff, the wage, the day of a beginning, or none."""

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.classify.linear import LinearClassifier
from knowledge.facts.amounts import Amount, amounts
from knowledge.facts.annotated_examples import Example, slots
from knowledge.facts.answer_features import AnswerFeatures, number_features
from knowledge.facts.bounds import MOST_NUMBERS
from knowledge.facts.dates import StatedDate, dates
from knowledge.language.numerals import DIGITS, PLACES

_NONE = ""
_COST = 3.0
"""Between 2 and 4, which both read one writer's sentences, learnt from the others', better than 1; 3 was not tried."""
_ANY_DAY = date(2026, 11, 24)
"""Which day it is changes a date's value and not what it is a date of."""
_COUNTED_BY = {
    "人": frozenset({"", "个", "名", "位", "人", "口", "号", "个人", "号人", "口人"}),
    "元": frozenset({"", "元", "块", "块钱", "圆"}),
    "次": frozenset({"", "次", "回", "趟", "遍", "轮", "期", "届", "任", "茬", "个"}),
}
"""The measure words that a slot's unit goes by; "" is a bare number."""
# What an answer can hold beside its number and say nothing with.
_NOTHING_ELSE = re.compile(
    r"(?:[嗯哦噢啊呃额唉哎诶那这就才只共有是我咱们里现到的了吧呀呢嘛咯喽嘞哈整约算得去底年说\s,，.。!！;；、~]|一共|总共|合计|大概|差不多|"
    r"估计|可能|应该|好像|记不[清得]|目前|也就|拢共|足足|单位|记得)*"
)
_TAKEN_BACK = re.compile(
    r"[\s,，.。]*(?:哦|噢|啊|呃|嗯|哎)*(?:不对|不是|不|错了|说错了?)[\s,，.。]*(?:是|应该是|应当是)?[\s,，.。]*"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Role:
    """What an amount or date is."""

    slot: str
    found: Amount | StatedDate
    probability: float
    """0 to 1."""


class RoleClassifier:
    """Learnt from sentences in which the amounts and dates are marked."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self._features = AnswerFeatures()
        rows, labels = [], []
        for example in examples:
            found = _candidates(example.text, _ANY_DAY)
            for place, each in enumerate(found):
                rows.append(_features(example.text, found, place, example.asked))
                labels.append(_label(example, each))
        self._model = LinearClassifier(self._features.fit_transform(rows), labels, cost=_COST)

    def roles(
        self, text: str, today: date, asked: str | None, settled: Collection[str] = frozenset()
    ) -> Sequence[Role]:
        """What the amounts and dates of `text` (in normal form) are; those that are none of ours are left out.

        `settled`: slots that no number of this text can be. No slot is filled twice: the likeliest amount has it.
        """
        candidates = _without_taken_back(text, _candidates(text, today, asked))[:MOST_NUMBERS]
        if asked is not None and len(candidates) == 1 and _is_all_there_is(text, candidates[0], asked):
            return (Role(asked, candidates[0], 1.0),)
        best: dict[str, Role] = {}
        for place, each in enumerate(candidates):
            probabilities = self._model.probabilities(self._features.row(_features(text, candidates, place, asked)))
            allowed = [
                (float(probability), label)
                for label, probability in zip(self._model.labels, probabilities, strict=True)
                if label not in settled
            ]
            probability, label = max(allowed)
            if label and _fits(label, each) and (label not in best or best[label].probability < probability):
                best[label] = Role(label, each, probability)
        return tuple(best.values())


def _without_taken_back(text: str, candidates: list[Amount | StatedDate]) -> list[Amount | StatedDate]:
    """`candidates` without those taken back in the same breath: 十二个,哦不,十三个."""
    return [
        each
        for each, after in itertools.zip_longest(candidates, candidates[1:])
        if after is None or type(each) is not type(after) or not _TAKEN_BACK.fullmatch(text[each.end : after.start])
    ]


def _is_all_there_is(text: str, found: Amount | StatedDate, asked: str) -> bool:
    """Whether `text` is hardly more than `found`, which then answers what was asked, however large it is."""
    if not _fits(asked, found) or not _NOTHING_ELSE.fullmatch(text[: found.start] + text[found.end :]):
        return False
    return isinstance(found, StatedDate) or found.measure in _COUNTED_BY.get(slots()[asked].unit, frozenset({""}))


def _candidates(text: str, today: date, asked: str | None = None) -> list[Amount | StatedDate]:
    days = dates(text, today)
    # 五一 and 三八 can be a day and a number; which, the words around tell.
    spans = [(day.start, day.end) for day in days if not set(text[day.start : day.end]) <= set(DIGITS) | set(PLACES)]
    counted: list[Amount | StatedDate] = [
        # 2023 is a year where a date was asked for.
        StatedDate(amount.start, amount.end, str(amount.value))
        if asked is not None
        and slots()[asked].kind == "date"
        and _YEAR.fullmatch(str(amount.value))
        and not amount.measure
        else amount
        for amount in amounts(text)
        if not any(start < amount.end and amount.start < end for start, end in spans)
    ]
    return sorted([*days, *counted], key=lambda each: each.start)


def _features(text: str, candidates: Sequence[Amount | StatedDate], place: int, asked: str | None) -> list[str]:
    """Features of the candidate at `place`, from the words as they are and once more with all numbers alike."""
    found = candidates[place]
    kind = ("date", "") if isinstance(found, StatedDate) else (found.measure, _size(found.value))
    alike, start, end = _with_numbers_alike(text, candidates, found)
    return [
        *number_features(text, found.start, found.end, *kind, place, asked),
        *(f"M{feature}" for feature in number_features(alike, start, end, *kind, place, asked)),
    ]


def _with_numbers_alike(
    text: str, candidates: Sequence[Amount | StatedDate], found: Amount | StatedDate
) -> tuple[str, int, int]:
    """`text` with every amount as 0 and its measure and every date as D, and where `found` stands in it then.

    What stands beside a number is then seen further off, and which number it is tells nothing.
    """
    alike, at, start, end = "", 0, 0, 0
    for each in candidates:
        if each.start < at and each is not found:
            continue  # 五一 is both a date and an amount.
        alike += text[at : each.start]
        shown = "D" if isinstance(each, StatedDate) else f"0{each.measure}"
        if each is found:
            start, end = len(alike), len(alike) + len(shown)
        alike += shown
        at = each.end
    return alike + text[at:], start, end


def _size(value: Decimal | None) -> str:
    """How large a number is, roughly: staff are rarely 3, a wage never."""
    if value is None:
        return "open"
    if value != int(value):
        return "broken"
    return next(
        (
            name
            for limit, name in (
                (0, "0"),
                (3, "few"),
                (10, "<10"),
                (50, "<50"),
                (500, "<500"),
                (1000, "<1000"),
                (3000, "<3000"),
            )
            if value <= limit
        ),
        "more",
    )


def _label(example: Example, found: Amount | StatedDate) -> str:
    for marked in example.marked:
        if marked.start < found.end and found.start < marked.end:
            for slot, value in marked.stated.items():
                if _fits(slot, found) and (value is None or (isinstance(found, Amount) and value == str(found.value))):
                    return slot
    return _NONE


def _fits(slot: str, found: Amount | StatedDate) -> bool:
    return slots()[slot].kind == ("date" if isinstance(found, StatedDate) else "number")


def unmarked(examples: Iterable[Example]) -> Iterator[tuple[Example, str]]:
    """Examples with a marked number or date that is not found in its words."""
    for example in examples:
        found = {_label(example, each) for each in _candidates(example.text, _ANY_DAY)}
        for marked in example.marked:
            for slot, value in marked.stated.items():
                if value is None and slot not in found:
                    yield example, slot
