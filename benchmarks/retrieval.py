"""How long finding an answer takes among ten thousand clauses that have no example questions."""

import time
from collections.abc import Callable, Sequence
from datetime import date

from benchmarks.figures import Figure, Report, milliseconds
from benchmarks.options import Options
from benchmarks.questions import read_not_covered, read_questions
from benchmarks.synthetic_documents import synthetic_documents
from knowledge.library.documents import Library
from knowledge.library.loading import load_library
from knowledge.policy_files import ASPECTS
from knowledge.search.answers import Answerer
from knowledge.search.aspects import AspectClassifier
from knowledge.search.search import ExampleClassifier, Search
from knowledge.yaml_files import read_yaml
from registry.clock import today

_CLAUSES = 10_000
_LONGEST = 10


def measure(options: Options) -> Report:
    """Searches the shipped plan alone, then the plan among the invented documents."""
    texts = [question.text for question in read_questions(options.questions)]
    shipped = load_library()
    started = time.perf_counter()
    classifier = ExampleClassifier(list(shipped.clauses), read_not_covered())
    learning = time.perf_counter() - started
    aspects = AspectClassifier(read_yaml(ASPECTS))
    alone = _seconds(Search(shipped, classifier).find, texts)

    library = Library((*shipped.documents, *synthetic_documents(shipped.documents[0], _CLAUSES)))
    started = time.perf_counter()
    search = Search(library, classifier)
    indexing = time.perf_counter() - started
    among = _seconds(search.find, texts)
    answered = _seconds(Answerer(search, aspects).answer, texts)
    return Report(
        (
            Figure(f"find p50, {_CLAUSES:,} clauses more", milliseconds(among, 50), "ms", at_most=_LONGEST),
            Figure(f"find p95, {_CLAUSES:,} clauses more", milliseconds(among, 95), "ms", at_most=_LONGEST),
            Figure(
                f"find and decide p50, {_CLAUSES:,} clauses more", milliseconds(answered, 50), "ms", at_most=_LONGEST
            ),
            Figure(
                f"find and decide p95, {_CLAUSES:,} clauses more", milliseconds(answered, 95), "ms", at_most=_LONGEST
            ),
            Figure("find p50, the plan alone", milliseconds(alone, 50), "ms", at_most=_LONGEST),
            Figure("find p95, the plan alone", milliseconds(alone, 95), "ms", at_most=_LONGEST),
            Figure(f"index of {_CLAUSES:,} clauses", indexing, "s"),
            Figure("learning the plan's questions", learning, "s"),
        ),
        notes=(
            f"{len(texts)} held-out questions; the invented clauses are made of the plan's own sentences, so their "
            "words stand in far more clauses than in real documents, which is the slowest case",
        ),
    )


def _seconds(ask: Callable[[str, date], object], texts: Sequence[str]) -> list[float]:
    seconds, day = [], today()
    ask(texts[0], day)  # The first one loads jieba's dictionary.
    for text in texts:
        started = time.perf_counter()
        ask(text, day)
        seconds.append(time.perf_counter() - started)
    return seconds
