"""Who speaks of a danger adds up over the turns, and a correction turns it."""

import pytest

from bot.settings import Settings
from knowledge.crisis.care import CareReader, learn_care
from knowledge.crisis.crisis_reader import Kind
from knowledge.crisis.meeting import as_met
from knowledge.crisis.speaker import NOBODY, Speaker, SpeakerRole
from knowledge.language.writing import normalised


def of(role: SpeakerRole, lead: float = 2.0, violence: float = 0.0) -> Speaker:
    return Speaker(tuple(lead if each is role else 0.0 for each in SpeakerRole), violence)


@pytest.fixture(scope="module")
def care(settings: Settings) -> CareReader:
    return learn_care(settings.cache)


@pytest.mark.parametrize(
    ("kind", "speaker", "met"),
    [
        (Kind.OTHER, NOBODY, (Kind.OTHER, "")),
        (Kind.VIOLENCE, NOBODY, (Kind.VIOLENCE, "")),
        (Kind.OTHER, of(SpeakerRole.SELF), (Kind.DESPAIR, "")),
        (Kind.OTHER_ACUTE, of(SpeakerRole.SELF), (Kind.DESPAIR_ACUTE, "")),
        (Kind.DESPAIR_ACUTE, of(SpeakerRole.CLOSE), (Kind.OTHER_ACUTE, "")),
        (Kind.VIOLENCE, of(SpeakerRole.VICTIM), (Kind.VIOLENCE, "")),
        (Kind.OTHER, of(SpeakerRole.VICTIM, violence=1.0), (Kind.VIOLENCE, "")),
        (Kind.VIOLENCE, of(SpeakerRole.WITNESS), (Kind.VIOLENCE, "witness")),
        (Kind.VIOLENCE, of(SpeakerRole.CLOSE, violence=1.0), (Kind.VIOLENCE, "witness")),
        (Kind.OTHER, of(SpeakerRole.WITNESS, violence=-1.0), (Kind.OTHER, "")),
        (Kind.DESPAIR, of(SpeakerRole.ON_DUTY), (Kind.OTHER, "on_duty")),
        (Kind.VIOLENCE, of(SpeakerRole.ON_DUTY), (Kind.VIOLENCE, "on_duty")),
        (Kind.OTHER, of(SpeakerRole.ON_DUTY, violence=2.0), (Kind.VIOLENCE, "on_duty")),
        (Kind.ACCIDENT, of(SpeakerRole.ON_DUTY), (Kind.ACCIDENT, "on_duty")),
        (Kind.ACCIDENT, of(SpeakerRole.CLOSE), (Kind.ACCIDENT, "")),
        (Kind.THREAT, of(SpeakerRole.SELF), (Kind.THREAT, "")),
    ],
)
def test_who_speaks_decides_where_it_is_plain_and_else_the_kind(
    kind: Kind, speaker: Speaker, met: tuple[Kind, str]
) -> None:
    assert as_met(kind, speaker) == met


def test_evidence_adds_up_and_what_is_older_weighs_less() -> None:
    told = of(SpeakerRole.CLOSE, 1.0).then(of(SpeakerRole.CLOSE, 1.0))

    assert told.role is SpeakerRole.CLOSE
    assert 1.0 < max(told.sums) < 2.0
    for _ in range(5):
        told = told.then(of(SpeakerRole.CLOSE, 3.0))
    assert told.then(of(SpeakerRole.SELF, 3.0)).role is SpeakerRole.SELF


def test_what_is_kept_is_numbers_and_an_old_talk_has_none() -> None:
    assert Speaker.from_json(of(SpeakerRole.VICTIM, 2.0, 1.0).to_json()) == of(SpeakerRole.VICTIM, 2.0, 1.0)
    assert all(isinstance(value, float) for value in of(SpeakerRole.VICTIM).to_json().values())
    assert Speaker.from_json({}) == NOBODY
    assert NOBODY.role is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("我是接热线的，人还在线上", SpeakerRole.ON_DUTY),
        ("不是问他，是问我", SpeakerRole.SELF),
        ("不是我想死，是我外甥想不开", SpeakerRole.CLOSE),
        ("他又打我，我躲在灶屋里", SpeakerRole.VICTIM),
        ("楼下那家又在打老婆", SpeakerRole.WITNESS),
    ],
)
def test_one_plain_turn_says_who_speaks(care: CareReader, text: str, role: SpeakerRole) -> None:
    assert care.speakers.read(normalised(text)).corrects is role


@pytest.mark.parametrize("text", ["谢谢", "打哪个电话", "我儿子能领补贴吗", "单位要安排多少残疾人", ""])
def test_a_turn_that_leaves_it_open_adds_little(care: CareReader, text: str) -> None:
    assert max(abs(each) for each in care.speakers.read(normalised(text)).sums) < 0.2
