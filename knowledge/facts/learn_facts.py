"""Learns to read what people state of themselves, and keeps what was learnt."""

from pathlib import Path

from knowledge.classify.learnt_cache import digest, load_or_learn
from knowledge.facts.annotated_examples import read_examples
from knowledge.facts.fact_reader import FactReader


def learn_facts(cache: Path | None) -> FactReader:
    """Reads what people state of themselves. Seconds, or read from `cache`."""
    return load_or_learn(cache, facts_file(), lambda: FactReader(read_examples()))


def facts_file() -> str:
    """Where in the cache is what was learnt of the examples as they are now."""
    return f"facts-{digest(__file__)}.joblib"
