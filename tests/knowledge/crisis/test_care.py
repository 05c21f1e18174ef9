"""Who is met with care, and until when: the decision as a table, with readers that know a few words."""

import pytest

from knowledge.commands.reading import Command
from knowledge.crisis.afterwards import Afterwards
from knowledge.crisis.care import LONGEST_READ, Care, CareReader
from knowledge.crisis.reading import Crisis, Kind


class KnowsDespair:
    def read(self, text: str) -> Crisis | None:
        return Crisis(Kind.DESPAIR, "pain") if "不想活" in text else None


class KnowsTurns:
    """Takes a question for a turn to something else, and 好 for being better."""

    def read(self, text: str) -> Afterwards:
        if text.endswith("吗"):
            return Afterwards.TURN
        return Afterwards.EASED if "好" in text else Afterwards.STAY


class KnowsCommands:
    def read(self, text: str) -> Command | None:
        return {"停": Command.STOP, "转人工": Command.HUMAN}.get(text)


@pytest.fixture
def reader() -> CareReader:
    return CareReader(KnowsDespair(), KnowsTurns(), KnowsCommands())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "listening", "care"),
    [
        ("不想活了", False, Care("self", "pain")),
        ("登记有什么用，不想活了", False, Care("self", "pain")),
        ("我很累", False, None),
        ("我很累", True, Care("stay")),
        ("没人管我", False, None),
        ("没人管我", True, Care("stay")),
        ("好一点了", True, Care("eased")),
        ("我还能做什么吗", True, None),
        ("", True, Care("stay")),
        ("", False, None),
        ("停", True, Care("stay")),
        ("转人工", True, None),
    ],
)
def test_who_was_met_is_listened_to_until_they_turn_away(
    reader: CareReader, text: str, listening: bool, care: Care | None
) -> None:
    assert reader.read(text, listening) == care


def test_despair_at_the_end_of_a_story_is_read(reader: CareReader) -> None:
    story = "我在厂里做了十年。" * 50
    assert reader.read(story + "不想活了", False) == Care("self", "pain")
    assert len(story) < LONGEST_READ


def test_care_survives_being_written_down() -> None:
    assert Care.from_json(Care("self", "alone").to_json()) == Care("self", "alone")
