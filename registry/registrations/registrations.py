"""The registrations of job needs: consent first, then what the person tells, encrypted."""

import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.cases.case import case_row, check_version, open_case
from registry.cases.merging import with_merged
from registry.cases.states import DONE_BY_REGISTERING, MAY_BECOME, CaseState
from registry.clock import utc_now
from registry.errors import LookUpRefused, RegistrationError, RegistrationNotFound, RegistryError
from registry.limits.throttling import locked_until, note_failure
from registry.limits.wrong_pairs import counted_by
from registry.registrations.consents import add_consent, consents_of
from registry.registrations.receipts import Receipt
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.personal_data import fields_of, store, stored
from registry.store.registration_rows import find_row, row_of
from registry.tables.all import CaseRow, RegistrationRow
from registry.upkeep.erasing import erase_everything, erase_words, senders_of
from registry.values.case_numbers import new_number
from registry.values.fields import FIELDS, LONGEST, SENSITIVE, Consent, Purpose, check, checked
from registry.values.phones import e164

__all__ = ["FIELDS", "LONGEST", "SENSITIVE", "Consent", "Receipt", "Registration", "Registrations"]

_REGISTRARS = ("self", "family", "staff")
_TRIES = 5
_BATCH = 500


@dataclass(frozen=True)
class Registration:
    """What somebody told. Its repr holds none of it."""

    number: str
    registered_at: datetime
    """In UTC."""
    by: str
    """Who registered: "self", "family" or "staff"."""
    door: str
    """Where they wrote, e.g. "web"."""
    state: CaseState
    fields: Mapping[str, str] = field(repr=False)
    """In the order of FIELDS, without those left out; empty once the person withdrew."""
    consents: Sequence[Consent]
    """The latest of each purpose."""


class Registrations:
    """All registrations; that one was read or changed is noted in the audit."""

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._cipher = cipher
        self._now = now
        self._audit = Audit(database, cipher, now)

    def register(
        self,
        sender: str,
        door: str,
        fields: Mapping[str, str],
        consents: Sequence[Consent],
        request: str,
        by: str = "self",
        *,
        rural: bool = False,
        actor: str | None = None,
    ) -> str:
        """Records what `sender` told at `door` and gives the number of the case.

        `request` is the key of the request: the same one again gives the same number and records nothing. `actor` is
        whom the audit names, `by` where it is None: the person of staff who registers somebody.
        Raises RegistrationError without consent, or for a field that is missing, unknown or too long.
        """
        if by not in _REGISTRARS:
            raise RegistrationError("by", f"is none of {', '.join(_REGISTRARS)}")
        if not request:
            raise RegistrationError("request", "has no key; give one that is the same when it is sent again")
        kept = checked(fields, [each.purpose for each in consents if each.given])
        row = {
            "request_index": self._cipher.index(request),
            "sender_index": self._cipher.index(sender),
            "door": door,
            "registered_by": by,
        }
        for _ in range(_TRIES):
            try:
                return self._record(row, kept, consents, rural, actor or by)
            except IntegrityError:
                # The same request was recorded in between, or chance gave a number that somebody has.
                continue
        raise RegistryError(f"registrations: {_TRIES} new numbers were all taken; try again")

    def find(self, number: str, phone: str, sender: str = "") -> Registration:
        """The registration of whoever knows its number and phone; `sender` is who asks.

        Raises RegistrationNotFound, with the same text whichever of them is wrong, and LookUpRefused after a few wrong.
        """
        try:
            asked = self._cipher.index(e164(phone))
        except RegistrationError:
            asked = ""
        found, tried = None, counted_by(self._cipher, asked, sender)
        with self._database.writing() as session:
            # One after the other, or many tries at once would all count as the first.
            self._audit.wait(session)
            now = self._now()
            until = locked_until(session, tried, now)
            row = find_row(session, number) if until is None else None
            if row is not None and hmac.compare_digest(asked, row.phone_index or "-"):
                found = self._registration(session, row)
                self._audit.note(session, "self", "find", number)
            elif until is None:
                note_failure(session, tried, now)
                self._audit.note(session, "self", "find_refused")
        if until is not None:
            raise LookUpRefused(until)
        if found is None:
            raise RegistrationNotFound("no registration has this number and this phone; check both and try again")
        return found

    def of_sender(self, sender: str) -> Sequence[Registration]:
        """What `sender` registered, for themselves or others, newest first."""
        mine = (
            select(RegistrationRow)
            .where(RegistrationRow.sender_index == self._cipher.index(sender))
            .order_by(RegistrationRow.id.desc())
        )
        with self._database.session() as session:
            if session.execute(mine.limit(1)).first() is None:
                return []
        with self._database.writing() as session:
            rows = session.execute(mine.with_for_update()).scalars().all()
            found = self._registrations(session, rows)
            for row in rows:
                self._audit.note(session, "self", "read", row.number)
            return found

    def has_of(self, sender: str) -> bool:
        """Whether anything is registered that `sender` told."""
        mine = select(RegistrationRow.id).where(RegistrationRow.sender_index == self._cipher.index(sender))
        with self._database.session() as session:
            return session.execute(mine.limit(1)).first() is not None

    def show(self, number: str, actor: str) -> Registration:
        """The registration as staff sees it; raises RegistrationNotFound where there is none."""
        with self._database.writing() as session:
            found = self._registration(session, row_of(session, number))
            self._audit.note(session, actor, "read", number)
            return found

    def all(self, actor: str = "staff") -> Iterator[Registration]:
        """Every registration, oldest first."""
        with self._database.writing() as session:
            self._audit.note(session, actor, "read_all")
        last = 0
        while True:
            batch = select(RegistrationRow).where(RegistrationRow.id > last).order_by(RegistrationRow.id).limit(_BATCH)
            with self._database.session() as session:
                rows = session.execute(batch).scalars().all()
                found = self._registrations(session, rows)
                last = rows[-1].id if rows else last
            if not found:
                return
            yield from found

    def change(self, number: str, name: str, value: str, actor: str, *, version: int | None = None) -> None:
        """Puts `value` in the field `name`; "" takes it out.

        Raises RegistrationError where it may not be stored, CaseChanged where the case is not of `version` any more.
        """
        with self._database.writing() as session:
            row = self._changeable(session, number, version)
            check(name, value, [each.purpose for each in consents_of(session, [number])[number] if each.given])
            fields = {**fields_of(self._cipher, row), name: value}
            store(self._cipher, row, {each: fields[each] for each in FIELDS if fields.get(each)})
            self._audit.note(session, actor, "change", number, {"field": name})

    def give_consent(self, number: str, consent: Consent, actor: str) -> None:
        """Adds a consent that was refused or withdrawn before, or is to a newer version."""
        with self._database.writing() as session:
            self._changeable(session, number)
            add_consent(session, number, consent, self._now())
            detail = {"purpose": consent.purpose, "version": consent.version, "given": consent.given}
            self._audit.note(session, actor, "give_consent", number, detail)

    def withdraw_consent(self, number: str, purpose: Purpose, actor: str) -> None:
        """Takes the consent back, and deletes what was stored because of it.

        "disability" deletes the sensitive fields; "general" everything told and written about the person, and ends the
        case. Raises RegistrationError where there is no such consent.
        """
        with self._database.writing() as session:
            row = self._changeable(session, number)
            given = {each.purpose: each for each in consents_of(session, [number])[number] if each.given}
            if purpose not in given:
                raise RegistrationError("consent", f"for {purpose} was not given, so it cannot be withdrawn")
            ended = [each for each in given.values() if purpose in {"general", each.purpose}]
            if purpose == "general":
                case_row(session, number).state = CaseState.WITHDRAWN.value
                erase_words(session, with_merged(session, number))
            else:
                kept = {name: told for name, told in fields_of(self._cipher, row).items() if name not in SENSITIVE}
                store(self._cipher, row, kept)
            for consent in ended:
                add_consent(session, number, Consent(consent.purpose, consent.version, False), self._now())
            self._audit.note(session, actor, "withdraw_consent", number, {"purpose": purpose})

    def delete(self, number: str, actor: str) -> Receipt:
        """Deletes the registration, those merged into it, and all that their senders said.

        The audit keeps that it was done, and nothing about the person. Raises RegistrationNotFound where there is none.
        """
        with self._database.writing() as session:
            case_row(session, number)
            numbers = with_merged(session, number)
            senders = senders_of(session, numbers)
            counts = erase_everything(session, numbers)
            receipt = Receipt(number, self._now(), counts, senders)
            self._audit.note(session, actor, "delete", number, dict(counts))
        self._database.forget_deleted()
        return receipt

    def _record(
        self,
        about: Mapping[str, object],
        fields: Mapping[str, str],
        consents: Sequence[Consent],
        rural: bool,
        actor: str,
    ) -> str:
        with self._database.writing() as session:
            recorded = select(RegistrationRow.number).where(RegistrationRow.request_index == about["request_index"])
            number: str | None = session.execute(recorded).scalar_one_or_none()
            if number is not None:
                return number
            number, at = new_number(), self._now()
            personal = stored(self._cipher, number, fields)
            session.add(RegistrationRow(number=number, registered_at=at, **about, **personal))
            session.flush()
            for consent in consents:
                add_consent(session, number, consent, at)
            open_case(session, number, at, rural, DONE_BY_REGISTERING, actor)
            self._audit.note(session, actor, "register", number, {"door": about["door"]})
            return number

    def _changeable(self, session: Session, number: str, version: int | None = None) -> RegistrationRow:
        """The row of a registration; raises RegistrationError where it is withdrawn or merged."""
        # Locked before it is read: of two changes at once the later one must see what the earlier one wrote.
        case, row = case_row(session, number), row_of(session, number)
        check_version(case, version)
        if not MAY_BECOME[CaseState(case.state)] or row.personal is None:
            into = f" into {case.merged_into}; change that one" if case.merged_into else "; register anew"
            raise RegistrationError("number", f"{number} is {case.state}{into}")
        case.changed_at = self._now()
        case.version += 1
        return row

    def _registration(self, session: Session, row: RegistrationRow) -> Registration:
        return self._registrations(session, [row])[0]

    def _registrations(self, session: Session, rows: Sequence[RegistrationRow]) -> Sequence[Registration]:
        """Those of `rows`, with a query for all of them: an export asks for many at once."""
        numbers = [row.number for row in rows]
        states = dict(session.execute(select(CaseRow.number, CaseRow.state).where(CaseRow.number.in_(numbers))).all())
        consents = consents_of(session, numbers)
        return [
            Registration(
                row.number,
                row.registered_at,
                row.registered_by,
                row.door,
                CaseState(states[row.number]),
                fields_of(self._cipher, row),
                consents[row.number],
            )
            for row in rows
        ]
