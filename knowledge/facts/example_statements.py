"""What people state, as examples."""

from collections.abc import Iterator

from knowledge.facts.annotated_examples import Example, read_examples, slots
from knowledge.facts.question_words import is_question

_SHORTEST_STATEMENT = 3
"""Characters: 有 and 不是 alone are a yes and a no to anything."""


def example_statements() -> Iterator[str]:
    """Every example of a statement that answers or could answer a question of ours."""
    for example in read_examples():
        if _states(example) and not _opens_a_registration(example):
            yield example.text


def example_registrations() -> Iterator[str]:
    """Every example of a statement with which somebody begins to be registered."""
    return (example.text for example in read_examples() if _states(example) and _opens_a_registration(example))


def _states(example: Example) -> bool:
    return bool(example.marked) and not is_question(example.text) and len(example.text) >= _SHORTEST_STATEMENT


def _opens_a_registration(example: Example) -> bool:
    """Whether it is said freely and states what only a registration takes."""
    stated = {slot for marked in example.marked for slot in marked.stated}
    return example.asked is None and any(slots()[slot].kind == "choice" and not slots()[slot].learnt for slot in stated)
