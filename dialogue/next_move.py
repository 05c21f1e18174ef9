"""Decides what a message is to an open form: an answer, a command, or something to be dealt with first."""

from collections.abc import Collection, Mapping
from enum import Enum

from dialogue.journeys.catalogue import JOURNEYS
from dialogue.state import FormState
from dialogue.take_facts import is_sure
from dialogue.utterance import Utterance
from knowledge.commands.command_reader import PASSES, Command
from knowledge.facts.annotated_examples import slots
from knowledge.facts.fact_reader import Fact


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
    ASK_BEFORE_LEAVING = "ask before leaving"
    BE_QUIET = "be quiet"
    SLOWER = "slower"
    FASTER = "faster"
    START_OVER = "start_over"
    ASK_AGAIN = "ask again"
    CORRECT = "correct"
    PERSON = "person"


_WHOLE = {
    Command.STOP: Move.LEAVE,
    Command.CANCEL: Move.LEAVE,
    Command.BYE: Move.LEAVE,
    Command.RESTART: Move.START_OVER,
    Command.SKIP: Move.SKIP,
    Command.DONT_KNOW: Move.DONT_KNOW,
    Command.GO_BACK: Move.GO_BACK,
    Command.REPEAT: Move.REPEAT,
    Command.QUIET: Move.BE_QUIET,
    Command.SLOWER: Move.SLOWER,
    Command.FASTER: Move.FASTER,
    Command.HUMAN: Move.PERSON,
}
"""What ends, skips or hands over something counts only where the whole turn is that command."""
_BESIDE = {
    Command.STOP: Move.ASK_BEFORE_LEAVING,
    Command.CANCEL: Move.ASK_BEFORE_LEAVING,
    Command.HUMAN: Move.PERSON,
}
"""What counts too next to something else that answers nothing."""
_COMMANDS = {
    "easier": Move.EASIER,
    "detail": Move.DETAIL,
    "help": Move.HELP,
    "resume": Move.ASK_AGAIN,
    "why_asked": Move.DETAIL,
}
_ONLY_WHOLE = frozenset(
    {"stop", "cancel", "bye", "start_over", "skip", "dont_know", "go_back", "repeat", "human", "slower", "faster"}
)
"""Intents that a word inside an answer may look like."""
_NEVER_AN_ANSWER = frozenset({"crisis", "script_hant", "script_hans", "too_long"})
_SMALL_TALK = frozenset({"greet", "thanks", "praise", "bot_challenge", "privacy", "feeling", "self_doubt"})
_MISFITS = frozenset({"nonsense", "affirm", "deny", "inform", "correct", "nlu_fallback"})
"""What makes no sense as anything but an answer."""
_REGISTER = "register"
_UNSURE = 0.4
_MUCH = 3
"""After so many answers, somebody who wants to stop is asked first: 先停下，还是接着？"""


def needs_a_person(state: FormState) -> bool:
    """Whether enough answers in a row could not be used for a person to be offered."""
    return state.tries >= JOURNEYS[state.journey].patience


def is_answered(asking: str | None, facts: Mapping[str, Fact]) -> bool:
    """Whether `facts` have a value for `asking`, other than somebody's own words, which anything may be."""
    fact = facts.get(asking or "")
    return fact is not None and fact.value is not None and slots()[asking or ""].kind != "words"


def command_in(said: Utterance, asking: str | None, facts: Mapping[str, Fact]) -> Command | None:
    """The command that `said` wholly is, or ends with where that loses nothing; None where it has an answer to what is
    being asked instead. `facts`: what else is read from it.

    说话也不清楚, said of a disability, is no 不清楚; but anything can be somebody's own words.
    """
    if is_answered(asking, facts):
        return None
    whole = said.command
    if whole is None:
        return None if asking in facts else said.closing_command
    states = any(is_answered(slot, facts) and is_sure(slot, fact) for slot, fact in facts.items())
    return None if whole in PASSES and states else whole


def command_beside(said: Utterance, facts: Mapping[str, Fact]) -> Command | None:
    """The command to end or to find a person that a part of `said` is, where nothing in it is an answer: 停，我去喂猪.
    Whoever wants it is asked, or finds one; nothing is lost by it.
    """
    if any(is_answered(slot, facts) for slot in facts):
        return None
    found = [command for _, command in said.commands_in_parts if command in _BESIDE]
    return Command.HUMAN if Command.HUMAN in found else next(iter(found), None)


def command_move(state: FormState, command: Command | None) -> Move | None:
    """What a turn that is wholly `command` does; None where it is none.

    Nothing is thrown away that took some time to tell.
    """
    if command is None or command not in _WHOLE:
        return None
    move = _WHOLE[command]
    leaves_much = move in {Move.LEAVE, Move.START_OVER} and len(state.values) >= _MUCH
    return Move.ASK_BEFORE_LEAVING if leaves_much and not state.leaving else move


def may_correct(intent: str) -> bool:
    """Whether what sounds like a correction may be one, with this intent: no command is."""
    return intent not in _COMMANDS and intent not in _ONLY_WHOLE and intent not in _NEVER_AN_ANSWER


# The order of the questions is what decides, so that they stand in one row.
def next_move(  # noqa: C901
    state: FormState,
    said: Utterance,
    intent: str,
    facts: Mapping[str, Fact],
    taken: Collection[str],
    command: Command | None = None,
    beside: Command | None = None,
) -> Move:
    """What `said` is: its `intent`, as the form takes it, the `facts` read from it, and the `command` that it wholly is
    or that stands `beside` what is no answer; `taken` are the slots of the journey.

    A fact for the slot that was asked for makes it an answer, unless it is put as a question.
    """
    if intent == "silence":
        return Move.SILENCE
    asked, confidence = facts.get(state.asking or ""), said.intent.confidence
    # Anything can be somebody's own words for what they are able to do; a command that is plainly one goes before them.
    doubtful = asked is None or asked.probability <= confidence
    if intent == "crisis" or (intent in _NEVER_AN_ANSWER and doubtful):
        return Move.ANSWER_FIRST
    if needs_a_person(state) and intent == "affirm" and state.asking not in facts:
        return Move.PERSON
    journey = JOURNEYS[state.journey]
    commanded = command_move(state, command)
    if commanded is not None:
        return commanded
    if beside in _BESIDE and not state.leaving:
        return _BESIDE[beside]
    if intent == _REGISTER and not journey.personal and not is_answered(state.asking, facts):
        # 我是要登记，不是问这个: nobody who wants to be registered is held in a sum.
        return Move.ANSWER_FIRST
    if state.waits:
        return _move_while_waiting(state, said, intent, facts, taken)
    if intent in _ONLY_WHOLE:
        intent = "inform"
    if intent in _COMMANDS and confidence > _UNSURE and doubtful:
        return _COMMANDS[intent]
    if journey.takes_any_words and asked is None and state.asking in journey.may_skip and said.is_indifferent:
        return Move.SKIP
    if intent == "nonsense" and asked is not None and doubtful:
        return Move.MISFIT
    if intent in _SMALL_TALK and asked is not None and doubtful:
        return Move.ANSWER_FIRST
    stated = any(slot in facts for slot in taken)
    if stated and not said.is_question:
        return Move.TAKE
    if intent == "correct":
        return Move.TAKE if stated else Move.CORRECT
    if intent == state.journey:
        return Move.TAKE if stated else Move.ASK_AGAIN
    says_something = journey.takes_any_words and intent == "ask" and not said.is_question
    if intent in _MISFITS or confidence <= _UNSURE or says_something:
        if stated:
            return Move.TAKE
        return Move.ANSWER_FIRST if said.is_question and intent != "nonsense" else Move.MISFIT
    return Move.ANSWER_FIRST


def _move_while_waiting(
    state: FormState, said: Utterance, intent: str, facts: Mapping[str, Fact], taken: Collection[str]
) -> Move:
    """What `said` is to a form that waits in silence: what is plainly for it is taken, all else is dealt with as if no
    form were open.

    是 is said to whatever was said last, and that was not the question.
    """
    if intent == "resume":
        return Move.ASK_AGAIN
    plainly = any(slot in taken and (slot == state.asking or is_sure(slot, fact)) for slot, fact in facts.items())
    says_more = said.plain_answer is None and not said.is_question
    return Move.TAKE if plainly and says_more else Move.ANSWER_FIRST
