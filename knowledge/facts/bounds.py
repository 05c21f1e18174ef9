"""How much of one message is read for facts, so that no text takes the service's time from everybody else.

People's turns have fewer than 60 characters, and a story has 500; what is told in one is read to its end.
"""

from collections.abc import Iterable

from knowledge.language.writing import normalised

LONGEST_STORY = 600
"""Characters."""
MOST_CLAUSES = 80
"""Of six characters and a mark, which are fewer than anybody's."""
MOST_NUMBERS = 40


def story(text: str) -> str:
    """`text` in normal form, as far as it is read for facts."""
    return normalised(text)[:LONGEST_STORY]


def read_closely(clauses: Iterable[str]) -> list[str]:
    """`clauses` without those said before, as far as they are read: said twice, they state no more."""
    return list(dict.fromkeys(clauses))[:MOST_CLAUSES]
