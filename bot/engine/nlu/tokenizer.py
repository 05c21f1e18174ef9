"""Cuts Chinese text into words, the documents' own names kept whole."""

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from knowledge.library.segmenting import segmenter


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class ChineseTokenizer(Tokenizer):
    """jieba with the vocabulary of the documents at hand, in a tokenizer of its own.

    Rasa's JiebaTokenizer adds its words to jieba's process-global dictionary and keeps each space as a token.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What Rasa's base class reads: intents are not split into words, and words are kept as jieba cuts them."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @staticmethod
    def supported_languages() -> list[str]:
        return ["zh"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ChineseTokenizer":
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        text = message.get(attribute)
        tokens = [Token(word, start) for word, start, _ in segmenter().tokenize(text) if not word.isspace()]
        split: list[Token] = self._apply_token_pattern(tokens)
        return split
