"""Cuts what is said into sentences, and long answers after what answers the question."""

import re
from collections.abc import Sequence

_END = re.compile(r"(?<=[。！？!?；;])")
_SOUND = re.compile(r"\w")
_CHARACTERS_A_SECOND = 4.5
"""Of a Chinese voice at ordinary pace."""
_FIRST_SENTENCES = 2
_CLAUSE = re.compile(r"[^，,、：:]+[，,、：:]*")
_FIRST_PIECE, _LONGEST_PIECE = 30, 80
"""Characters said at once; about 6 s and 16 s."""
_FIRST_SECONDS = 15.0


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of `text`, each with its mark at the end; none for a text without a word."""
    found: list[str] = []
    for part in _END.split(text):
        if _SOUND.search(part):
            found.append(part.strip())
        elif found:
            found[-1] += part.strip()
    return tuple(found)


def first_part(said: Sequence[str], pace: float = 1.0) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is said at once, at most two sentences or 15 seconds, and what is offered after it.

    Where only one short sentence would be left, offering it would take longer than saying it.
    """
    seconds, count = 0.0, 0
    for sentence in said:
        seconds += len(sentence) / _CHARACTERS_A_SECOND / pace
        if count and (count >= _FIRST_SENTENCES or seconds > _FIRST_SECONDS):
            break
        count += 1
    now, later = tuple(said[:count]), tuple(said[count:])
    if sum(map(len, later)) / _CHARACTERS_A_SECOND / pace <= _FIRST_SECONDS / 3:
        return tuple(said), ()
    return now, later


def pieces(text: str) -> list[str]:
    """`text`, in its order and whole, in what is said at once: a long sentence is cut at its commas.

    The first piece is short, so that it is heard soon.
    """
    found: list[str] = []
    for sentence in sentences(text):
        piece = ""
        for clause in _CLAUSE.findall(sentence) or [sentence]:
            if piece and len(piece) + len(clause) > (_LONGEST_PIECE if found else _FIRST_PIECE):
                found.append(piece)
                piece = ""
            piece += clause
        found.append(piece)
    return found
