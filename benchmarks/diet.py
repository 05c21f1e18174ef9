"""Rasa's own way to find the clause: an intent for each, told apart by DIET."""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path

from ruamel.yaml import YAML

from benchmarks.figures import BenchmarkError
from benchmarks.search_methods import Find, SearchMethod, fewer
from knowledge.library.documents import Clause

QUESTIONS = 20
"""Questions a clause; with all 110 of them training takes hours on two cores."""
EPOCHS = 60
"""Of Rasa's default 100 to 300."""

_CONFIG = {
    "recipe": "default.v1",
    "assistant_id": "diet",
    "language": "zh",
    "pipeline": [
        {"name": "JiebaTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": EPOCHS, "constrain_similarities": True, "entity_recognition": False},
    ],
}


def diet() -> SearchMethod:
    """The stock pipeline, at a size that can be trained for a comparison."""
    return SearchMethod(f"an intent for each clause, DIET, {QUESTIONS} questions a clause, {EPOCHS} epochs", _learn)


def _learn(clauses: Sequence[Clause]) -> Find:
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory(prefix="zhuyetong-bench-") as temporary:
        folder = Path(temporary)
        yaml = YAML(typ="safe")
        intents = [
            {
                "intent": clause.id,
                "examples": "".join(f"- {_line(text)}\n" for text in fewer(clause, QUESTIONS).questions),
            }
            for clause in clauses
        ]
        yaml.dump({"version": "3.1", "nlu": intents}, folder / "nlu.yml")
        yaml.dump(_CONFIG, folder / "config.yml")
        with redirect_stdout(sys.stderr):
            model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder))
        if model is None:
            raise BenchmarkError("Rasa trained no DIET model; the lines above say why")
        agent = Agent.load(model)
    loop = asyncio.new_event_loop()
    return lambda text: loop.run_until_complete(agent.parse_message(text))["intent"]["name"]


def _line(text: str) -> str:
    """Rasa reads [] and () in examples as entities."""
    return text.translate(str.maketrans("[]()", "【】（）"))
