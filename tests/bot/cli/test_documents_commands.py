"""`zhuyetong documents …` as a person at the terminal sees it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.cli.main import main
from knowledge.policy_files import RULE_CLAUSES
from knowledge.rules import clauses
from registry.clock import beginning_of
from registry.questions.unanswered import UnansweredQuestions
from registry.store.database import Database

NOTICE = """\
星河县残疾人联合会关于开展就业援助月活动的通知
星河县残疾人联合会
2025年6月25日
一、时间
每年1月开展就业援助月活动。
二、对象
重点帮助未就业的残疾人。
"""
ID = "xinghe-2025"


class Ran(NamedTuple):
    """What a command came to."""

    status: int
    out: list[str]
    error: str


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHUYETONG_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("ZHUYETONG_DATABASE", raising=False)
    return tmp_path / "var"


@pytest.fixture
def documents(var: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs `zhuyetong documents …`."""

    def run(*arguments: str) -> Ran:
        status = main(["documents", *arguments])
        printed = capsys.readouterr()
        return Ran(status, printed.out.splitlines(), printed.err)

    return run


@pytest.fixture
def notice(tmp_path: Path) -> str:
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return str(path)


# list ----------------------------------------------------------------------------------------------------------------


def test_the_shipped_document_is_listed_with_its_status_and_its_clauses(documents: Callable[..., Ran]) -> None:
    assert documents("list") == Ran(
        0,
        [
            "jiangxi-2022-2024  replaced  2022-09-07 – 2024-12-31",
            "    江西省促进残疾人就业三年行动实施方案（2022-2024年） 赣府厅字〔2022〕90号",
            "    48 clauses",
        ],
        "",
    )


def test_an_added_document_is_listed_first_with_its_drafts(documents: Callable[..., Ran], notice: str) -> None:
    documents("add", notice, "--id", ID)

    assert documents("list").out[:3] == [
        "xinghe-2025  in_force  2025-06-25 – …",
        "    星河县残疾人联合会关于开展就业援助月活动的通知 ",
        "    2 clauses, 2 of them drafts",
    ]


# check ---------------------------------------------------------------------------------------------------------------


def test_a_check_of_good_documents_ends_well(documents: Callable[..., Ran]) -> None:
    assert documents("check") == Ran(0, [], "jiangxi-2022-2024: 48 clauses, 0 problems\n")


def test_a_check_of_one_document_leaves_the_others(documents: Callable[..., Ran], notice: str) -> None:
    documents("add", notice, "--id", ID)

    assert documents("check", ID) == Ran(0, [], "xinghe-2025: 2 clauses, 0 problems\n")


def test_a_check_prints_each_problem_with_its_file_and_line_and_ends_badly(
    documents: Callable[..., Ran], notice: str, var: Path
) -> None:
    documents("add", notice, "--id", ID)
    path = var / "documents" / ID / "clauses.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("plain: 每年1月", "plain: 每年9月"), encoding="utf-8")
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "plain: 每年1月" in each)

    assert documents("check", ID) == Ran(
        1,
        [f"{path}:{line}: clause 1: the number 9 is not in the clause; take it out or quote the clause's own"],
        "xinghe-2025: 2 clauses, 1 problems\n",
    )


def test_a_check_of_all_documents_finds_a_rule_that_cites_a_clause_there_is_not(
    documents: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rule_clauses.yml"
    path.write_text(RULE_CLAUSES.read_text(encoding="utf-8").replace("posts: [2.5.1]", "posts: [2.5.9]"), "utf-8")
    line = 1 + path.read_text(encoding="utf-8").splitlines().index("  posts: [2.5.9]")
    monkeypatch.setattr(clauses, "rule_clause_problems", partial(clauses.rule_clause_problems, path=path))

    ran = documents("check")

    problem = f"{path}:{line}: posts: jiangxi-2022-2024 has no clause 2.5.9; the last one is 3.6"
    assert (ran.status, ran.out) == (1, [problem])


def test_a_check_of_an_unknown_document_names_those_there_are(documents: Callable[..., Ran]) -> None:
    assert documents("check", "nowhere") == Ran(
        1, [], "zhuyetong: there is no document nowhere; there are: jiangxi-2022-2024\n"
    )


def test_a_document_that_cannot_be_read_is_named_with_its_line(
    documents: Callable[..., Ran], notice: str, var: Path
) -> None:
    documents("add", notice, "--id", ID)
    path = var / "documents" / ID / "document.yml"
    line = 1 + path.read_text(encoding="utf-8").splitlines().index(f"id: {ID}")
    path.write_text(path.read_text(encoding="utf-8").replace(f"id: {ID}", "id: other"), encoding="utf-8")

    assert documents("check") == Ran(
        1, [], f"zhuyetong: {path}:{line}: id 'other' differs from the folder's name '{ID}'; make them the same\n"
    )


# add -----------------------------------------------------------------------------------------------------------------


def test_a_document_is_added_and_what_comes_next_is_said(documents: Callable[..., Ran], notice: str, var: Path) -> None:
    folder = var / "documents" / ID

    assert documents("add", notice, "--id", ID) == Ran(
        0,
        [
            f"xinghe-2025: 2 clauses drafted in {folder}",
            "People can ask about it now; a running service finds it within seconds.",
            f"Next: edit {folder / 'clauses.yml'}, then run `zhuyetong documents check xinghe-2025`.",
        ],
        "",
    )
    assert sorted(path.name for path in folder.iterdir()) == ["clauses.yml", "document.yml", "source.txt"]


def test_what_a_person_gives_wins_over_what_the_file_says(
    documents: Callable[..., Ran], notice: str, var: Path
) -> None:
    documents(
        *("add", notice, "--id", ID, "--title", "星河县通知", "--number", "1号", "--place", "星河"),
        *("--issued", "2025-01-02", "--from", "2025-02-03", "--until", "2099-03-04"),
    )

    assert documents("list").out[:2] == ["xinghe-2025  in_force  2025-02-03 – 2099-03-04", "    星河县通知 1号"]


@pytest.mark.parametrize("option", ["--issued", "--from", "--until"])
def test_a_date_that_is_none_is_refused_by_the_option_it_was_given_with(
    documents: Callable[..., Ran], notice: str, option: str
) -> None:
    assert documents("add", notice, "--id", ID, option, "2025年") == Ran(
        1, [], f"zhuyetong: {option} 2025年: must be a date such as 2025-06-25\n"
    )


def test_a_document_is_not_added_twice(documents: Callable[..., Ran], notice: str, var: Path) -> None:
    documents("add", notice, "--id", ID)

    ran = documents("add", notice, "--id", ID)

    assert (ran.status, ran.out) == (1, [])
    assert ran.error.startswith(f"zhuyetong: {var / 'documents' / ID}: there is such a document already; ")


def test_an_id_of_a_shipped_document_is_not_taken_again(documents: Callable[..., Ran], notice: str) -> None:
    assert documents("add", notice, "--id", "jiangxi-2022-2024").status == 1
    assert documents("list").status == 0


def test_a_file_that_is_not_there_is_named(documents: Callable[..., Ran], tmp_path: Path) -> None:
    ran = documents("add", str(tmp_path / "nothing.txt"))

    assert (ran.status, ran.out) == (1, [])
    assert ran.error.startswith(f"zhuyetong: {tmp_path}/nothing.txt: ")


# unanswered ----------------------------------------------------------------------------------------------------------


def test_nothing_unanswered_prints_nothing(documents: Callable[..., Ran]) -> None:
    assert documents("unanswered") == Ran(0, [], "")


def test_unanswered_questions_are_printed_with_the_most_frequent_first(
    documents: Callable[..., Ran], var: Path
) -> None:
    questions = UnansweredQuestions(Database(f"sqlite:///{var}/records.db"), lambda: beginning_of(date(2025, 3, 1)))
    questions.note("有住房补贴吗", "")
    questions.note("公积金能取吗", "jiangxi-2022-2024/2.5.5")
    questions.note("公积金能取吗", "jiangxi-2022-2024/2.5.5")

    assert documents("unanswered").out == [
        "    2  2025-03-01  jiangxi-2022-2024/2.5.5           公积金能取吗",
        "    1  2025-03-01  -                                 有住房补贴吗",
    ]
    assert len(documents("unanswered", "--limit", "1").out) == 1


@pytest.mark.parametrize(
    "database",
    ["no database", "sqlite:////proc/nowhere/records.db", "mysql://amy:secret@host/r", "postgresql://127.0.0.1:1/r"],
)
def test_records_that_cannot_be_reached_are_named_and_end_badly(
    documents: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, database: str
) -> None:
    monkeypatch.setenv("ZHUYETONG_DATABASE", database)

    ran = documents("unanswered")

    assert (ran.status, ran.out) == (1, [])
    assert ran.error.startswith("zhuyetong: ")
    assert ran.error.endswith("; set ZHUYETONG_DATABASE to a database that can be reached\n")
    assert (ran.error.count("\n"), "secret" in ran.error) == (1, False)


# usage ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [[], ["documents"], ["documents", "remove"], ["documents", "add"]])
def test_wrong_usage_is_status_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("Usage: zhuyetong")


def test_a_setting_that_cannot_be_used_is_named(documents: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUYETONG_PORT", "eighty")

    assert documents("list") == Ran(1, [], "zhuyetong: ZHUYETONG_PORT=eighty: must be a port number from 1 to 65535\n")
