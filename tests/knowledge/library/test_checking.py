"""What we say of a clause is borne out by the clause, and what is not is named with its line."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.library.checking import Problem, check_document
from knowledge.library.loading import load_document
from knowledge.policy_files import DOCUMENTS

Edit = Callable[[Path, str, str], None]


def test_the_shipped_document_has_no_problems() -> None:
    assert check_document(load_document(DOCUMENTS / "jiangxi-2022-2024")) == []


def test_the_invented_document_has_no_problems(xinghe: Path) -> None:
    assert check_document(load_document(xinghe)) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "text"),
    [
        pytest.param(
            "每次有300元",
            "每次有500元",
            5,
            "clause 1.1: the number 500 is not in the clause; take it out or quote the clause's own",
            id="a number",
        ),
        pytest.param(
            "plain: 安排实习不少于三个月",
            "plain: 安排实习不少于四个月",
            16,
            "clause 1.2: the number 4 is not in the clause; take it out or quote the clause's own",
            id="a Chinese numeral",
        ),
        pytest.param(
            "plain: 安排实习不少于三个月",
            "plain: 安排四级残疾人实习不少于三个月",
            16,
            "clause 1.2: the number 4 is not in the clause; take it out or quote the clause's own",
            id="a degree of disability",
        ),
        pytest.param(
            "plain: 安排实习不少于三个月",
            "plain: 安排百分之二十的人实习不少于三个月",
            16,
            "clause 1.2: the number 20 is not in the clause; take it out or quote the clause's own",
            id="a percentage in words",
        ),
        pytest.param(
            "amount: 每次三百元",
            "amount: 每次三千元",
            13,
            "clause 1.1: the number 3000 is not in the clause; take it out or quote the clause's own",
            id="a Chinese numeral in an aspect",
        ),
        pytest.param(
            "title: 开店",
            "title: 2次开店",
            21,
            "clause 2.1: the number 2 is not in the clause; take it out or quote the clause's own",
            id="a number in the title",
        ),
        pytest.param(
            "audience: [残疾人]",
            "audience: [残疾人, 5名学员]",
            7,
            "clause 1.1: the number 5 is not in the clause; take it out or quote the clause's own",
            id="a number in the audience",
        ),
        pytest.param(
            "plain: 开店的，给予暖阳贷。",
            "plain: 开店的，进星火课堂。",
            22,
            "clause 2.1: “星火课堂” belongs to another clause; take it out",
            id="another clause's programme",
        ),
        pytest.param(
            "plain: 开店的，给予暖阳贷。",
            "plain: 开店的，进“星火课堂”。",
            22,
            "clause 2.1: “星火课堂” belongs to another clause; take it out",
            id="another clause's programme in quotation marks",
        ),
        pytest.param(
            "plain: 开店的，给予暖阳贷。",
            "plain: 开店的，给予“明月贷”。",
            22,
            "clause 2.1: the name “明月贷” is not in the clause; use its own words",
            id="a programme of no clause",
        ),
        pytest.param(
            "plain: 安排实习",
            "plain: 残联安排实习",
            16,
            "clause 1.2: 残联 (市残联) is not among the clause's departments; take it out",
            id="another clause's department by its everyday name",
        ),
        pytest.param(
            "next_step: 请问市残联。",
            "next_step: 请问市民政局。",
            11,
            "clause 1.1: 市民政局 (市民政局) is not among the clause's departments; take it out",
            id="another clause's department",
        ),
        pytest.param(
            "departments: [市民政局]",
            "departments: [市民政局, 市财政局]",
            19,
            "clause 1.2: the department 市财政局 is not in the clause",
            id="a department the clause does not name",
        ),
        pytest.param(
            "plain: 安排实习不少于三个月。",
            f"plain: {'残' * 121}",
            16,
            "clause 1.2: 121 characters; at most 120",
            id="a long answer",
        ),
        pytest.param(
            "easy: [实习不少于三个月。]",
            f"easy: [实习。, {'残' * 26}]",
            17,
            "clause 1.2: 26 characters; at most 25, one fact each",
            id="a long easy sentence",
        ),
        pytest.param(
            "easy: [实习不少于三个月。]",
            "easy: []",
            17,
            "clause 1.2: no easy-words version; write short sentences with one fact each",
            id="no easy words",
        ),
        pytest.param(
            "spoken: 可以实习，不少于三个月。",
            f"spoken: {'残' * 81}",
            18,
            "clause 1.2: 81 characters; at most 80",
            id="a long spoken answer",
        ),
        pytest.param(
            "amount: 每次三百元。",
            f"amount: {'元' * 61}",
            13,
            "clause 1.1: 61 characters; at most 60",
            id="a long aspect",
        ),
        pytest.param(
            "next_step: 请问市残联。",
            f"next_step: {'残' * 61}",
            11,
            "clause 1.1: 61 characters; at most 60",
            id="a long next step",
        ),
        pytest.param(
            "spoken: 可以实习，不少于三个月。",
            "spoken: 可以实习。不少于三个月！好不好？",
            18,
            "clause 1.2: more than 2 sentences",
            id="three sentences to hear",
        ),
        pytest.param(
            "spoken: 可以实习，不少于三个月。",
            "spoken: 可以实习（不少于三个月）。",
            18,
            "clause 1.2: holds brackets or quotation marks, which nobody can hear",
            id="brackets in speech",
        ),
        pytest.param(
            "value: 300元",
            "value: 三百元",
            9,
            "clause 1.1: the fact “三百元” is not in the clause letter by letter",
            id="a fact in other letters",
        ),
        pytest.param(
            "amount: 每次三百元。",
            "amount: 每次300人。",
            13,
            "clause 1.1: the amount speaks of no money; move it to count or conditions",
            id="an amount of people",
        ),
        pytest.param(
            "easy: [实习不少于三个月。]",
            "easy: [实习。, 你在实习。]",
            17,
            "clause 1.2: “你在” says of the listener what nobody knows; say whom it is for",
            id="what the listener is doing",
        ),
        pytest.param(
            "easy: [实习不少于三个月。]",
            "easy: [你已就业。]",
            17,
            "clause 1.2: “你已” says of the listener what nobody knows; say whom it is for",
            id="what the listener has done",
        ),
        pytest.param(
            "easy: [实习不少于三个月。]",
            "easy: [你就业创业。]",
            17,
            "clause 1.2: “你就” says of the listener what nobody knows; say whom it is for",
            id="what the listener does",
        ),
    ],
)
def test_what_the_clause_does_not_bear_out_is_one_problem_with_its_line(
    xinghe: Path, edit: Edit, old: str, new: str, line: int, text: str
) -> None:
    edit(xinghe / "clauses.yml", old, new)

    assert check_document(load_document(xinghe)) == [Problem(xinghe / "clauses.yml", line, text)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("plain: 安排实习不少于三个月。", f"plain: {'残' * 120}", id="the longest answer"),
        pytest.param("easy: [实习不少于三个月。]", f"easy: [{'残' * 25}]", id="the longest easy sentence"),
        pytest.param("spoken: 可以实习，不少于三个月。", f"spoken: {'残' * 80}", id="the longest spoken answer"),
        pytest.param("amount: 每次三百元。", f"amount: {'元' * 60}", id="the longest aspect"),
        pytest.param("amount: 每次三百元。", "amount: 不低于工资标准。", id="an amount measured by a wage"),
        pytest.param("amount: 每次三百元。", "amount: 适当减免。", id="an amount that is spared"),
        pytest.param("easy: [实习不少于三个月。]", "easy: [要是你在找实习。]", id="an easy line that supposes"),
        pytest.param("不少于三个月。]", "不少于3个月。]", id="the same number in other digits"),
        pytest.param("plain: 安排实习", "plain: 民政安排实习", id="its department by its everyday name"),
        pytest.param("  spoken: 自己开店，给予暖阳贷。", "  spoken: 开店。给予暖阳贷。", id="two sentences to hear"),
    ],
)
def test_what_the_clause_bears_out_is_no_problem(xinghe: Path, edit: Edit, old: str, new: str) -> None:
    edit(xinghe / "clauses.yml", old, new)

    assert check_document(load_document(xinghe)) == []


def test_a_draft_may_quote_long_sentences_and_brackets(xinghe: Path, edit: Edit) -> None:
    path = xinghe / "clauses.yml"
    edit(path, "  title: 实习\n", "  title: 实习\n  draft: true\n")
    edit(path, "easy: [实习不少于三个月。]", f"easy: [{'残' * 26}]")
    edit(path, "spoken: 可以实习，不少于三个月。", "spoken: 可以实习（不少于三个月）。")

    assert check_document(load_document(xinghe)) == []


def test_every_problem_of_a_document_is_named(xinghe: Path, edit: Edit) -> None:
    edit(xinghe / "clauses.yml", "每次有300元", "每次有500元")
    edit(xinghe / "clauses.yml", "plain: 开店的", "plain: 7次开店的")

    assert [problem.line for problem in check_document(load_document(xinghe))] == [5, 22]


def test_a_line_of_the_source_that_is_in_no_clause_is_named(xinghe: Path) -> None:
    document = load_document(xinghe)
    longer = replace(document, source=document.source.replace("二、创业\n", "谁也没有抄下这一句。\n二、创业\n"))

    assert check_document(longer) == [
        Problem(xinghe / "source.txt", 5, "this line is in no clause; number it or join it to one")
    ]


def test_lines_before_the_first_clause_need_be_in_none(xinghe: Path) -> None:
    document = load_document(xinghe)

    assert check_document(replace(document, source=f"各县、区人民政府：\n{document.source}")) == []


def test_a_problem_reads_as_file_line_and_text() -> None:
    assert str(Problem(Path("a/clauses.yml"), 7, "too long")) == "a/clauses.yml:7: too long"
