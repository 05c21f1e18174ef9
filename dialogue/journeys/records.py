"""What the journeys about somebody's record have in common: registering, looking up, changing and deleting."""

from collections.abc import Callable, Sequence
from datetime import date

from dialogue.journey import Journey, Kind, Values
from knowledge.facts.annotated_examples import slots
from registry.values.fields import FIELDS

_CHANGE = "change_data"


def of_record(
    name: str,
    slots: tuple[str, ...],
    needs: Callable[[Values, date], Sequence[str]],
    may_skip: frozenset[str] = frozenset(),
) -> Journey:
    """A journey about somebody's record."""
    return Journey(
        name,
        slots,
        needs,
        Kind.RECORD,
        may_skip=may_skip,
        # Whoever wants to be registered and is not understood finds a person sooner.
        patience=2,
        personal=True,
        takes_any_words=True,
        begun_by_facts=False,
        changed_by=_CHANGE,
        goes_back_in_order=True,
        named_field=named_field,
    )


def named_field(text: str) -> str | None:
    """The field that `text` names: by its title, else by what people call it."""
    titled = [field for field in FIELDS if slots()[field].title in text]
    called = [field for field in FIELDS if slots()[field].is_named_in(text)]
    return next(iter([*titled, *called]), None)
