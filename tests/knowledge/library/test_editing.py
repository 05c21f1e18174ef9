"""A document that was edited here takes the place of the shipped one, whole or not at all."""

from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from knowledge.errors import DocumentError
from knowledge.library.documents import Document
from knowledge.library.editing import Edit, EditedMeanwhile, publish, stamp
from knowledge.library.loading import load_library
from knowledge.library.versions import Versions

AT = datetime(2025, 3, 10, tzinfo=timezone.utc)


def first(document: Document) -> Edit:
    clause = document.clauses[0]
    return Edit(
        clause.title, clause.plain, clause.easy, clause.spoken, clause.next_step, clause.aspects, draft=clause.draft
    )


def test_the_edited_document_is_loaded_and_the_shipped_one_stays_as_it_was(xinghe: Path, tmp_path: Path) -> None:
    (document,) = load_library([xinghe.parent]).documents
    before = (xinghe / "clauses.yml").read_text(encoding="utf-8")
    edit = replace(first(document), title="学手艺")
    into, versions = tmp_path / "added", Versions(tmp_path / "versions")
    publish(document, document.clauses[0].id, edit, into, versions, read=stamp(document), by="limin", at=AT)

    (edited,) = load_library([xinghe.parent, into]).documents
    assert (edited.folder, edited.clauses[0].title) == (into / "xinghe", "学手艺")
    assert edited.clauses[1:] == document.clauses[1:]
    assert (xinghe / "clauses.yml").read_text(encoding="utf-8") == before
    assert sorted(path.name for path in into.iterdir()) == ["xinghe"]


def test_what_was_published_meanwhile_is_not_written_over(xinghe: Path, tmp_path: Path) -> None:
    (document,) = load_library([xinghe.parent]).documents
    into, versions = tmp_path / "added", Versions(tmp_path / "versions")

    with pytest.raises(EditedMeanwhile):
        publish(document, document.clauses[0].id, first(document), into, versions, read="earlier", by="limin", at=AT)
    assert not (into / "xinghe").exists()


def test_an_edit_with_a_problem_is_not_published(xinghe: Path, tmp_path: Path) -> None:
    (document,) = load_library([xinghe.parent]).documents
    into, versions = tmp_path / "added", Versions(tmp_path / "versions")
    edit = replace(first(document), plain="每次有500元。")

    with pytest.raises(DocumentError, match="the number 500 is not in the clause"):
        publish(document, document.clauses[0].id, edit, into, versions, read=stamp(document), by="limin", at=AT)
    assert versions.of("xinghe") == []
