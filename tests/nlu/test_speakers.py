"""Who speaks of a danger, in 150 short talks by a writer nobody learnt from: no worse than was measured."""

from pathlib import Path

import pytest

from bot.settings import Settings
from knowledge.classify.features import bare
from knowledge.crisis.care import OVER, WORRIED, CareReader, Told, learn_care
from knowledge.crisis.crisis_reader import HARD
from knowledge.crisis.learn_crisis import SPEAKERS
from knowledge.crisis.speaker import NOBODY, SpeakerRole
from knowledge.language.writing import normalised
from knowledge.yaml_files import read_yaml

TALKS = read_yaml(Path(__file__).parent / "crisis" / "speakers.yml")

PARTS = {
    "self": "self",
    "self_acute": "self",
    "other": "close",
    "other_acute": "close",
    "violence": "victim",
}
"""Who was taken to speak by the kind of danger alone."""


@pytest.fixture(scope="module")
def care(settings: Settings) -> CareReader:
    return learn_care(settings.cache)


def likeliest(care: CareReader, turns: list[str]) -> SpeakerRole:
    told = NOBODY
    for turn in turns:
        told = told.then(care.speakers.read(normalised(turn)))
    return tuple(SpeakerRole)[told.sums.index(max(told.sums))]


def test_who_speaks_is_right_after_the_last_turn(care: CareReader) -> None:
    right = [likeliest(care, turns) is SpeakerRole(role) for role, talks in TALKS.items() for turns in talks]

    assert sum(right) / len(right) >= 0.75


def test_who_speaks_is_right_after_the_first_turn(care: CareReader) -> None:
    right = [likeliest(care, turns[:1]) is SpeakerRole(role) for role, talks in TALKS.items() for turns in talks]

    assert sum(right) / len(right) >= 0.53


def met_as(care: CareReader, turns: list[str]) -> str:
    """The part as which the last turn of a talk is met; "" where nobody was met."""
    told, listening, worried, apart = Told(), False, False, ""
    for turn in turns:
        met = care.read(normalised(turn), listening, worried=worried, told=told)
        worried = met is not None and met.need == WORRIED
        if met is None:
            listening = False
        elif met.need != HARD:
            told = Told(met.need if met.in_danger else told.danger, met.speaker)
            if not worried:
                listening, apart = met.need not in {each.value for each in OVER}, met.role
    return apart or PARTS.get(told.danger, "")


def test_whoever_is_met_is_met_as_who_they_are(care: CareReader) -> None:
    # Of 150 talks 28 tell of no danger plainly enough to be met; by the kind of the last turn alone 42 % were right.
    right = [met_as(care, turns) == part for part, talks in TALKS.items() for turns in talks]

    assert sum(right) / len(right) >= 0.56


def test_no_turn_of_these_talks_is_an_example() -> None:
    examples = {bare(text) for texts in read_yaml(SPEAKERS).values() for text in texts}
    turns = [turn for talks in TALKS.values() for turns in talks for turn in turns]

    assert [turn for turn in turns if len(bare(turn)) > 6 and bare(turn) in examples] == []
