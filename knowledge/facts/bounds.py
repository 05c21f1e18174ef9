"""How much of one message is read closely, so that no text takes the service's time from everybody else.

People's turns have fewer than 60 characters. A story of 500 has fewer clauses and numbers than these, so nothing told
in one is lost; whatever has more is no story.
"""

from collections.abc import Iterable

MOST_CLAUSES = 80
MOST_NUMBERS = 60


def read_closely(clauses: Iterable[str]) -> list[str]:
    """`clauses` without those said before, as far as they are read: said twice, they state no more."""
    return list(dict.fromkeys(clauses))[:MOST_CLAUSES]
