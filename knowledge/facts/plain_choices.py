"""Tells a choice of a registration by words that leave no doubt: 二级, 女的, 初中, 在家做."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.facts.question_words import clauses, is_question
from knowledge.yaml_files import read_yaml

WORDS = Path(__file__).parent / "plain_words.yml"
_DENIED = re.compile(r"(?:不是|不属于|并非|不对)[^,。]{0,2}$")
_FILLED = re.compile(r"^(?:嗯|呃|额|哦|那个|就是|是|我是|应该是|大概|好像是?|[\s,.。])+|[\s,.。!吧啊呀哦嘞的了哈]+$")
_CORRECTS = re.compile("不是|不对|错|改成|后来|重新")
_FEW = re.compile("几[个年天句]")
"""读了几年小学 asks nothing."""


def plain_choice(text: str, slot: str, is_answer: bool) -> str | None:
    """The value for `slot` that `text` (in normal form) states in so many words.

    None where it states none, or several and does not take the others back: what the words leave open is for
    `ChoiceClassifier` to tell. `is_answer`: the slot was just asked for.
    """
    told = "".join(clause for clause in clauses(text) if not is_question(_FEW.sub("", clause)))
    unless, values = _words()[slot]
    told = unless.sub(lambda match: "·" * len(match[0]), told)
    found = _stated(told, {value: said for value, (said, _) in values.items()})
    if not found and is_answer:
        plain = _FILLED.sub("", told)
        found = _stated(plain, {value: answered for value, (_, answered) in values.items()})
    if not found:
        return None
    if len(set(found.values())) == 1 or _CORRECTS.search(text):
        return found[max(found)]
    return None


def _stated(text: str, words: Mapping[str, re.Pattern[str]]) -> Mapping[int, str]:
    """Each value by the place where it is stated last."""
    return {
        match.start(): value
        for value, pattern in words.items()
        for match in pattern.finditer(text)
        if match[0] and not _DENIED.search(text[: match.start()])
    }


@lru_cache(maxsize=1)
def _words() -> Mapping[str, tuple[re.Pattern[str], Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]]]:
    written: Mapping[str, Any] = read_yaml(WORDS)
    return {
        slot: (
            _one_of(entry["unless"]),
            {
                value: (_one_of(entry["said"][value]), _one_of(entry["answered"].get(value, [])))
                for value in entry["said"]
            },
        )
        for slot, entry in written.items()
    }


def _one_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(words) if words else "(?!)")
