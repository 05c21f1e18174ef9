"""Reads what people say of themselves or whoever they register: name, telephone, place, age, schooling, wishes."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from knowledge.facts.annotated_examples import slots
from knowledge.facts.birth_years import birth_year
from knowledge.facts.bounds import read_closely, story
from knowledge.facts.fact_reader import Fact, FactReader
from knowledge.facts.free_text import LONGEST as LONGEST_WORDS
from knowledge.facts.free_text import answer_words, volunteered_words
from knowledge.facts.names import LONGEST as LONGEST_NAME
from knowledge.facts.names import name
from knowledge.facts.phones import corrected
from knowledge.facts.plain_answers import plain_answer
from knowledge.facts.plain_choices import plain_choice
from knowledge.places.stated_places import places

CHOICES = ("registrant", "gender", "disability_level", "education", "work_mode")
WORDS = ("skills", "desired_job", "training_need", "accommodation")
CONSENTS = ("consent", "consent_disability")
_LEARNT = ("disability_type", "residence", "confirm", *CONSENTS)
_PLACES = ("city", "county")
_SEVERAL = "多重"
_PLAINLY = 0.95
_SURE, _IN_PASSING, _OWN_WORDS = 1.0, 0.8, 0.8
"""Anything at all can be somebody's own words, so a command goes before them."""
_MARKS = str.maketrans(",;:!?", "，；：！？")
# The certificate has four (GB/T 26341).
_NO_SUCH_LEVEL = re.compile(r"[零〇五六七八九十05-9百]+\s*级?")
_SECRET_NUMBER = re.compile(r"\d(?:[\s-]?\d){13,}[\s-]?[\dxX]")
"""Of an identity card or a bank card."""
_NO_WISH = re.compile("工作|活|事|班|钱")
"""想找个工作帮我登记 names no work."""
# Each part of the body begins what is told of it: 眼睛看不到耳朵也背.
# Which services somebody gets hangs on it: it has to be said in so many words.
_SAYS_WHERE = re.compile("农村|乡下|乡里|村|城里|城镇|镇上|街上|县城|市区")
_BESIDE = re.compile(r"[,，。;；、\s]+|(?=眼|耳|听|手|脚|腿|嘴|说话|讲话|脑|智力|精神)")
_PLAINLY_ANSWERED = {
    "skills": {True: "有", False: "没有"},
    "training_need": {True: "需要", False: "不需要"},
    "accommodation": {True: "需要", False: "不需要"},
}
"""What is kept of a plain yes or no; to 想做什么 neither is an answer."""


def read_registration(text: str, today: date, asked: str | None, learnt: FactReader) -> Mapping[str, Fact]:
    """What `text` tells for a registration; `asked`: the field just asked for, which bare words answer."""
    text = story(text)
    # The characters of a rare name may look like anything.
    beside_name = text.replace(name(text, asked == "name") or "\0", "")
    found = {slot: fact for slot, fact in learnt.read(beside_name, today, asked).items() if slot in _LEARNT}
    if not _SAYS_WHERE.search(text):
        found.pop("residence", None)
    if len(_types(beside_name, learnt)) > 1:
        found["disability_type"] = Fact(_SEVERAL, _SURE)
    if asked is not None and asked in (*CONSENTS, "confirm") and asked in found and plain_answer(text) is not None:
        return found
    found |= dict(_grammatical(text, today, asked))
    for slot in CHOICES:
        value = plain_choice(text, slot, asked == slot)
        if value is not None:
            found[slot] = Fact(value, _SURE)
    if asked == "disability_level" and asked not in found and _NO_SUCH_LEVEL.search(text):
        found[asked] = Fact(None, _SURE, problem="no_such_level")
    found |= {slot: fact for slot, fact in _words(text, asked) if slot not in found}
    return found


def is_answer(text: str, asked: str, today: date, learnt: FactReader) -> bool:
    """Whether `text` (in normal form) has a value for what was `asked`; anything may be somebody's own words."""
    found = read_registration(text, today, asked, learnt).get(asked) if slots()[asked].kind != "words" else None
    return found is not None and found.value is not None


def _types(text: str, learnt: FactReader) -> Collection[str]:
    """The kinds of disability that are each told plainly: 眼睛看不到，耳朵也背."""
    parts = read_closely(part for part in _BESIDE.split(text) if len(part) > 1)
    told = (learnt.read_choice(part, "disability_type") for part in parts)
    return {fact.value for fact in told if fact is not None and fact.value and fact.probability >= _PLAINLY}


def _grammatical(text: str, today: date, asked: str | None) -> Iterator[tuple[str, Fact]]:
    phone = corrected(text)
    if phone is not None:
        yield "phone", Fact(None if phone.problem else phone.digits, _SURE, problem=phone.problem)
    elif asked == "phone" and any(character.isdigit() for character in text):
        yield "phone", Fact(None, _SURE, problem="too_short")
    if asked == "name" and len(text) > LONGEST_NAME and name(text, False) is None:
        yield "name", Fact(None, _SURE, problem="long_name")
    called = name(text, asked == "name")
    if called is not None:
        yield "name", Fact(called, _SURE if asked == "name" else _IN_PASSING)
    yield from _place(text, asked)
    # Whoever is asked for the one often goes on with the other: 男的，四十二.
    born = birth_year(text, today, asked in {"birth_year", "gender"})
    if born is not None:
        value = None if born.value is None or born.problem else str(born.value)
        yield "birth_year", Fact(value, _SURE, born.approximate, born.problem and f"year_{born.problem}")


def _place(text: str, asked: str | None) -> Iterator[tuple[str, Fact]]:
    found = places(text, is_answer=asked in _PLACES)
    here = [place for place in found if not place.other_province]
    if any(place.conflict for place in here):
        yield "city", Fact(None, _SURE, problem="two_places")
        return
    if not here:
        if found and asked in _PLACES:
            yield "city", Fact(None, _SURE, problem="elsewhere")
        return
    place = here[-1]
    probability = _SURE if asked in _PLACES else _IN_PASSING
    if place.city is not None:
        yield "city", Fact(place.city, probability)
    county = place.county or place.zone
    if county is not None:
        yield "county", Fact(county, probability)


def _words(text: str, asked: str | None) -> Iterator[tuple[str, Fact]]:
    """What is kept in the person's own words."""
    told = dict(volunteered_words(text))
    if asked in WORDS and asked is not None and text:
        says = plain_answer(text)
        if says is not None:
            if asked in _PLAINLY_ANSWERED:
                yield asked, Fact(_PLAINLY_ANSWERED[asked][says], _SURE)
            return
        if len(text) > LONGEST_WORDS:
            yield asked, Fact(None, _SURE, problem="long_words")
            return
        if _SECRET_NUMBER.search(text):
            yield asked, Fact(None, _SURE, problem="secret_number")
            return
        # With another wish told in the same breath, each keeps its own part.
        own = told[asked] if asked in told and len(told) > 1 else answer_words(text, asked)
        yield asked, Fact(_as_written(own), _OWN_WORDS)
    for slot, words in told.items():
        if slot != asked and not _NO_WISH.match(words):
            yield slot, Fact(_as_written(words), _OWN_WORDS)


def _as_written(words: str) -> str:
    """`words` with the marks that Chinese is written with."""
    return words.translate(_MARKS)
