"""How official documents are split into clauses by their own numbering."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.library.numbering import Passage, opens_numbering, split_document
from knowledge.policy_files import DOCUMENTS

REGULATION = """\
星河市残疾人就业补贴办法
第一章 总则
第一条 为了促进残疾人就业，制定本办法。
第二条 有下列情形之一的，给予补贴：
（一）首次就业的；
（二）自主创业的，具体包括：
1.开办个体工商户；
2.创办企业。
第二章 补贴
第三条 补贴标准为每人每年500元。
1.5%的差额由市级财政承担。
第三条第一款规定的补贴每年发放一次。
第四条 本办法自公布之日起施行。
"""
OPINION = """\
关于促进残疾人就业的实施意见
为促进就业，提出以下意见。
一、总体要求
坚持政府主导。
二、主要任务
各地要抓好下列任务。
（一）扩大就业。
1.开发岗位。每年开发一批岗位。
（1）社区岗位。
（2）乡村岗位。
2.2025年底前建成基地。
（二）加强培训。免费培训。
三、工作要求
（一）加强领导。明确分工。
"""


def ids(text: str) -> list[str]:
    return [passage.id for passage in split_document(text).passages]


def passage(text: str, identifier: str) -> Passage:
    return next(each for each in split_document(text).passages if each.id == identifier)


def test_the_jiangxi_plan_has_48_clauses_with_the_ids_of_its_contract() -> None:
    items = (4, 3, 4, 3, 6, 4, 4, 4, 4, 5)
    measures = [f"2.{section}.{item}" for section, last in enumerate(items, 1) for item in range(1, last + 1)]
    source = (DOCUMENTS / "jiangxi-2022-2024" / "source.txt").read_text(encoding="utf-8")

    assert ids(source) == ["1", *measures, *(f"3.{number}" for number in range(1, 7))]
    assert len(ids(source)) == 48


def test_an_article_is_one_passage_with_its_own_items_inside() -> None:
    assert ids(REGULATION) == ["1", "2", "3", "4"]
    assert passage(REGULATION, "2").quote.splitlines()[1:] == [
        "（一）首次就业的；",
        "（二）自主创业的，具体包括：",
        "1.开办个体工商户；",
        "2.创办企业。",
    ]
    assert passage(REGULATION, "3").headings == ("补贴",)


def test_a_percentage_at_the_start_of_a_line_is_no_item_and_a_reference_to_an_article_no_article() -> None:
    assert passage(REGULATION, "3").quote.splitlines()[1:] == [
        "1.5%的差额由市级财政承担。",
        "第三条第一款规定的补贴每年发放一次。",
    ]


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ("一、总体要求", True),
        ("一、十大行动", True),
        ("一、二级残疾人每人每月100元。", False),
        ("三、四级残疾人减半。", False),
        ("1、2级残疾人", False),
        ("1、3年内有效", True),
        ("1.2025年底前建成基地", True),
        ("1.5%的差额", False),
        ("（三）保障资金", True),
        ("第五条 补贴", True),
        ("第五条、第六条规定的补贴", False),
        ("第一部分 总则", True),
        ("附件1", True),
        ("附件1：申请表", False),
    ],
)
def test_what_opens_an_item(line: str, *, opens: bool) -> None:
    assert opens_numbering(line) is opens


def test_an_opinion_is_split_three_levels_deep_and_deeper_numbers_stay_inside() -> None:
    assert ids(OPINION) == ["1", "2", "2.1.1", "2.1.2", "2.2", "3.1"]
    assert passage(OPINION, "2.1.1").quote == "开发岗位。每年开发一批岗位。\n（1）社区岗位。\n（2）乡村岗位。"
    assert passage(OPINION, "2.1.1").headings == ("主要任务", "扩大就业")
    assert passage(OPINION, "2").quote == "主要任务\n各地要抓好下列任务。"
    assert split_document(OPINION).preamble.splitlines()[0] == "关于促进残疾人就业的实施意见"


def test_annexes_restart_the_numbering_and_say_so_in_the_id() -> None:
    annexes = "附件1\n任务分工表\n一、甲任务\n由甲办。\n二、乙任务\n由乙办。\n附件2\n申请表\n姓名和电话。\n"
    split = split_document(OPINION + annexes)

    assert [each.id for each in split.passages][-3:] == ["annex1.1", "annex1.2", "annex2"]
    assert split.passages[-3].headings == ("附件1", "任务分工表")
    assert split.passages[-1].quote == "附件2\n申请表\n姓名和电话。"
    assert passage(OPINION + annexes, "3.1").quote == "加强领导。明确分工。"


def test_an_annex_after_articles_does_not_vanish_in_the_last_article() -> None:
    text = REGULATION + "附件\n一、申请材料\n身份证。\n"

    assert ids(text)[-2:] == ["4", "annex1.1"]


def test_a_plan_after_a_numbered_notice_counts_as_its_annex() -> None:
    text = "通知\n一、提高认识。\n二、抓好落实。\n星河市方案\n一、目标\n每年100人。\n二、措施\n开展培训。\n"

    assert ids(text) == ["1", "2", "annex1.1", "annex1.2"]


def test_a_list_of_annexes_opens_no_items() -> None:
    text = "通知\n一、目标\n（一）甲。甲事。\n二、要求\n乙事。\n附件：\n1.申请表\n2.汇总表\n附件1\n申请表\n姓名。\n"

    assert ids(text) == ["1.1", "2", "annex1"]
    assert passage(text, "2").quote.splitlines()[-3:] == ["附件：", "1.申请表", "2.汇总表"]


@pytest.mark.parametrize(
    "contents",
    [
        "第一章 总则\n第二章 补贴\n",
        "第一章 总则……………… 1\n第二章 补贴................................................................ 12\n",
        "第一章 总则\n1\n第二章 补贴\n3\n",
        "第一章 总则\n第二章 补贴\n星河市残疾人就业补贴办法\n",
    ],
)
def test_a_table_of_contents_gives_no_clauses(contents: str) -> None:
    title, rest = REGULATION.split("\n", 1)
    split = split_document(f"{title}\n目录\n{contents}{rest}")

    assert [each.id for each in split.passages] == ["1", "2", "3", "4"]
    assert split.preamble == f"{title}\n目录\n{contents}".strip()


def test_a_second_list_under_one_heading_keeps_ids_apart() -> None:
    text = "一、申请\n（一）办理\n申报条件：\n1.有证。\n2.有岗。\n申报材料：\n1.申请表。\n2.身份证。\n"

    assert ids(text) == ["1.1", "1.1.1", "1.1.2", "1.1.1-2", "1.1.2-2"]


def test_a_number_that_is_missing_does_not_swallow_the_rest() -> None:
    assert ids("一、甲\n甲事。\n三、丙\n丙事。\n四、丁\n丁事。\n") == ["1", "3", "4"]


def test_a_number_alone_in_its_line_takes_the_next_line_as_its_heading() -> None:
    assert passage("第一章\n总则\n第一条 为了就业。\n", "1").headings == ("总则",)


def test_a_document_without_numbering_gives_one_passage_a_paragraph() -> None:
    split = split_document("公告\n\n现将有关事项公告如下。\n请互相转告。\n")

    assert [(each.id, each.quote, each.line) for each in split.passages] == [
        ("1", "公告", 1),
        ("2", "现将有关事项公告如下。", 3),
        ("3", "请互相转告。", 4),
    ]


WORDS = st.sampled_from(["就业", "补贴", "培训", "残疾人", "每年500元", "1.5%", "“暖阳”", "《办法》", "三个月"])
SENTENCES = st.builds(lambda words: "，".join(words) + "。", st.lists(WORDS, min_size=1, max_size=5))
CHINESE = "一二三四五六七八九十"


@st.composite
def numbered_documents(draw: st.DrawFn) -> str:
    """一、 over (一) over 1., each with or without text of its own, and an annex at times."""
    lines = ["星河市残疾人就业办法"]
    for body in range(draw(st.integers(1, 2))):
        lines += [f"附件{body}", "分工方案"] if body else []
        for part in range(draw(st.integers(1, 4))):
            lines.append(f"{CHINESE[part]}、{draw(st.one_of(WORDS, SENTENCES))}")
            lines += draw(st.lists(SENTENCES, max_size=2))
            for section in range(draw(st.integers(0, 3))):
                lines.append(f"（{CHINESE[section]}）{draw(SENTENCES)}")
                lines += draw(st.lists(SENTENCES, max_size=2))
                lines += [f"{item}.{draw(SENTENCES)}" for item in range(1, draw(st.integers(1, 4)))]
    return "\n".join(lines) + "\n"


@settings(deadline=None)
@given(numbered_documents())
def test_every_line_is_in_the_preamble_in_a_passage_or_a_heading(text: str) -> None:
    split = split_document(text)
    kept = [split.preamble, *(each.quote for each in split.passages)]
    kept += [heading for each in split.passages for heading in each.headings]
    held = {line for part in kept for line in part.splitlines()}

    for line in text.splitlines():
        words = re.sub(r"^(?:[一二三四]、|（[一二三]）|[1-4]\.(?!\d))", "", line)
        assert held & {line, words, words.rstrip("。")}, line


@settings(deadline=None)
@given(numbered_documents())
def test_no_two_passages_have_the_same_id(text: str) -> None:
    found = ids(text)

    assert len(found) == len(set(found))


def test_passages_know_their_place_as_printed() -> None:
    source = (DOCUMENTS / "jiangxi-2022-2024" / "source.txt").read_text(encoding="utf-8")

    assert [passage(source, each).place for each in ("1", "2.5.5", "3.6")] == ["一", "二(五)5", "三(六)"]
    assert passage(REGULATION, "2").place == "第二条"
    assert passage(REGULATION + "附件1\n第一条 目标。\n", "annex1.1").place == "附件1第一条"
    assert passage("公告\n", "1").place == ""


def test_passages_know_their_line() -> None:
    assert [each.line for each in split_document(REGULATION).passages] == [3, 4, 10, 13]
