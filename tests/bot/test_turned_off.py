"""While staff turned answers off, people read the notice; registrations, commands and people go on."""

from typing import Any

import pytest

from bot.conversation import Conversation
from bot.engine.agent import Said, Talk
from bot.messages import Reply, Turn
from bot.senders import WEB, Sender
from dialogue.mark import Mark, Status
from registry.errors import RegistryError

NOTICE = "正在更新，请打12385。"


class FakeEngine:
    """Says one sentence with the status that the text of the turn names."""

    async def open(self, sender: str) -> Talk:
        return Talk()

    async def handle(self, sender: str, text: str, channel: str, about: dict[str, Any], turn: str | None) -> list[Said]:
        return [Said("政策答案", "政策答案", mark=Mark(Status(text)))]


class FakeTranscripts:
    def note(self, sender: str, said: str, heard: str) -> None:
        """Keeps nothing."""


class NobodyTakesOver:
    def in_hand(self, sender: str) -> bool:
        return False


class Counted:
    """Remembers what was counted."""

    def __init__(self) -> None:
        self.turns: list[tuple[str, str, str]] = []

    def __call__(self, sender: str, door: str, status: str, seconds: float) -> None:
        self.turns.append((sender, door, status))


async def says(status: Status, notice: str = NOTICE, counted: Counted | None = None) -> Reply:
    conversation = Conversation(
        FakeEngine(),  # type: ignore[arg-type]
        lambda: None,  # type: ignore[arg-type, return-value]
        FakeTranscripts(),  # type: ignore[arg-type]
        NobodyTakesOver(),  # type: ignore[arg-type]
        pause=lambda: notice,
        count=counted,
    )
    return await conversation.handle(Turn(Sender(WEB, "1"), status.value))


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.CLARIFY, Status.NOT_COVERED])
async def test_an_answer_gives_way_to_the_notice(status: Status) -> None:
    reply = await says(status)

    assert ([each.text for each in reply.messages], reply.status) == ([NOTICE], Status.CHAT)
    assert reply.messages[0].speech


@pytest.mark.parametrize("status", [Status.FORM, Status.COMMAND, Status.HANDOFF, Status.CHAT])
async def test_everything_else_goes_on(status: Status) -> None:
    assert [each.text for each in (await says(status)).messages] == ["政策答案"]


async def test_answers_that_are_on_are_given() -> None:
    assert [each.text for each in (await says(Status.ANSWERED, "")).messages] == ["政策答案"]


async def test_answers_stay_on_where_nobody_knows() -> None:
    def broken() -> str:
        raise RegistryError("the database is gone")

    conversation = Conversation(
        FakeEngine(),  # type: ignore[arg-type]
        lambda: None,  # type: ignore[arg-type, return-value]
        FakeTranscripts(),  # type: ignore[arg-type]
        NobodyTakesOver(),  # type: ignore[arg-type]
        pause=broken,
    )
    assert (await conversation.handle(Turn(Sender(WEB, "1"), "answered"))).messages[0].text == "政策答案"


async def test_every_turn_is_counted() -> None:
    counted = Counted()
    await says(Status.FORM, counted=counted)

    assert counted.turns == [("web-1", "web", "form")]
