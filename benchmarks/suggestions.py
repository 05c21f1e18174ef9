"""How long the console takes for suggestions while somebody types, among ten thousand clauses."""

import random
import time
from collections.abc import Iterator, Sequence

from benchmarks.console_client import console_client
from benchmarks.figures import Figure, Report, milliseconds
from benchmarks.options import Options
from benchmarks.questions import read_questions
from benchmarks.synthetic_documents import synthetic_documents, write_documents
from benchmarks.var_folder import with_own_var
from bot.console.callers.suggestions import suggest
from bot.settings import Settings
from knowledge.library.documents import Document, Library
from knowledge.library.loading import load_library
from knowledge.policy_files import ASPECTS
from knowledge.search.answers import Answerer
from knowledge.search.aspects import AspectClassifier
from knowledge.search.knowledge_base import Knowledge
from knowledge.search.learn_search import learn_clauses
from knowledge.search.search import Search
from knowledge.yaml_files import read_yaml
from registry.clock import today

_CLAUSES = 10_000
_LONGEST, _LONGEST_SEARCH = 100, 60
_TEXTS, _QUICK = 2_000, 300


def measure(options: Options) -> Report:
    """Asks for suggestions with beginnings of held-out questions, as they stand while they are typed."""
    questions = [question.text for question in read_questions(options.questions)]
    typed = random.Random(0).sample([*_typed(questions)], _QUICK if options.quick else _TEXTS)
    shipped = load_library()
    library = Library((*shipped.documents, *synthetic_documents(shipped.documents[0], _CLAUSES)))
    search = Search(library, learn_clauses(shipped, options.settings.cache))
    aspects = AspectClassifier(read_yaml(ASPECTS))
    knowledge = Knowledge(library, search, Answerer(search, aspects))
    found = _seconds(knowledge, typed)
    with with_own_var(options.settings) as settings:
        shown, ready = _over_http(settings, shipped.documents[0], typed)
    return Report(
        (
            Figure(f"found p50, {_CLAUSES:,} clauses more", milliseconds(found, 50), "ms", at_most=_LONGEST_SEARCH),
            Figure(f"found p95, {_CLAUSES:,} clauses more", milliseconds(found, 95), "ms", at_most=_LONGEST_SEARCH),
            Figure("found p99", milliseconds(found, 99), "ms"),
            Figure(f"over HTTP p50, {_CLAUSES:,} clauses more", milliseconds(shown, 50), "ms", at_most=_LONGEST),
            Figure(f"over HTTP p95, {_CLAUSES:,} clauses more", milliseconds(shown, 95), "ms", at_most=_LONGEST),
            Figure("over HTTP p99", milliseconds(shown, 99), "ms"),
            Figure(f"start of the service, {_CLAUSES:,} clauses more", ready, "s"),
        ),
        notes=(
            f"{len(typed):,} beginnings of {len(questions)} held-out questions, of every length",
            "over HTTP: the service in a process of its own, signed in, one after another; the page itself waits "
            "30 ms after a letter for the next one before it asks",
        ),
    )


def _typed(questions: Sequence[str]) -> Iterator[str]:
    for question in questions:
        yield from (question[:length] for length in range(1, len(question) + 1))


def _seconds(knowledge: Knowledge, texts: Sequence[str]) -> list[float]:
    seconds, day = [], today()
    suggest(knowledge, texts[-1], day)  # The first one loads jieba's dictionary.
    for text in texts:
        started = time.perf_counter()
        suggest(knowledge, text, day)
        seconds.append(time.perf_counter() - started)
    return seconds


def _over_http(settings: Settings, model: Document, texts: Sequence[str]) -> tuple[Sequence[float], float]:
    """Seconds of each text as a page of the console sends it, and those until the service was ready."""
    write_documents(model, _CLAUSES, settings.documents[-1])
    with console_client(settings) as (service, colleague):
        colleague.sends("/assist/suggestions", typed=texts[-1])
        return [colleague.sends("/assist/suggestions", typed=text) for text in texts], service.seconds_to_ready
