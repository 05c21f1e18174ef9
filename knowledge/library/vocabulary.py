"""The names a document uses, for whoever has to recognise them."""

import re

from knowledge.library.documents import Document, Library

QUOTED = re.compile(r"[“《「〈]([^“”《》「」〈〉]+)[”》」〉]")


def quoted_names(document: Document) -> frozenset[str]:
    """What the document sets in quotation marks or title marks, such as 实赣有位来."""
    return frozenset(name for clause in document.clauses for name in QUOTED.findall(clause.quote))


def names(library: Library) -> frozenset[str]:
    """Every programme, fact and department that the documents name."""
    found: set[str] = set()
    for document in library.documents:
        found |= quoted_names(document)
        found.update(name for clause in document.clauses for name, _ in clause.facts)
        for official, aliases in document.departments.items():
            found |= {official, *aliases}
    return frozenset(name for name in found if 2 <= len(name) <= 12)
