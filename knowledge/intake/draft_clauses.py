"""Drafts what we say about a clause out of the clause's own sentences."""

import re
from collections.abc import Sequence
from typing import Any

from knowledge.language.numerals import stated_numbers
from knowledge.library.checking import LONGEST_PLAIN, LONGEST_SPOKEN, MOST_SPOKEN_SENTENCES
from knowledge.library.numbering import Passage

LONGEST_TITLE = 30
_SHORTEST_FACT = 3
_INSIDE = r"(?:[^()（）\n]|[(（][^()（）\n]*[)）])*"
_RESPONSIBLE = re.compile(
    rf"\s*[(（]({_INSIDE}负责|[^()（）\n]{{0,4}}(?:单位|部门)[:：]{_INSIDE})[)）][。.]?\s*$", re.MULTILINE
)
_DUTIES = re.compile(
    r"等?(?:有关|相关)?(?:部门|单位)?(?:按照?|根据)?(?:各自)?(?:职责|职能|分工)*(?:分别|具体)?(?:负责|牵头|配合|参与|落实)*$"
)
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]*[”’」』）)》]*")
_NAME = re.compile(rf"“([^“”\n]{{{_SHORTEST_FACT},}})”|《([^《》\n]{{{_SHORTEST_FACT},}})》")
_OPENING, _CLOSING, _PAUSES = "“《「〈（(〔[", "”》」〉）)〕]", "，、；,;"
_CUT = "……"


def draft_clause(passage: Passage) -> dict[str, Any]:
    """An entry of clauses.yml in the passage's own words."""
    sentences = _sentences(passage)
    heading = passage.title or passage.quote.splitlines()[0]
    names = [match[1] or match[2] for match in _NAME.finditer(passage.quote)]
    return {
        "id": passage.id,
        "draft": True,
        "title": heading if len(heading) <= LONGEST_TITLE else _shortened(heading, LONGEST_TITLE),
        "plain": _beginning(sentences, LONGEST_PLAIN, most=len(sentences)),
        "easy": sentences,
        "spoken": _for_the_ear(_beginning(sentences, LONGEST_SPOKEN, MOST_SPOKEN_SENTENCES)),
        "facts": [{"name": name} for name in dict.fromkeys(names)],
        "departments": _departments(passage.quote),
    }


def _sentences(passage: Passage) -> list[str]:
    """The clause's sentences without a heading on a line of its own and without the departments in brackets."""
    lines = [line.strip() for line in _RESPONSIBLE.sub("", passage.quote).splitlines() if line.strip()]
    if len(lines) > 1 and lines[0] == passage.title:
        del lines[0]
    return [match[0].strip() for line in lines for match in _SENTENCE.finditer(line)] or [
        passage.quote.replace("\n", " ")
    ]


def _beginning(sentences: Sequence[str], longest: int, most: int) -> str:
    """As many whole sentences as fit; one that does not fit is cut only where at most a heading stands before it."""
    text, taken = "", 0
    for sentence in sentences[:most]:
        if len(_joined(text, sentence)) > longest or _is_open(text):
            break
        text, taken = _joined(text, sentence), taken + 1
    if taken < min(most, len(sentences)) and taken < 2 and len(text) <= LONGEST_TITLE and not _is_open(text):
        text = _joined(text, _shortened(sentences[taken], longest - len(text) - 1))
    return text


def _is_open(text: str) -> bool:
    """Whether a quotation begins in `text` and ends in another line; joined lines would no longer be its words."""
    return any(text.count(opening) > text.count(closing) for opening, closing in ("“”", "《》", "「」"))


def _joined(text: str, sentence: str) -> str:
    """A space keeps apart the numbers of two rows of a table."""
    return text + (" " if re.search(r"[\w.,%]$", text) else "") + sentence


def _shortened(text: str, longest: int) -> str:
    """`text` up to its last pause outside quotation marks and brackets, then ……; in mid-sentence if that is early."""
    end = depth = 0
    for index, character in enumerate(text[: longest - len(_CUT) + 1]):
        depth = max(0, depth + (character in _OPENING) - (character in _CLOSING))
        if character in _PAUSES and depth == 0:
            end = index
    # Half a number would be another number.
    return (text[:end] if end > longest // 3 else re.sub(r"[\d.]+$", "", text[: longest - len(_CUT)])) + _CUT


def _for_the_ear(text: str) -> str:
    """`text` without what nobody can hear: document numbers, brackets and quotation marks."""
    heard = re.sub(r"[(（][^()（）]*〔[^()（）]*[)）]", "", text)
    heard = re.sub("[“”‘’《》「」『』〈〉]", "", re.sub("([”》])([“《])", r"\1、\2", heard))
    heard = re.sub(r"\s*[()（）〔〕\[\]【】<>/]\s*", "，", heard)
    heard = re.sub("，*([，。；：、！？])，*", r"\1", heard)
    heard = re.sub(r"([。！？!?])[。！？!?]+", r"\1", heard).strip(" ，")
    # Without its marks, “三”年 would be a number that the clause does not state.
    return heard if heard and stated_numbers(heard) <= stated_numbers(text) else text


def _departments(quote: str) -> list[str]:
    found = []
    for match in _RESPONSIBLE.finditer(quote):
        listed = re.sub(r"[(（][^()（）]*[)）]", "", match[1])
        listed = re.sub(r"[^、，,；;：:]{0,4}(?:单位|部门)[:：]", "", listed)
        for part in re.split("[、，,；;]|以?及(?=各|有关|相关|其他)", listed):
            name = _DUTIES.sub("", part.strip())
            if len(name) > 1 and not name.startswith(("各", "有关", "相关", "其他", "分别", "按")) and name in quote:
                found.append(name)
    return list(dict.fromkeys(found))
