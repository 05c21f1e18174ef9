"""Who is waiting for a person, as shown at the top of every page: how many, and who may be in danger."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot.console.context import ConsoleContext
from registry.talk.request_states import Reason


@dataclass(frozen=True)
class Waiting:
    """What a page asks for every few seconds: nobody's name and nothing that was said."""

    count: int
    """How many nobody has taken."""
    urgent: Sequence[int]
    """The requests of those who may be in danger, oldest first: what nobody has taken, and what is one's own."""

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def waiting_for(context: ConsoleContext, actor: str) -> Waiting:
    """As `actor` has to know it: who may be in danger is theirs to look at until they hand the conversation back."""
    requests = context.records.persons.waiting()
    urgent = [each.number for each in requests if each.reason is Reason.URGENT and each.owner in {None, actor}]
    return Waiting(sum(each.owner is None for each in requests), urgent)
