"""What the actions work with: the documents, and where unanswered questions go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from dialogue.readers import Readers
from knowledge.commands.command_reader import CommandReader
from knowledge.commands.learn_commands import learn_commands
from knowledge.consent.consent_reader import ConsentReader, TopicReader
from knowledge.consent.learn_consent import learn_consent
from knowledge.facts.fact_reader import FactReader
from knowledge.facts.learn_facts import learn_facts
from knowledge.search.knowledge_base import Knowledge, KnowledgeBase
from knowledge.talk.about_us import TalkReader
from knowledge.talk.learn_talk import learn_talk
from registry.clock import day_of, utc_now
from registry.records import Records


@dataclass(frozen=True)
class Resources:
    """Everything an action may call."""

    base: KnowledgeBase
    facts: FactReader
    commands: CommandReader
    consent: ConsentReader
    topics: TopicReader
    talk: TalkReader
    note_unanswered: Callable[[str, str], None]
    """Takes the question and the nearest clause as "document/clause", "" where there is none."""
    ask_for_a_person: Callable[[str, str, str, Mapping[str, str]], int | None]
    """Takes sender, door, reason ("asked", "failed" or "urgent") and what is known of the matter; gives the request's
    number, None where requests are not recorded."""
    records: Records | None = None
    """None where nothing is recorded."""
    now: Callable[[], datetime] = utc_now

    def today(self) -> date:
        """The day where the people are."""
        return day_of(self.now())

    def readers(self) -> Readers:
        """What reads the words of a turn, with the documents as they are now."""
        answerer = self.knowledge.answerer
        return Readers(self.facts, self.commands, self.consent, self.topics, self.talk, answerer, self.today())

    @property
    def knowledge(self) -> Knowledge:
        return self.base.current()


_given: list[Resources] = []


def give(resources: Resources) -> None:
    """Sets what the actions of this process work with."""
    _given[:] = [resources]


def resources() -> Resources:
    """What was given, else the shipped documents, as `rasa run actions` and `rasa shell` need."""
    return _given[0] if _given else _shipped()


@lru_cache(maxsize=1)
def _shipped() -> Resources:
    consent, topics = learn_consent(None)
    return Resources(
        KnowledgeBase(),
        learn_facts(None),
        learn_commands(None),
        consent,
        topics,
        learn_talk(None),
        _note_nothing,
        _ask_nobody,
    )


def _note_nothing(question: str, nearest: str) -> None:
    """Rasa's own commands are for trying things out; what is asked there is nobody's unanswered question."""


def _ask_nobody(sender: str, door: str, reason: str, known: Mapping[str, str]) -> None:
    """Nor does anybody wait there for a person."""
