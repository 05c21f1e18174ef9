"""Puts the parts together: settings in, a conversation out."""

from datetime import date
from typing import TYPE_CHECKING

from bot.errors import ServiceError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.conversation import Conversation
    from bot.telegram.service import TelegramDoor
    from bot.telegram.sound import Sound


def build_conversation(settings: Settings) -> "Conversation":
    """Loads the model and the documents. Raises ServiceError where one of them is missing or broken."""
    # Importing Rasa takes seconds, so whoever calls this can say so first.
    from actions.resources import Records, Resources, give
    from bot.conversation import Conversation
    from bot.engine.agent import Engine, EngineError
    from bot.engine.training import model_path
    from knowledge.base import KnowledgeBase
    from knowledge.errors import KnowledgeError
    from knowledge.learning import learn_facts
    from registry.cases import Cases
    from registry.database import Database
    from registry.encryption import Cipher
    from registry.person_requests import PersonRequests
    from registry.registrations import Registrations
    from registry.transcripts import Transcripts
    from registry.unanswered import UnansweredQuestions

    database, cipher = Database(settings.database_url), Cipher.load(settings.key_file)
    try:
        base = KnowledgeBase(settings.documents, settings.cache)
        facts = learn_facts(settings.cache)
        engine = Engine.load(
            model_path(settings.project, settings.models),
            settings.project / "endpoints.yml",
            settings.conversations,
            cipher,
        )
    except (EngineError, KnowledgeError) as error:
        raise ServiceError(str(error)) from error
    # The first question loads the dictionaries of jieba and pypinyin; nobody should wait for that.
    base.current().answerer.answer("残疾人就业", date.today())
    transcripts = Transcripts(database, cipher)
    persons = PersonRequests(database, cipher, transcripts)
    records = Records(Registrations(database, cipher), Cases(database, cipher))
    give(Resources(base, facts, UnansweredQuestions(database).note, persons.ask, records))
    return Conversation(engine, lambda: base.current().library, transcripts, persons)


def build_telegram(
    settings: Settings, conversation: "Conversation", sound: "Sound | None" = None
) -> "TelegramDoor | None":
    """The door in Telegram; None where no token is set. Without `sound` it neither hears nor speaks."""
    if settings.telegram is None:
        return None
    from bot.telegram.service import TelegramDoor
    from bot.telegram.sound import Silent
    from registry.database import Database
    from registry.encryption import Cipher

    return TelegramDoor(
        settings.telegram,
        conversation,
        Database(settings.database_url),
        Cipher.load(settings.key_file),
        sound or Silent(),
    )
