"""Answers what is neither consent nor a refusal where consent was asked for, and assumes nothing."""

from dataclasses import dataclass

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.forms.asking import ask, waiting
from actions.forms.state import FormState
from actions.registration.hearing import consent_in
from actions.resources import resources
from knowledge.answers import Outcome
from knowledge.commands.reading import Command
from knowledge.consent.reading import Answer, is_put_off
from knowledge.facts.questions import clauses
from knowledge.writing import normalised

_OF_THE_CONVERSATION = "/"
"""How what begins that nobody has said, such as that nothing was heard."""


@dataclass(frozen=True)
class AskedAgain:
    """What came of it."""

    state: FormState
    leaves: bool = False
    """Whether the person wants to stop, in however small a part of what they said: nothing is lost yet."""


def about_consent(
    dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, command: Command | None
) -> AskedAgain | None:
    """Answers what was asked or said instead, and asks again in few words; None where it is for the form to deal with.

    That is a yes, a no, a whole command, and a question that the documents answer.
    """
    text = normalised(str(tracker.latest_message.get("text") or ""))
    if any(resources().commands.read(part) is Command.STOP for part in clauses(text)):
        return AskedAgain(state, leaves=True)
    answer = consent_in(text)
    if command is not None or text.startswith(_OF_THE_CONVERSATION) or answer in {Answer.YES, Answer.NO}:
        return None
    if answer is not Answer.QUESTION and is_put_off(text):
        return AskedAgain(state, leaves=True)
    slot = str(state.asking)
    topic = resources().topics.read(text) if answer is Answer.QUESTION else ""
    if topic:
        response = f"utter_consent_{topic}"
    elif answer is Answer.QUESTION and _is_answered(text):
        return None
    else:
        response = "utter_consent_condition" if answer is Answer.CONDITION else "utter_consent_unclear"
    dispatcher.utter_message(response=response, json_message=waiting(slot) | {"leads": True})
    return AskedAgain(ask(dispatcher, state, slot))


def _is_answered(text: str) -> bool:
    answer = resources().knowledge.answerer.answer(text, resources().today())
    return answer.outcome is Outcome.ANSWERED
