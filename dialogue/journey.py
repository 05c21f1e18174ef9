"""What a journey is: the facts it takes, the ones it still has to ask for, and what it ends in."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from knowledge.rules.clauses import cited
from knowledge.rules.result import Result

Values = Mapping[str, str]
UNCLEAR = "unclear_organ"
"""机关 alone leaves open at which level, so the kind of unit is asked for again."""


class Kind(Enum):
    """What a journey is for."""

    SUM = "sum"
    """A rule is worked out."""
    MEASURES = "measures"
    """The measures that fit are listed."""
    RECORD = "record"
    """A registration is made, looked up, changed or deleted."""


@dataclass(frozen=True)
class Journey:
    """One thing that takes several turns."""

    name: str
    """The intent that begins it."""
    slots: tuple[str, ...]
    """Everything it takes, in the order in which what was said is read."""
    needs: Callable[[Values, date], Sequence[str]]
    """The slots needed on a day besides what is known, the next one first."""
    kind: Kind = Kind.SUM
    rule: Callable[[Values, date], Result] | None = None
    """What works out a sum."""
    may_skip: frozenset[str] = frozenset()
    """Slots without which it can end."""
    asked_of: str | None = None
    """Under which name knowledge/policy/rule_clauses.yml lists the clauses that answer questions on what it works
    out; None where there are none."""
    patience: int = 3
    """How many answers in a row cannot be used before a person is offered."""
    personal: bool = False
    """Whether it is about somebody's record: read field by field, and begun only by whom we can tell from others."""
    takes_any_words: bool = False
    """Whether what is no question answers it, understood or not, and 都行 leaves open what it can do without."""
    begun_by_facts: bool = True
    """Whether facts that somebody states begin it, where nobody asked for it."""
    changed_by: str | None = None
    """The journey that changes what came of it; None where it is itself opened again."""
    goes_back_in_order: bool = False
    """Whether one goes back to the question before, skipped or answered, and not to the last answer."""
    named_field: Callable[[str], str | None] | None = None
    """Which of its slots a text names as what is to be put right; None where the words of the slots tell."""

    @property
    def is_sum(self) -> bool:
        """Whether its rule is worked out."""
        return self.kind is Kind.SUM

    @property
    def lists_measures(self) -> bool:
        """Whether the measures that fit are listed, of which more facts find more."""
        return self.kind is Kind.MEASURES

    @property
    def may_wait(self) -> bool:
        """Whether its question may stay open in silence: nobody's record is lost by it."""
        return self.kind is not Kind.RECORD

    @property
    def clauses(self) -> frozenset[str]:
        """The clauses that answer questions on what it works out, as "document/clause"."""
        return frozenset(cited(self.asked_of)) if self.asked_of is not None else frozenset()

    def next_slot(self, values: Values, skipped: Collection[str], on: date) -> str | None:
        """What to ask for; None once the journey can end."""
        needed = self.needs(values, on)
        return next((slot for slot in needed if values.get(slot) in {None, UNCLEAR} and slot not in skipped), None)

    def work_out(self, values: Values, on: date) -> Result:
        """The result of the rule of a sum."""
        assert self.rule is not None
        return self.rule(values, on)
