"""Reads what is asked about a result just told: of which year the wage is, for one person or all, how it was worked
out, and what an earlier one was."""

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from dialogue.what_if_words import ASIDE
from knowledge.facts.amounts import amounts
from knowledge.rules.result import Result, Value

_LONGEST = 30
_LEFT_OVER = 3
QUESTIONS = {
    "back": re.compile("(?:回到|讲回|说回|退回到?|还是(?:讲|按|看|说|算))[^,，]{0,14}"),
    "recalled": re.compile(
        "(?:刚才|刚刚|之前|前面|上一个|上回|最开始|一开始|头一个|第一个|原来)[^,，]*(?:来着|[是有]?多少|[是有]几|结果|怎么说|哪天|什么时候)"
    ),
    "years": re.compile(
        "[\\d二两三四五六七八九十]+年(?:的)?(?:加起来|一共|总共|合计|合起来|下来|能拿|拿|是|有|一起|共)"
    ),
    "monthly": re.compile("(?:一个月|每个?月|月均|摊到[每一]?个?月|平均[^,，]{0,4}月)"),
    "year_or_once": re.compile(
        "一年.{0,6}(?:还是|一次)|年年|每年都|是一年的|一次性|按年|按月|还是.{0,4}[每一]个?[年月]"
    ),
    "wage_year": re.compile(
        "(?:哪一?年|今年|去年|几几年|哪个年).{0,6}(?:工资|标准)|(?:工资|标准).{0,8}(?:哪一?年|今年|去年|几几年|什么时候)"
    ),
    "persons": re.compile(
        "每个?人|一个人|人均|单个|(?:单位|企业|公司|总|一共|全部).{0,6}还是|给(?:谁|个人|单位|企业|公司|残疾人)"
    ),
    "until": re.compile(
        "(?:再|还|要|得|多)[^,，]{0,4}(?:招|差|缺|安排|请|聘|有)?(?:几|多少)(?:个|名|位|人)[^,，]{0,8}(?:才|够|就|能|达标|有奖|拿)|还?[差缺](?:几|多少)(?:个|名|位|人)"
    ),
    "from": re.compile(
        "(?:多少|几个?)(?:人|职工|编制|个人)?(?:以上|起|开始|才要|才有|才算)|从(?:多少|几)|到(?:多少|几)个?人"
    ),
    "how": re.compile("怎么(?:算|得|来|出)|咋(?:算|来|得)|如何(?:算|得)|算法|公式|哪里?来的|过程|凭什么"),
    "why": re.compile(
        "(?:为什么|为啥|怎么|咋|凭啥|为何)(?:会|就|才|只|这么|那么|没)+[^,，]{0,6}|[这那]么少|才(?:这么|这点)"
    ),
}
"""What can be asked, by its key → the words it is asked with; the first that is found is meant."""
OF_EACH_SUM = frozenset({"until", "from"})
"""Those that are answered in another way for each calculator."""


def read_result_question(text: str) -> str | None:
    """What `text` (in normal form) asks of a result, by its key; None where it asks of something else."""
    if len(text) > _LONGEST:
        return None
    for name, words in QUESTIONS.items():
        if words.search(text):
            rest = ASIDE.sub("", words.sub("", text))
            return name if len(re.sub(r"[\W\d]", "", rest)) <= _LEFT_OVER else None
    return None


def figures(name: str, text: str, values: Mapping[str, str], result: Result) -> Mapping[str, Value] | None:
    """What the response to the question `name` says; None where there is nothing to tell."""
    numbers = dict(result.numbers)
    if name in {"persons", "year_or_once", "years", "monthly", "wage_year"} and "total" not in numbers:
        return None
    if name == "years":
        years = next((each.value for each in amounts(text) if each.measure == "年" and each.value), None)
        total = numbers["total"]
        if years is None or not isinstance(total, int | Decimal):
            return None
        return numbers | {"years": years, "sum": years * total}
    if name == "monthly":
        total = numbers["total"]
        assert isinstance(total, int | Decimal)
        return numbers | {"month": (Decimal(total) / 12).quantize(Decimal("0.01"), ROUND_HALF_UP)}
    if name in OF_EACH_SUM and "over" in numbers and "staff" in values:
        share = next((step.values["share_of_staff"] for step in result.steps if step.name == "share"), None)
        if not isinstance(share, Decimal):
            return None
        needed = int((share + 1).to_integral_value(ROUND_CEILING))
        more = max(0, needed - int(values["disabled_staff"]))
        return numbers | {"needed": needed, "more": more, "share_of_staff": share, "staff": int(values["staff"])}
    return None if name in OF_EACH_SUM and "missing_to_share" not in numbers else numbers


def recalled(text: str, told: Sequence[Mapping[str, str]]) -> Mapping[str, str] | None:
    """The values of the earlier result that `text` means: by the numbers of it, else the first, else the one before."""
    named = {f"{each.value.normalize():f}" for each in amounts(text) if each.value is not None}
    if named:
        # The latest of those that have most of them: 7人1850那个 is not what 1850 was told of last.
        likest = max(reversed(told), key=lambda values: len(named & set(values.values())), default={})
        return likest if named & set(likest.values()) else None
    if not told:
        return None
    if re.search("第一个|头一个|一开始|最开始|最初", text):
        return told[0]
    return told[-2] if len(told) > 1 and re.search("上一个|之前|前面|原来", text) else told[-1]
