"""What is asked or stated in people's own words with no question of ours open, and which journey it may begin."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import look_up, tell_looked_up
from actions.form_begin import begin, likeliest, reopen
from actions.form_leave import has_open_form
from actions.resources import resources
from actions.several import tell_compared
from actions.telling import key
from actions.two_questions import tell_both
from actions.utterances import utterance_of
from dialogue.display import echo_phrase
from dialogue.journey import Journey
from dialogue.read_facts import facts_for_form, facts_in, places_in
from dialogue.state import FormState
from dialogue.take_facts import is_sure
from dialogue.utterance import Utterance
from knowledge.facts.fact_reader import Fact
from knowledge.language.writing import LIST
from knowledge.search.answers import Answer, Outcome

_PLAINLY = 0.6


class ActionAnswer(Action):
    """A question in the person's own words."""

    def name(self) -> str:
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Works out what it tells enough for, else finds the clause that answers, offers a choice, or says that the
        documents are silent."""
        said = utterance_of(tracker)
        compared = tell_compared(dispatcher, tracker, said)
        if compared is not None:
            return compared
        answer = look_up(tracker, said)
        journey = None if has_open_form(tracker) else _to_work_out(tracker, said, answer)
        if journey is not None:
            return begin(dispatcher, tracker, journey, facts_in(said))
        both = tell_both(dispatcher, tracker, said)
        return tell_looked_up(dispatcher, tracker, answer) if both is None else both


class ActionState(Action):
    """Something stated with no question open: 说错了，是三百人; 我是盲人，农村的，想学按摩."""

    def name(self) -> str:
        return "action_state"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Works the last result out again with it, else begins the journey it tells most of, else looks it up.

        Whoever asks something beside it is answered.
        """
        said = utterance_of(tracker)
        answer = look_up(tracker, said)
        state = FormState.from_slot(tracker.get_slot("form"))
        if said.is_question and answer.outcome is Outcome.ANSWERED:
            journey = _to_work_out(tracker, said, answer)
            if journey is None:
                return tell_looked_up(dispatcher, tracker, answer)
            return begin(dispatcher, tracker, journey, facts_in(said))
        if state is not None and state.done and (said.is_correction or facts_for_form(state, said, False)):
            return reopen(state)
        facts = facts_in(said)
        journey = likeliest(tracker, facts, state.values if state else {})
        if journey is not None:
            return begin(dispatcher, tracker, journey, facts)
        if answer.outcome is Outcome.NOT_COVERED and not said.is_question:
            # Nothing was asked, so nothing is missing in the documents.
            _acknowledge(dispatcher, said, facts)
            return []
        return tell_looked_up(dispatcher, tracker, answer)


def _acknowledge(dispatcher: CollectingDispatcher, words: Utterance, facts: Mapping[str, Fact]) -> None:
    """Says in a short word that `facts` and the places in `words` were heard, those that are sure by what they are, and
    asks what is wanted."""
    sure = {slot: fact.value for slot, fact in facts.items() if fact.value is not None and is_sure(slot, fact)}
    heard = [*places_in(words), *(echo_phrase(value, slot) for slot, value in sure.items())]
    if heard:
        dispatcher.utter_message(response="utter_heard_facts", said=LIST.join(heard))
    else:
        dispatcher.utter_message(response="utter_heard_you")


def _to_work_out(tracker: Tracker, said: Utterance, answer: Answer) -> Journey | None:
    """The journey for which a question tells all it takes, or some where a sum is wanted, and whose clause answers it.

    编制五十，在职四十八，残疾人没有，我们要安排几个 is not answered by reading out the clause.
    """
    facts = {slot: fact for slot, fact in facts_in(said.stated).items() if is_sure(slot, fact)}
    journey = likeliest(tracker, facts, {})
    if journey is None:
        return None
    if answer.outcome is not Outcome.ANSWERED:
        # Where no one clause answers and it is hardly a question on a subject, what there is at all is asked.
        hardly_a_question = said.intent.ranking.get("ask", 0.0) < _PLAINLY
        return journey if (answer.outcome is Outcome.CLARIFY or answer.is_doubtful) and hardly_a_question else None
    known = {slot: fact.value for slot, fact in facts.items() if fact.value is not None}
    complete = journey.next_slot(known, (), resources().today()) is None
    about_it = key(answer.clauses[0]) in journey.clauses
    return journey if about_it and (complete or said.wants_a_sum) else None
