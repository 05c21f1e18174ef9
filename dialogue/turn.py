"""The turn that is being answered: what was read of it is shared by whoever answers, and gone with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from dialogue.utterance import Utterance

_OF_TURN: ContextVar[dict[tuple[str, str], Utterance] | None] = ContextVar("what was said in the turn", default=None)


@contextmanager
def one_turn() -> Iterator[None]:
    """Remembers what is said until it ends. The only lasting reference to an utterance is here, so that nothing of a
    person stays in memory after their turn; turns that are answered at the same time see nothing of each other."""
    said: dict[tuple[str, str], Utterance] = {}
    before = _OF_TURN.set(said)
    try:
        yield
    finally:
        _OF_TURN.reset(before)
        # A task that was begun in the turn and outlives it has a context of its own, and so this mapping.
        said.clear()


def once_in_turn(sender: str, text: str, hear: Callable[[], Utterance]) -> Utterance:
    """What `hear` made of `text` the first time in this turn; where there is no turn around it, what it makes now."""
    said = _OF_TURN.get()
    if said is None:
        return hear()
    if (sender, text) not in said:
        said[sender, text] = hear()
    return said[sender, text]
