"""Which parts of a message ask, by the words Chinese asks with, which are a closed class."""

import re

from knowledge.facts.plain_answers import BY_THE_WAY

_ASKS = re.compile(
    r"[?？]|吗(?!啡)|[呢么啵]\W*$|么[子哩里]|几多|什么|怎么|怎样|如何|哪|谁|多少|多久|多大|(?<![好没了过])几[个次年月岁天名位块]|啥|咋"
    # 停不停, 可不可以; 有没有
    r"|([\u4e00-\u9fff])不\1|有没有|是否|能否|可否|为何"
)
# Not 算了, 算是, 不算, 打算.
_WORK_OUT = re.compile(r"(?<![不也就打总合])算(?![了是])")
# 什么活都可以 leaves it open and asks nothing.
_WHATEVER = re.compile(r"(?:什么|啥|哪|谁|怎么)[^,，。?？]{0,6}?都(?![是有要])")
_MARKS = " ,，。;；、"
_CLAUSE = re.compile(r"[^,.;!?，。；！？\n]+[,.;!?，。；！？\n]*")


def is_question(text: str) -> bool:
    """Whether `text` (in normal form) is put as a question."""
    return bool(_ASKS.search(_WHATEVER.sub("", text)))


def wants_a_sum(text: str) -> bool:
    """Whether `text` (in normal form) asks for something to be worked out: 帮我算算要几个."""
    return bool(_WORK_OUT.search(text))


def clauses(text: str) -> list[str]:
    """The parts of `text` between punctuation marks, each with the mark after it."""
    return _CLAUSE.findall(text)


def asked_part(text: str) -> str:
    """The last clause of `text` (in normal form) that asks, without marks: 我吃低保,开店会停吗? → 开店会停吗; the only
    one, whatever it is, and "" where none of several asks.
    """
    parts = clauses(text)
    asking = parts if len(parts) == 1 else [clause for clause in parts if is_question(clause)]
    return asking[-1].strip(f"{_MARKS}?？!！.") if asking else ""


def stated_part(text: str) -> str:
    """`text` without its clauses that ask: 我们有200人,不交会怎么样? → 我们有200人,

    A number inside a question need not be the asker's own: 编制67人以上的单位怎么规定.
    """
    said = [clause for clause in clauses(text) if not is_question(clause)]
    # 对了 before a question changes the subject, and says no yes.
    return "".join(clause for clause in said if clause.strip(_MARKS) != BY_THE_WAY)
