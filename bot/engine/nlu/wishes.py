"""Hears the wish to be registered, whatever else is said beside it."""

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.talk.learn_wishes import learn_wishes
from knowledge.talk.wish_to_register import WISH, WishReader

_FILE = "wishes.joblib"
_OF_WHAT_IS_REGISTERED = frozenset({"my_data", "export_data", "change_data", "withdraw_data", "delete_data"})
_SURE = 0.5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class WishClassifier(IntentClassifier, GraphComponent):
    """One wish wins everywhere: a message that has it is certainly the intent `register`, whatever else it tells."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, reader: WishReader | None = None) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._reader = reader

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "WishClassifier":
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "WishClassifier":
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(learn_wishes(), folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            if self._reader is None or not text or _is_of_what_is_registered(message):
                continue
            if not self._reader.is_wish(text):
                continue
            others = [each for each in message.get(INTENT_RANKING_KEY) or () if each[INTENT_NAME_KEY] != WISH]
            wish = {INTENT_NAME_KEY: WISH, PREDICTED_CONFIDENCE_KEY: 1.0}
            message.set(INTENT, wish, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [wish, *others], add_to_output=True)
        return messages


def _is_of_what_is_registered(message: Message) -> bool:
    """Whether `message` is likely about a registration that there is: 我要改登记 has the words of the wish too."""
    intent = message.get(INTENT) or {}
    is_likely = float(intent.get(PREDICTED_CONFIDENCE_KEY) or 0.0) >= _SURE
    return is_likely and intent.get(INTENT_NAME_KEY) in _OF_WHAT_IS_REGISTERED
