"""What reads the words of a turn."""

from dataclasses import dataclass
from datetime import date

from knowledge.commands.command_reader import CommandReader
from knowledge.consent.consent_reader import ConsentReader, TopicReader
from knowledge.facts.fact_reader import FactReader
from knowledge.search.answers import Answerer
from knowledge.talk.about_us import TalkReader


@dataclass(frozen=True)
class Readers:
    """Every reader, and the day on which they read, which says what year 去年 is and which document is in force."""

    facts: FactReader
    commands: CommandReader
    consent: ConsentReader
    topics: TopicReader
    talk: TalkReader
    answerer: Answerer
    today: date
