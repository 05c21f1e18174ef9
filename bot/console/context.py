"""What the console works with."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.conversation import Conversation
from bot.errors import ServiceError
from bot.speech.engines_and_recordings import Speech
from dialogue.caller.forms import CallerForms
from knowledge.search.knowledge_base import KnowledgeBase
from registry.records import Records


@dataclass(frozen=True)
class ConsoleContext:
    """The records, the documents and the conversation, as every part of the console uses them."""

    records: Records
    base: KnowledgeBase
    conversation: Conversation
    documents: tuple[Path, Path]
    """The shipped documents, and those added on this machine."""
    versions: Path
    """The folder of earlier versions of documents."""
    caller_forms: CallerForms | None = None
    """None where nothing is worked out or registered for callers."""
    speech: Speech | None = None
    """None where nobody is heard."""

    @property
    def forms(self) -> CallerForms:
        """The journeys as forms; raises ServiceError where there are none."""
        if self.caller_forms is None:
            raise ServiceError(
                "the console was built without the forms for callers; bot/app/service.py hands them over"
            )
        return self.caller_forms

    def note(self, action: str, actor: str, **detail: object) -> None:
        """Notes in the audit what was done to something that is no record."""
        with self.records.database.writing() as session:
            self.records.audit.note(session, actor, action, None, detail)

    def today(self) -> date:
        """The day where the people are."""
        return self.records.today()
