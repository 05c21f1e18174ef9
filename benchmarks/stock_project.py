"""Writes a stock Rasa project with our intents and rules, as Rasa's own documentation would have it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.settings import PROJECT
from knowledge.search.example_questions import example_questions
from knowledge.yaml_files import read_yaml

QUESTIONS = 300
"""Examples of the intent `ask`; all 5,400 would train for an hour, and a turn costs the same."""

ACTIONS = "stock_actions"

_STORY_TURNS = 5
_EPOCHS = 20
"""Instead of 100: how long a network was trained changes how often it is right, not how long a turn takes."""

# `rasa init` in Rasa 3.6, with the tokenizer Chinese needs. Its UnexpecTEDIntentPolicy is left out, which spares
# stock Rasa one more neural network a turn.
_CONFIG: dict[str, Any] = {
    "recipe": "default.v1",
    "assistant_id": "stock",
    "language": "zh",
    "pipeline": [
        {"name": "JiebaTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": _EPOCHS, "constrain_similarities": True},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": _EPOCHS, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy"},
        {"name": "TEDPolicy", "max_history": 5, "epochs": _EPOCHS, "constrain_similarities": True},
    ],
}
_ACTION = """
class {name}(Action):
    def name(self):
        return "{action}"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="{action}")
        return []
"""


def write_project(folder: Path, project: Path = PROJECT) -> None:
    """config, domain, training data and actions below `folder`; what is served with them is not part of it."""
    data = folder / "data"
    data.mkdir(parents=True)
    _write(folder / "config.yml", _CONFIG)
    domain = read_yaml(project / "domain.yml")
    _write(folder / "domain.yml", domain)
    rules = []
    for path in sorted((project / "nlu_data").glob("*/*.yml")):
        _write(data / f"{path.parent.name}_{path.name}", read_yaml(path))
        rules += read_yaml(path).get("rules", [])
    _write(data / "ask.yml", {"version": "3.1", "nlu": [{"intent": "ask", "examples": _examples()}]})
    _write(data / "stories.yml", {"version": "3.1", "stories": list(_stories(rules))})
    named = ((action.title().replace("_", ""), action) for action in domain["actions"])
    actions = "".join(_ACTION.format(name=name, action=action) for name, action in named)
    (folder / ACTIONS).mkdir()
    (folder / ACTIONS / "__init__.py").write_text(f"from rasa_sdk import Action\n{actions}", encoding="utf-8")


def _examples() -> str:
    questions = list(example_questions())
    evenly = [questions[number * len(questions) // QUESTIONS] for number in range(QUESTIONS)]
    return "".join(f"- {text}\n" for text in evenly)


def _stories(rules: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Conversations that follow the rules: without any story, TED would not be trained and would cost nothing."""
    turns = [rule["steps"] for rule in rules if rule["steps"][0].get("intent") not in {None, "nlu_fallback"}]
    asked = next(steps for steps in turns if steps[0]["intent"] == "ask")
    for start in range(0, len(turns), _STORY_TURNS):
        steps = [step for turn in turns[start : start + _STORY_TURNS] for step in (*turn, *asked)]
        yield {"story": f"rules from {start}", "steps": steps}


def _write(path: Path, value: Any) -> None:
    yaml = YAML(typ="safe")
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(value, file)
