"""Who is met with care, and until when: the decision as a table, with readers that know a few words."""

import pytest

from knowledge.commands.command_reader import Command
from knowledge.crisis.afterwards import Afterwards
from knowledge.crisis.care import LONGEST_READ, Care, CareReader, Told
from knowledge.crisis.crisis_reader import Crisis, Kind, Met
from knowledge.crisis.speaker import NOBODY, Speaker, SpeakerRole


class KnowsDespair:
    def read(self, text: str, met: Met) -> Crisis | None:
        is_sure = met is Met.LISTENED_TO or (met is Met.FIRST and "不想活" in text)
        return Crisis(Kind.DESPAIR, "pain", is_sure, "不想活" in text) if "不想活" in text or "药" in text else None

    def theme(self, text: str) -> str:
        return "burden" if "拖累" in text else "pain"

    def is_hard(self, text: str) -> bool:
        return "老婆跑了" in text


class KnowsTurns:
    """Takes a question for a turn to something else, and 好 for being better."""

    def read(self, text: str) -> Afterwards:
        if text.endswith("吗"):
            return Afterwards.TURN
        return Afterwards.EASED if "好" in text else Afterwards.STAY


class KnowsCommands:
    def read(self, text: str) -> Command | None:
        return {"停": Command.STOP, "转人工": Command.HUMAN}.get(text)


def said_by(role: SpeakerRole) -> Speaker:
    return Speaker(tuple(2.0 if each is role else 0.0 for each in SpeakerRole))


class KnowsSpeakers:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.read_texts: list[str] = []

    def read(self, text: str) -> Speaker:
        self.read_texts.append(text)
        return (
            said_by(SpeakerRole.ON_DUTY)
            if "值班" in text
            else said_by(SpeakerRole.SELF)
            if "是问我" in text
            else NOBODY
        )


@pytest.fixture
def speakers() -> KnowsSpeakers:
    return KnowsSpeakers()


@pytest.fixture
def reader(speakers: KnowsSpeakers) -> CareReader:
    return CareReader(KnowsDespair(), KnowsTurns(), KnowsCommands(), speakers)  # type: ignore[arg-type]


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
        ("好了，不想活了", True, Care("self", "pain")),
        ("药买来了", False, Care("worried")),
        ("药买来了", True, Care("self", "pain")),
        ("好了，药给我妹妹了", True, Care("eased")),
        ("腿没了，老婆跑了", False, Care("hard")),
        ("腿没了，老婆跑了", True, Care("stay", "pain")),
        ("我一个人拖累了他们", True, Care("stay", "burden")),
        ("拖累", True, Care("stay")),
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
    assert len(story) > LONGEST_READ


def test_care_survives_being_written_down() -> None:
    assert Care.from_json(Care("self", "alone").to_json()) == Care("self", "alone")


def test_what_answers_the_question_has_to_be_danger_more_plainly(reader: CareReader) -> None:
    assert reader.read("不想活了", False, answers=lambda: True) is None

    assert reader.read("腿没了，老婆跑了", False, answers=lambda: True) is None


def test_two_turns_that_may_be_danger_are_one(reader: CareReader) -> None:
    assert reader.read("药买来了", False, worried=True) == Care("self", "pain")
    assert reader.read("好了，不想活了是说笑的", False, worried=True) is None


def test_who_speaks_is_read_only_once_danger_was_met(reader: CareReader, speakers: KnowsSpeakers) -> None:
    for text in ("我很累", "单位要安排多少人吗", "腿没了，老婆跑了", ""):
        reader.read(text, listening=False)
    assert speakers.read_texts == []

    reader.read("不想活了", listening=False)
    reader.read("我很累", listening=True)
    assert speakers.read_texts == ["不想活了", "我很累"]


def test_a_correction_turns_the_talk_though_it_tells_of_no_danger(reader: CareReader) -> None:
    care = reader.read("不是问他，是问我", listening=True, told=Told("other", said_by(SpeakerRole.CLOSE)))

    assert care is not None
    assert (care.need, care.role, care.speaker.role) == ("self", "", SpeakerRole.SELF)


def test_whose_work_it_is_is_met_so_whatever_the_kind_of_the_turn(reader: CareReader) -> None:
    care = reader.read("我是值班的，电话里那个说不想活了", listening=False)

    assert care is not None
    assert (care.need, care.role, care.theme) == ("other", "on_duty", "")
    after = reader.read("我很累", listening=True, told=Told(care.need, care.speaker))
    assert after is not None
    assert (after.need, after.role) == ("stay", "on_duty")


def test_a_talk_that_began_before_anything_was_kept_goes_on() -> None:
    assert Told.from_json({"open": True, "danger": "other"}) == Told("other", NOBODY)
    assert Care.from_json({"need": "stay", "theme": ""}) == Care("stay")
