"""Gives Rasa's classifiers the same features as the search: characters, accent-folded sounds and words."""

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features as RasaFeatures
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.classify.features import Features

_FILE = "features.joblib"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class PhoneticFeaturizer(SparseFeaturizer, GraphComponent):
    """Sparse sentence features that forgive homophones and Jiangxi accents."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        return ["pypinyin", "jieba", "sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`min_count`: in how many examples a feature has to occur to be kept."""
        return {**SparseFeaturizer.get_default_config(), "min_count": 2}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises InvalidConfigException where `min_count` is not a whole number from 1."""
        if not isinstance(config["min_count"], int) or config["min_count"] < 1:
            raise InvalidConfigException(
                f"config.yml: min_count must be a whole number from 1: {config['min_count']!r}"
            )

    def __init__(
        self,
        config: dict[str, Any],
        resource: Resource,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        features: Features | None = None,
    ) -> None:
        super().__init__(execution_context.node_name, config)
        self._resource = resource
        self._model_storage = model_storage
        self._features = features or Features(min_count=config["min_count"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PhoneticFeaturizer":
        return cls(config, resource, model_storage, execution_context)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "PhoneticFeaturizer":
        with model_storage.read_from(resource) as folder:
            features = joblib.load(folder / _FILE)
        return cls(config, resource, model_storage, execution_context, features)

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example.get(TEXT) for example in training_data.training_examples if example.get(TEXT)]
        self._features.fit_transform(examples)
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(self._features, folder / _FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT):
                row = self._features.row(message.get(TEXT))
                source = self._config[FEATURIZER_CLASS_ALIAS]
                message.add_features(RasaFeatures(row, FEATURE_TYPE_SENTENCE, TEXT, source))
        return messages
