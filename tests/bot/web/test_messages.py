"""What staff write reaches the page of whoever asked for a person, and nobody else's."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.senders import WEB, Sender
from tests.bot.web.cookies import ME
from tests.bot.web.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


async def test_a_page_is_told_how_far_its_request_is(office: Office) -> None:
    async with office.client() as client:
        changes: tuple[Callable[[], object], ...] = (
            lambda: None,
            lambda: office.persons.take(office.number, "limin"),
            lambda: office.persons.hand_back(office.number, "limin"),
        )
        states = []
        for change in changes:
            change()
            states.append((await client.get("/api/messages")).json()["state"])

    assert states == ["waiting", "talking", "none"]


async def test_a_message_comes_until_the_page_says_that_it_has_it(office: Office) -> None:
    office.persons.take(office.number, "limin")
    number = office.messages.write(office.number, "您好", "limin")
    async with office.client() as client:
        first = (await client.get("/api/messages")).json()
        again = (await client.get("/api/messages?after=0")).json()
        after = (await client.get(f"/api/messages?after={number}")).json()

    assert first["messages"] == again["messages"] == [{"id": number, "text": "您好", "by": "李敏"}]
    assert after["messages"] == []


async def test_others_get_nothing(office: Office) -> None:
    office.persons.take(office.number, "limin")
    office.messages.write(office.number, "您好", "limin")
    async with office.client(who=Sender(WEB, "2")) as client:
        assert (await client.get("/api/messages")).json() == {"messages": [], "state": "none"}


async def test_a_page_that_waits_is_answered_as_soon_as_there_is_something(office: Office) -> None:
    office.persons.take(office.number, "limin")
    async with office.client(wait=20) as client:
        waiting = asyncio.create_task(client.get("/api/messages"))
        await asyncio.sleep(0.2)
        office.messages.write(office.number, "您好", "limin")
        answer = await asyncio.wait_for(waiting, 5)

    assert [each["text"] for each in answer.json()["messages"]] == ["您好"]


@pytest.mark.parametrize("query", ["after=x", "after=-1", "after=12345678901"])
async def test_a_malformed_request_is_refused(office: Office, query: str) -> None:
    async with office.client() as client:
        assert (await client.get(f"/api/messages?{query}")).status_code == 422


async def test_no_address_names_whose_messages_they_are(office: Office) -> None:
    async with office.client(who=Sender(WEB, "2")) as client:
        for named in ("1", ME.key, "telegram-42"):
            assert (await client.get(f"/api/messages?sender={named}")).json()["state"] == "none"
