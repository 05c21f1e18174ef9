"""What people agreed to, refused and withdrew: nothing of it is written over, and the latest counts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.tables.all import ConsentRow
from registry.values.fields import Consent


def add_consent(session: Session, number: str, consent: Consent, at: datetime) -> None:
    """Adds a consent to the registration `number`, or the end of one."""
    about = {"purpose": consent.purpose, "version": consent.version, "given": consent.given}
    session.add(ConsentRow(number=number, **about, channel=consent.channel, by=consent.by, at=at))


def consents_of(session: Session, numbers: Sequence[str]) -> Mapping[str, Sequence[Consent]]:
    """For each of `numbers` the latest consent of every purpose."""
    latest: dict[str, dict[str, Consent]] = {number: {} for number in numbers}
    rows = session.execute(select(ConsentRow).where(ConsentRow.number.in_(numbers)).order_by(ConsentRow.id))
    for row in rows.scalars():
        latest[row.number][row.purpose] = Consent(row.purpose, row.version, row.given, row.channel, row.by)
    return {number: list(purposes.values()) for number, purposes in latest.items()}
