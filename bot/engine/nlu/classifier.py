"""Tells intents apart."""

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from knowledge.classify.linear import LinearClassifier
from knowledge.facts.plain_answers import plain_answer
from knowledge.search.several import asks_for_a_list

_FILE = "intents.joblib"
_RANKED = 3
_AFFIRM, _DENY, _SEVERAL = "affirm", "deny", "several"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """The search's linear classifier over the sentence features of the pipeline; a plain yes or no, and what plainly
    asks for a list, go before it.

    Rasa's LogisticRegressionClassifier takes a minute where this takes seconds; DIET takes far longer.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Featurizer]

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, model: LinearClassifier[str] | None = None
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LinearIntentClassifier":
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "LinearIntentClassifier":
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        rows = vstack([_row(example) for example in examples]).tocsr()
        model = LinearClassifier(rows, [example.get(INTENT) for example in examples], balanced=True)
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(model, folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if self._model is None or not message.get(TEXT):
                continue
            probabilities = self._model.probabilities(_row(message))
            best = probabilities.argsort()[::-1][:_RANKED]
            ranking = [
                {INTENT_NAME_KEY: self._model.labels[i], PREDICTED_CONFIDENCE_KEY: float(probabilities[i])}
                for i in best
            ]
            # Our own sentences tell people to say 是, so none of it is left to likelihood.
            name = _plainly(message.get(TEXT))
            if name is not None:
                plainly = {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: 1.0}
                ranking = [plainly, *(each for each in ranking if each[INTENT_NAME_KEY] != plainly[INTENT_NAME_KEY])]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages


def _plainly(text: str) -> str | None:
    """The intent that `text` has by words of a closed class; None where likelihood has to tell."""
    says = plain_answer(text)
    if says is not None:
        return _AFFIRM if says else _DENY
    return _SEVERAL if asks_for_a_list(text) else None


def _row(message: Message) -> csr_matrix:
    _, sentence = message.get_sparse_features(TEXT)
    return sentence.features.tocsr()
