"""What comes in is read aloud where the person hears the page: answers, and what staff write; else it is announced."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.web.app import create_app
from tests.bot.speech.hearing_and_speaking import FakeHearing, FakeVoices, missing, speech
from tests.bot.web.browser.conftest import OpenPage, Serve
from tests.bot.web.browser.walking import HEARD, ask, until
from tests.bot.web.cookies import callers, cookie_of
from tests.bot.web.office import Office
from tests.bot.web.talking import FakeConversation, answer

CAME = "工作人员来了，请直接说。助业通先不说话。"
OpenOffice = Callable[..., Page]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def voices() -> FakeVoices:
    return FakeVoices()


@pytest.fixture
def open_office(office: Office, voices: FakeVoices, serve: Serve, open_page: OpenPage) -> OpenOffice:
    """Opens the page of whoever asked for staff; with `always` everything is to be read aloud."""

    def open_office(always: bool = False, engines: bool = True, pressed: bool = True) -> Page:
        fake = FakeConversation()
        fake.answers["在吗"] = answer("在的。")
        sound = speech(FakeHearing(), voices)
        if not engines:
            sound._hearing._load = sound._voices._load = missing
        page = open_page("about:blank")
        page.add_init_script(HEARD)
        if not pressed:
            # The browser of the test says at once that something was pressed.
            page.add_init_script("Object.defineProperty(navigator, 'userActivation', {value: {hasBeenActive: false}})")
        app = create_app(fake, sound, messages=office.door(wait=2.0).answer, callers=callers())  # type: ignore[arg-type]
        address = serve(app)
        page.context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in cookie_of().items()]
        )
        page.goto(address)
        if always:
            page.locator("#settings > summary").click()
            page.get_by_text("每次都读").click()
        return page

    return open_office


def spoken(voices: FakeVoices) -> list[str]:
    return [text for text, _, _ in voices.spoken]


def test_what_staff_write_is_read_aloud_and_not_announced_too(
    office: Office, voices: FakeVoices, open_office: OpenOffice
) -> None:
    page = open_office(always=True)
    office.persons.take(office.number, "limin")
    expect(page.locator("#note")).to_have_text(CAME)
    office.messages.write(office.number, "您好，我是小李。您在哪里？", "limin")
    expect(page.locator("#log")).to_contain_text("您在哪里？")
    office.messages.write(office.number, "我等您。", "limin")
    expect(page.locator("#log")).to_contain_text("我等您。")
    expect(page.locator("#hush")).to_be_visible()
    expect(page.locator("#hush")).to_be_hidden(timeout=20_000)

    said = "".join(spoken(voices))
    for text in ("工作人员来了", "工作人员李敏说：您好，我是小李。", "您在哪里？", "工作人员李敏说：我等您。"):
        assert said.count(text) == 1
    assert page.evaluate("heard") == []


def test_what_staff_write_is_announced_and_not_read_to_who_writes(
    office: Office, voices: FakeVoices, open_office: OpenOffice
) -> None:
    page = open_office()
    office.persons.take(office.number, "limin")
    office.messages.write(office.number, "您好。", "limin")
    expect(page.locator("#log")).to_contain_text("您好。")
    page.wait_for_timeout(300)

    assert "".join(page.evaluate("heard")).count("工作人员李敏说：您好。") == 1
    assert voices.spoken == []


def test_what_staff_wrote_can_be_heard_again(office: Office, voices: FakeVoices, open_office: OpenOffice) -> None:
    page = open_office()
    office.persons.take(office.number, "limin")
    office.messages.write(office.number, "您好。", "limin")
    page.locator(".from-staff").get_by_role("button", name="听一遍").click()

    assert until(page, lambda: spoken(voices) == ["工作人员李敏说：您好。"])


def test_an_answer_to_what_was_written_is_read_aloud_where_that_was_chosen(
    voices: FakeVoices, open_office: OpenOffice
) -> None:
    page = open_office(always=True)
    ask(page, "在吗")

    expect(page.locator("#hush")).to_be_visible()
    expect(page.locator("#hush")).to_be_hidden(timeout=10_000)
    assert spoken(voices) == ["在的。"]
    assert page.evaluate("heard") == []
    page.reload()
    expect(page.get_by_label("每次都读")).to_be_checked()


def test_the_next_question_ends_the_reading_of_the_last_answer(voices: FakeVoices, open_office: OpenOffice) -> None:
    page = open_office(always=True)
    ask(page, "说很长的话" * 20)
    expect(page.locator("#hush")).to_be_visible()
    ask(page, "在吗")

    assert until(page, lambda: spoken(voices)[-1] == "在的。")
    expect(page.locator("#hush")).to_be_hidden(timeout=5_000)


def test_where_nothing_can_be_read_aloud_it_is_told_once_and_answers_are_announced(
    voices: FakeVoices, open_office: OpenOffice
) -> None:
    page = open_office(always=True, engines=False)
    for _ in range(2):
        ask(page, "在吗")
        page.wait_for_timeout(500)

    heard = "".join(page.evaluate("heard"))
    assert heard.count("这台服务器现在不能语音") == 1
    assert heard.count("在的。") == 2


def test_before_anything_was_pressed_the_page_announces(
    office: Office, voices: FakeVoices, open_office: OpenOffice
) -> None:
    page = open_office(always=True, pressed=False)
    office.persons.take(office.number, "limin")
    office.messages.write(office.number, "您好。", "limin")
    expect(page.locator("#log")).to_contain_text(re.compile("您好"))
    page.wait_for_timeout(300)

    assert "".join(page.evaluate("heard")).count("工作人员李敏说：您好。") == 1
    assert voices.spoken == []
