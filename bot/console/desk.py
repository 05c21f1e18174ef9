"""What the console works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.conversation import Conversation
from bot.errors import ServiceError
from bot.speech.engines_and_recordings import Speech
from dialogue.caller.forms import CallerForms
from knowledge.search.knowledge_base import KnowledgeBase
from registry.cases.case_list import CaseList
from registry.cases.cases import Cases
from registry.cases.unmasking import Opening
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
from registry.talk.staff_messages import StaffMessages
from registry.talk.transcripts import Transcripts


@dataclass(frozen=True)
class Desk:
    """The records, the documents and the conversation, as every part of the console uses them."""

    database: Database
    cipher: Cipher
    base: KnowledgeBase
    conversation: Conversation
    documents: tuple[Path, Path]
    """The shipped documents, and those added on this machine."""
    versions: Path
    """The folder of earlier versions of documents."""
    now: Callable[[], datetime] = utc_now
    caller_forms: CallerForms | None = None
    """None where nothing is worked out or registered for callers."""
    speech: Speech | None = None
    """None where nobody is heard."""
    passwords: Passwords = PASSWORDS

    @property
    def forms(self) -> CallerForms:
        """The journeys as forms; raises ServiceError where there are none."""
        if self.caller_forms is None:
            raise ServiceError(
                "the console was built without the forms for callers; bot/app/service.py hands them over"
            )
        return self.caller_forms

    @property
    def transcripts(self) -> Transcripts:
        return Transcripts(self.database, self.cipher, self.now)

    @property
    def persons(self) -> PersonRequests:
        return PersonRequests(self.database, self.cipher, self.transcripts, self.now)

    @property
    def reading(self) -> RequestReading:
        return RequestReading(self.database, self.cipher, self.now)

    @property
    def messages(self) -> StaffMessages:
        return StaffMessages(self.database, self.cipher, self.now)

    @property
    def calls(self) -> Calls:
        return Calls(self.database, self.cipher, self.now)

    @property
    def clause_uses(self) -> ClauseUses:
        return ClauseUses(self.database, self.now)

    @property
    def sessions(self) -> StaffSessions:
        return StaffSessions(self.database, self.cipher, self.now, self.passwords)

    @property
    def staff(self) -> Staff:
        return Staff(self.database, self.cipher, self.now, self.passwords)

    @property
    def cases(self) -> Cases:
        return Cases(self.database, self.cipher, self.now)

    @property
    def case_list(self) -> CaseList:
        return CaseList(self.database, self.cipher, self.now)

    @property
    def opening(self) -> Opening:
        return Opening(self.database, self.cipher, self.now)

    @property
    def registrations(self) -> Registrations:
        return Registrations(self.database, self.cipher, self.now)

    @property
    def unanswered(self) -> UnansweredQuestions:
        return UnansweredQuestions(self.database, self.now)

    @property
    def taught(self) -> TaughtQuestions:
        return TaughtQuestions(self.database, self.cipher, self.now)

    @property
    def pauses(self) -> Pauses:
        return Pauses(self.database, self.cipher, self.now)

    @property
    def counts(self) -> DailyCounts:
        return DailyCounts(self.database)

    @property
    def audit(self) -> Audit:
        return Audit(self.database, self.cipher, self.now)

    def note(self, action: str, actor: str, **detail: object) -> None:
        """Notes in the audit what was done to something that is no record."""
        with self.database.writing() as session:
            self.audit.note(session, actor, action, None, detail)

    def today(self) -> date:
        """The day where the people are."""
        return day_of(self.now())
