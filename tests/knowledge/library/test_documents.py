"""Where a document stands on a day, and how clauses are looked up."""

from collections.abc import Callable
from datetime import date

import pytest

from knowledge.library.documents import Clause, Document, Library, Status, Successor

MakeClause = Callable[..., Clause]
MakeDocument = Callable[..., Document]
BEGINS, ENDS = date(2025, 2, 1), date(2027, 12, 31)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2025, 1, 31), Status.NOT_YET),
        (date(2025, 2, 1), Status.IN_FORCE),
        (date(2027, 12, 31), Status.IN_FORCE),
        (date(2028, 1, 1), Status.ENDED),
    ],
)
def test_a_document_is_in_force_from_its_first_to_its_last_day(
    make_document: MakeDocument, day: date, status: Status
) -> None:
    assert make_document("xinghe", begins=BEGINS, until=ENDS).status_on(day) is status


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2025, 1, 31), Status.NOT_YET),
        (date(2027, 12, 31), Status.IN_FORCE),
        (date(2028, 1, 1), Status.REPLACED),
    ],
)
def test_a_successor_replaces_a_document_only_once_it_has_ended(
    make_document: MakeDocument, day: date, status: Status
) -> None:
    document = make_document("xinghe", begins=BEGINS, until=ENDS, successors=(Successor("新办法", "2028年"),))

    assert document.status_on(day) is status


def test_a_document_without_a_last_day_stays_in_force(make_document: MakeDocument) -> None:
    document = make_document("xinghe", begins=BEGINS, until=None, successors=(Successor("新办法", "2028年"),))

    assert document.status_on(date(2099, 1, 1)) is Status.IN_FORCE


@pytest.fixture
def library(make_clause: MakeClause, make_document: MakeDocument) -> Library:
    first, second = make_clause("1", "培训。", document="a"), make_clause("2", "创业。", document="a")
    other = make_clause("1", "按摩。", document="b")
    return Library((make_document("a", (first, second)), make_document("b", (other,))))


def test_a_clause_is_found_by_its_document_and_its_id(library: Library) -> None:
    assert [library.clause(*key).quote for key in (("a", "1"), ("a", "2"), ("b", "1"))] == [
        "培训。",
        "创业。",
        "按摩。",
    ]


def test_the_clauses_of_a_library_come_document_by_document(library: Library) -> None:
    assert [(clause.document, clause.id) for clause in library.clauses] == [("a", "1"), ("a", "2"), ("b", "1")]


@pytest.mark.parametrize(("document_id", "clause_id", "missing"), [("c", "1", "c"), ("b", "2", "2")])
def test_looking_up_what_is_not_there_is_a_key_error(
    library: Library, document_id: str, clause_id: str, missing: str
) -> None:
    with pytest.raises(KeyError) as caught:
        library.clause(document_id, clause_id)

    assert caught.value.args == (missing,)
