"""What can I get: the measures of the plan that fit a person or a unit, the most useful first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from knowledge.policy_files import MEASURES
from knowledge.yaml_files import read_yaml

_MOST = 5
"""Measures named at once; nobody keeps more in mind when they are read aloud."""
_OF_PERSONS = ("asker", "disability_type", "aim", "residence", "student", "receives_dibao")
_OF_UNITS = ("asker", "unit_kind")


@dataclass(frozen=True)
class NavigatorFacts:
    """What was stated, each as knowledge/facts/slots.yml names it; None where it was not."""

    asker: str | None = None
    """self, family, employer or staff (who asks for a disabled person)."""
    disability_type: str | None = None
    residence: str | None = None
    student: str | None = None
    receives_dibao: str | None = None
    aim: str | None = None
    unit_kind: str | None = None

    def known(self) -> Mapping[str, str]:
        """The facts that were stated."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name)) is not None}


@dataclass(frozen=True)
class Measure:
    """A clause, and for whom it is."""

    key: str
    """"document/clause"."""
    only: Mapping[str, tuple[str, ...]]
    ruled_out: Mapping[str, tuple[str, ...]]
    suits: Mapping[str, tuple[str, ...]]

    def fits(self, known: Mapping[str, str]) -> bool:
        """Whether nothing that is known, and nothing that would have to be, speaks against it."""
        return all(known.get(slot) in values for slot, values in self.only.items()) and not any(
            known.get(slot) in values for slot, values in self.ruled_out.items()
        )

    def usefulness(self, known: Mapping[str, str]) -> int:
        """How many facts speak for it: the more it was made for such a person, the higher."""
        return len(self.only) + sum(known.get(slot) in values for slot, values in self.suits.items())


def questions(facts: NavigatorFacts) -> Sequence[str]:
    """What there is to ask, in order: at most six for a person, two for a unit."""
    known = facts.known()
    if _is_of_unit(facts):
        return [slot for slot in _OF_UNITS if slot not in known and slot != "asker"]
    return [slot for slot in _OF_PERSONS if slot not in known]


def navigate(facts: NavigatorFacts) -> tuple[Measure, ...]:
    """The measures that fit, the most useful first, at most five; there is always one."""
    known = facts.known()
    fitting: dict[str, Measure] = {}
    for measure in _of_asker(facts):
        if measure.fits(known):
            fitting.setdefault(measure.key, measure)
    # Sorting keeps the file's order among equals.
    return tuple(sorted(fitting.values(), key=lambda measure: -measure.usefulness(known))[:_MOST])


def fits(key: str, facts: NavigatorFacts) -> bool:
    """Whether the clause `key`, "document/clause", is for whoever stated `facts`."""
    return any(measure.key == key and measure.fits(facts.known()) for measure in _of_asker(facts))


def _is_of_unit(facts: NavigatorFacts) -> bool:
    return facts.asker == "employer" or (facts.asker is None and facts.unit_kind is not None)


def _of_asker(facts: NavigatorFacts) -> Sequence[Measure]:
    return _measures()["units" if _is_of_unit(facts) else "persons"]


@lru_cache(maxsize=1)
def _measures() -> Mapping[str, tuple[Measure, ...]]:
    file = read_yaml(MEASURES)
    return {group: tuple(_measure(file["document"], entry) for entry in file[group]) for group in ("persons", "units")}


def _measure(document: str, entry: Mapping[str, Any]) -> Measure:
    conditions = (
        {slot: tuple(values) for slot, values in entry.get(name, {}).items()} for name in ("only", "not", "suits")
    )
    return Measure(f"{document}/{entry['clause']}", *conditions)
