"""Counts the registrations by what they have in common, for reports and for the public."""

from collections import Counter
from collections.abc import Iterator, Mapping

from sqlalchemy import func, select

from registry.cases.states import CaseState
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.personal_data import fields_of
from registry.tables.all import CaseRow, MilestoneRow, RegistrationRow

COUNTED = ("city", "county", "disability_type", "disability_level", "work_mode", "desired_job")
FEWEST = 3
"""Told to the public, a smaller count could point at somebody."""
_BATCH = 500
_TOP = 20
"""Of the wished jobs, which everybody words differently."""
_FREE = frozenset({"desired_job"})
"""Anything can be said here, a name too."""


def statistics(database: Database, cipher: Cipher, actor: str) -> Mapping[str, Mapping[str, int]]:
    """How many there are of each value, by "state", each of COUNTED and "milestone", the most frequent first.

    Merged cases count in "state" alone: they are somebody who is counted already. That it was read is noted.
    """
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("state", *COUNTED)}
    with database.writing() as session:
        Audit(database, cipher).note(session, actor, "read_all")
    for state, fields in _told(database, cipher):
        counts["state"][state] += 1
        if state != CaseState.MERGED.value:
            for name in COUNTED:
                if name in fields:
                    counts[name][fields[name]] += 1
    found = {name: _sorted(count, _TOP if name in _FREE else None) for name, count in counts.items()}
    return {**found, "milestone": _milestones(database)}


def _told(database: Database, cipher: Cipher) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The state of every case and what its person told; no more of a row than that, of ten thousand people."""
    wanted = select(RegistrationRow.number, RegistrationRow.personal, CaseRow.state).join(
        CaseRow, CaseRow.number == RegistrationRow.number
    )
    with database.session() as session:
        for row in session.execute(wanted.execution_options(yield_per=_BATCH)):
            yield row.state, fields_of(cipher, row)


def for_the_public(counts: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[str, str]]:
    """`counts` with those below FEWEST as "<3"; what few people said in their own words is left out."""
    return {
        name: {
            value: str(count) if count >= FEWEST else f"<{FEWEST}"
            for value, count in values.items()
            if count >= FEWEST or name not in _FREE
        }
        for name, values in counts.items()
    }


def _milestones(database: Database) -> Mapping[str, int]:
    """How many times each is done, in all cases but merged ones, whose milestones count where they went."""
    done = (
        select(MilestoneRow.name, func.count())
        .join(CaseRow, CaseRow.number == MilestoneRow.number)
        .where(MilestoneRow.done.is_not(None), CaseRow.state != CaseState.MERGED.value)
        .group_by(MilestoneRow.name)
    )
    with database.session() as session:
        return _sorted(Counter(dict(session.execute(done).all())), None)


def _sorted(counts: "Counter[str]", most: int | None) -> Mapping[str, int]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return dict(ordered[:most])
