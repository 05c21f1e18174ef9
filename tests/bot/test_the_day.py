"""An answer, a page, a command and a file mean the same day: the one in China."""

import sqlite3
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.registration_actions import finish
from actions.resources import Resources, give, resources
from bot.engine.conversation_rows import TABLE, ConversationRows
from bot.printing import minute
from bot.telegram.notices import may_ring
from dialogue.state import FormState
from registry.questions.unanswered import UnansweredQuestions
from registry.records import Records as AllRecords
from tests.bot.cli.commands import CommandLine, Records
from tests.evening import DAY, EVENING, at_evening
from tests.registry.people import DACHUI, register

# answers -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def given(records: Records, monkeypatch: pytest.MonkeyPatch) -> AllRecords:
    """What the actions work with: records alone."""
    kept = AllRecords(records.database, records.cipher, at_evening)
    monkeypatch.setattr("actions.resources._given", [])
    give(Resources(*[None] * 8, records=kept))  # type: ignore[arg-type, misc]
    return kept


def said(journey: str, values: Mapping[str, str]) -> list[dict[str, Any]]:
    dispatcher = CollectingDispatcher()
    tracker = Tracker("web-1", {}, {}, [], False, None, {}, "action_listen")
    finish(dispatcher, tracker, FormState(journey, values))
    messages: list[dict[str, Any]] = dispatcher.messages
    return messages


@pytest.mark.usefixtures("evening")
def test_the_day_of_an_answer(given: AllRecords) -> None:
    assert resources().today() == DAY


@pytest.mark.parametrize("journey", ["my_data", "delete_data"])
def test_the_day_of_a_registration_and_of_its_end_is_told_as_it_was_in_china(given: AllRecords, journey: str) -> None:
    number = register(given.registrations)

    assert said(journey, {"case_number": number, "phone": DACHUI["phone"]})[0]["on"] == "2026年3月2日"


# commands ------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("evening")
def test_what_is_due_today_is_listed(zhuyetong: CommandLine, records: Records) -> None:
    number = records.register()
    records.cases.plan(number, DAY, "打电话", "李敏")

    assert zhuyetong("cases", "list", "--due").out == [f"2026-03-02  {number}  next action              -"]


@pytest.mark.usefixtures("evening")
def test_what_was_kept_long_enough_by_today_goes(zhuyetong: CommandLine, records: Records) -> None:
    asked = UnansweredQuestions(records.database, lambda: EVENING - timedelta(days=366))
    asked.note("有住房补贴吗", "")
    zhuyetong("retention")

    assert asked.most_asked() == []


@pytest.mark.usefixtures("evening")
def test_a_document_is_in_force_from_today(zhuyetong: CommandLine, tmp_path: Path) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_text("星河县残疾人联合会通知\n一、时间\n每年1月开展就业援助月活动。\n", encoding="utf-8")
    zhuyetong("documents", "add", str(notice), "--id", "xinghe", "--issued", "2026-02-01", "--from", "2026-03-02")

    assert zhuyetong("documents", "list").out[0] == "xinghe  in_force  2026-03-02 – …"


# what is kept and told -----------------------------------------------------------------------------------------------


def test_a_conversation_of_the_day_is_not_of_the_days_before(records: Records) -> None:
    file = records.var / "conversations.db"
    rows = ConversationRows(file, records.cipher)
    rows.write("web-1", "[]")
    with sqlite3.connect(file) as database:
        database.execute(f"UPDATE {TABLE} SET updated = ?", (f"{EVENING:%Y-%m-%d %H:%M:%S}",))

    assert [rows.forget_before(day, dry_run=True) for day in (DAY, DAY + timedelta(days=1))] == [0, 1]


def test_a_minute_is_printed_as_it_is_in_china() -> None:
    assert minute(EVENING) == "2026-03-02 01:00"


def test_nobody_is_woken_at_one_in_china() -> None:
    assert not may_ring(EVENING)
