"""What reads the words of a turn."""

from dataclasses import dataclass
from datetime import date

from knowledge.commands.reading import CommandReader
from knowledge.consent.reading import ConsentReader, TopicReader
from knowledge.facts.reading import FactReader
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
