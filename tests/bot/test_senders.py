"""Nobody is somebody else by a trick of spelling."""

import sys
import unicodedata

import pytest

from bot.http.api_keys import ApiKeys, KeyRefused, digest_of
from bot.requests import RequestError, named_at, parse_turn
from bot.senders import API, OPEN, TELEGRAM, TERMINAL, WEB, Sender, SenderError, cleaned
from bot.web.voice_frames import read_frame
from knowledge.language.writing import normalised
from tests.bot.web.cookies import KEY

VICTIM = Sender(TELEGRAM, "777001")
REMOVED = [
    character for character in map(chr, range(sys.maxunicode + 1)) if normalised(f"a{character}b") in {"ab", "a b"}
]
"""Every character that the understanding drops, or takes for a space."""


def test_the_keys_of_telegram_are_what_they_were() -> None:
    assert (VICTIM.key, Sender(TELEGRAM, "-1001-7").key) == ("telegram-777001", "telegram--1001-7")
    assert Sender.from_key("telegram--1001-7") == Sender(TELEGRAM, "-1001-7")


@pytest.mark.parametrize("door", [WEB, TERMINAL, API, OPEN])
def test_no_door_can_name_the_people_of_another(door: str) -> None:
    assert Sender(door, VICTIM.key).key != VICTIM.key


@pytest.mark.parametrize("door", ["", "web-1", "Web", "telegram-", "web 1"])
def test_a_door_is_a_plain_word(door: str) -> None:
    with pytest.raises(SenderError):
        Sender(door, "a")


def test_what_a_later_step_removes_is_in_no_name() -> None:
    kinds = {unicodedata.category(character) for character in REMOVED}
    assert kinds >= {"Cc", "Cf", "Cs", "Co", "Cn", "Zs"}
    # A space between two words stays: no step takes it out of a name.
    passed = [character for character in REMOVED if character != " " and cleaned(f"a{character}b") != "ab"]
    assert passed == []


@pytest.mark.parametrize("name", ["", "x" * 201, " a", "a ", "a\ud83d", "\u200ba", "a\x00", "a\n", "\ufeffa"])
def test_a_name_that_cleaning_would_change_is_refused(name: str) -> None:
    with pytest.raises(SenderError):
        Sender(OPEN, name)


VARIANTS = [
    "\\ud83dtelegram-777001",
    "tele\\ude00gram-777001",
    "\\u200btelegram-777001",
    "\\u0000telegram-777001",
    "telegram-777001\\u202e",
    "\\ufefftelegram-777001",
]


@pytest.mark.parametrize("spelt", VARIANTS)
def test_a_name_with_a_character_that_is_cut_out_is_refused_at_every_door(spelt: str) -> None:
    turn = f'{{"sender": "{spelt}", "text": "再说一遍"}}'.encode()
    for door in (TERMINAL, OPEN):
        with pytest.raises(RequestError, match="^sender: "):
            parse_turn(turn, door, named_at(door))
    with pytest.raises(RequestError, match="^sender: "):
        read_frame(f'{{"type": "hello", "sender": "{spelt}"}}')


def test_a_program_is_known_by_its_key_and_no_other() -> None:
    keys = ApiKeys({"shi": digest_of(KEY)})

    assert keys.program_of(f"Bearer {KEY}") == "shi"
    assert (keys.program_of(None), keys.program_of("Basic abc")) == (None, None)
    for wrong in ("Bearer", "Bearer ", f"Bearer {KEY}x", "bearer \u00ff"):
        with pytest.raises(KeyRefused):
            keys.program_of(wrong)
