"""What is listed for the rules is there: every name, its document and each of its clauses."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.errors import DocumentError
from knowledge.library.documents import Library
from knowledge.library.loading import load_library
from knowledge.rules.clauses import NAMES, cited, read_rule_clauses, rule_clause_problems, shipped
from knowledge.rules.period import period
from knowledge.rules.result import RuleError

PLAN = "jiangxi-2022-2024"
NAMES_LISTED = "".join(f"  {name}: [2.1.1]\n" for name in NAMES)
LISTED = f"{PLAN}:\n{NAMES_LISTED}"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    """A file that lists clauses."""

    def write(content: str) -> Path:
        path = tmp_path / "rule_clauses.yml"
        path.write_text(content, encoding="utf-8")
        return path

    return write


def test_the_shipped_file_lists_clauses_for_every_name() -> None:
    assert set(shipped()) == set(NAMES)


def test_clauses_are_cited_in_the_order_of_the_file() -> None:
    assert cited("quota.company_below_share") == (f"{PLAN}/2.3.4", f"{PLAN}/2.3.3")


def test_clauses_are_read_with_their_document(file: Callable[[str], Path], library: Library) -> None:
    read = read_rule_clauses(library, file(LISTED))

    assert (read["reward"].document.id, read["reward"].keys) == (PLAN, (f"{PLAN}/2.1.1",))


@pytest.mark.parametrize(
    ("written", "instead", "line", "text"),
    [
        ("posts: [2.1.1]", "posts: [2.11.1]", 3, f"posts: {PLAN} has no clause 2.11.1; the last one is 3.6"),
        ("posts: [2.1.1]", "posts: [2.10]", 3, "posts: 2.1 is no text; put quotes round it"),
        ("posts: [2.1.1]", "posts: []", 3, "posts: lists no clause; put the ids of its clauses in [ ]"),
        ("posts: [2.1.1]", "posts: 2.1.1", 3, "posts: lists no clause; put the ids of its clauses in [ ]"),
        ("  posts: [2.1.1]\n", "", 1, "posts is missing; add `posts: [clause, …]` below its document"),
        (PLAN, "nowhere", 1, f"there is no document nowhere; use one of {PLAN}"),
        (LISTED, "[]", 1, "expected the ids of documents here, and `name: [clause, …]` lines below each"),
        (NAMES_LISTED, "", 1, "expected the ids of documents here, and `name: [clause, …]` lines below each"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line(
    file: Callable[[str], Path], library: Library, written: str, instead: str, line: int, text: str
) -> None:
    path = file(LISTED.replace(written, instead))

    assert [str(problem) for problem in rule_clause_problems(library, path)] == [f"{path}:{line}: {text}"]
    with pytest.raises(DocumentError) as raised:
        read_rule_clauses(library, path)
    assert str(raised.value) == f"{path}:{line}: {text}"


def test_a_name_that_nothing_has_is_said(file: Callable[[str], Path], library: Library) -> None:
    path = file(f"{LISTED}  post: [2.1.1]\n")

    assert [str(problem) for problem in rule_clause_problems(library, path)] == [
        f"{path}:{len(NAMES) + 2}: nothing is called post; use one of {', '.join(NAMES)}"
    ]


def test_a_name_under_two_documents_is_said(file: Callable[[str], Path], library: Library) -> None:
    path = file(f"{LISTED}nowhere:\n  posts: [2.1.1]\n")

    assert [problem.text for problem in rule_clause_problems(library, path)] == [
        f"there is no document nowhere; use one of {PLAN}",
        "posts stands under another document too; remove one of the two",
    ]


def test_a_document_without_a_last_day_has_no_period(
    file: Callable[[str], Path], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = Library((replace(library.document(PLAN), in_force_until=None),))
    monkeypatch.setattr("knowledge.rules.period.shipped", lambda: read_rule_clauses(endless, file(LISTED)))

    with pytest.raises(RuleError, match="has no last day"):
        period("allowance")
