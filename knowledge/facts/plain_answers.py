"""Tells a plain yes or no by the words Chinese says it with, which are a closed class, so that none is ever guessed."""

import re
from collections.abc import Collection
from functools import lru_cache

# Which words answer a question depends on how it is put: 是…吗 takes 是, 有没有…吗 takes 有, 可以吗 takes 可以.
_WORDS = {
    "is": {
        True: (
            "是|对|[说讲][得的]对|对头|没错|冇错|冒错|莫错|正是|就是|确实|的确|当然|肯定|必须|正确|确认|没问题|嗯|嗯哪|恩|"
            "yes|ok|y"
        ),
        False: "不|否|不是|才不是|不对|不太对|并不|并非|非也|不算|哪有|哪里是|不可能|没这回事|没有的事|唔系|no|n",
    },
    "has": {
        True: "有|有过|都有|有有",
        False: "没有?过?|并没有|冇得?|冒得?|莫得|没得|无|还没有?|从来没有?过?|从没有?过?|一直没有?",
    },
    "agrees": {
        True: (
            "好|行|可以|(?:两个)?都?同意(?:登记|记下来?|记录)?|愿意|要得|中|成|没问题|没意见|不反对|没关系|好吧|"
            "答应|接受|[你就]?记吧"
        ),
        False: "不行|不可以|不同意(?:登记|记下来?|记录)?|不愿意?|不肯|不好|不接受|不必|拒绝|莫|别记|不记|都?不记了",
    },
    "wants": {
        True: "要|想|需要|愿意",
        False: "不要|不用|不想|不需要|不必|用不着",
    },
    # To 确定要全部删除吗.
    "does": {
        True: "确定|确认|(?:确[定认])?(?:删除?|删掉|撤回|改)",
        False: "(?:还是|先)?(?:别|不想?|不要)(?:删|撤|改)(?:除|掉|回)?|(?:还是)?先?留着|要不还是留着",
    },
    # To what was read back.
    "saves": {
        True: (
            "都对|全对|没有错|没有不对|没有要改|不用改|没什么要改|保存|存吧?|登记吧?|就?记吧|就这样吧?|是这样|"
            "确定|完全正确|没毛病|听清楚了"
        ),
        False: "不保存|先不存|别存|不登记|要改|不对要改|有错|都错|有点不对|哪个不对来着",
    },
}
_BEFORE = "(?:嗯|哦|噢|喔|啊|呃|额|唉|哎|诶|那|就|这个|那个|我|俺|也|当然|肯定|应该|确实|真的?){0,6}"
"""No more than anybody says: 嗯 is also an answer, and a long row of it could be cut into answers in every way."""
_AFTER = "(?:的|了|啊|呀|呢|嘛|吧|咯|喽|嘞|哦|噢|哈|呗|哒|滴|喔|诶|哎|哇|撒|噻|么|啦|哩){0,2}"
_SPACE = re.compile(r"[\s,，.。!！~～、]+")
_CLAUSE_END = re.compile(r"[,，。.!！;；\s]")
_INDIFFERENT = re.compile(
    rf"{_BEFORE}(?:怎么|怎样|哪样|哪种|什么|随便哪[个种样])?(?:都(?:行|可以|好|成|中)|随便|无所谓|不讲究|不挑|看情况|听安排){_AFTER}"
)
_SAYS_NEITHER = re.compile("想想|不是不|不是没|没说不")
"""我想想 asks for a moment, and 也不是不行 is half a yes."""
BY_THE_WAY = "对了"
"""Before something else it changes the subject and says no yes."""


@lru_cache(maxsize=64)
def _pattern(kinds: frozenset[str], says: bool) -> re.Pattern[str]:
    words = "|".join(_WORDS[kind][says] for kind in sorted(kinds))
    # 是是是 and 可以,我同意 say it more than once.
    return re.compile(rf"(?:{_BEFORE}(?:{words}){_AFTER}){{1,3}}", re.IGNORECASE)


KINDS = frozenset(_WORDS)


def plain_words(kinds: Collection[str] = KINDS) -> tuple[str, ...]:
    """The words of `kinds` as people say them alone and after 我, for a recogniser."""
    words = [word for kind in kinds for both in _WORDS[kind].values() for word in both.split("|") if word.isalpha()]
    return tuple(dict.fromkeys([*words, *(f"我{word}" for word in words if len(word) > 1)]))


def plain_answer(text: str, kinds: Collection[str] = KINDS) -> bool | None:
    """Whether all of `text` (in normal form) is a plain yes, True, or a plain no, False, of one of `kinds`; else None.

    `kinds`: "is" (是, 不是), "has" (有, 没有), "agrees" (可以, 不行), "wants" (要, 不用), "does" (确定删除, 留着),
    "saves" (都对, 要改).
    """
    bare = _SPACE.sub("", text)
    # 对了 turns to something else.
    if bare == BY_THE_WAY or _SAYS_NEITHER.search(bare):
        return None
    # 没有错,可以保存 has words of two kinds; of all kinds together, 要改 would be a yes.
    groups = [frozenset([kind]) for kind in kinds] + ([] if kinds is KINDS else [frozenset(kinds)])
    for group in groups:
        for says in (False, True):
            if _pattern(group, says).fullmatch(bare):
                return says
    return None


def is_indifferent(text: str) -> bool:
    """Whether all of `text` (in normal form) says that any choice will do."""
    return bool(_INDIFFERENT.fullmatch(_SPACE.sub("", text)))


def leading_answer(text: str, kinds: Collection[str]) -> bool | None:
    """What the first clause of `text` says where that is a plain yes or no: 没错,我是残疾人."""
    first, *rest = _CLAUSE_END.split(text.strip(), maxsplit=1)
    if not rest or first == BY_THE_WAY:
        return None
    return plain_answer(first, kinds)
