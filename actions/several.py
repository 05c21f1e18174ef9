"""Answers what asks for several clauses at once: an overview, a comparison, a list of what was told."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import answer_question
from actions.form_leave import mark_of
from actions.resources import resources
from actions.telling import ANSWERED, button, citing, clause_of, document_values, key, tell_answer, tell_newer_plan
from actions.utterances import utterance_of
from dialogue.journeys.calculators import NAVIGATOR_SLOTS, navigator_facts
from dialogue.mark import Status
from dialogue.read_facts import facts_in
from dialogue.state import FormState
from dialogue.take_facts import is_sure
from dialogue.utterance import Utterance
from knowledge.library.documents import Clause
from knowledge.rules.navigator import NavigatorFacts, fits, navigate
from knowledge.search.answers import Outcome
from knowledge.search.several import Several, Wanted, read_several
from knowledge.search.statements import differences, measure_statement, short_statement

_MOST_LINES = 6
Events = list[dict[str, Any]]


class ActionSeveral(Action):
    """盲人有哪些政策、十项行动是哪些、这两个有什么区别、刚才说了哪些、挑最要紧的三样说."""

    def name(self) -> str:
        return "action_several"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Composes what is asked for of the clauses' own statements; looks it up where too little was told for it."""
        said = utterance_of(tracker)
        several = read_several(said.normal)
        events = tell_several(dispatcher, tracker, several) if several else None
        return answer_question(dispatcher, tracker, said) if events is None else events


def tell_compared(dispatcher: CollectingDispatcher, tracker: Tracker, said: Utterance) -> Events | None:
    """Puts side by side the two measures that `said` names; None where it compares none, or they are not found."""
    several = read_several(said.normal)
    compares = several is not None and several.wanted is Wanted.COMPARISON
    return tell_several(dispatcher, tracker, several) if several and compares else None


def tell_several(dispatcher: CollectingDispatcher, tracker: Tracker, several: Several) -> Events | None:
    """Tells what is asked for; None where a comparison has no two clauses to compare."""
    if several.wanted is Wanted.COMPARISON:
        pair = _pair(several) if several.pairs else tuple(told_clauses(tracker)[-2:])
        return _tell_comparison(dispatcher, tracker, pair, several.which_is_better) if len(pair) == 2 else None
    if several.wanted is Wanted.ACTIONS:
        return _tell_actions(dispatcher, tracker)
    if several.overview is not None:
        clauses = [clause for name in several.overview.keys if (clause := clause_of(name)) is not None]
        if len(clauses) == 1:
            return tell_answer(dispatcher, tracker, resources().knowledge.answerer.about(clauses[0], None))
        lead = {"response": "utter_overview", "about": several.overview.about}
        return _tell_lines(dispatcher, tracker, lead, clauses, several.overview.says) if clauses else None
    told = told_clauses(tracker)
    if several.wanted is Wanted.MOST_IMPORTANT:
        return _tell_most_important(dispatcher, tracker, told, several.most)
    if not told:
        dispatcher.utter_message(response="utter_nothing_told")
        return []
    if several.wanted is Wanted.TOLD_FITTING:
        facts = known_facts(tracker)
        fitting = [clause for clause in told if fits(key(clause), facts)] if facts.known() else []
        result = "fitting" if fitting else "fitting_none" if facts.known() else "person_unknown"
        return _tell_lines(dispatcher, tracker, {"response": f"utter_told_{result}"}, fitting or told)
    return _tell_lines(dispatcher, tracker, {"response": "utter_told"}, told)


def told_clauses(tracker: Tracker) -> list[Clause]:
    """The clauses that were told in this talk, as far as it still has them, each once and the one told last at the end.

    What was only nearest to a question, or offered, was not told.
    """
    marks = [mark_of(event) for event in tracker.events if event["event"] == "bot"]
    names = [
        f"{document}/{clause}"
        for mark in marks
        if mark.status is Status.ANSWERED
        for document, clause in mark.citations
    ]
    last_first = list(dict.fromkeys(reversed(names)))
    return [clause for name in reversed(last_first) if (clause := clause_of(name)) is not None]


def known_facts(tracker: Tracker) -> NavigatorFacts:
    """What the person told of themselves: in forms, and beside them in this talk."""
    values: dict[str, str] = {}
    now = utterance_of(tracker)
    turns = [str(event.get("text") or "") for event in tracker.events if event["event"] == "user"]
    for stated in (now.reading_of(text).stated for text in turns):
        if stated.normal and not stated.normal.startswith("/"):
            facts = facts_in(stated)
            values |= {
                slot: fact.value for slot, fact in facts.items() if fact.value is not None and is_sure(slot, fact)
            }
    for kept in (*(tracker.get_slot("paused") or ()), tracker.get_slot("form")):
        state = FormState.from_slot(kept)
        values |= state.values if state is not None else {}
    return navigator_facts({slot: value for slot, value in values.items() if slot in NAVIGATOR_SLOTS})


def _pair(several: Several) -> tuple[Clause, ...]:
    """The two clauses that are plainly meant, () where one of them is not or both are the same."""
    for first, second in several.pairs:
        found = [clause for part in (first, second) if (clause := _plainly_named(part)) is not None]
        if len(found) == 2 and found[0] != found[1]:
            return tuple(found)
    return ()


def _plainly_named(part: str) -> Clause | None:
    """The clause whose title alone has `part`, else the one that answers it beyond doubt."""
    knowledge = resources().knowledge
    titled = [clause for clause in knowledge.library.clauses if part in clause.title]
    if len(titled) == 1:
        return titled[0]
    answer = knowledge.answerer.answer(part, resources().today())
    plainly = answer.outcome is Outcome.ANSWERED and not answer.is_doubtful
    return answer.clauses[0] if plainly else None


def _tell_comparison(
    dispatcher: CollectingDispatcher, tracker: Tracker, pair: Sequence[Clause], which_is_better: bool
) -> Events:
    first, second = pair
    told = replace(citing(ANSWERED, *pair), choices_told=True)
    for clause, mark in zip(pair, (told.to_json(), None), strict=True):
        dispatcher.utter_message(
            response="utter_comparison_measure",
            title=clause.title,
            statement=measure_statement(clause),
            place=clause.place or clause.id,
            **({"json_message": mark} if mark else {}),
        )
    for each in differences(first, second):
        same = "_same" if each.of == "departments" and each.first == each.second else ""
        dispatcher.utter_message(
            response=f"utter_comparison_{each.of}{same}",
            first=_name(first),
            second=_name(second),
            first_value=each.first,
            second_value=each.second,
        )
    if which_is_better:
        facts = known_facts(tracker)
        fitting = [clause for clause in pair if fits(key(clause), facts)] if facts.known() else []
        one = "one_fits" if len(fitting) == 1 else "not_ranked"
        dispatcher.utter_message(response=f"utter_comparison_{one}", title=fitting[0].title if fitting else "")
    dispatcher.utter_message(response="utter_comparison_choose", buttons=[button(clause) for clause in pair])
    return _tell_where(dispatcher, tracker, first)


def _name(clause: Clause) -> str:
    """What stands before the colon of the clause's title, which is the measure's name."""
    return clause.title.partition("：")[0]


def _tell_most_important(
    dispatcher: CollectingDispatcher, tracker: Tracker, told: Sequence[Clause], most: int
) -> Events:
    """What fits the person of what was told, else of the plan; what was told last where nothing is known of them."""
    facts = known_facts(tracker)
    fitting = (
        [clause for each in navigate(facts) if (clause := clause_of(each.key)) is not None] if facts.known() else []
    )
    of_told = [clause for clause in told if fits(key(clause), facts)] if facts.known() else list(reversed(told))
    clauses = (of_told if len(of_told) >= most else [*of_told, *(each for each in fitting if each not in of_told)])[
        :most
    ]
    if not clauses:
        dispatcher.utter_message(response="utter_nothing_told")
        return []
    lead = "utter_most_important_fitting" if facts.known() else "utter_most_important"
    return _tell_lines(dispatcher, tracker, {"response": lead}, clauses)


def _tell_lines(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    lead: dict[str, str],
    clauses: Sequence[Clause],
    says: Sequence[str] = (),
) -> Events:
    """`lead`, then a line for each of the last six of `clauses`, and how to go on."""
    clauses = clauses[-_MOST_LINES:]
    cited = replace(citing(ANSWERED, *clauses), choices_told=True)
    dispatcher.utter_message(**lead, count=str(len(clauses)), json_message=cited.to_json())
    for number, clause in enumerate(clauses, 1):
        dispatcher.utter_message(
            response="utter_several_line",
            number=str(number),
            statement=short_statement(clause, says),
            place=clause.place or clause.id,
        )
    dispatcher.utter_message(response="utter_several_choose", buttons=[button(clause) for clause in clauses])
    return _tell_where(dispatcher, tracker, clauses[0])


def _tell_actions(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """The parts of the document last spoken of, else of the newest at hand, by their headings, with the first clause
    of each."""
    library, told = resources().knowledge.library, clause_of(tracker.get_slot("clause"))
    document = library.document(told.document) if told else library.documents[0]
    first_of: dict[str, Clause] = {}
    for clause in document.clauses:
        if len(clause.headings) > 1:
            first_of.setdefault(clause.headings[-1], clause)
    cited = replace(citing(ANSWERED, *first_of.values()), choices_told=True)
    dispatcher.utter_message(
        response="utter_overview_actions",
        count=str(len(first_of)),
        json_message=cited.to_json(),
        **document_values(document),
    )
    for number, (heading, clause) in enumerate(first_of.items(), 1):
        dispatcher.utter_message(
            response="utter_several_line",
            number=str(number),
            statement=heading,
            place=clause.place.rstrip("0123456789"),
        )
    buttons = [{**button(clause), "title": heading} for heading, clause in first_of.items()]
    dispatcher.utter_message(response="utter_several_choose", buttons=buttons)
    return _tell_where(dispatcher, tracker, next(iter(first_of.values())))


def _tell_where(dispatcher: CollectingDispatcher, tracker: Tracker, clause: Clause) -> Events:
    document = resources().knowledge.library.document(clause.document)
    dispatcher.utter_message(response="utter_navigator_source", **document_values(document))
    return [
        SlotSet("clause", key(clause)),
        SlotSet("failures", 0.0),
        SlotSet("offered", False),
        *tell_newer_plan(dispatcher, tracker, clause),
    ]
