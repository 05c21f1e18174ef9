"""Whatever table holds something of a person or a case is known to whoever forgets them."""

from sqlalchemy import Table

from registry.tables.all import Base
from registry.tables.base import NUMBER
from registry.upkeep.erasing import BY_NUMBER, BY_SENDER

OF_NOBODY = {
    "audit_entries": "stays as proof of what was done with a number",
    "audit_head": "how many entries there are",
    "alembic_version": "the version of the tables",
    "buckets": "how much was asked for, by blind index, until they are full again",
    "clause_uses": "counts",
    "daily_counts": "counts",
    "pauses": "what staff did",
    "sign_in_tries": "failures by login or address, for a day",
    "staff": "accounts",
    "staff_recovery_codes": "accounts",
    "staff_sessions": "accounts",
    "taught_questions": "masked examples by staff",
    "telegram_updates": "what is not answered yet; then the body is gone",
    "unanswered_questions": "masked questions without their asker",
}
"""Tables that hold nothing that is found by a sender or a case, and why not."""


def known() -> set[str]:
    return {column.class_.__tablename__ for column in (*BY_NUMBER, *BY_SENDER)}


def of_somebody(table: Table) -> bool:
    """Whether a column of it is a sender or the number of a case."""
    points_to = {key.column.table.name for key in table.foreign_keys}
    return any(
        "sender" in column.name or column.name == "number" or column.type is NUMBER for column in table.columns
    ) or bool(points_to & {"registrations", "cases", "person_requests"})


def test_every_table_is_forgotten_from_or_holds_nothing_of_anybody() -> None:
    assert known() | {*OF_NOBODY} >= {table.name for table in Base.metadata.sorted_tables}
    assert known() & {*OF_NOBODY} == set()


def test_every_table_with_a_sender_or_a_case_is_forgotten_from() -> None:
    found = {table.name for table in Base.metadata.sorted_tables if of_somebody(table)}

    assert found - {"audit_entries"} == known()


def test_what_refers_is_deleted_before_what_is_referred_to() -> None:
    order = [column.class_.__table__ for column in (*BY_NUMBER, *BY_SENDER)]

    for place, table in enumerate(order):
        referred = {key.column.table for key in table.foreign_keys} - {table}
        assert referred <= {*order[place:]}, table.name
