"""Keeps what people say in their own words about skills, work they want, help and training, and drops the rest."""

import re
from collections.abc import Iterator, Mapping

from knowledge.facts.question_words import is_question
from knowledge.library.segmenting import segmenter

LONGEST = 200
"""Characters that are kept."""
_FILLED = r"(?:嗯|呃|额|哦|噢|那个|这个|就是说?|的话|好的?|有的?(?=[,，])|[\s,.:;、。!])*"
_WHO = (
    r"(?:我们?|他|她|本人|我自己|俺|我(?:家)?(?:儿子|女儿|崽|老公|老婆|爱人|妈|爸|弟弟?|妹妹?|哥|姐)|孩子)?"
    r"(?:现在|自己|这边|主要|其实|还|也|就|都|只|是|以后|以前|平时|可能){0,3}"
)
_WISHES = r"(?:最?(?:想|要|希望|打算|准备|愿意|喜欢|想要)(?:能)?)"
_ONE = r"(?:一?[个份点些]|一下|一点)?(?:儿)?"
_TAIL = re.compile(
    r"(?:[吧呀啊哦呢嘞哩咯噢啦喽哟嘛\s,.。!;]|(?:之类|什么)的|就[行好]了?|就可以了?|这些|这样子?的?){1,12}$"
)
_LEAD = {
    "skills": rf"{_WHO}(?:会(?!计|展|议|员)|懂|擅长|精通|能够?|有)(?:做(?=[\u4e00-\u9fff]活))?",
    "desired_job": rf"{_WHO}(?:{_WISHES}|(?=[找寻做干当]))(?:去)?(?:找|寻|谋|做|干|当|搞|从事)?{_ONE}",
    "accommodation": rf"{_WHO}(?:最好是?能?|希望能?|想要|需要|必须|要求|要是能?|得(?=有)|要)",
    "training_need": rf"{_WHO}(?:(?:想|要|愿意|需要|希望)[,，\s]*)+(?:去|来)?(?:学习?|参加|报)?{_ONE}(?:怎么)?",
}
_KIND_OF_WORK = re.compile(r"(?:一类|这种|那种|方面)?的?(?:活|工作|事情?|差事|岗位|职位|行当)(?:儿|来?[做干])?$")
# 轻松的活 without its noun would name no work.
_HOW = re.compile(r"在|轻|简单|稳|离|[近好不能随有什坐合适]|附近|时间|工资|任何|都|别的|累")
_NOTHING_NAMED = re.compile(
    r"(?:在[^,做干搞当]{1,5}?(?=[找做干上份个点些]))?(?:一?[个份点些])?"
    r"(?:的?(?:活|工作|事情?|差事|岗位|班|钱|生意)(?:儿|[做干上]|来做)?|[做干上找]|什么|东西|会|[做干学]过)*"
)
_WORKS = (
    r"(?:[找寻做干当](?!人|你|他|一下|残联|政策|[办材资]|的|个?登记|个?报名)|搞|从事|[送卖养种编织洗扫跑接]|修(?!改)|打扫|理货|进(?!修)|"
    r"开(?![始具证通户])|看(?=[大门仓管店护鱼场]))"
)
"""Verbs of work: 想送快递, 想在超市理货, 想开个店."""
_OPENERS = {
    "skills": r"会(?![不被有给来去在是议计员场怎影取停算扣让的]|[\s,])|学过|[做干]过|擅长|懂(?![得不])",
    "desired_job": rf"(?:最?想要?|希望|打算|准备|愿意|要)(?:在[^,.。;!]{{1,6}}?)?(?:能|去)?{_WORKS}"
    r"|[找换](?=[个份点])",
    "training_need": r"(?:想|要|希望|愿意|打算)(?:去|来)?(?:学(?!历|校|生)|参加培训)",
    "accommodation": r"需要|[得要]有|最好(?:是|能)?有?|希望(?:能)?有|必须有?|离不开",
}
_HELP = re.compile(
    r"轮椅|盲道|手语|翻译|[陪扶]|无障碍|坡道|斜坡|扶手|电梯|字幕|读屏|大字|放大|助听|休息|宿舍|接送|拐|厕所|卫生间|一楼|写字|打字|"
    r"照顾|护理|带着|坐着|安静|吃药|看病"
)
_NOT_SAID = re.compile(r"[不没别冇莫未]$|[机社开学工]$")
_SUBJECTS = frozenset({"我", "他", "她", "还", "也", "都", "只", "就", "最", "很", "人"})
"""我会 is one word of the dictionary and 会 a verb in it all the same."""
_OPENER = re.compile("|".join(f"(?P<{slot}>{words})" for slot, words in reversed(_OPENERS.items())))
_GOES_ON = re.compile(
    "现在|后来|可是|不过|因为|所以|今年|电话|手机号|我家|住在|眼睛|耳朵|腿|残疾|肢体|视力|听力|言语|智力|精神|我"
)
"""Where a sentence without marks turns to something else."""
_CLAUSE = re.compile(r"[^,.;!?，。；！？]+[,.;!?，。；！？]*")


def answer_words(text: str, slot: str) -> str:
    """The words of an answer (in normal form) to the question for `slot`: 我想找个看门的活 → 看门.

    What is left is never empty and at most LONGEST characters.
    """
    said = _TAIL.sub("", re.sub(f"^{_FILLED}", "", text))
    plain = re.sub(f"^{_LEAD[slot]}", "", said)
    if slot == "desired_job":
        plain = _without_kind_of_work(plain)
    return (_TAIL.sub("", plain) or said or text)[:LONGEST]


def volunteered_words(text: str) -> Mapping[str, str]:
    """What a longer text (in normal form) says of the four: 会做饭,想找份洗碗的活 → skills 做饭, desired_job 洗碗.

    Found by the verbs that open such a clause; 想找工作 names no work and says nothing.
    """
    found: dict[str, list[str]] = {}
    for clause in _CLAUSE.findall(text):
        if not is_question(clause):
            for slot, words in _said(clause):
                if words not in found.setdefault(slot, []):
                    found[slot].append(words)
    return {slot: ",".join(words)[:LONGEST] for slot, words in found.items() if words}


def _said(clause: str) -> Iterator[tuple[str, str]]:
    openers = [match for match in _OPENER.finditer(clause) if _opens(clause, match)]
    for place, match in enumerate(openers):
        end = openers[place + 1].start() if place + 1 < len(openers) else len(clause)
        slot = str(match.lastgroup)
        said = _GOES_ON.split(clause[match.start() : end], maxsplit=1)[0]
        said = re.sub(r"(?:我|他|她|还|也|就|并且?|而且|然后|所以|但是?|[和跟\s,.;。!])+$", "", said)
        words = answer_words(said, slot)
        if slot == "accommodation" and not _HELP.search(words):
            continue
        if not _NOTHING_NAMED.fullmatch(words):
            yield slot, words


def _opens(clause: str, match: re.Match[str]) -> bool:
    """Whether the verb is said of the person and is a word of its own: not 不会, 社会, 机会."""
    if _NOT_SAID.search(clause[: match.start()]):
        return False
    place = 0
    for word in segmenter().cut(clause, HMM=False):
        if place < match.start() < place + len(word) and word[: match.start() - place] not in _SUBJECTS:
            return False
        place += len(word)
    return True


def _without_kind_of_work(words: str) -> str:
    plain = _KIND_OF_WORK.sub("", words)
    return plain if len(plain) > 1 and not _HOW.match(plain) else words
