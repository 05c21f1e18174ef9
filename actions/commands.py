"""Does what the person asks of the conversation itself: again, simpler, in full, slower, in other characters."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import answer_question
from actions.form_leave import mark_of, offered_to_forget
from actions.persons import FAILED, ask_for_a_person
from actions.registration_actions import forgets_talk
from actions.resources import resources
from actions.telling import ANSWERED, citing, clause_of, tell_source
from actions.utterances import utterance_of
from knowledge.commands.command_reader import Command
from knowledge.language.writing import LIST
from knowledge.library.documents import Clause

_PACE_STEP = 0.25
_SAID_AGAIN_SECONDS = 15 * 60
_SLOWEST, _FASTEST = 0.5, 2.0
_ABOUT_SPEECH = frozenset({"slower", "faster", "script_hant", "script_hans", "repeat"})
_SAID_OF_NOTHING = {
    "stop": "utter_ok",
    "deny": "utter_ok",
    "skip": "utter_nothing_open",
    "cancel": "utter_ok",
    "bye": "utter_bye",
}


class ActionRepeat(Action):
    """再说一遍"""

    def name(self) -> str:
        return "action_repeat"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says what was said last, word for word."""
        say_again(dispatcher, tracker)
        return []


class ActionEasier(Action):
    """说简单点"""

    def name(self) -> str:
        return "action_easier"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says the clause last spoken of in easy words, and stays with easy words."""
        clause = clause_of(tracker.get_slot("clause"))
        if clause is None:
            dispatcher.utter_message(response="utter_which_measure")
            return [SlotSet("easy", True)]
        dispatcher.utter_message(
            response="utter_answer_easy", easy="\n".join(clause.easy), json_message=citing(ANSWERED, clause).to_json()
        )
        tell_source(dispatcher, clause)
        return [SlotSet("easy", True)]


class ActionDetail(Action):
    """详细说说"""

    def name(self) -> str:
        return "action_detail"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says the clause last spoken of in full, and leaves easy words."""
        clause = clause_of(tracker.get_slot("clause"))
        if clause is None:
            dispatcher.utter_message(response="utter_which_measure")
            return []
        _tell_detail(dispatcher, clause)
        return [SlotSet("easy", False)]


class ActionAffirm(Action):
    """Yes, most often to 要听详细的吗."""

    def name(self) -> str:
        return "action_affirm"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Deletes what was told or finds a person where that was just offered, else tells the last clause in full."""
        if offered_to_forget(tracker):
            dispatcher.utter_message(response="utter_talk_forgotten", json_message=forgets_talk().to_json())
            return []
        if tracker.get_slot("offered"):
            return ask_for_a_person(dispatcher, tracker, FAILED)
        clause = clause_of(tracker.get_slot("clause"))
        if clause is None:
            dispatcher.utter_message(response="utter_ok")
        else:
            _tell_detail(dispatcher, clause)
        return []


def change_pace(dispatcher: CollectingDispatcher, tracker: Tracker, slower: bool) -> list[dict[str, Any]]:
    """Says that it will be slower, or faster, and remembers it."""
    pace = float(tracker.get_slot("pace") or 1.0) + (-_PACE_STEP if slower else _PACE_STEP)
    dispatcher.utter_message(response="utter_slower" if slower else "utter_faster")
    return [SlotSet("pace", min(_FASTEST, max(_SLOWEST, pace)))]


class ActionPace(Action):
    """慢一点、快一点"""

    def name(self) -> str:
        return "action_pace"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Remembers the speech rate."""
        return change_pace(dispatcher, tracker, slower=tracker.get_intent_of_latest_message() == "slower")


class ActionScript(Action):
    """换繁体、换简体"""

    def name(self) -> str:
        return "action_script"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Remembers which characters the sender reads."""
        script = "hant" if tracker.get_intent_of_latest_message() == "script_hant" else "hans"
        dispatcher.utter_message(response=f"utter_script_{script}")
        return [SlotSet("script", script)]


class ActionStartOver(Action):
    """重新开始"""

    def name(self) -> str:
        return "action_start_over"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Forgets what was being spoken of; how the sender likes to be answered stays.

        What only sounds like it is looked up: 从几多人开始要交 throws nothing away.
        """
        said = utterance_of(tracker)
        if said.command is not Command.RESTART:
            return answer_question(dispatcher, tracker, said)
        dispatcher.utter_message(response="utter_start_over")
        return [SlotSet(name, None) for name in ("clause", "form", "paused", "offered", "failures")]


class ActionNothingOpen(Action):
    """停、不办了、再见, with nothing that could be ended."""

    def name(self) -> str:
        return "action_nothing_open"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says so; answers what is asked beside it first: 那不登记，公益岗找谁."""
        said = utterance_of(tracker)
        beside = said.reading_of("".join(part for part, command in said.commands_in_parts if command is None))
        if beside.is_question and said.command is None:
            return answer_question(dispatcher, tracker, beside)
        dispatcher.utter_message(response=_SAID_OF_NOTHING[str(tracker.get_intent_of_latest_message())])
        return []


def say_again(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Says what was said last, word for word."""
    last = _last_said(tracker)
    if any(_is_private_by_now(event) for event in last):
        last = []
    for event in last:
        data, extra = event.get("data") or {}, event.get("metadata") or {}
        dispatcher.utter_message(
            text=event.get("text") or "",
            buttons=data.get("buttons") or [],
            json_message=data.get("custom") or {},
            speech=extra.get("speech"),
        )
    if not last:
        dispatcher.utter_message(response="utter_nothing_to_repeat")


def _is_private_by_now(event: dict[str, Any]) -> bool:
    """Whether what was said opens a registration, and was said so long ago that somebody else may sit there."""
    return (
        mark_of(event).private
        and resources().now().timestamp() - float(event.get("timestamp") or 0) > _SAID_AGAIN_SECONDS
    )


def _tell_detail(dispatcher: CollectingDispatcher, clause: Clause) -> None:
    facts = LIST.join(f"{name} {value}".strip() for name, value in clause.facts)
    dispatcher.utter_message(
        response="utter_detail",
        plain=clause.plain,
        audience=LIST.join(clause.audience),
        facts=facts,
        json_message=citing(ANSWERED, clause).to_json(),
    )
    if clause.departments:
        dispatcher.utter_message(response="utter_departments", departments=LIST.join(clause.departments))
    if clause.next_step:
        dispatcher.utter_message(response="utter_next_step", next_step=clause.next_step)
    tell_source(dispatcher, clause)


def _last_said(tracker: Tracker) -> list[dict[str, Any]]:
    """The bot's messages to the last turn that was not about the speech itself, oldest first.

    Whoever asks for it slower and then once more wants to hear what was said, and not that it will be slower.
    """
    turn: list[dict[str, Any]] = []
    latest: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if event["event"] == "bot":
            turn.insert(0, event)
        elif event["event"] == "user":
            if turn and event["parse_data"]["intent"].get("name") not in _ABOUT_SPEECH:
                return turn
            latest, turn = latest or turn, []
    return latest
