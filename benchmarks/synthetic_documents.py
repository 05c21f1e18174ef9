"""Documents nobody issued: the plan's own sentences shuffled into thousands of clauses, for the search to hold."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from knowledge.intake.drafting import draft_document
from knowledge.library.documents import Clause, Document

CLAUSES_EACH = 100
"""Clauses of one invented document."""

_SENTENCE = re.compile(r"[^。；]{8,}[。；]")
_LEAST_SENTENCES, _MOST_SENTENCES = 2, 5
_FIRST_DAY = date(2015, 1, 1)
_LONGEST_PLAIN = 120


def synthetic_documents(model: Document, clauses: int) -> Iterator[Document]:
    """Documents with `clauses` clauses in all and no example questions; every other one is in force."""
    order = random.Random(0)
    sentences = [sentence for clause in model.clauses for sentence in _SENTENCE.findall(clause.quote)]
    for number in range(clauses // CLAUSES_EACH):
        name = f"invented-{number}"
        day = _FIRST_DAY + timedelta(days=30 * number)
        yield replace(
            model,
            id=name,
            issued=day,
            in_force_from=day,
            in_force_until=None if number % 2 else day + timedelta(days=365),
            clauses=tuple(_clause(name, str(place), sentences, order) for place in range(1, CLAUSES_EACH + 1)),
        )


def write_documents(model: Document, clauses: int, into: Path) -> None:
    """The same as folders below `into`, as `zhuyetong documents add` would draft them."""
    for document in synthetic_documents(model, clauses):
        source = "\n".join(f"{clause.place}　{clause.quote}" for clause in document.clauses)
        draft = draft_document(
            source,
            id=document.id,
            title=document.title,
            issued=document.issued,
            in_force_from=document.in_force_from,
            in_force_until=document.in_force_until,
        )
        folder = into / document.id
        folder.mkdir(parents=True)
        for name, content in draft.files().items():
            (folder / name).write_text(content, encoding="utf-8")


def _clause(document: str, identifier: str, sentences: list[str], order: random.Random) -> Clause:
    quote = "".join(order.sample(sentences, order.randint(_LEAST_SENTENCES, _MOST_SENTENCES)))
    return Clause(
        document=document,
        id=identifier,
        place=f"第{identifier}条",
        title=quote[:20],
        quote=quote,
        headings=(order.choice(sentences)[:12],),
        plain=quote[:_LONGEST_PLAIN],
        easy=(),
        spoken=quote[:_LONGEST_PLAIN],
        draft=True,
    )
