"""Despair, violence and everyday words are told apart by what was learnt."""

import pytest

from bot.settings import Settings
from knowledge.crisis.care import CareReader, learn_care
from knowledge.crisis.crisis_reader import Kind


@pytest.fixture(scope="module")
def reader(settings: Settings) -> CareReader:
    return learn_care(settings.cache)


@pytest.mark.parametrize(
    "text",
    [
        "我想问问",
        "我想咨询一下",
        "我想办事",
        "我考虑一下",
        "我想跳槽",
        "累死了",
        "笑死我了",
        "名额是不是定死的",
        "有活叫我",
    ],
)
def test_wishes_and_idioms_are_no_danger(reader: CareReader, text: str) -> None:
    assert reader.read(text, listening=False) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("活够了", Kind.DESPAIR),
        ("填这个有什么用，我就是拖累全家，还不如死了算了", Kind.DESPAIR),
        ("遗书我都写好了", Kind.DESPAIR_ACUTE),
        ("我弟弟说他不想活了", Kind.OTHER),
        ("我被老公打了，救命", Kind.VIOLENCE),
    ],
)
def test_danger_is_noticed_and_whose_it_is(reader: CareReader, text: str, kind: Kind) -> None:
    care = reader.read(text, listening=False)
    assert care is not None
    assert care.need == kind.value
