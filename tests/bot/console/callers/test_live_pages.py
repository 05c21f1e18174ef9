"""A conversation is taken over, written to and handed back; nothing of it is lost, and two never talk at once."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from bot.app.service import build_messages
from bot.console.callers.live import lines
from bot.console.context import ConsoleContext
from bot.conversation import Conversation
from bot.messages import Turn
from bot.web.app import create_app
from dialogue.mark import Mark, Status
from registry.talk.transcripts import TranscriptTurn
from tests.bot.console.conftest import Clock
from tests.bot.console.visitors import Visitor, text_of
from tests.bot.speech.hearing_and_speaking import speech
from tests.bot.web.cookies import ME, callers, cookie_of

NASTY = "<script>alert('1')</script>\"><img src=x onerror=alert(1)>"


@pytest.fixture
def number(desk: ConsoleContext) -> int:
    """Of a request by somebody at the web page."""
    desk.records.transcripts.note("web-1", "我要找人工", "好的，请稍等")
    return desk.records.persons.ask("web-1", "web", "asked", {"城市": "南昌"})


def test_whoever_waits_is_in_the_queue(agent: Visitor, number: int) -> None:
    page = agent.open("/live")

    assert f'href="/console/live/{number}"' in page.text
    assert "我要找人工" not in page.text
    assert "等待接入" in text_of(page)
    assert "1 人在等人工" in text_of(agent.open("/"))


def test_one_conversation_shows_what_was_said_and_what_is_known_and_that_is_noted(
    agent: Visitor, desk: ConsoleContext, number: int
) -> None:
    page = text_of(agent.open(f"/live/{number}"))

    assert "我要找人工" in page
    assert "南昌" in page
    entries = [(each.actor, each.action, dict(each.detail)) for each in desk.records.audit.entries()]
    assert ("limin", "read_request", {"request": number}) in entries


def reads(desk: ConsoleContext, login: str) -> int:
    """How often the audit has that `login` read a talk."""
    return sum((each.actor, each.action) == (login, "read_request") for each in desk.records.audit.entries())


def test_a_page_that_looks_by_itself_is_noted_once_in_a_quarter_of_an_hour(
    agent: Visitor, supervisor: Visitor, desk: ConsoleContext, number: int, clock: Clock
) -> None:
    for _ in range(3):
        agent.open(f"/live/{number}/talk")
    supervisor.open(f"/live/{number}/talk")
    assert (reads(desk, "limin"), reads(desk, "wangfang")) == (1, 1)
    clock.pass_by(minutes=14)
    agent.open("/")
    agent.open(f"/live/{number}/talk")
    assert reads(desk, "limin") == 1
    clock.pass_by(minutes=2)
    agent.open(f"/live/{number}/talk")
    assert reads(desk, "limin") == 2
    agent.open(f"/live/{number}")
    assert reads(desk, "limin") == 3


@pytest.mark.parametrize("handed_back", [False, True])
def test_a_talk_of_somebody_else_is_read_with_a_reason_only(
    agent: Visitor, supervisor: Visitor, desk: ConsoleContext, number: int, handed_back: bool, clock: Clock
) -> None:
    desk.records.persons.take(number, "limin")
    if handed_back:
        desk.records.persons.hand_back(number, "limin")
    page, talk = f"/live/{number}", f"/live/{number}/talk"

    assert "我要找人工" not in supervisor.open(page).text
    assert supervisor.open(talk).status_code == 403
    for reason in ("", "x", "。。。。。。", "?? ?? ?? a"):
        assert supervisor.send(f"/live/{number}/open", page, reason=reason).status_code == 422
    assert supervisor.open(talk).status_code == 403
    assert reads(desk, "wangfang") == 0
    assert supervisor.send(f"/live/{number}/open", page, reason="核对投诉，电话13800000001").status_code == 303
    assert "我要找人工" in supervisor.open(page).text
    assert supervisor.open(talk).status_code == 200
    entries = [(each.actor, each.action, dict(each.detail)) for each in desk.records.audit.entries()]
    assert ("wangfang", "open_request", {"request": number, "reason": "核对投诉，电话＊"}) in entries
    assert reads(desk, "wangfang") == 1
    clock.pass_by(minutes=16)
    supervisor.browser.cookies.clear()
    supervisor.sign_in("wangfang")
    assert "我要找人工" not in supervisor.open(page).text
    agent.sign_in("limin")
    assert "我要找人工" in agent.open(page).text


def test_a_second_colleague_is_told_and_changes_nothing(
    agent: Visitor, supervisor: Visitor, desk: ConsoleContext, number: int
) -> None:
    first = agent.send(f"/live/{number}/take", on=f"/live/{number}")
    second = supervisor.send(f"/live/{number}/take", on=f"/live/{number}")
    wrote = supervisor.send(f"/live/{number}/write", on=f"/live/{number}", text="我也来")
    handed = supervisor.send(f"/live/{number}/hand-back", on=f"/live/{number}")

    assert first.status_code == 303
    assert [each.status_code for each in (second, wrote, handed)] == [409, 409, 409]
    assert "另一位同事" in text_of(second)
    assert "我也来" in wrote.text
    assert desk.records.persons.show(number).owner == "limin"
    assert desk.records.messages.of_request(number) == []


def test_what_is_not_sent_is_still_there(agent: Visitor, desk: ConsoleContext, number: int) -> None:
    agent.send(f"/live/{number}/take", on=f"/live/{number}")
    desk.records.persons.hand_back(number, "limin")
    late = agent.send(f"/live/{number}/write", on=f"/live/{number}", text="请再说一遍")
    empty = agent.send(f"/live/{number}/write", on=f"/live/{number}", text="  ")

    assert (late.status_code, empty.status_code) == (409, 422)
    assert "没有生效" in text_of(late)
    assert "请再说一遍" in text_of(late)


def test_a_closed_browser_loses_nothing(
    agent: Visitor, visitor: Callable[[str], Visitor], desk: ConsoleContext, number: int
) -> None:
    agent.send(f"/live/{number}/take", on=f"/live/{number}")
    agent.send(f"/live/{number}/write", on=f"/live/{number}", text="您好，我是李敏")
    agent.close()
    desk.records.transcripts.note("web-1", "我想问低保", "")
    page = text_of(visitor("agent").open(f"/live/{number}"))

    assert page.index("我要找人工") < page.index("您好，我是李敏")
    assert "我想问低保" in page
    assert "您在谈" in page
    assert "还没送到" in page


def test_the_parts_that_a_page_asks_for_by_itself(
    agent: Visitor, visitor: Callable[[str], Visitor], number: int
) -> None:
    assert "我要找人工" in agent.open(f"/live/{number}/talk").text
    assert agent.send("/live/99/open", reason="核对一次投诉").status_code == 404
    assert "<html" not in agent.open("/live/queue").text
    assert visitor("").open("/live/queue").status_code == 401
    assert visitor("").open(f"/live/{number}/talk").status_code == 401
    assert agent.open("/live/99/talk").status_code == 404


@pytest.mark.parametrize("told", ["99", "0", "x", "1" * 30])
def test_a_conversation_that_is_not_there_is_said(agent: Visitor, told: str) -> None:
    assert agent.open(f"/live/{told}").status_code == 404
    assert agent.send(f"/live/{told}/take").status_code == 409


def test_where_nobody_gets_what_is_written_that_is_said(agent: Visitor, desk: ConsoleContext) -> None:
    number = desk.records.persons.ask("terminal-1", "terminal", "asked", {})
    agent.send(f"/live/{number}/take", on="/live")

    assert "请改用电话联系" in text_of(agent.open(f"/live/{number}"))


def test_nothing_that_was_said_is_ever_markup(agent: Visitor, desk: ConsoleContext) -> None:
    desk.records.transcripts.note("web-2", NASTY, NASTY)
    number = desk.records.persons.ask("web-2", NASTY[:30], "asked", {NASTY: NASTY})
    agent.send(f"/live/{number}/take", on="/live")
    desk.records.messages.write(number, NASTY, "limin")

    for page in (agent.open("/live"), agent.open(f"/live/{number}"), agent.open(f"/live/{number}/talk")):
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text


def test_a_form_without_its_token_does_nothing(agent: Visitor, desk: ConsoleContext, number: int) -> None:
    for what in ("take", "write", "hand-back"):
        sent = agent.browser.post(f"/console/live/{number}/{what}", data={"csrf": "x", "text": "x"})
        assert sent.status_code == 403
    assert desk.records.persons.show(number).owner is None


@pytest.mark.parametrize("role", ["agent", "supervisor", "admin"])
def test_everybody_of_staff_talks(visitor: Callable[[str], Visitor], number: int, role: str) -> None:
    somebody = visitor(role)

    assert [somebody.open(path).status_code for path in ("/live", f"/live/{number}", "/live/queue")] == [200] * 3
    assert somebody.send(f"/live/{number}/take", on="/live").status_code == 303
    assert somebody.send(f"/live/{number}/write", on="/live", text="您好").status_code == 303
    assert somebody.send(f"/live/{number}/hand-back", on="/live").status_code == 303


def test_whoever_is_not_signed_in_is_sent_to_sign_in(visitor: Callable[[str], Visitor], number: int) -> None:
    nobody = visitor("")

    for path in ("/live", f"/live/{number}"):
        assert nobody.open(path).headers["location"] == "/console/sign-in?next=live"
    for what in ("take", "write", "hand-back"):
        assert nobody.browser.post(f"/console/live/{number}/{what}").headers["location"].startswith("/console/sign-in")


def test_what_was_said_at_once_stands_with_the_person_first(clock: Clock) -> None:
    told = lines([TranscriptTurn("甲", "乙", clock.now)], [])

    assert [(line.who, line.text) for line in told] == [("theirs", "甲"), ("ours", "乙")]


class SilentEngine:
    """Answers every turn with 好; only what the conversation needs of the engine."""

    async def open(self, sender: str) -> object:
        from bot.engine.agent import Talk

        return Talk()

    async def handle(self, sender: str, text: str, *about: object) -> list[object]:
        from bot.engine.agent import Said

        return [Said("好", "好", mark=Mark(Status.ANSWERED))]


async def test_a_conversation_from_the_page_to_staff_and_back(
    desk: ConsoleContext, agent: Visitor, number: int
) -> None:
    library = desk.base.current().library
    conversation = Conversation(SilentEngine(), lambda: library, desk.records.transcripts, desk.records.persons)  # type: ignore[arg-type]
    app = create_app(conversation, speech(), messages=build_messages(desk.records, callers()), callers=callers())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test", cookies=cookie_of()) as page:

        async def news(after: int = 0) -> Any:
            return (await page.get(f"/api/messages?after={after}&wait=0")).json()

        assert (await news())["state"] == "waiting"
        agent.send(f"/live/{number}/take", on=f"/live/{number}")
        silent = (await page.post("/api/chat", json={"text": "我吃低保，想摆摊"})).json()
        agent.send(f"/live/{number}/write", on=f"/live/{number}", text="可以的，\n我给您说说")
        (told,) = (await news())["messages"]
        after = await news(told["id"])
        seen = text_of(agent.open(f"/live/{number}"))
        agent.send(f"/live/{number}/hand-back", on=f"/live/{number}")
        answered = await conversation.handle(Turn(ME, "谢谢"))

    assert (silent["messages"], silent["status"]) == ([], "handoff")
    assert (told["by"], told["text"]) == ("李敏", "可以的，\n我给您说说")
    assert (after["messages"], after["state"]) == ([], "talking")
    assert "我吃低保，想摆摊" in seen
    assert "已送达" in seen
    assert answered.status is Status.ANSWERED
    assert desk.records.persons.waiting() == []
