"""Takes what was heard for the answer that a question invites, where it sounds like it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from knowledge.language.phonetics import sounds

_CHINESE = re.compile(r"[一-龥]")
_MARKS = re.compile(r"[\s，,。.！!？?、；;：:“”‘’\"'—-]")
# What a digit sounds like to whoever knows that digits come: 幺 and 洞 are how numbers are read out.
_SOUNDS = "lin0 dong0 yi1 yao1 e2 er2 lian2 san3 si4 wu5 fu5 liu6 lu6 qi7 guai7 ba8 jiu9 gou9"
_DIGITS = {sound[:-1]: sound[-1] for sound in _SOUNDS.split()}
_WRITTEN = frozenset("零一二两三四五六七八九幺洞")
# Which numbers are whole: of mobile telephones and those on the wall, and of cases.
_NUMBERS = {
    "phone": re.compile(r"1[3-9][0-9]{9}|0[0-9]{9,11}|[2-8][0-9]{6,7}"),
    "case_number": re.compile(r"[0-9]{8}"),
}
_FEWEST = 4
"""Digits in a row that are somebody dialling, and not a word that sounds like one."""
_UNTOUCHED = frozenset({"name"})
"""Slots whose answers are like nothing else: a name must stay as it was heard."""


def is_to_stay(asking: str | None) -> bool:
    """Whether an answer to `asking` must not be repaired."""
    return asking in _UNTOUCHED


@dataclass(frozen=True)
class Answer:
    """What was heard, taken for an answer to the open question."""

    text: str = field(repr=False)
    sure: bool
    """False where a sound differs, so that it is asked back."""


def narrowed(heard: Sequence[str], asking: str | None, expected: Collection[str] = ()) -> Answer | None:
    """The answer to the open question that the transcripts of one utterance sound like, best first; else None."""
    if asking in _NUMBERS:
        return _number(heard, _NUMBERS[asking])
    bare = [_MARKS.sub("", text) for text in heard]
    known = frozenset(expected)
    for text in bare:
        if text in known:
            return Answer(text, True)
    by_sound = _by_sound(tuple(expected))
    for text in bare:
        if text and (answer := by_sound.get(tuple(sounds(text)))):
            return Answer(answer, True)
    for text in bare:
        heard_so = sounds(text)
        near = [answer for sound, answer in by_sound.items() if len(text) > 1 and _slips(sound, heard_so) == 1]
        if len(near) == 1:
            return Answer(near[0], False)
    return None


@lru_cache(maxsize=64)
def _by_sound(expected: tuple[str, ...]) -> Mapping[tuple[str, ...], str]:
    """The first answer of each sound."""
    return {tuple(sounds(answer)): answer for answer in reversed(expected)}


def _slips(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many letters of two sounds differ; 9 where a whole syllable does."""
    if len(ours) != len(theirs):
        return 9
    slips = 0
    for mine, yours in zip(ours, theirs, strict=True):
        distance = Levenshtein.distance(mine, yours)
        slips += 9 if distance >= min(len(mine), len(yours)) else distance
    return slips


def _number(heard: Sequence[str], whole: re.Pattern[str]) -> Answer | None:
    """The first transcript with a whole number in it, else the first with some; the words around it stay."""
    with_digits = [_in_digits(_MARKS.sub("", text)) for text in heard]
    found = [(text, run) for text in with_digits for run in re.findall("[0-9]+", text) if len(run) >= _FEWEST]
    if not found:
        return None
    for text, run in found:
        if whole.fullmatch(run):
            return Answer(text, True)
    return Answer(found[0][0], True)


def _in_digits(bare: str) -> str:
    """`bare` with whatever sounds like dialling written in digits."""
    marks = "".join(_kind(character) for character in bare)
    text, place = [], 0
    for run in re.finditer("[Ds]*D[Ds]*", marks):
        start, end = run.span()
        # 我的电话是一三五: 是 sounds like 四, and belongs to the words before.
        while start and marks[start] == "s":
            start += 1
        while end < len(marks) and marks[end - 1] == "s":
            end -= 1
        if end - start < _FEWEST:
            continue
        text += [bare[place:start], *(_digit(character) for character in bare[start:end])]
        place = end
    return "".join([*text, bare[place:]])


def _kind(character: str) -> str:
    """D: a digit as it is written; s: what only sounds like one; w: any other."""
    if character.isdigit() or character in _WRITTEN:
        return "D"
    return "s" if _CHINESE.fullmatch(character) and sounds(character)[0] in _DIGITS else "w"


def _digit(character: str) -> str:
    return character if character.isdigit() else _DIGITS[sounds(character)[0]]
