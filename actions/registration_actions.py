"""Records a registration, and tells, changes or deletes it for whoever has its number and telephone."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from math import ceil
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.resources import resources
from actions.telling import ANSWERED, citing, clause_of
from dialogue.display import display_value, group_digits
from dialogue.journeys.my_data import stopped
from dialogue.journeys.register import CONSENTS
from dialogue.journeys.register_store import store
from dialogue.mark import Mark, Status
from dialogue.read_back import by_digits, spoken_summary, summary
from dialogue.state import FormState
from knowledge.facts.annotated_examples import slots
from knowledge.language.writing import LIST, written_date
from knowledge.places.counties import city_of, counties
from knowledge.rules.clauses import cited
from registry.clock import day_of
from registry.errors import LookUpRefused, RegistrationError, RegistrationNotFound, RegistryError
from registry.records import Records
from registry.registrations.receipts import Receipt
from registry.registrations.registrations import Registration

logger = logging.getLogger(__name__)

Events = list[dict[str, Any]]
COMMAND = Mark(Status.COMMAND)
_BY = {"family": "family", "staff_for": "staff"}
_SELF = "self"
_ASK_AGAIN = ("case_number", "phone")


def finish(dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState) -> tuple[Events, FormState | None]:
    """Does what the journey is for. Gives the form to keep: open again where it could not be done, None where nothing
    of it is left to keep."""
    records = resources().records
    if records is None:
        dispatcher.utter_message(response="utter_no_records", json_message=COMMAND.to_json())
        return [], None
    if stopped(state.values, state.values):
        dispatcher.utter_message(response="utter_nothing_changed", json_message=COMMAND.to_json())
        return [], None
    try:
        return _ENDINGS[state.journey](dispatcher, tracker, state, records)
    except RegistrationNotFound:
        dispatcher.utter_message(response="utter_registration_not_found", json_message=COMMAND.to_json())
        again = replace(state, tries=state.tries + 1)
        # A yes was to what these two open, and to nothing else.
        for slot in (*_ASK_AGAIN, *(each for each in state.values if each.startswith("confirm"))):
            again = again.without(slot)
        return [], again
    except LookUpRefused as refused:
        minutes = max(1, ceil((refused.until - resources().now()).total_seconds() / 60))
        dispatcher.utter_message(
            response="utter_registration_wait", minutes=str(minutes), json_message=COMMAND.to_json()
        )
        return [], None
    except RegistrationError as error:
        # Its text names the field and never what was said.
        logger.warning("a registration was refused: %s", error)
        dispatcher.utter_message(response="utter_registration_refused", json_message=COMMAND.to_json())
        return [], None
    except RegistryError:
        logger.exception("the records cannot be reached")
        dispatcher.utter_message(response="utter_records_fail", json_message=COMMAND.to_json())
        last = next((slot for slot in reversed(list(state.values)) if slot.startswith("confirm")), "phone")
        return [], state.without(last)


def _register(
    dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, records: Records
) -> tuple[Events, FormState | None]:
    if state.values.get(CONSENTS[0]) == "no":
        dispatcher.utter_message(response="utter_consent_refused", json_message=COMMAND.to_json())
        return [], None
    number = store(
        records.registrations,
        tracker.sender_id,
        tracker.get_latest_input_channel() or "",
        state.values,
        state.id,
        _BY.get(state.values.get("registrant", ""), _SELF),
    )
    entitled = cited("registration")
    clauses = [clause for name in entitled if (clause := clause_of(name)) is not None]
    dispatcher.utter_message(
        response="utter_registered",
        number=group_digits(number),
        digits=by_digits(number),
        json_message=replace(citing(ANSWERED, *clauses), private=True).to_json(),
    )
    # Whoever sits at this device next must not find what opens the registration.
    return [SlotSet("clause", entitled[0])], FormState(state.journey, done=True)


def _look_up(
    dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, records: Records
) -> tuple[Events, FormState | None]:
    found = _found(tracker, state, records)
    case = records.cases.show(found.number, _SELF)
    titles = slots()["milestone"].values
    done = [titles[each.name] for each in case.milestones if each.done]
    to_come = [titles[each.name] for each in case.milestones if not each.done]
    dispatcher.utter_message(
        response="utter_case_state",
        number=group_digits(found.number),
        digits=by_digits(found.number),
        on=written_date(day_of(found.registered_at)),
        state=display_value(found.state.value, "case_state"),
        done=LIST.join(done),
        json_message=replace(COMMAND, private=True).to_json(),
    )
    if to_come:
        dispatcher.utter_message(response="utter_case_to_come", to_come=LIST.join(to_come))
    if case.next_on is not None:
        dispatcher.utter_message(response="utter_case_next", on=written_date(case.next_on))
    return [], _done(state)


def _export(
    dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, records: Records
) -> tuple[Events, FormState | None]:
    found = _found(tracker, state, records)
    dispatcher.utter_message(
        response="utter_my_data",
        number=group_digits(found.number),
        digits=by_digits(found.number),
        summary=summary(found.fields),
        spoken=spoken_summary(found.fields),
        json_message=replace(COMMAND, private=True).to_json(),
    )
    return [], _done(state)


def _change(
    dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, records: Records
) -> tuple[Events, FormState | None]:
    found, field, value = _found(tracker, state, records), state.values["change_field"], state.values["change_value"]
    for changed, to in _moved(found.fields, field, value, state.values.get("county")).items():
        records.registrations.change(found.number, changed, to, _SELF)
    dispatcher.utter_message(
        response="utter_data_changed",
        title=slots()[field].title,
        value=display_value(value, field),
        json_message=COMMAND.to_json(),
    )
    return [], _done(state)


def _moved(fields: Mapping[str, str], field: str, value: str, county: str | None) -> Mapping[str, str]:
    """What changes with `field`: a county of another city goes, or brings its city with it."""
    if field == "city":
        kept = county or (fields.get("county", "") if fields.get("county") in counties(value) else "")
        return {"city": value, "county": kept}
    if field == "county" and value in city_of():
        return {"city": city_of()[value], "county": value}
    return {field: value}


def _withdraw(
    dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, records: Records
) -> tuple[Events, FormState | None]:
    found, purpose = _found(tracker, state, records), state.values["purpose"]
    records.registrations.withdraw_consent(found.number, "general" if purpose == "general" else "disability", _SELF)
    dispatcher.utter_message(response=f"utter_withdrawn_{purpose}", json_message=COMMAND.to_json())
    return [], None


def _delete(
    dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, records: Records
) -> tuple[Events, FormState | None]:
    found = _found(tracker, state, records)
    receipt = records.registrations.delete(found.number, _SELF)
    dispatcher.utter_message(
        response="utter_deleted",
        number=group_digits(found.number),
        digits=by_digits(found.number),
        on=written_date(day_of(receipt.at)),
        count=str(sum(receipt.counts.values())),
        # The door forgets the conversations it was told in, this one too.
        json_message=replace(COMMAND, forget=receipt.to_json()).to_json(),
    )
    return [], None


def _forget_talk(
    dispatcher: CollectingDispatcher, tracker: Tracker, state: FormState, records: Records
) -> tuple[Events, FormState | None]:
    if "case_number" in state.values:
        return _delete(dispatcher, tracker, state, records)
    dispatcher.utter_message(response="utter_talk_forgotten", json_message=forgets_talk().to_json())
    return [], None


def forgets_talk() -> Mark:
    """The machine-readable part of a message after which the door forgets what was said in this conversation."""
    return replace(COMMAND, forget=Receipt(None, resources().now()).to_json())


def _found(tracker: Tracker, state: FormState, records: Records) -> Registration:
    return records.registrations.find(state.values["case_number"], state.values["phone"], tracker.sender_id)


def _done(state: FormState) -> FormState:
    whose: Mapping[str, str] = {slot: state.values[slot] for slot in ("case_number", "phone")}
    return FormState(state.journey, whose, done=True)


_Ending = Callable[[CollectingDispatcher, Tracker, FormState, Records], tuple[Events, FormState | None]]
_ENDINGS: dict[str, _Ending] = {
    "register": _register,
    "my_data": _look_up,
    "export_data": _export,
    "change_data": _change,
    "withdraw_data": _withdraw,
    "delete_data": _delete,
    "forget_talk": _forget_talk,
}
