"""A call is kept as it goes on, so that a closed browser loses nothing of it."""

import pytest

from registry.errors import CallError
from registry.questions.clause_uses import ClauseUses
from registry.registrations.registrations import Consent, Registrations
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.calls import LONGEST_NOTES, CallOutcome, Calls
from tests.registry.conftest import Clock
from tests.registry.people import DACHUI


@pytest.fixture
def calls(database: Database, cipher: Cipher, clock: Clock) -> Calls:
    return Calls(database, cipher, clock)


def test_a_call_goes_on_until_it_is_ended(calls: Calls) -> None:
    call = calls.current("小周")
    calls.opened(call.id, "jiangxi-2022-2024/2.5.5", "小周")
    calls.opened(call.id, "jiangxi-2022-2024/2.3.4", "小周")
    calls.opened(call.id, "jiangxi-2022-2024/2.5.5", "小周")
    calls.note(call.id, "想开小卖部", "小周")
    same = calls.current("小周")
    calls.end(call.id, CallOutcome.ANSWERED, "小周")

    assert (same.id, same.notes, same.outcome) == (call.id, "想开小卖部", None)
    assert same.clauses == ["jiangxi-2022-2024/2.5.5", "jiangxi-2022-2024/2.3.4"]
    assert calls.current("小周").id != call.id
    assert [(each.id, each.outcome) for each in calls.of("小周")] == [(call.id, CallOutcome.ANSWERED)]


def test_everybody_has_calls_of_their_own(calls: Calls) -> None:
    call = calls.current("小周")

    assert calls.current("李敏").id != call.id
    with pytest.raises(CallError, match="李敏 has none of this number"):
        calls.note(call.id, "x", "李敏")
    with pytest.raises(CallError):
        calls.show(10**30, "小周")


def test_endless_notes_are_refused(calls: Calls) -> None:
    call = calls.current("小周")

    with pytest.raises(CallError, match="at most 4000"):
        calls.note(call.id, "长" * (LONGEST_NOTES + 1), "小周")


def test_staff_register_a_caller_and_the_consents_say_who_read_them_out(
    calls: Calls, database: Database, cipher: Cipher
) -> None:
    registrations = Registrations(database, cipher)
    consents = [Consent(purpose, "2026-11-25", True, "staff", "小周") for purpose in ("general", "disability")]
    number = registrations.register("call-1", "staff", DACHUI, consents, "call-1", "staff", actor="小周")
    calls.registered(calls.current("小周").id, number, "小周")

    found = registrations.show(number, "李敏")
    assert (found.door, found.by, list(found.consents)) == ("staff", "staff", consents)
    assert [each.actor for each in Audit(database, cipher).entries(number)][:2] == ["小周", "小周"]
    assert calls.current("小周").number == number


def test_deleting_a_registration_deletes_its_call(calls: Calls, database: Database, cipher: Cipher) -> None:
    registrations = Registrations(database, cipher)
    consents = [Consent("general", "1", True), Consent("disability", "1", True)]
    number = registrations.register("call-1", "staff", DACHUI, consents, "call-1", "staff", actor="小周")
    call = calls.current("小周").id
    calls.note(call, "王大锤", "小周")
    calls.registered(call, number, "小周")
    registrations.delete(number, "小周")

    with pytest.raises(CallError):
        calls.show(call, "小周")


def test_topics_are_counted_by_clause_and_by_nobody(database: Database, clock: Clock) -> None:
    uses = ClauseUses(database, clock)
    for clause in ("2.5.5", "2.3.4", "2.5.5", "2.1.1"):
        uses.note("jiangxi-2022-2024", clause)

    assert [clause for _, clause in uses.recent(9)] == ["2.1.1", "2.5.5", "2.3.4"]
    assert [clause for _, clause in uses.frequent(1)] == ["2.5.5"]
