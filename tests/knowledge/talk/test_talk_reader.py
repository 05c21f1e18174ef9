"""What no document is asked: of us, and of oneself."""

from pathlib import Path

import pytest

from bot.settings import Settings
from knowledge.talk.about_us import TalkReader
from knowledge.talk.learn_talk import learn_talk, topics
from knowledge.yaml_files import read_yaml

_SAID = "utter_about_us_"


@pytest.fixture(scope="module")
def talk(settings: Settings) -> TalkReader:
    return learn_talk(settings.cache)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("问你们要不要付钱的", "free"),
        ("夜里三点能不能问你", "hours"),
        ("登记完了要等几天才打电话来", "how_long"),
        ("我看不见,你可以读出来吗", "aloud"),
        ("吃低保的人开店低保停不停", ""),
        ("培训要不要交学费", ""),
    ],
)
def test_what_is_asked_of_us_is_told_from_what_the_documents_are_asked(talk: TalkReader, text: str, topic: str) -> None:
    assert talk.topic(text) == topic


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("像我这样的哪个老板会要", True),
        ("我什么都做不好", True),
        ("我老公也算吗", False),
        ("要带什么去民政局", False),
    ],
)
def test_doubt_in_oneself_is_told_by_what_is_meant(talk: TalkReader, text: str, doubts: bool) -> None:
    assert talk.is_self_doubt(text) is doubts


def test_every_topic_has_its_sentence() -> None:
    written = read_yaml(Path(__file__).parents[3] / "nlu_data" / "talk" / "responses.yml")["responses"]
    named = {name.removeprefix(_SAID) for name in written if name.startswith(_SAID)}

    assert named == set(topics())
