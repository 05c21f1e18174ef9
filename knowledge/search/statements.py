"""What is said of a clause where several are told at once, in the words that were written for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.language.writing import LIST
from knowledge.library.documents import Clause

_SHORT = 40
"""Characters of a statement in a list."""
_OF_MEASURE = 60
"""Characters of what a measure is, where two are compared."""
_AMOUNTS = ("amount", "count")


@dataclass(frozen=True)
class Difference:
    """What two clauses say of the same thing."""

    of: str
    """"audience", "amount" or "departments"."""
    first: str
    second: str
    """Equal to `first` where they say the same."""


def short_statement(clause: Clause, says: Sequence[str] = ()) -> str:
    """One of the clause's easy sentences without its full stop, the first that has the first possible word of `says`.

    The title stands before it where both have at most 40 characters together.
    """
    sentences = [(word, each) for word in says for each in clause.easy if word in each]
    sentence = (sentences[0][1] if sentences else clause.easy[0] if clause.easy else clause.spoken).rstrip("。")
    titled = f"{clause.title}：{sentence}"
    return titled if len(titled) <= _SHORT else sentence[:_SHORT]


def measure_statement(clause: Clause) -> str:
    """As many of the clause's easy sentences, from the first, as have 60 characters together; one at least."""
    said = clause.easy[0] if clause.easy else clause.spoken
    for sentence in clause.easy[1:]:
        if len(said) + len(sentence) > _OF_MEASURE:
            break
        said += sentence
    return said


def differences(first: Clause, second: Clause) -> list[Difference]:
    """What both clauses say something of: whom they are for, how much there is, who is in charge."""
    found = []
    if first.audience and second.audience:
        found.append(Difference("audience", LIST.join(first.audience), LIST.join(second.audience)))
    amounts = [next((each.aspects[name] for name in _AMOUNTS if name in each.aspects), "") for each in (first, second)]
    if all(amounts):
        found.append(Difference("amount", *amounts))
    if first.departments and second.departments:
        found.append(Difference("departments", LIST.join(first.departments), LIST.join(second.departments)))
    return found
