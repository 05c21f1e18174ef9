"""A question from a browser without JavaScript."""

from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from bs4 import BeautifulSoup

from bot.messages import Button, Citation, Message, Reply
from bot.web.app import create_app
from bot.web.plain import LARGEST_FORM
from dialogue.mark import Status
from tests.bot.speech.hearing_and_speaking import speech
from tests.bot.web.talking import FakeConversation

Page = Any
"""A BeautifulSoup; what is not on the page fails a test without being asked for one by one."""
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def fake() -> FakeConversation:
    return FakeConversation()


@pytest.fixture
def client(fake: FakeConversation) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(create_app(fake, speech())), base_url="http://test")  # type: ignore[arg-type]


async def post(client: httpx.AsyncClient, headers: dict[str, str] | None = None, **fields: str) -> Page:
    body = urlencode(fields)
    form = {"content-type": "application/x-www-form-urlencoded", **(headers or {})}
    return BeautifulSoup((await client.post("/", content=body, headers=form)).text, "html.parser")


async def test_a_question_is_answered_with_a_page(client: httpx.AsyncClient) -> None:
    page = await post(client, text="低保会停吗")

    said = [item.p.text for item in page.select(".log > li")]
    assert said == ["低保会停吗", "您说低保会停吗。"]
    assert page.select_one("textarea[name=text]")


async def test_whoever_goes_on_is_the_same_sender_and_whoever_has_no_cookie_is_another(
    client: httpx.AsyncClient, fake: FakeConversation
) -> None:
    await post(client, text="一")
    await post(client, text="二")
    client.cookies.clear()
    await post(client, text="三")

    one, two, three = (turn.sender for turn in fake.turns)
    assert one == two != three
    assert one.door == "web"


async def test_another_site_says_nothing_in_somebody_s_name(client: httpx.AsyncClient, fake: FakeConversation) -> None:
    body, form = "text=一", {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "cross-site"}

    assert (await client.post("/", content=body.encode(), headers=form)).status_code == 403
    assert fake.turns == []


async def test_the_button_ends_the_talk(client: httpx.AsyncClient, fake: FakeConversation) -> None:
    fake.answers["我用完了"] = Reply((Message("好", "好"),), Status.ENDED)
    page = await post(client, text="一")
    button = page.select("form button[name=text]")[-1]
    await post(client, text=button["value"])

    assert list(client.cookies) == []


async def test_the_source_and_the_options_need_no_script(client: httpx.AsyncClient, fake: FakeConversation) -> None:
    cited = Citation("d", "2.5.5", "低保", "延退3年")
    fake.answers["问"] = Reply((Message("答", "答", (Button("好", "/好"),), (cited,)),), Status.ANSWERED)
    page = await post(client, text="问")

    assert page.select_one("details blockquote").text == "延退3年"
    option = page.select_one("form button.option")
    assert (option["name"], option["value"], option.text) == ("text", "/好", "1：好")


async def test_nothing_that_is_written_or_said_becomes_markup(
    client: httpx.AsyncClient, fake: FakeConversation
) -> None:
    hostile = Message(SCRIPT, SCRIPT, (Button(SCRIPT, f'"{SCRIPT}'),), (Citation("d", SCRIPT, SCRIPT, SCRIPT),))
    fake.answers[SCRIPT] = Reply((hostile,), Status.ANSWERED)
    page = await post(client, text=SCRIPT)

    assert page.find_all("script") == []
    assert page.text.count(SCRIPT) == 5


async def test_an_empty_question_is_told_at_the_field(client: httpx.AsyncClient, fake: FakeConversation) -> None:
    page = await post(client, text="  ")

    field = page.select_one("textarea")
    assert page.find(id=field["aria-describedby"]).text == "还没有写字。请先写一句话，再发送。"
    assert fake.turns == []


async def test_an_answer_is_never_kept_by_the_browser(client: httpx.AsyncClient) -> None:
    assert (await client.post("/", content=b"text=a")).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"&" * 50, b"text=" + b"x" * LARGEST_FORM, b"sender=" + b"x" * 300])
async def test_what_is_no_form_gets_a_page_that_says_what_next(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post("/", content=body)

    assert answer.status_code in (200, 413)
    page: Page = BeautifulSoup(answer.text, "html.parser")
    assert page.find(id="wrong").text


async def test_nobody_is_who_a_form_says(client: httpx.AsyncClient, fake: FakeConversation) -> None:
    for named in ("telegram-42", "x" * 201):
        await post(client, text="问", sender=named)

    assert all(turn.sender.door == "web" and turn.sender.name != "telegram-42" for turn in fake.turns)
