"""Decides what a message is to an open form: an answer, a command, or something to be dealt with first."""

from collections.abc import Collection, Mapping
from enum import Enum

from actions.forms.journey import Kind
from actions.forms.journeys import JOURNEYS
from actions.forms.state import FormState
from knowledge.facts.plain_answers import is_indifferent
from knowledge.facts.questions import is_question
from knowledge.facts.reading import Fact


class Move(Enum):
    """What the form does next."""

    TAKE = "take"
    ANSWER_FIRST = "answer first"
    MISFIT = "misfit"
    SILENCE = "silence"
    DONT_KNOW = "dont_know"
    REPEAT = "repeat"
    EASIER = "easier"
    DETAIL = "detail"
    HELP = "help"
    GO_BACK = "go_back"
    SKIP = "skip"
    LEAVE = "leave"
    START_OVER = "start_over"
    ASK_AGAIN = "ask again"
    CORRECT = "correct"
    PERSON = "person"


_COMMANDS = {
    "repeat": Move.REPEAT,
    "easier": Move.EASIER,
    "detail": Move.DETAIL,
    "help": Move.HELP,
    "go_back": Move.GO_BACK,
    "skip": Move.SKIP,
    "cancel": Move.LEAVE,
    "stop": Move.LEAVE,
    "bye": Move.LEAVE,
    "start_over": Move.START_OVER,
    "resume": Move.ASK_AGAIN,
    "dont_know": Move.DONT_KNOW,
    "why_asked": Move.DETAIL,
}
_NEVER_AN_ANSWER = frozenset({"crisis", "human", "slower", "faster", "script_hant", "script_hans", "too_long"})
_SMALL_TALK = frozenset({"greet", "thanks", "praise", "bot_challenge", "privacy", "feeling"})
_MISFITS = frozenset({"nonsense", "affirm", "deny", "inform", "correct", "nlu_fallback"})
"""What makes no sense as anything but an answer."""
_UNSURE = 0.4
_LEAVES = frozenset({"cancel", "stop", "bye", "start_over"})
_SURE_TO_LEAVE = 0.7
_PERSON_AFTER = {Kind.SUM: 3, Kind.MEASURES: 3, Kind.RECORD: 2}
"""Answers in a row that could not be used; sooner where people are registered."""


def needs_a_person(state: FormState) -> bool:
    """Whether so many answers in a row could not be used that a person is offered."""
    return state.tries >= _PERSON_AFTER[JOURNEYS[state.journey].kind]


def may_correct(intent: str) -> bool:
    """Whether what sounds like a correction may be one, with this intent: no command is."""
    return intent not in _COMMANDS and intent not in _NEVER_AN_ANSWER


def next_move(
    state: FormState, intent: str, confidence: float, facts: Mapping[str, Fact], slots: Collection[str], text: str
) -> Move:
    """What `text` is: its `intent` with the classifier's `confidence`, and the `facts` read from it.

    A fact for the slot that was asked for makes it an answer, unless it is put as a question.
    """
    if intent == "silence":
        return Move.SILENCE
    asked = facts.get(state.asking or "")
    # Anything can be somebody's own words for what they are able to do; a command that is plainly one goes before them.
    doubtful = asked is None or asked.probability <= confidence
    if intent == "crisis" or (intent in _NEVER_AN_ANSWER and doubtful):
        return Move.ANSWER_FIRST
    if needs_a_person(state) and intent == "affirm" and state.asking not in facts:
        return Move.PERSON
    of_record = JOURNEYS[state.journey].kind is Kind.RECORD
    # Nothing that was told is thrown away by a guess.
    sure_enough = _SURE_TO_LEAVE if of_record and intent in _LEAVES else _UNSURE
    if intent in _COMMANDS and confidence > sure_enough and doubtful:
        return _COMMANDS[intent]
    if of_record and asked is None and state.asking in JOURNEYS[state.journey].may_skip and is_indifferent(text):
        return Move.SKIP
    if intent == "nonsense" and asked is not None and doubtful:
        return Move.MISFIT
    if intent in _SMALL_TALK and asked is not None and doubtful:
        return Move.ANSWER_FIRST
    stated = any(slot in facts for slot in slots)
    if stated and not is_question(text):
        return Move.TAKE
    if intent == "correct":
        return Move.TAKE if stated else Move.CORRECT
    if intent == state.journey:
        return Move.TAKE if stated else Move.ASK_AGAIN
    # In the middle of a registration, what is not put as a question is an answer, understood or not.
    says_something = of_record and intent == "ask" and not is_question(text)
    if intent in _MISFITS or confidence <= _UNSURE or says_something:
        if stated:
            return Move.TAKE
        return Move.ANSWER_FIRST if is_question(text) and intent != "nonsense" else Move.MISFIT
    return Move.ANSWER_FIRST
