"""Every text is said with the right syllables."""

from pathlib import Path

import pytest

from bot.settings import PROJECT
from knowledge.library.documents import Library
from knowledge.library.loading import load_library
from voice.speaking.spoken import spoken
from voice.synthesizers.pinyin import is_pause, known_readings, to_pinyin

SAID = [
    line.split("\t")
    for line in (Path(__file__).with_name("said.tsv")).read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_the_list_is_long_and_says_nothing_twice() -> None:
    texts = [text for text, _ in SAID]
    assert len(texts) >= 200
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(("text", "said"), [pytest.param(*each, id=each[0]) for each in SAID])
def test_a_text_is_said_with_these_syllables(text: str, said: str) -> None:
    assert " ".join(to_pinyin(spoken(text))) == said


@pytest.mark.parametrize("word", known_readings())
def test_a_reading_has_a_syllable_for_each_character(word: str) -> None:
    assert len(known_readings()[word]) == len(word) or word.isascii()


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library((PROJECT / "knowledge" / "policy" / "documents",))


def test_every_sentence_of_the_documents_has_a_syllable_for_each_of_its_characters(library: Library) -> None:
    short = []
    for clause in library.clauses:
        text = spoken(clause.spoken)
        syllables = [each for each in to_pinyin(text) if not is_pause(each)]
        if len(syllables) != sum("一" <= character <= "龥" for character in text):
            short.append(clause.id)
    assert library.clauses
    assert short == []


def test_what_has_no_sound_is_left_out() -> None:
    assert to_pinyin("好☆的…👍") == ("hao3", "de5")
    assert to_pinyin("☆👍") == ()
