"""Whether a reply says only what it cites: every answer with its clause, every number from the source."""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from bot.messages import Reply
from dialogue.mark import Status
from knowledge.language.numerals import stated_numbers
from knowledge.language.writing import simplified, written_date
from knowledge.library.documents import Document, Library
from knowledge.yaml_files import read_yaml

HOTLINES = frozenset({"12385", "12333", "12345"})

_SLOT = re.compile(r"\{\w+\}")
_SHORTEST = 3
"""Characters of fixed wording below which it may stand in a clause by chance."""


class Faithfulness:
    """Holds replies to the documents they cite."""

    def __init__(self, library: Library, nlu_data: Path) -> None:
        """`nlu_data` holds the responses, whose fixed wording is looked at once instead of in every reply."""
        self._library = library
        self._nlu_data = nlu_data
        self._known = HOTLINES.union(*map(_numbers_of, library.documents))

    @cached_property
    def fixed_wording(self) -> tuple[str, ...]:
        """What stands round the values of every response, longest first: 最接近的一条是 is no number of a clause."""
        pieces = set()
        for path in self._nlu_data.glob("*/responses.yml"):
            for variants in read_yaml(path)["responses"].values():
                pieces |= {piece.strip() for variant in variants for piece in _SLOT.split(variant["text"])}
        return tuple(sorted((piece for piece in pieces if len(piece) >= _SHORTEST), key=len, reverse=True))

    def numbers_of_wording(self) -> set[str]:
        """Numbers of the fixed wording that are no hotline, for a person to look at."""
        return set().union(*map(stated_numbers, self.fixed_wording)) - HOTLINES

    def lacks_citation(self, reply: Reply) -> bool:
        """Whether an answer fails to cite a clause in the words of its document."""
        if reply.status is not Status.ANSWERED:
            return False
        cited = reply.messages[0].citations if reply.messages else ()
        return not cited or any(
            simplified(each.quote) != self._library.clause(each.document, each.clause).quote
            or simplified(each.quote) not in self._library.document(each.document).source
            for each in cited
        )

    def numbers_without_source(self, text: str, reply: Reply) -> Iterator[tuple[str, str]]:
        """Each number that no cited clause, no date or number of a document and no hotline is, with its message.

        The clause's own words count, not what we made of them: our answers are held to the source as well. So do the
        numbers of `text`, to which it replies, as a form says them back; a request for a person has its own number.
        """
        if reply.status is Status.HANDOFF:
            return
        known = self._known | stated_numbers(simplified(text))
        for citation in {each for message in reply.messages for each in message.citations}:
            clause = self._library.clause(citation.document, citation.clause)
            known |= stated_numbers(clause.quote) | stated_numbers(clause.place)
        for message in reply.messages:
            said = simplified(message.text)
            for piece in self.fixed_wording:
                said = said.replace(piece, "\n")
            for number in sorted(stated_numbers(said) - known):
                yield number, message.text


def _numbers_of(document: Document) -> set[str]:
    told = [document.title, document.short_title, document.number]
    told += [written_date(day) for day in (document.issued, document.in_force_from, document.in_force_until) if day]
    for successor in document.successors:
        told += [successor.title, successor.number or "", successor.covers, successor.issued or ""]
    return stated_numbers("\n".join(told))
