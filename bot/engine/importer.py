"""Adds the documents' questions and people's statements to Rasa's training data: they are written down once."""

from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.commands.command_examples import example_commands
from knowledge.facts.corrections import is_correction
from knowledge.facts.example_statements import example_registrations, example_statements
from knowledge.facts.plain_answers import plain_answer
from knowledge.search.example_questions import example_questions

ASK = "ask"
"""The intent of a question about a subject, whether or not a document answers it."""
REGISTER = "register"
"""The intent of whoever begins a registration, by asking for it or by telling what only a registration takes."""
_OF_COMMANDS = {"quiet": "stop", "restart": "start_over"}
"""The intents of commands that have not the command's own name."""
INFORM, CORRECT = "inform", "correct"
"""The intents of a statement: what somebody tells of themselves, and what takes back something told before."""


class QuestionImporter(RasaFileImporter):
    """The files Rasa reads anyway, with every example question as `ask`, every statement as `inform` or `correct`."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)

    def get_nlu_data(self, language: str | None = "zh") -> TrainingData:
        """`ask` is trained with what people ask, `inform` and `correct` with what they state."""
        questions = [Message({TEXT: text, INTENT: ASK}) for text in example_questions()]
        statements = [
            Message({TEXT: text, INTENT: CORRECT if is_correction(text) else INFORM})
            for text in example_statements()
            if plain_answer(text) is None
        ]
        statements += [Message({TEXT: text, INTENT: REGISTER}) for text in example_registrations()]
        statements += [Message({TEXT: text, INTENT: _OF_COMMANDS.get(name, name)}) for name, text in example_commands()]
        return super().get_nlu_data(language).merge(TrainingData([*questions, *statements]))
