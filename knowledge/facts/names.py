"""Finds the name a person gives: 我叫李小红, 姓刘名德华, 弓长张,张伟, 阿里木·买买提."""

import re
from collections.abc import Iterator

from knowledge.language.surnames import surname_of, surnames, transliterated, words_but_names
from knowledge.library.segmenting import segmenter
from knowledge.places.counties import place_names
from knowledge.places.outside_places import names_elsewhere, names_home

LONGEST = 40
"""Characters."""
_DOT = "·•・‧"
_HAN = "[\u4e00-\u9fff]"
# Looks behind, as from inside of a run of characters it would be sought in the same run over and over.
_FOREIGN = rf"(?<!{_HAN}){_HAN}+(?:[{_DOT}.]{_HAN}+)+"
_FILLED = re.compile(r"^(?:嗯|呃|额|哦|噢|啊|好的?|那个|就是|是|我这边|这边|[\s,.:;、。])*")
_TAIL = re.compile(r"(?:[吧呀哈的啊哦呢嘞哩咯噢啦喽哟嘛!\s]|就[行好是]了?|这个名字){1,12}$")
_BREAK = re.compile(r"[,.;:!?\s、。!?]+")
_WHO = (
    r"(?:我|他|她|本人|您|孩子|小孩|儿子|女儿|崽|妹子|妹妹|弟弟|哥哥|姐姐|爸爸?|妈妈?|老公|老婆|老倌|堂客|爱人|丈夫|妻子|"
    r"来电人|当事人|人|名字|姓名|大名|全名|名)"
)
_CALLED = re.compile(rf"{_WHO}(?:就|是)?(?:叫做|叫作|叫|喊做|喊)(?:做|是)?|(?:名字|姓名|大名|全名)(?:就?是|为|[:,\s])?")
_IS = re.compile(r"(?:我|他|她|本人|这里)(?:就|是){1,4}")
_APART = re.compile(
    rf"姓(?P<surname>{_HAN}{{1,2}}?)[,\s]*(?:的)?[,\s]*(?:我|他|她)?"
    rf"(?:(?:名字|单名|名)(?:叫做|叫|是|一个|个)*|叫做?是?)(?P<given>{_HAN}+?)(?:字|$|(?!{_HAN}))"
)
# 就是 is 就 and 是: named as well, it would be gone through in twice as many ways for each time it is said.
_FIRST_CALLED = re.compile(r"(?:嗯|呃|额|哦|那个|就|是|[\s,]){0,12}(?:大名|名字?)?(?:叫做|叫作|叫|喊做)")
_NOT_CALLED = re.compile("[我你他她您谁么啥它咱人车这那什哪]|医生|大家|别人")
_NEVER_IN_A_NAME = re.compile("[不了吗呢吧的是我你他她它们么这那哪没很太个把被给啥咋问要都就也还点冇莫嘞咩请说]")
_STARTS_ANEW = frozenset("我他她是住家男女在想要属有没现和电手身年村来从腿眼耳脚")
"""Characters that go on after a name where no mark ends it: 我叫李小红在家里."""
_LONGEST_GIVEN = 2


def name(text: str, is_answer: bool) -> str | None:
    """The name that `text` (in normal form) gives, None where it gives none.

    `is_answer`: a name was just asked for, so that a bare 李小红 is one.
    """
    text = _without_spelling(text)
    found = next(_told(text, is_answer), None) or (next(_bare(text), None) if is_answer else None)
    return found[:LONGEST] if found else None


def _told(text: str, is_answer: bool) -> Iterator[str]:
    for match in _APART.finditer(text):
        given = _ended(match["given"])
        yield given if given.startswith(match["surname"]) else match["surname"] + _given(given)
    for match in _CALLED.finditer(text):
        called = _called(text[match.end() :], is_answer)
        if called is not None:
            yield called
    if is_answer:
        first = _FIRST_CALLED.match(text)
        called = _called(text[first.end() :], is_answer) if first else None
        if called is not None:
            yield called
        for place, match in enumerate(_IS.finditer(text)):
            if place == 0:
                yield from _bare(text[match.end() :])
            else:
                # What follows a mark was looked at already.
                beside = text[match.end() : match.end() + 2 * LONGEST]
                yield from _bare(_BREAK.split(beside, maxsplit=1)[0])


def _called(rest: str, is_answer: bool) -> str | None:
    """The name that `rest` begins with, after a word such as 叫."""
    rest = rest.lstrip(" :,是")
    foreign = re.match(rf"{_FOREIGN}|[A-Za-z][A-Za-z .'-]+", rest)
    if foreign:
        return re.sub(f"[{_DOT}]", "·", _TAIL.sub("", foreign[0]))
    said = _TAIL.sub("", _BREAK.split(rest, maxsplit=1)[0])
    han = re.match(f"{_HAN}+", said)
    if han is None or _NOT_CALLED.match(said):
        return None
    if surname_of(han[0]):
        ended = _ended(han[0])
        return ended if not _NEVER_IN_A_NAME.search(ended) else None
    if _is_transliterated(han[0]) or (is_answer and 2 <= len(han[0]) <= 4 and not _is_sentence(han[0])):
        return han[0]
    return None


def _ended(run: str) -> str:
    """The name that a run of characters begins with: 李小红今年三十 → 李小红, 王丽今年三十 → 王丽."""
    surname = surname_of(run)
    longest = len(surname) + _LONGEST_GIVEN
    if len(run) <= longest:
        return run
    ends = [end for end in (longest, longest - 1) if _begins_a_word(run[end:])]
    if len(ends) == 2 and (run[longest - 1] in _STARTS_ANEW or run[longest - 1 : longest + 1] in segmenter().FREQ):
        return run[: longest - 1]
    return run[: ends[0]] if ends else run[:longest]


def _given(run: str) -> str:
    return _ended("王" + run)[1:]  # Any surname will do.


def _begins_a_word(rest: str) -> bool:
    word = next(segmenter().cut(rest, HMM=False))
    return len(word) > 1 or word in _STARTS_ANEW


def _bare(text: str) -> Iterator[str]:
    """Names that stand between two marks: 李小红 or 哦,李小红."""
    foreign = re.search(_FOREIGN, text)
    if foreign:
        yield re.sub(f"[{_DOT}]", "·", _TAIL.sub("", foreign[0]))
    for part in _BREAK.split(text):
        plain = _TAIL.sub("", _FILLED.sub("", part))
        plain = re.sub(r"\d+$", "", plain)
        if _is_name(plain) or _is_transliterated(plain):
            yield plain


def _is_name(word: str) -> bool:
    surname = surname_of(word)
    if not surname or not re.fullmatch(f"{_HAN}+", word) or len(word) > len(surname) + _LONGEST_GIVEN:
        return False
    return not _is_sentence(word) and word[0] != word[1] and word[-1] not in "人区县市"


def _is_sentence(word: str) -> bool:
    """Whether `word` is something other than a name: 钱不够, 马上来, 高中."""
    if _NEVER_IN_A_NAME.search(word) or word in words_but_names() or names_home(word):
        return True
    if word in place_names() or word in names_elsewhere():
        return True
    first = next(segmenter().cut(word, HMM=False))
    return len(first) > 1 and first in words_but_names()


def _is_transliterated(word: str) -> bool:
    return len(word) >= 2 and set(word) <= transliterated() and not names_home(word) and word not in place_names()


def _without_spelling(text: str) -> str:
    """`text` without what tells only how a surname is written: 弓长张,张伟 → 张伟; 李小红,木子李 → 李小红.

    It is told by a surname that follows two other characters and again at the head of a name.
    """
    for surname in {*surnames()[0]} & set(text):
        spelt = rf"(?<!{surname}){_HAN}{{2}}{surname}(?:的{surname})?"
        head = rf"{surname}{_HAN}"
        text = re.sub(rf"{spelt}(?:[,\s、]+|的)*(?={head})", "", text, count=1)
        text = re.sub(rf"(?<={head})({_HAN}?[,\s、]*){spelt}(?=$|[,\s、。])", r"\1", text, count=1)
    return text
