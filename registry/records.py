"""The records: one database, its key and a clock, opened once, and everything that is kept with them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from registry.cases.case_list import CaseList
from registry.cases.cases import Cases
from registry.cases.unmasking import Unmasking
from registry.clock import day_of, utc_now
from registry.questions.clause_uses import ClauseUses
from registry.questions.daily_counts import DailyCounts
from registry.questions.taught import TaughtQuestions
from registry.questions.unanswered import UnansweredQuestions
from registry.registrations.registrations import Registrations
from registry.staff.accounts import Staff
from registry.staff.passwords import PASSWORDS, Passwords
from registry.staff.sessions import StaffSessions
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.calls import Calls
from registry.talk.pauses import Pauses
from registry.talk.person_requests import PersonRequests
from registry.talk.request_reading import RequestReading
from registry.talk.resume_codes import ResumeCodes
from registry.talk.staff_messages import StaffMessages
from registry.talk.transcripts import Transcripts


@dataclass(frozen=True)
class Records:
    """Everything that is recorded, with one key and by one clock."""

    database: Database
    cipher: Cipher
    now: Callable[[], datetime] = utc_now
    passwords: Passwords = PASSWORDS
    """How passwords of staff are hashed."""

    def today(self) -> date:
        """The day where the people are."""
        return day_of(self.now())

    @property
    def audit(self) -> Audit:
        return Audit(self.database, self.cipher, self.now)

    @property
    def calls(self) -> Calls:
        return Calls(self.database, self.cipher, self.now)

    @property
    def case_list(self) -> CaseList:
        return CaseList(self.database, self.cipher, self.now)

    @property
    def cases(self) -> Cases:
        return Cases(self.database, self.cipher, self.now)

    @property
    def clause_uses(self) -> ClauseUses:
        return ClauseUses(self.database, self.now)

    @property
    def counts(self) -> DailyCounts:
        return DailyCounts(self.database)

    @property
    def messages(self) -> StaffMessages:
        return StaffMessages(self.database, self.cipher, self.now)

    @property
    def unmasking(self) -> Unmasking:
        return Unmasking(self.database, self.cipher, self.now)

    @property
    def pauses(self) -> Pauses:
        return Pauses(self.database, self.cipher, self.now)

    @property
    def persons(self) -> PersonRequests:
        return PersonRequests(self.database, self.cipher, self.transcripts, self.now)

    @property
    def reading(self) -> RequestReading:
        return RequestReading(self.database, self.cipher, self.now)

    @property
    def registrations(self) -> Registrations:
        return Registrations(self.database, self.cipher, self.now)

    @property
    def resume_codes(self) -> ResumeCodes:
        return ResumeCodes(self.database, self.cipher, self.now)

    @property
    def sessions(self) -> StaffSessions:
        return StaffSessions(self.database, self.cipher, self.now, self.passwords)

    @property
    def staff(self) -> Staff:
        return Staff(self.database, self.cipher, self.now, self.passwords)

    @property
    def taught(self) -> TaughtQuestions:
        return TaughtQuestions(self.database, self.cipher, self.now)

    @property
    def transcripts(self) -> Transcripts:
        return Transcripts(self.database, self.cipher, self.now)

    @property
    def unanswered(self) -> UnansweredQuestions:
        return UnansweredQuestions(self.database, self.now)
