"""A call in plain text, to be copied into another system: what was said, and no more of the caller than is needed."""

from collections.abc import Callable, Mapping

from bot.printing import minute
from knowledge.library.documents import Library
from registry.talk.calls import Call
from registry.values.masking import masked

_NOTHING = "—"


def call_summary(call: Call, name: str, library: Library, words: Mapping[str, Mapping[str, str]]) -> str:
    """`name` is who answered; numbers, introduced names and addresses in the notes are masked."""
    say = words["summary"]
    told = [line for key in call.clauses if (line := _clause(key, library, say["clause"].format))]
    lines = [
        say["head"].format(at=minute(call.begun_at), name=name),
        say["told"] if told else say["told_nothing"],
        *told,
        say["outcome"].format(outcome=words["call_outcome"][call.outcome.value] if call.outcome else _NOTHING),
    ]
    if call.number:
        lines.append(say["number"].format(number=call.number))
    if call.notes:
        lines.append(say["notes"].format(notes=masked(call.notes)))
    return "\n".join(lines)


def _clause(key: str, library: Library, line: Callable[..., str]) -> str:
    """One line; "" where the clause is no longer at hand."""
    document, _, clause = key.partition("/")
    try:
        of, found = library.document(document), library.clause(document, clause)
    except KeyError:
        return ""
    return line(title=found.title, number=of.number, place=found.place or found.id)
