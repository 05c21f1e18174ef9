"""Invented documents for the tests beside this file: as values in memory, and as files."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.library.documents import Clause, Document, Successor

_DOCUMENT = """\
id: xinghe
title: 星河市残疾人就业办法
number: 星府发〔2025〕1号
issued: 2025-01-02
in_force_from: 2025-02-01
in_force_until: 2027-12-31
successors:
  - title: 星河市新办法
    covers: 2028—2030年
departments:
  市残联: [残联]
  市民政局: [民政]
"""
_SOURCE = """\
星河市残疾人就业办法
一、培训
(一)职业培训。残疾人参加“星火课堂”的,每次给予补贴300元。(市残联负责)
(二)实习。安排残疾人实习不少于三个月。(市民政局负责)
二、创业
(一)开店。残疾人开店的,给予“暖阳贷”。(市残联负责)
"""
_CLAUSES = """\
- id: '1.1'
  title: 职业培训
  plain: 参加“星火课堂”的，每次补贴300元。
  easy:
    - 星火课堂每次有300元。
  spoken: 参加星火课堂，每次补贴300元。
  audience: [残疾人]
  facts:
    - {name: 每次给予补贴, value: 300元}
  departments: [市残联]
  next_step: 请问市残联。
  aspects:
    amount: 每次三百元。
- id: '1.2'
  title: 实习
  plain: 安排实习不少于三个月。
  easy: [实习不少于三个月。]
  spoken: 可以实习，不少于三个月。
  departments: [市民政局]
- id: '2.1'
  title: 开店
  plain: 开店的，给予暖阳贷。
  easy: [开店有暖阳贷。]
  spoken: 自己开店，给予暖阳贷。
  departments: [市残联]
"""
_QUESTIONS = """\
'1.1':
- 学手艺有补贴吗
- 上课给钱吗
'2.1':
- 开店有贷款吗
"""
_FILES = {"document.yml": _DOCUMENT, "source.txt": _SOURCE, "clauses.yml": _CLAUSES, "questions.yml": _QUESTIONS}


@pytest.fixture
def xinghe(tmp_path: Path) -> Path:
    """The folder of an invented document that loads and has no problems; clauses 1.1, 1.2 and 2.1."""
    folder = tmp_path / "documents" / "xinghe"
    folder.mkdir(parents=True)
    for name, content in _FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def edit() -> Callable[[Path, str, str], None]:
    """Replaces the one place of a file that holds `old`."""

    def replace_once(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise ValueError(f"{path.name} holds {old!r} {text.count(old)} times")
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace_once


@pytest.fixture
def make_clause() -> Callable[..., Clause]:
    """A clause that says no more than its quote."""

    def make(clause_id: str, quote: str, *, document: str = "xinghe", **details: Any) -> Clause:
        given = {"title": quote[:8], "plain": quote, "easy": (quote,), "spoken": quote, "headings": (), **details}
        return Clause(document=document, id=clause_id, place=clause_id, quote=quote, **given)

    return make


@pytest.fixture
def make_document() -> Callable[..., Document]:
    """A document of clauses, in force from 2025-02-01 until `until`."""

    def make(
        document_id: str,
        clauses: Sequence[Clause] = (),
        *,
        begins: date = date(2025, 2, 1),
        until: date | None = None,
        successors: tuple[Successor, ...] = (),
    ) -> Document:
        return Document(
            id=document_id,
            title=document_id,
            short_title=document_id,
            number="",
            issuer="",
            place="",
            issued=begins,
            in_force_from=begins,
            in_force_until=until,
            successors=successors,
            departments={},
            source="\n".join(clause.quote for clause in clauses),
            clauses=tuple(clauses),
            folder=Path(document_id),
        )

    return make
