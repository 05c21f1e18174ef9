"""Which texts ask for several clauses at once, by the words of grammar that they ask with; nothing is looked up here.

Whoever compares says 和 and 区别, whoever wants a list 哪些 or 列一下: a closed class. What else is in such a text has
to be known too, or it is left to the search: 盲人有哪些政策 asks for a list, 盲人按摩有哪些岗位 for one clause.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from knowledge.facts.question_words import is_question
from knowledge.language.numerals import DIGITS, chinese_to_int
from knowledge.search.overviews import Overview, groups, kinds

_MOST_LINES = 6
_FEW = 3
"""How many 几样 are."""
_LONGEST = 40
"""Characters of such a text; a longer one tells a story of its own."""
_LONGEST_PART = 16
"""Characters of what names a measure."""


class Wanted(Enum):
    """What is asked for."""

    COMPARISON = "comparison"
    OVERVIEW = "overview"
    ACTIONS = "actions"
    """The parts of the plan by their headings."""
    TOLD = "told"
    """What was told in this talk."""
    TOLD_FITTING = "told fitting"
    """The same, as far as it is for whoever asks."""
    MOST_IMPORTANT = "most important"


@dataclass(frozen=True)
class Several:
    """What a text asks for."""

    wanted: Wanted
    pairs: tuple[tuple[str, str], ...] = ()
    """The two measures of a comparison in the asker's words, one pair for each way of cutting them apart; () where
    the two that were told last are meant."""
    which_is_better: bool = False
    """Whether a comparison asks for a judgement, and not only for differences."""
    overview: Overview | None = None
    most: int = _MOST_LINES
    """How many are wanted."""


_DIFFERENCE = "区别|不同|不一样|差别|差异|什么两样|一样|(?<!怎么)一回事|一码事|差在哪|差哪"
_BETTER = (
    "(?:哪(?:一?[个种样条项边]|头)|谁)(?:更|比较|最)?(?:好|合适|适合|划算|强|实惠|管用)|(?:更|比较)(?:好|合适|适合)(?=$|[一些点呢]|我)|"
    "(?:怎么|咋|该)选|选哪|好吗|好不好"
)
_BEFORE_COMPARED = re.compile("(?:请|你|您|帮我|给我|麻烦)*(?:对比|比较|比一?比|比)一?下?(?=.*(?:和|跟|与))")
_COMPARED = re.compile(rf"(?P<better>{_BETTER})|(?:{_DIFFERENCE})")
_BEFORE_COMPARISON = re.compile(
    "(?:[,，。、：:]|它们|他们|之间|这?[两二俩]|[个者条种样项]|到底|究竟|相比|比起来|比较|比|是|不是|有|什么|啥|何|"
    "哪些|么[子事哩]|没|哪|里|的|会|算|都|更|吗)+$"
)
_JOINT = re.compile("还是|或者|以及|[和跟与或]|比(?![例赛])|(?<![不相共])同(?![行意样事仁])")
_OF_BOTH = re.compile("的(?:要求|规定|政策|待遇|条件|补贴|好处|做法|标准|任务|责任)$")
_ASKS_TOO = re.compile("一样不$|有何|还是")
_PUTS = re.compile("^(?:请问|那么?|我?想问一?下?|我?想知道|问一?下|帮我看看|你说|您说)+")
_BROKEN = re.compile("[,，。;；:：?？]")
_MARKS = "?？!！.。,，;；:：“”\"' "
_FILLERS = (
    "请问|麻烦|想问一下|我?想问|我?想知道|问一?下|问问|那么|能不能|可不可以|可以|你们|你|您|帮我|给我|跟我|把|一共|总共|"
    "这个方案|这份方案|方案|文件|计划|里面|里头|里|这份|这个|那个|一下|一遍|再|分别|全部|所有|"
    "出来|[呢吗啊呀吧嘛哈噻不就那只]|看看|说说|讲讲|说|讲|请|都|是|有|的|了"
)
_LISTS = (
    "哪些|哪几[条项样个]|都(?:说|讲|提|聊|介绍)(?:到|过|了)*(?:什么|啥|么子|哪些)|有几[条项样个]|(?:都|是|都有|都是|有|分别是)(?:些)?(?:什么|啥|么子|哪几)|列(?:一下|一列|出来|举|个表)?|"
    "盘点|汇总|汇集|梳理|清单|数一数|归纳|总结"
)
_THINGS = (
    "残疾人员?|残障|残疾|江西|省里|全省|政策|措施|举措|扶持|帮扶|帮助|扶助|好处|优惠|福利|待遇|项目|条款|规定|内容|支持|服务|"
    "方面|有关|相关|针对|专门|能享受|享受|能得到|得到|能用上?|直接|提到|写了?|写明|具体|[给对跟和与为能人到类]|东西|事"
)
_BACK = "刚才|刚刚|方才|刚|前面|上面|之前|先前|前头|今天|到现在"
_TELLS = "说过?|讲过?|提到?过?|介绍过?|聊过?|告诉过?|回答过?"
_THESE = "这些|那些|那几[条项个样]|几[条项个样]"
_ABOUT_ME = re.compile(
    "(?:[跟和与]我(?:们)?(?:有关|相关|对得上)|适合我|我(?:们)?(?:能?用得?[上着]|能享受|够得上|合适|符合))的?"
)
_NUMBER = f"[{''.join(DIGITS)}十几0-9]"
_MOST_IMPORTANT = re.compile(
    rf"(?P<before>{_NUMBER})?[条样个项点件]?(?:对我)?最(?:要紧|重要|关键|主要|有用|用得上|用得着|实用|核心|要记住)的?"
    rf"(?P<after>{_NUMBER})?[条样个项点件]?"
)
_PICKS = "列|挑|选|拣|什么|啥|哪|听|先|告诉我|几"
_ACTIONS = re.compile(r"(?:[十几]|10|哪|些|有)?(?:几?[大个项条]|些)?行动")


def read_several(text: str) -> Several | None:
    """What `text` (in normal form) asks for, where it asks for several clauses at once; None where it is anything
    else, or only may be that."""
    asked = text.strip(_MARKS)
    if not asked or len(asked) > _LONGEST:
        return None
    return _told(asked) or _most_important(asked) or _actions(asked) or _overview(asked) or _comparison(asked)


def asks_for_a_list(text: str) -> bool:
    """Whether `text` (in normal form) asks for several clauses without naming two measures, whatever the search finds.

    The measures of a comparison may be none of ours.
    """
    several = read_several(text)
    return several is not None and not several.pairs


def _told(asked: str) -> Several | None:
    back = re.search(_BACK, asked)
    if back is None:
        return None
    without = _ABOUT_ME.sub("", asked)
    if without != asked:
        fits = not _left(without, (_BACK, _LISTS, _TELLS, _THESE, _FILLERS))
        return Several(Wanted.TOLD_FITTING) if fits else None
    if _pronoun_pair(asked) or not re.search(_LISTS, asked):
        return None
    return Several(Wanted.TOLD) if not _left(asked, (_BACK, _LISTS, _THESE, _TELLS, _FILLERS)) else None


def _most_important(asked: str) -> Several | None:
    found = _MOST_IMPORTANT.search(asked)
    if found is None:
        return None
    before, after = asked[: found.start()], asked[found.end() :]
    counted = found["after"] or found["before"] or _number_in(before)
    if counted is None and not re.search("挑|选|拣", before):
        return None
    if _left(before + after, (_BACK, "一下", _PICKS, _TELLS, _THESE, _NUMBER, "[条样个项点件]", _FILLERS)):
        return None
    return Several(Wanted.MOST_IMPORTANT, most=_count(counted))


def _number_in(text: str) -> str | None:
    found = re.search(rf"({_NUMBER})[条样个项点件]", text)
    return found[1] if found else None


def _count(numeral: str | None) -> int:
    if numeral is None or numeral == "几":
        return _FEW
    value = int(numeral) if numeral.isdecimal() else chinese_to_int(numeral)
    return min(max(value, 1), _MOST_LINES)


def _actions(asked: str) -> Several | None:
    found = _ACTIONS.search(asked)
    if found is None or not re.search(rf"{_LISTS}|什么|啥|哪|几", asked):
        return None
    rest = asked[: found.start()] + asked[found.end() :]
    return None if _left(rest, (_LISTS, "什么|啥|哪|几|十", _FILLERS)) else Several(Wanted.ACTIONS)


def _overview(asked: str) -> Several | None:
    """Only where nothing is left of the text that says more than the group or kind that it asks for."""
    if not re.search(rf"{_LISTS}|(?:能|有)什么|有啥|哪", asked):
        return None
    for overview in _overviews_named(asked):
        if not _left(asked, ("|".join(overview.called), _LISTS, "什么|啥|么子|哪些|哪", _THINGS, _FILLERS)):
            return Several(Wanted.OVERVIEW, overview=overview)
    return None


def _overviews_named(asked: str) -> Iterable[Overview]:
    of = [each for each in groups() if any(word in asked for word in each.called)]
    like = [each for each in kinds() if any(word in asked for word in each.called)]
    both = (group.within(kind) for group in of for kind in like)
    # Where only one clause is in both, the search finds it.
    return [*of, *like, *(each for each in both if len(each.keys) > 1)]


def _comparison(asked: str) -> Several | None:
    compares = list(_COMPARED.finditer(asked))
    lead = _BEFORE_COMPARED.match(asked)
    if lead is None and not (compares and (is_question(asked) or _ASKS_TOO.search(asked))):
        return None
    better = any(found["better"] for found in compares)
    if _pronoun_pair(asked):
        return Several(Wanted.COMPARISON, which_is_better=better)
    body = asked[lead.end() if lead else 0 : compares[0].start() if compares else None]
    rest = asked[compares[-1].end() :] if compares else ""
    if _left(rest, (_LISTS, "什么|啥|哪|地方|之处|里|不|没|好|用|合适|点|些|对我|我", _FILLERS)):
        return None
    body = _PUTS.sub("", _BEFORE_COMPARISON.sub("", body)).strip(_MARKS)
    shared = _OF_BOTH.search(body)
    pairs = []
    for joint in _JOINT.finditer(body):
        first, second = body[: joint.start()].strip(_MARKS), body[joint.end() :].strip(_MARKS)
        if shared and not _OF_BOTH.search(first):
            first += shared[0]
        if all(1 < len(part) <= _LONGEST_PART and not _BROKEN.search(part) for part in (first, second)):
            pairs.append((first, second))
    return Several(Wanted.COMPARISON, tuple(pairs), better) if pairs else None


def _pronoun_pair(asked: str) -> bool:
    """Whether two measures are compared that only a pronoun names: 这两个有什么区别."""
    if not _COMPARED.search(asked):
        return False
    pair = re.search("(?:这|那|它们|他们)[两俩二](?:[个样条项种者])?", asked)
    if pair is None:
        return False
    rest = asked[: pair.start()] + asked[pair.end() :]
    return not _left(
        rest, (_COMPARED.pattern, _BACK, _TELLS, "它们|他们|之间|到底|什么|啥|何|没|哪|个|对我|我", _FILLERS)
    )


def _left(text: str, known: tuple[str, ...]) -> str:
    """What is left of `text` once the words that `known` match are taken away, in that order."""
    for words in known:
        text = re.sub(words, "", text)
    return text.strip(_MARKS)
