"""Answers what is neither consent nor a refusal where consent was asked for, and assumes nothing."""

from dataclasses import dataclass, replace

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.form_questions import ask, waiting
from actions.utterances import utterance_of
from dialogue.state import FormState
from knowledge.commands.command_reader import ENDS, Command
from knowledge.consent.consent_reader import Answer
from knowledge.search.answers import Outcome

_OF_THE_CONVERSATION = "/"
"""How what begins that nobody has said, such as that nothing was heard."""
_THE_FORM_OBEYS = frozenset({"help", "easier", "detail", "resume", "nonsense", "script_hant", "script_hans"})
"""Intents that are no answer to anything."""
_OF_ONESELF = frozenset({"feeling", "self_doubt"})
"""真的有人要我吗 is put as 你们是真的吗 is, and is none of it."""
_MAY_ASK = frozenset({Command.HELP, Command.REPEAT, Command.DETAIL, Command.WHY_ASKED})
"""Commands near to what is asked of the registration: 你先讲讲要填些什么."""


@dataclass(frozen=True)
class AskedAgain:
    """What came of it."""

    state: FormState
    leaves: bool = False
    """Whether the person wants to stop, in however small a part of what they said: nothing is lost yet."""


def about_consent(
    dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, command: Command | None, intent: str
) -> AskedAgain | None:
    """Answers what was asked or said instead, and asks again in few words; None where it is for the form to deal with.

    That is a yes, a no, a whole command, what has the `intent` of one that the form obeys, and a question that the
    documents answer.
    """
    said = utterance_of(tracker)
    if any(part in ENDS for _, part in said.commands_in_parts):
        return AskedAgain(state, leaves=True)
    if any(part is Command.HUMAN for _, part in said.commands_in_parts):
        # 不同意，我是老板，要招人！转人工: whoever wants a person is not asked again first.
        return None
    answer = said.consent
    asks = command is None or command in _MAY_ASK
    if not asks or said.normal.startswith(_OF_THE_CONVERSATION) or answer in {Answer.YES, Answer.NO, Answer.PARTLY}:
        return None
    if answer is not Answer.QUESTION and said.is_put_off:
        return AskedAgain(state, leaves=True)
    slot = str(state.asking)
    is_answered = answer is Answer.QUESTION and said.answer.outcome is Outcome.ANSWERED
    if intent in _OF_ONESELF:
        return None
    must_be_plain = is_answered or command is not None
    topic = said.topic_before_consent(must_be_plain) if answer is Answer.QUESTION else ""
    if not topic and (must_be_plain or intent in _THE_FORM_OBEYS):
        return None
    if topic:
        response = f"utter_consent_{topic}"
    else:
        response = "utter_consent_condition" if answer is Answer.CONDITION else "utter_consent_unclear"
    dispatcher.utter_message(response=response, json_message=replace(waiting(slot), leads=True).to_json())
    return AskedAgain(ask(dispatcher, state, slot))
