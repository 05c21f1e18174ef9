"""Which parts of a message ask, by the words Chinese asks with, which are a closed class."""

import re

_ASKS = re.compile(
    r"[?？]|[吗呢么]\W*$|什么|怎么|怎样|如何|哪|谁|多少|多久|多大|几[个次年月岁天名位块]|啥|咋"
    # 停不停, 可不可以; 有没有
    r"|([\u4e00-\u9fff])不\1|有没有|是否|能否|可否|为何"
)
_CLAUSE = re.compile(r"[^,.;!?，。；！？\n]+[,.;!?，。；！？\n]*")


def is_question(text: str) -> bool:
    """Whether `text` (in normal form) is put as a question."""
    return bool(_ASKS.search(text))


def clauses(text: str) -> list[str]:
    """The parts of `text` between punctuation marks, each with the mark behind it."""
    return _CLAUSE.findall(text)


def stated_part(text: str) -> str:
    """`text` without its clauses that ask: 我们有200人,不交会怎么样? → 我们有200人,

    A number inside a question need not be the asker's own: 编制67人以上的单位怎么规定.
    """
    return "".join(clause for clause in clauses(text) if not is_question(clause))
