"""What simulated people say: the held-out questions in an order that looks like chance and is always the same."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.doors import SentTurn
from benchmarks.questions import read_questions


def endless_texts(folder: Path) -> Iterator[str]:
    """The questions, small talk and commands of both sets, shuffled again each time round."""
    texts = [question.text for question in read_questions(folder)]
    order = random.Random(0)
    while True:
        order.shuffle(texts)
        yield from texts


def conversations(texts: Iterator[str], name: str, people: int, turns: int) -> Sequence[Sequence[SentTurn]]:
    """`people` new senders with `turns` turns each."""
    return [[SentTurn(f"{name}-{person}", next(texts)) for _ in range(turns)] for person in range(people)]
