"""A var folder of a benchmark's own, so that measuring leaves nobody's conversations behind."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from benchmarks.figures import BenchmarkError
from bot.engine.training import model_path
from bot.settings import Settings
from knowledge.consent.learn_consent import learn_consent
from knowledge.crisis.care import learn_care
from knowledge.facts.learn_facts import learn_facts
from knowledge.policy_files import DOCUMENTS
from knowledge.search.knowledge_base import KnowledgeBase


@contextmanager
def with_own_var(settings: Settings) -> Iterator[Settings]:
    """`settings` with an empty `var` that goes away afterwards, but with what was learnt from the shipped documents.

    Raises BenchmarkError where the model is not trained.
    """
    model = model_path(settings.project, settings.models)
    if not model.exists():
        raise BenchmarkError(f"there is no trained model at {model}; run `make train`")
    with tempfile.TemporaryDirectory(prefix="zhuyetong-bench-") as folder:
        own = replace(settings, var=Path(folder), database="")
        if settings.cache.is_dir():
            shutil.copytree(settings.cache, own.cache, ignore=lambda _, names: [n for n in names if "stock" in n])
        # Learns what the cache does not hold, so that no start of the service is slower for it.
        KnowledgeBase((DOCUMENTS,), own.cache)
        learn_facts(own.cache)
        learn_consent(own.cache)
        learn_care(own.cache)
        yield own
