"""What a form remembers between turns, as one slot keeps it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from knowledge.facts.annotated_examples import slots

_PUT_ONCE_MORE = 1
"""How often a question is put once more after something else was dealt with."""

_RESULTS_KEPT = 6


@dataclass(frozen=True)
class FormState:
    """An open, left or finished form."""

    journey: str
    """quota, reward, dibao_years, posts_again or navigator."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Slot → what was stated."""
    skipped: tuple[str, ...] = ()
    """Slots the person does not know or does not want to say."""
    answered: tuple[str, ...] = ()
    """Slots that were asked for or put right and are filled, the latest last."""
    asking: str | None = None
    """The slot that waits for an answer."""
    tries: int = 0
    """Answers in a row that could not be used."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Slot → a value that looked wrong; said once more, it counts."""
    asked_at: float = 0.0
    """When the question was last put, seconds since 1970 UTC."""
    done: bool = False
    """Whether the result was told; a correction works it out again."""
    passed_over: int = 0
    """Turns in a row that something else was said and dealt with while the question was open."""
    measures_told: tuple[str, ...] = ()
    """The measures that were named as fitting, as "document/clause"."""
    leaving: bool = False
    """Whether the person was asked if they really want to stop, as much would be left behind."""
    told: tuple[Mapping[str, str], ...] = ()
    """The values of the last results, the latest last: a what-if may go back to one, and one can be told again."""
    hired_from: Mapping[str, str] = field(default_factory=dict)
    """The values before the last what-ifs hired somebody, to which 只招一个呢 goes back; {} where they hired nobody."""
    unclear: str = ""
    """A what-if of which it was asked what number it is of."""
    id: str = ""
    """The same from beginning to end: what is recorded under it twice is recorded once."""

    def to_slot(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_slot(cls, kept: Mapping[str, Any] | None) -> "FormState | None":
        """The state that a slot keeps; None where it keeps none."""
        if not kept:
            return None
        lists = {name: tuple(kept[name]) for name in ("skipped", "answered", "told", "measures_told") if name in kept}
        return cls(**{**kept, **lists})

    @property
    def waits(self) -> bool:
        """Whether the question was put once more and passed over again: it is not put a third time, but may be
        answered."""
        return self.passed_over > _PUT_ONCE_MORE

    def finished(self) -> "FormState":
        """The state once its result was told."""
        told = (*(each for each in self.told if each != self.values), self.values)[-_RESULTS_KEPT:]
        return replace(self, done=True, asking=None, tries=0, told=told)

    def with_value(self, slot: str, value: str) -> "FormState":
        """The state once `slot` is known."""
        return replace(
            self,
            values={**self.values, slot: value},
            skipped=tuple(each for each in self.skipped if each != slot),
            refused={name: kept for name, kept in self.refused.items() if name != slot},
        )

    def answers(self, correcting: bool) -> str | None:
        """The slot that a message answers while a question is open: the one asked for, or the last one answered where
        it takes that back.

        While a value of the open question could not be right, a correction is of that one.
        """
        last = self.answered[-1] if self.answered else None
        return last if correcting and last and not self.tries else self.asking

    def answers_to_result(self, correcting: bool) -> tuple[str | None, ...]:
        """The slots that a message after the result may be about, the likeliest first; None is any it names.

        想起来了，去年五月 answers what was skipped, and 又错了，是五个 what was put right last. A yes or a 没有 answers
        nothing any more, unless it takes something back.
        """
        last = self.answered[-1:]
        skipped = tuple(slot for slot in reversed(self.skipped) if slots()[slot].kind != "choice")
        if not correcting:
            last = tuple(slot for slot in last if slots()[slot].kind != "choice")
        return (*(last if correcting else ()), *skipped, *(() if correcting else last), None)

    def without_last(self) -> "FormState":
        """The state before the last answer, so that its question is put again."""
        return self.without(self.answered[-1]) if self.answered else self

    def without(self, slot: str) -> "FormState":
        """The state before `slot` was known, so that it is asked for again."""
        return replace(
            self,
            values={name: value for name, value in self.values.items() if name != slot},
            skipped=tuple(each for each in self.skipped if each != slot),
            answered=tuple(each for each in self.answered if each != slot),
        )
