"""A finished registration reaches the store under the key of its form, however often the turn is repeated."""

from dataclasses import replace

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import registration_actions
from actions.registration_actions import finish
from dialogue.state import FormState
from tests.dialogue.stand_ins import Registrations

FINISHED = FormState(
    "register",
    {"consent": "yes", "consent_disability": "no", "name": "陈建平", "phone": "13800138000", "city": "南昌"},
    id="9f86d081884c7d65",
)


class Records:
    """Nothing but registrations."""

    def __init__(self, registrations: Registrations) -> None:
        self.registrations = registrations


class Resources:
    """Nothing but where registrations go."""

    def __init__(self, registrations: Registrations) -> None:
        self.records = Records(registrations)


@pytest.fixture
def registrations(monkeypatch: pytest.MonkeyPatch) -> Registrations:
    kept = Registrations()
    monkeypatch.setattr(registration_actions, "resources", lambda: Resources(kept))
    monkeypatch.setattr(registration_actions, "clause_of", lambda _: None)
    return kept


def record(state: FormState) -> None:
    tracker = Tracker("web:a", {}, {}, [], False, None, {}, "action_form")
    _, left = finish(CollectingDispatcher(), tracker, state)
    assert left == FormState("register", done=True)


def keys(registrations: Registrations) -> list[str]:
    return [request for *_, request, _by, _rural, _actor in registrations.given]


def test_a_turn_repeated_after_a_crash_asks_with_the_same_key(registrations: Registrations) -> None:
    record(FINISHED)
    # What a tracker kept and gives back.
    again = FormState.from_slot(FINISHED.to_slot())
    assert again is not None
    record(again)
    assert keys(registrations) == [FINISHED.id, FINISHED.id]


def test_another_form_asks_with_a_key_of_its_own(registrations: Registrations) -> None:
    record(FINISHED)
    record(replace(FINISHED, id="3e23e8160039594a"))
    assert keys(registrations) == [FINISHED.id, "3e23e8160039594a"]


@pytest.mark.parametrize(("registrant", "by"), [("self", "self"), ("family", "family"), ("staff_for", "staff")])
def test_who_registers_is_kept(registrations: Registrations, registrant: str, by: str) -> None:
    record(replace(FINISHED, values={**FINISHED.values, "registrant": registrant}))
    assert registrations.given[0][5] == by


def test_nothing_is_stored_without_the_consent(registrations: Registrations) -> None:
    tracker = Tracker("web:a", {}, {}, [], False, None, {}, "action_form")
    assert finish(CollectingDispatcher(), tracker, replace(FINISHED, values={"consent": "no"})) == ([], None)
    assert registrations.given == []
