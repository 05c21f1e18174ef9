"""Texts that nobody says, and every reader of ours that could be given one."""

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from knowledge.facts.amounts import amounts
from knowledge.facts.annotated_examples import slots
from knowledge.facts.birth_years import birth_year
from knowledge.facts.case_numbers import case_number
from knowledge.facts.corrections import is_correction, right_is
from knowledge.facts.dates import dates
from knowledge.facts.fact_reader import FactReader
from knowledge.facts.free_text import answer_words, volunteered_words
from knowledge.facts.names import name
from knowledge.facts.phones import corrected, phones
from knowledge.facts.plain_answers import is_indifferent, leading_answer, plain_answer
from knowledge.facts.plain_choices import plain_choice
from knowledge.facts.question_words import clauses, is_question, stated_part, wants_a_sum
from knowledge.facts.registration import CHOICES, WORDS, read_registration
from knowledge.language.numerals import ordinal, stated_numbers
from knowledge.language.writing import normalised, script_of, traditional
from knowledge.places.counties import place_names
from knowledge.places.misheard_places import misheard_place
from knowledge.places.outside_places import context_of_elsewhere, names_home, with_elsewhere_alike
from knowledge.places.stated_places import places
from registry.values.masking import masked
from voice.speaking.spoken import spoken

LENGTH = 1_000
"""Characters of a turn that are still read."""
DAY = date(2026, 11, 24)
UNITS = (
    *(
        "我是",
        "就是",
        "三个，",
        "十分之",
        "百分之",
        "一",
        "1",
        "那",
        "是",
        "的",
        "电话",
        "不是",
        "从",
        "零",
        "年",
        "省",
        "县",
    ),
    *(
        "，",
        "。",
        " ",
        "两",
        "几",
        "说错了",
        "13800138000",
        "a",
        "(",
        "嗯",
        "叫",
        "啊",
        "村",
        "路",
        "住",
        "我",
        "李小红，",
        "有",
    ),
)
Reader = Callable[[str], Any]


def repeated(length: int = LENGTH) -> Iterator[str]:
    """Each unit over and over; so too with another end, which makes a pattern try every way again."""
    for unit in UNITS:
        text = (unit * length)[:length]
        yield text
        yield text[:-1] + "㐀"


def mixtures(count: int, length: int = LENGTH, seed: int = 16) -> Iterator[str]:
    """The units at random, the same ones every time."""
    chance = random.Random(seed)
    for _ in range(count):
        yield "".join(chance.choice(UNITS) for _ in range(length))[:length]


def plain_readers() -> Mapping[str, Reader]:
    """Every reader that has learnt nothing, by its name."""
    taken = (
        *(normalised, script_of, traditional, masked, spoken, stated_numbers, ordinal, phones, corrected, amounts),
        *(is_question, wants_a_sum, clauses, stated_part, right_is, is_correction, plain_answer, is_indifferent),
        *(volunteered_words, with_elsewhere_alike, names_home, context_of_elsewhere, misheard_place, place_names().get),
    )
    readers: dict[str, Reader] = {reader.__name__: reader for reader in taken}
    readers["dates"] = partial(dates, today=DAY)
    readers["leading_answer"] = partial(leading_answer, kinds=["has"])
    for answers in (True, False):
        for reader in (name, case_number, places):
            readers[f"{reader.__name__} {answers}"] = partial(reader, is_answer=answers)
        readers[f"birth_year {answers}"] = partial(birth_year, today=DAY, is_answer=answers)
        for slot in CHOICES:
            readers[f"plain_choice {slot} {answers}"] = partial(plain_choice, slot=slot, is_answer=answers)
    for slot in WORDS:
        readers[f"stated {slot}"] = partial(answer_words, slot=slot)
    return readers


def learnt_readers(facts: FactReader) -> Mapping[str, Reader]:
    """The readers of facts, for each slot or field that may just have been asked for."""
    readers: dict[str, Reader] = {}
    for slot in (None, *slots()):
        readers[f"read {slot}"] = partial(facts.read, today=DAY, asked=slot)
        readers[f"read_registration {slot}"] = partial(read_registration, today=DAY, asked=slot, learnt=facts)
    return readers
