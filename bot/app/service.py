"""Puts the parts together: settings in, a conversation out."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from bot.errors import ServiceError
from bot.settings import Settings
from registry.clock import beginning_of, today

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from bot.conversation import Conversation
    from bot.speech.engines_and_recordings import Speech
    from bot.telegram.service import TelegramDoor
    from bot.web.callers import Callers
    from bot.web.resume import ResumeDoor
    from knowledge.search.knowledge_base import KnowledgeBase
    from registry.limits.limits import Limiter


def build_knowledge(settings: Settings) -> "KnowledgeBase":
    """The documents and what was learnt from them. Raises ServiceError where one is missing or broken,
    or where what is loaded may be of others."""
    from bot.app.taught import taught_by_staff
    from bot.app.trusted_files import check_files
    from knowledge.errors import KnowledgeError
    from knowledge.search.knowledge_base import KnowledgeBase

    check_files(settings)
    try:
        return KnowledgeBase(settings.documents, settings.cache, taught_by_staff(settings))
    except KnowledgeError as error:
        raise ServiceError(str(error)) from error


def build_conversation(settings: Settings, base: "KnowledgeBase | None" = None) -> "Conversation":
    """Loads the model and, where no `base` is given, the documents.

    Raises ServiceError where one of them is missing or broken.
    """
    # Importing Rasa takes seconds, so whoever calls this can say so first.
    from actions.resources import Records, Resources, give
    from bot.conversation import Conversation
    from bot.engine.agent import Engine, EngineError
    from bot.engine.training import model_path
    from bot.forgetting import Forgetting
    from bot.turn_counts import Counting
    from knowledge.commands.learning import learn_commands
    from knowledge.consent.learning import learn_consent
    from knowledge.crisis.care import learn_care
    from knowledge.errors import KnowledgeError
    from knowledge.facts.learning import learn_facts
    from knowledge.facts.registration import is_answer
    from registry.cases.cases import Cases
    from registry.questions.daily_counts import DailyCounts
    from registry.questions.unanswered import UnansweredQuestions
    from registry.registrations.registrations import Registrations
    from registry.store.database import Database
    from registry.store.encryption import Cipher
    from registry.talk.limited_asking import LimitedAsking
    from registry.talk.pauses import Pauses
    from registry.talk.person_requests import PersonRequests
    from registry.talk.transcripts import Transcripts

    database, cipher = Database(settings.database_url), Cipher.load(settings.key_file)
    base = base or build_knowledge(settings)
    try:
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
    base.current().answerer.answer("残疾人就业", today())
    transcripts = Transcripts(database, cipher)
    persons = PersonRequests(database, cipher, transcripts)
    records = Records(Registrations(database, cipher), Cases(database, cipher))
    asking = LimitedAsking(persons, build_limiter(settings))
    consent, topics = learn_consent(settings.cache)
    commands = learn_commands(settings.cache)
    give(Resources(base, facts, commands, consent, topics, UnansweredQuestions(database).note, asking.ask, records))
    forgetting = Forgetting(database, cipher, engine, settings.kept_audio)
    pauses = Pauses(database, cipher)
    counting = Counting(DailyCounts(database), today)
    return Conversation(
        engine,
        lambda: base.current().library,
        transcripts,
        persons,
        forgetting,
        pauses.notice,
        counting.note,
        learn_care(settings.cache),
        lambda asking, text: is_answer(text, asking, today(), facts),
    )


def build_speech(settings: Settings, conversation: "Conversation") -> "Speech":
    """Speech for the doors of `conversation`; its engines are loaded later, and one that is missing is told then."""
    from bot.audio_store import KeptAudio
    from bot.speech.engines_and_recordings import Speech
    from bot.speech.load_engines import load_hearing, load_voices
    from registry.store.encryption import Cipher

    kept = KeptAudio(settings.kept_audio, settings.keep_audio, Cipher.load(settings.key_file))
    return Speech(lambda: load_hearing(settings), lambda: load_voices(settings), conversation.library, kept)


def build_telegram(settings: Settings, conversation: "Conversation", speech: "Speech") -> "TelegramDoor | None":
    """The door in Telegram, which hears and speaks with `speech`; None where no token is set."""
    if settings.telegram is None:
        return None
    from bot.speech.engines_and_recordings import Recordings
    from bot.telegram.service import TelegramDoor
    from bot.telegram.sound import EngineSound
    from registry.store.database import Database
    from registry.store.encryption import Cipher

    return TelegramDoor(
        settings.telegram,
        conversation,
        Database(settings.database_url),
        Cipher.load(settings.key_file),
        EngineSound(Recordings(conversation, speech), speech),
    )


def build_console(
    settings: Settings, conversation: "Conversation", base: "KnowledgeBase", speech: "Speech | None" = None
) -> "BaseRoute":
    """The console of staff, which works on the same documents and conversation, and hears with `speech`."""
    from bot.console.app import create_console
    from bot.console.desk import Desk
    from dialogue.caller.forms import CallerForms
    from knowledge.facts.learning import learn_facts
    from registry.store.database import Database
    from registry.store.encryption import Cipher

    return create_console(
        Desk(
            Database(settings.database_url),
            Cipher.load(settings.key_file),
            base,
            conversation,
            settings.documents,
            settings.versions,
            caller_forms=CallerForms(cache(lambda: learn_facts(settings.cache)), conversation.sentence),
            speech=speech,
        )
    )


def build_callers(settings: Settings) -> "Callers":
    """Knows browsers by cookies, which outlast this process, and programs by their keys."""
    from bot.http.api_keys import ApiKeys
    from bot.web.callers import Callers
    from bot.web.cookies import Cookies
    from registry.store.encryption import Cipher

    sign = Cipher.load(settings.key_file).signer("cookie of the web chat")
    return Callers(Cookies(sign, bool(settings.embedding)), ApiKeys(dict(settings.api_keys)))


def build_messages(settings: Settings, callers: "Callers") -> "Callable[[Request], Awaitable[Response]]":
    """Gives a page of the web chat what staff write."""
    from bot.web.messages import MessagesDoor
    from registry.staff.accounts import Staff
    from registry.store.database import Database
    from registry.store.encryption import Cipher
    from registry.talk.person_requests import PersonRequests
    from registry.talk.staff_messages import StaffMessages
    from registry.talk.transcripts import Transcripts

    database, cipher = Database(settings.database_url), Cipher.load(settings.key_file)
    staff = Staff(database, cipher)
    persons = PersonRequests(database, cipher, Transcripts(database, cipher))

    def name_of(login: str) -> str:
        return next((each.name for each in staff.all() if each.login == login), login)

    return MessagesDoor(persons, StaffMessages(database, cipher), name_of, callers).answer


def build_resume(settings: Settings, callers: "Callers") -> "ResumeDoor":
    """Lets people go on with their conversation on another device."""
    from bot.web.resume import ResumeDoor
    from registry.store.database import Database
    from registry.store.encryption import Cipher
    from registry.talk.resume_codes import ResumeCodes

    return ResumeDoor(ResumeCodes(Database(settings.database_url), Cipher.load(settings.key_file)), callers)


def build_limiter(settings: Settings) -> "Limiter | None":
    """Counts what is asked for: in the database where several processes share one; None where nothing is limited."""
    from registry.limits.buckets import BucketsInDatabase, BucketsInMemory
    from registry.limits.limits import Limiter
    from registry.store.database import Database
    from registry.store.encryption import Cipher

    if not settings.limits:
        return None
    shared = bool(settings.database)
    return Limiter(
        BucketsInDatabase(Database(settings.database_url)) if shared else BucketsInMemory(),
        Cipher.load(settings.key_file),
    )


def build_feedback(settings: Settings, callers: "Callers") -> "Callable[[Request], Awaitable[Response]]":
    """Counts what pages of the web chat say of answers."""
    from bot.turn_counts import Counting
    from bot.web.feedback import FeedbackDoor
    from registry.questions.daily_counts import DailyCounts
    from registry.store.database import Database
    from registry.store.encryption import Cipher
    from registry.talk.transcripts import Transcripts

    database = Database(settings.database_url)
    transcripts = Transcripts(database, Cipher.load(settings.key_file))

    def answered(sender: str, day: date) -> int:
        return transcripts.since(sender, beginning_of(day))

    counting = Counting(DailyCounts(database), today, answered)
    return FeedbackDoor(counting.opinion, callers).answer
