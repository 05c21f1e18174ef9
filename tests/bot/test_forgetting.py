"""Whoever asks for it, of a forgotten person nothing is left anywhere, and of the others everything."""

from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.conversation import Conversation
from bot.engine.agent import Said, Talk
from bot.engine.conversation_rows import ConversationRows
from bot.forgetting import Forgetting
from bot.messages import Reply, Turn
from dialogue.mark import Mark, Status
from knowledge.library.documents import Library
from registry.registrations.receipts import Receipt
from registry.registrations.registrations import Registrations
from registry.store.audit import Audit
from registry.tables.all import PersonRequestRow
from registry.talk.person_requests import PersonRequests
from registry.talk.transcripts import Transcripts
from tests.bot.cli.commands import CommandLine, Records
from tests.registry.people import register
from tests.traces import Traces

_EVERYWHERE = {
    *("registrations", "consents", "cases", "milestones", "case_notes", "calls", "telegram_notices"),
    *("transcript_turns", "person_requests", "staff_messages", "resume_codes", "telegram_messages", "telegram_chats"),
    *("conversations", "recordings"),
}
_OF_A_REGISTRATION = {
    *("registrations", "consents", "cases", "milestones", "case_notes", "calls", "telegram_notices"),
}


@pytest.fixture
def traces(records: Records) -> Traces:
    return Traces(records.database, records.cipher, records.var)


@pytest.fixture
def forgetting(records: Records) -> Iterator[Forgetting]:
    rows = ConversationRows(records.var / "conversations.db", records.cipher)
    yield Forgetting(records.database, records.cipher, rows, records.var / "audio")
    rows.close()


class SaysForget:
    """An engine that says a receipt to every turn, as the actions do once somebody said yes."""

    def __init__(self, receipt: Callable[[], Receipt]) -> None:
        self._receipt = receipt

    async def handle(self, sender: str, *_: object) -> list[Said]:
        return [Said("删好了", "删好了", mark=Mark(Status.COMMAND, forget=self._receipt().to_json()))]

    async def open(self, sender: str) -> Talk:
        return Talk()

    async def forget(self, sender: str) -> None:
        """What there is to forget is in the rows of the test."""


def conversation_with(records: Records, forgetting: Forgetting, receipt: Callable[[], Receipt]) -> Conversation:
    transcripts = Transcripts(records.database, records.cipher)
    # The request of a person who is talked with by staff would keep the engine silent.
    persons = NobodyTakesOver(records.database, records.cipher, transcripts)
    return Conversation(SaysForget(receipt), lambda: Library(()), transcripts, persons, forgetting)  # type: ignore[arg-type]


class NobodyTakesOver(PersonRequests):
    """No person of staff answers."""

    def in_hand(self, sender: str) -> bool:
        return False


def test_a_person_leaves_something_everywhere(traces: Traces) -> None:
    traces.leave(1)

    assert set(traces.of(1)) == _EVERYWHERE
    assert traces.of(2) == []


async def test_who_deletes_a_registration_by_talking_is_nowhere_any_more(
    records: Records, forgetting: Forgetting, traces: Traces
) -> None:
    number = traces.leave(1)
    traces.leave(2)
    conversation = conversation_with(records, forgetting, lambda: records.registrations.delete(number, "self"))
    reply = await conversation.handle(Turn(traces.sender(1), "是"))

    assert (texts(reply), traces.of(1), set(traces.of(2))) == (["删好了"], [], _EVERYWHERE)


async def test_who_deletes_from_another_conversation_is_forgotten_in_both(
    records: Records, forgetting: Forgetting, traces: Traces
) -> None:
    number = traces.leave(1)
    traces.talk(2)
    conversation = conversation_with(records, forgetting, lambda: records.registrations.delete(number, "self"))
    await conversation.handle(Turn(traces.sender(2), "是"))

    assert (traces.of(1), traces.of(2)) == ([], [])


async def test_who_never_registered_has_the_talk_deleted_everywhere(
    records: Records, forgetting: Forgetting, traces: Traces
) -> None:
    traces.talk(1)
    traces.leave(2)
    now = datetime(2025, 3, 1, tzinfo=timezone.utc)
    await conversation_with(records, forgetting, lambda: Receipt(None, now)).handle(Turn(traces.sender(1), "是"))

    assert (traces.of(1), set(traces.of(2))) == ([], _EVERYWHERE)


async def test_the_door_of_telegram_forgets_the_talk_and_keeps_what_is_registered(
    records: Records, forgetting: Forgetting, traces: Traces
) -> None:
    traces.leave(1)
    traces.leave(2)
    conversation = conversation_with(records, forgetting, lambda: Receipt(None, datetime.now(timezone.utc)))
    await conversation.forget(traces.sender(1))

    assert (set(traces.of(1)), set(traces.of(2))) == (_OF_A_REGISTRATION, _EVERYWHERE)


@pytest.mark.parametrize(
    ("reason", "left"), [("asked", []), ("failed", []), ("danger", ["person_requests"])], ids=lambda each: str(each)
)
async def test_who_has_finished_is_forgotten_and_staff_still_know_of_a_danger(
    records: Records, forgetting: Forgetting, traces: Traces, reason: str, left: list[str]
) -> None:
    traces.talk(1)
    with records.database.writing() as session:
        session.execute(update(PersonRequestRow).values(reason=reason))
    conversation = conversation_with(records, forgetting, lambda: Receipt(None, datetime.now(timezone.utc)))
    await conversation.end(traces.sender(1))

    assert traces.of(1) == left
    assert records.noted()[-1][1] == "end_talk"


async def test_who_has_everything_deleted_takes_even_an_urgent_request_along(
    records: Records, forgetting: Forgetting, traces: Traces
) -> None:
    traces.talk(1)
    with records.database.writing() as session:
        session.execute(update(PersonRequestRow).values(reason="danger"))
    forgetting.forget_person(forgetting.receipt(traces.sender(1).key))

    assert traces.of(1) == []


def test_the_command_line_forgets_in_every_place(zhuyetong: CommandLine, records: Records, traces: Traces) -> None:
    number = traces.leave(1)
    traces.leave(2)
    ran = zhuyetong("registrations", "delete", number, "--yes")

    assert (ran.status, traces.of(1), set(traces.of(2))) == (0, [], _EVERYWHERE)
    assert [line.split() for line in ran.out if "recordings" in line] == [["1", "recordings"]]


@pytest.mark.parametrize("by", ["number", "talk"])
def test_a_restore_forgets_again_whoever_was_forgotten_since(
    zhuyetong: CommandLine, records: Records, forgetting: Forgetting, traces: Traces, tmp_path: Path, by: str
) -> None:
    number = traces.leave(1)
    traces.leave(2)
    traces.talk(3)
    zhuyetong("backup", str(tmp_path / "backup.zyt"))
    if by == "number":
        zhuyetong("registrations", "delete", number, "--yes")
    else:
        forgetting.forget_person(forgetting.receipt(traces.sender(3).key))
    # A recording is in no backup, and would be left where the file system was put back as a whole.
    traces.remember(1)
    traces.remember(3)
    ran = zhuyetong("restore", str(tmp_path / "backup.zyt"), "--force")

    assert ran.out[1] == "     1  deleted or withdrawn since then, and so again now", ran.error
    assert traces.of(1 if by == "number" else 3) == []
    assert set(traces.of(2)) == _EVERYWHERE


def test_who_registered_after_the_backup_leaves_not_even_the_talk_before_it(
    zhuyetong: CommandLine, records: Records, traces: Traces, tmp_path: Path
) -> None:
    traces.talk(1)
    zhuyetong("backup", str(tmp_path / "backup.zyt"))
    number = register(Registrations(records.database, records.cipher))
    zhuyetong("registrations", "delete", number, "--yes")
    zhuyetong("restore", str(tmp_path / "backup.zyt"), "--force")

    assert traces.of(1) == []


def test_the_audit_says_that_a_talk_was_forgotten_and_not_whose(
    records: Records, forgetting: Forgetting, traces: Traces
) -> None:
    traces.talk(1)
    forgetting.forget_person(forgetting.receipt(traces.sender(1).key))
    (actor, action, subject, detail) = records.noted()[-1]

    assert (actor, action, subject, len(str(detail["senders"]))) == ("self", "forget_talk", None, 16)
    assert str(detail["senders"]) not in records.cipher.index(traces.sender(1).key)
    assert Audit(records.database, records.cipher).verify() == []


def texts(reply: Reply) -> list[str]:
    return [message.text for message in reply.messages]
