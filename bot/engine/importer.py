"""Adds the documents' questions to Rasa's training data, so that they are written down once."""

from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.learning import example_questions

ASK = "ask"
"""The intent of a question about a subject, whether or not a document answers it."""


class QuestionImporter(RasaFileImporter):
    """The files Rasa reads anyway, with every example question as one of the intent `ask`."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)

    def get_nlu_data(self, language: str | None = "zh") -> TrainingData:
        """`ask` is trained with what people ask; the search then finds out what about."""
        questions = [Message({TEXT: text, INTENT: ASK}) for text in example_questions()]
        return super().get_nlu_data(language).merge(TrainingData(questions))
