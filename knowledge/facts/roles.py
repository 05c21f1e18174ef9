"""Tells what each amount and each date of a sentence is: the staff, the wage, the day of a beginning, or none."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.facts.amounts import Amount, amounts
from knowledge.facts.annotated import Example, slots
from knowledge.facts.clues import Clues, place_clues
from knowledge.facts.dates import StatedDate, dates
from knowledge.linear import LinearClassifier
from knowledge.numerals import DIGITS, PLACES

_NONE = ""
_COST = 3.0
"""Between 2 and 4, which both read one writer's sentences, learnt from the others', better than 1; 3 was not tried."""
_ANY_DAY = date(2026, 11, 24)
"""Which day it is changes a date's value and not what it is a date of."""


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
        self._clues = Clues()
        rows, labels = [], []
        for example in examples:
            found = _candidates(example.text, _ANY_DAY)
            for place, each in enumerate(found):
                rows.append(_clues(example.text, found, place, example.asked))
                labels.append(_label(example, each))
        self._model = LinearClassifier(self._clues.fit_transform(rows), labels, cost=_COST)

    def roles(self, text: str, today: date, asked: str | None) -> Sequence[Role]:
        """What the amounts and dates of `text` (in normal form) are; those that are none of ours are left out.

        No slot is filled twice: the likeliest amount has it.
        """
        best: dict[str, Role] = {}
        candidates = _candidates(text, today)
        for place, each in enumerate(candidates):
            probabilities = self._model.probabilities(self._clues.row(_clues(text, candidates, place, asked)))
            for label, probability in zip(self._model.labels, probabilities, strict=True):
                if label and probability == max(probabilities) and _fits(label, each):
                    role = Role(label, each, float(probability))
                    if label not in best or best[label].probability < role.probability:
                        best[label] = role
        return tuple(best.values())


def _candidates(text: str, today: date) -> list[Amount | StatedDate]:
    days = dates(text, today)
    # 五一 and 三八 can be a day and a number; which, the words around tell.
    spans = [(day.start, day.end) for day in days if not set(text[day.start : day.end]) <= set(DIGITS) | set(PLACES)]
    counted = [
        amount for amount in amounts(text) if not any(start < amount.end and amount.start < end for start, end in spans)
    ]
    return sorted([*days, *counted], key=lambda each: each.start)


def _clues(text: str, candidates: Sequence[Amount | StatedDate], place: int, asked: str | None) -> list[str]:
    """Clues of the candidate at `place`, from the words as they are and once more with all numbers alike."""
    found = candidates[place]
    kind = ("date", "") if isinstance(found, StatedDate) else (found.measure, _size(found.value))
    alike, start, end = _with_numbers_alike(text, candidates, found)
    return [
        *place_clues(text, found.start, found.end, *kind, place, asked),
        *(f"M{clue}" for clue in place_clues(alike, start, end, *kind, place, asked)),
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
                if value is None and _fits(slot, found):
                    return slot
    return _NONE


def _fits(slot: str, found: Amount | StatedDate) -> bool:
    return (slots()[slot].kind == "date") == isinstance(found, StatedDate)


def unmarked(examples: Iterable[Example]) -> Iterator[tuple[Example, str]]:
    """Examples with a marked number or date that is not found in its words."""
    for example in examples:
        found = {_label(example, each) for each in _candidates(example.text, _ANY_DAY)}
        for marked in example.marked:
            for slot, value in marked.stated.items():
                if value is None and slot not in found:
                    yield example, slot
