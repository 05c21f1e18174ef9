"""Whoever may be in danger is seen by all of staff, wherever they are in the console, until somebody has them."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from bot.console.context import ConsoleContext
from tests.bot.console.conftest import ROLES, Clock
from tests.bot.console.visitors import PASSWORD, Visitor, csrf, text_of

BAR = "有 1 人可能有危险，请马上去看"
PAGES = ("/", "/assist", "/live", "/cases", "/unanswered", "/documents", "/figures", "/me", "/cases/12345678")


@pytest.fixture
def asked(desk: ConsoleContext) -> int:
    """The number of a request that can wait."""
    return desk.records.persons.ask("web-1", "web", "asked", {})


@pytest.fixture
def urgent(desk: ConsoleContext, asked: int) -> int:
    """The number of a later one that cannot."""
    desk.records.transcripts.note("web-2", "我不想活了", "我在听。")
    return desk.records.persons.ask("web-2", "web", "urgent", {"姓名": "王大锤"})


def bar_of(text: str) -> str:
    """The tag that the red bar begins with."""
    found = text.index('<div id="urgent"')
    return text[found : text.index(">", found)]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_that_somebody_may_be_in_danger(agent: Visitor, urgent: int, path: str) -> None:
    page = agent.open(path)

    assert "hidden" not in bar_of(page.text)
    assert page.text.count('id="urgent"') == 1
    assert f'<a href="/console/live/{urgent}">' in page.text
    assert BAR in text_of(page)
    assert "<title>(2) " in page.text
    assert "在线会话 2 人在等" in text_of(page)


def test_without_danger_no_page_says_so(agent: Visitor, asked: int) -> None:
    page = agent.open("/cases")

    assert "hidden" in bar_of(page.text)
    assert "<title>(1) " in page.text
    assert "在线会话 1 人在等" in text_of(page)


def test_where_nobody_waits_the_title_is_the_title(agent: Visitor) -> None:
    assert "<title>首页" in agent.open("/").text


@pytest.mark.parametrize("role", ROLES)
def test_what_a_page_asks_for_tells_everybody_numbers_and_nothing_else(
    visitor: Callable[[str], Visitor], desk: ConsoleContext, asked: int, urgent: int, role: str
) -> None:
    browser = visitor(role)
    before = desk.records.audit.head()

    assert browser.open("/live/waiting").json() == {"count": 2, "urgent": [urgent]}
    assert desk.records.audit.head() == before


def test_who_has_not_signed_in_is_not_told_who_waits(visitor: Callable[[str], Visitor], urgent: int) -> None:
    answer = visitor("").open("/live/waiting")

    assert (answer.status_code, answer.content) == (401, b"")


def test_a_page_that_asks_who_waits_keeps_no_session_open(agent: Visitor, clock: Clock, urgent: int) -> None:
    for _ in range(2):
        clock.pass_by(minutes=8)
        assert agent.open("/live/waiting").status_code == 200

    assert agent.open("/").headers["location"] == "/console/locked"


def test_a_locked_page_still_says_that_somebody_may_be_in_danger(agent: Visitor, clock: Clock, urgent: int) -> None:
    clock.pass_by(minutes=16)
    page = agent.open("/locked")

    assert agent.open("/live/waiting").json()["urgent"] == [urgent]
    assert BAR in text_of(page)
    assert "王大锤" not in page.text
    assert agent.open(f"/live/{urgent}").headers["location"] == "/console/locked?next=live"
    agent.browser.post("/console/locked", data={"csrf": csrf(page), "password": PASSWORD})
    assert agent.open("/").status_code == 200


def test_the_alarm_stays_with_whoever_took_it_and_ends_as_they_hand_it_back(
    agent: Visitor, supervisor: Visitor, desk: ConsoleContext, urgent: int
) -> None:
    def told(browser: Visitor) -> object:
        return browser.open("/live/waiting").json()["urgent"]

    desk.records.persons.take(urgent, "limin")
    assert (told(agent), told(supervisor)) == ([urgent], [])
    desk.records.persons.hand_back(urgent, "limin")
    assert (told(agent), told(supervisor)) == ([], [])


def test_the_page_of_the_request_says_it_in_its_own_place(agent: Visitor, urgent: int) -> None:
    page = agent.open(f"/live/{urgent}")

    assert "hidden" in bar_of(page.text)
    assert 'class="badge urgent"' in page.text
    assert "可能有危险" in text_of(page)


def test_the_queue_begins_with_whoever_may_be_in_danger(agent: Visitor, asked: int, urgent: int) -> None:
    rows = agent.open("/live/queue").text

    assert rows.index(f'data-number="{urgent}"') < rows.index(f'data-number="{asked}"')
    assert f'<tr class="urgent" data-number="{urgent}"' in rows
    assert rows.count('class="badge urgent"><svg') == 1


def test_the_first_page_has_them_before_all_that_can_wait(agent: Visitor, asked: int, urgent: int) -> None:
    page = text_of(agent.open("/"))

    assert page.index("1 人可能有危险，请马上去看 2 人在等人工") < page.index("项已逾期")


def test_who_waits_is_found_without_reading_what_was_said(desk: ConsoleContext, urgent: int) -> None:
    asked_of: list[str] = []
    event.listen(desk.records.database.engine, "before_cursor_execute", lambda *about: asked_of.append(about[2]))
    desk.records.persons.waiting()

    assert not any("transcript" in each or "known" in each for each in asked_of)
