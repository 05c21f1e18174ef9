"""A registration with the answers of the service, by keyboard alone, by what a screen reader is told alone."""

import pytest
from playwright.sync_api import expect

from actions.resources import resources
from bot.conversation import Conversation
from bot.web.app import create_app
from tests.bot.speech.hearing_and_speaking import speech
from tests.bot.web.browser.conftest import OpenPage, Serve
from tests.bot.web.browser.walking import HEARD
from tests.bot.web.cookies import sender_in

pytestmark = pytest.mark.slow

ANSWERS = {
    "consent": "同意",
    "consent_disability": "同意",
    "name": "我叫李建国",
    "phone": "13579246835",
    "city": "九江",
    "county": "修水县",
    "gender": "男",
    "birth_year": "1985",
    "disability_type": "视力",
    "disability_level": "一级",
    "education": "初中",
    "skills": "按摩",
    "desired_job": "按摩",
    "work_mode": "就近",
    "training_need": "电脑",
    "accommodation": "有人带路",
    "confirm": "对",
}


def test_somebody_registers_by_keyboard_and_hears_every_question_once(
    conversation: Conversation, serve: Serve, open_page: OpenPage
) -> None:
    page = open_page("about:blank")
    page.add_init_script(HEARD)
    page.goto(serve(create_app(conversation, speech())))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said, answers = "我要登记就业需求", dict(ANSWERS)
    while said:
        before = page.evaluate("heard.length")
        page.keyboard.type(said)
        with page.expect_response("**/api/chat") as answered:
            page.keyboard.press("Enter")
        reply = answered.value.json()
        page.wait_for_function("before => heard.length > before", arg=before)
        page.wait_for_timeout(150)
        (heard,) = page.evaluate("before => heard.slice(before)", before)
        assert [heard.count(message["text"]) for message in reply["messages"]] == [1] * len(reply["messages"])
        expect(page.locator("#text")).to_be_focused()
        said = answers.pop(reply["asking"]) if reply["asking"] else ""

    assert answers == {}
    who = sender_in(page.context.cookies())
    records = resources().records
    assert records is not None
    (registration,) = records.registrations.of_sender(who.key)
    stored = {name: text for name, text in ANSWERS.items() if not name.startswith("con")}
    assert registration.fields == {**stored, "name": "李建国"}

    # The next person at this device finds nothing.
    page.locator("#log .of-the-end button").click()
    page.locator("#confirm-yes").click()
    expect(page.locator("#log")).to_be_empty()
    expect(page.locator("#note")).to_contain_text("刚才说的话都删掉了")
    assert conversation._transcripts.of(who.key) == []
    assert [each["name"] for each in page.context.cookies()] == []
