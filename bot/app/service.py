"""The composition root: settings in, a service out, of which every part is opened or loaded once."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.app.records import open_records
from bot.errors import ServiceError
from bot.settings import Settings
from registry.clock import beginning_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from bot.conversation import Conversation
    from bot.engine.agent import Engine
    from bot.speech.engines_and_recordings import Speech
    from bot.telegram.service import TelegramDoor
    from bot.turn_counts import Counting
    from bot.web.callers import Callers
    from bot.web.measuring import Measuring
    from bot.web.resume import ResumeDoor
    from knowledge.facts.fact_reader import FactReader
    from knowledge.search.knowledge_base import KnowledgeBase
    from registry.limits.limits import Limiter
    from registry.records import Records


@dataclass(frozen=True)
class Service:
    """What the doors of one process share."""

    settings: Settings
    records: "Records"
    base: "KnowledgeBase"
    """The documents and what was learnt from them."""
    facts: "FactReader"
    limiter: "Limiter | None"
    """None where nothing is limited."""
    counting: "Counting"
    measuring: "Measuring"
    conversation: "Conversation"


def build_service(settings: Settings) -> Service:
    """Opens the records, loads the documents and the model.

    Raises ServiceError where one of them is missing or broken, or where what is loaded may be of others.
    """
    # Importing Rasa takes seconds, so whoever calls this can say so first.
    from bot.app.trusted_files import check_files
    from bot.engine.agent import Engine, EngineError
    from bot.engine.training import model_path
    from bot.web.measuring import Measuring
    from knowledge.errors import KnowledgeError
    from knowledge.facts.learn_facts import learn_facts

    check_files(settings)
    records = open_records(settings)
    base = _build_knowledge(settings, records)
    try:
        facts = learn_facts(settings.cache)
        engine = Engine.load(
            model_path(settings.project, settings.models),
            settings.project / "endpoints.yml",
            settings.conversations,
            records.cipher,
        )
    except (EngineError, KnowledgeError) as error:
        raise ServiceError(str(error)) from error
    # The first question loads the dictionaries of jieba and pypinyin; nobody should wait for that.
    base.current().answerer.answer("残疾人就业", records.today())
    limiter, counting = _build_limiter(settings, records), _build_counting(records)
    measuring = Measuring(settings.metrics_token)
    _give_to_actions(settings, records, base, facts, limiter)

    def count(sender: str, door: str, status: str, seconds: float) -> None:
        counting.note(sender, door, status, seconds)
        measuring.note(door, status, seconds)

    conversation = _build_conversation(settings, records, base, facts, engine, count)
    return Service(settings, records, base, facts, limiter, counting, measuring, conversation)


def build_speech(service: Service) -> "Speech":
    """Speech for the doors; its engines are loaded later, and one that is missing is told then."""
    from bot.audio_store import KeptAudio
    from bot.speech.engines_and_recordings import Speech
    from bot.speech.load_engines import load_hearing, load_voices

    settings = service.settings
    kept = KeptAudio(settings.kept_audio, settings.keep_audio, service.records.cipher)
    return Speech(lambda: load_hearing(settings), lambda: load_voices(settings), service.conversation.library, kept)


def build_telegram(service: Service, speech: "Speech") -> "TelegramDoor | None":
    """The door in Telegram, which hears and speaks with `speech`; None where no token is set."""
    if service.settings.telegram is None:
        return None
    from bot.speech.engines_and_recordings import Recordings
    from bot.telegram.service import TelegramDoor
    from bot.telegram.sound import EngineSound

    return TelegramDoor(
        service.settings.telegram,
        service.conversation,
        service.records.database,
        service.records.cipher,
        EngineSound(Recordings(service.conversation, speech), speech),
        service.records.now,
    )


def build_console(service: Service, speech: "Speech | None" = None) -> "BaseRoute":
    """The console of staff, which works on the same documents and conversation, and hears with `speech`."""
    from bot.console.app import create_console
    from bot.console.context import ConsoleContext
    from dialogue.caller.forms import CallerForms

    return create_console(
        ConsoleContext(
            service.records,
            service.base,
            service.conversation,
            service.settings.documents,
            service.settings.versions,
            CallerForms(lambda: service.facts, service.conversation.sentence),
            speech,
        )
    )


def build_callers(settings: Settings, records: "Records") -> "Callers":
    """Knows browsers by cookies, which outlast this process, and programs by their keys."""
    from bot.http.api_keys import ApiKeys
    from bot.web.callers import Callers
    from bot.web.cookies import Cookies

    sign = records.cipher.signer("cookie of the web chat")
    return Callers(Cookies(sign, bool(settings.embedding)), ApiKeys(dict(settings.api_keys)))


def build_messages(records: "Records", callers: "Callers") -> "Callable[[Request], Awaitable[Response]]":
    """Gives a page of the web chat what staff write."""
    from bot.web.messages import MessagesDoor

    staff = records.staff

    def name_of(login: str) -> str:
        return next((each.name for each in staff.all() if each.login == login), login)

    return MessagesDoor(records.persons, records.messages, name_of, callers).answer


def build_resume(records: "Records", callers: "Callers") -> "ResumeDoor":
    """Lets people go on with their conversation on another device."""
    from bot.web.resume import ResumeDoor

    return ResumeDoor(records.resume_codes, callers)


def build_feedback(service: Service, callers: "Callers") -> "Callable[[Request], Awaitable[Response]]":
    """Counts what pages of the web chat say of answers."""
    from bot.web.feedback import FeedbackDoor

    return FeedbackDoor(service.counting.opinion, callers).answer


def _build_knowledge(settings: Settings, records: "Records") -> "KnowledgeBase":
    from bot.app.taught import taught_by_staff
    from knowledge.errors import KnowledgeError
    from knowledge.search.knowledge_base import KnowledgeBase

    try:
        return KnowledgeBase(settings.documents, settings.cache, taught_by_staff(records.database))
    except KnowledgeError as error:
        raise ServiceError(str(error)) from error


def _build_limiter(settings: Settings, records: "Records") -> "Limiter | None":
    """Counts what is asked for: in the database where several processes share one."""
    from registry.limits.buckets import BucketsInDatabase, BucketsInMemory
    from registry.limits.limits import Limiter

    if not settings.limits:
        return None
    shared = bool(settings.database)
    return Limiter(BucketsInDatabase(records.database) if shared else BucketsInMemory(), records.cipher)


def _build_counting(records: "Records") -> "Counting":
    from bot.turn_counts import Counting

    transcripts = records.transcripts

    def answered(sender: str, day: date) -> int:
        return transcripts.since(sender, beginning_of(day))

    return Counting(records.counts, records.today, answered)


def _give_to_actions(
    settings: Settings, records: "Records", base: "KnowledgeBase", facts: "FactReader", limiter: "Limiter | None"
) -> None:
    from actions.resources import Resources, give
    from knowledge.commands.learn_commands import learn_commands
    from knowledge.consent.learn_consent import learn_consent
    from knowledge.talk.learn_talk import learn_talk
    from registry.talk.limited_asking import LimitedAsking

    consent, topics = learn_consent(settings.cache)
    talk = learn_talk(settings.cache)
    asking = LimitedAsking(records.persons, limiter)
    note, commands = records.unanswered.note, learn_commands(settings.cache)
    give(Resources(base, facts, commands, consent, topics, talk, note, asking.ask, records, records.now))


def _build_conversation(
    settings: Settings,
    records: "Records",
    base: "KnowledgeBase",
    facts: "FactReader",
    engine: "Engine",
    count: "Callable[[str, str, str, float], None]",
) -> "Conversation":
    from bot.conversation import Conversation
    from bot.forgetting import Forgetting
    from knowledge.crisis.care import learn_care
    from knowledge.facts.registration import is_answer

    return Conversation(
        engine,
        lambda: base.current().library,
        records.transcripts,
        records.persons,
        Forgetting(records.database, records.cipher, engine, settings.kept_audio, records.now),
        records.pauses.notice,
        count,
        learn_care(settings.cache),
        lambda asking, text: is_answer(text, asking, records.today(), facts),
    )
