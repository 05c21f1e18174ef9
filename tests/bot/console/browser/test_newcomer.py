"""Somebody new at the desk, with the service as it is run: a caller and a conversation, both found again."""

import re

import pytest
from playwright.sync_api import expect
from pyotp import TOTP

from bot.app.service import (
    Service,
    build_callers,
    build_console,
    build_feedback,
    build_messages,
)
from bot.web.app import create_app
from tests.bot.console.visitors import PASSWORD
from tests.bot.speech.hearing_and_speaking import speech
from tests.bot.web.browser.conftest import OpenPage, Serve

pytestmark = pytest.mark.slow
_PATIENCE = 20_000
"""Milliseconds; the first answer loads dictionaries."""


@pytest.fixture
def address(service: Service, serve: Serve) -> str:
    """What `zhuyetong serve` serves, with an account that `zhuyetong staff add` makes."""
    records, conversation = service.records, service.conversation
    records.staff.add("limin", "李敏", "admin", PASSWORD, "root")
    callers = build_callers(service.settings, records)
    messages, feedback = build_messages(records, callers), build_feedback(service, callers)
    console = build_console(service)
    return serve(create_app(conversation, speech(), [console], messages=messages, feedback=feedback, callers=callers))


def test_a_caller_and_a_conversation_are_served_and_found_in_cases(address: str, open_page: OpenPage) -> None:
    staff, person = open_page(f"{address}console"), open_page(address)
    main = staff.get_by_role("main")
    staff.get_by_label("账号").fill("limin")
    staff.get_by_label("密码").fill(PASSWORD)
    staff.get_by_role("button", name="登录").click()
    # An admin has to have one-time codes.
    secret = re.sub(r"\s", "", staff.locator("#secret").inner_text())
    staff.get_by_label("六位动态码").fill(TOTP(secret).now())
    staff.locator("#p5").fill(PASSWORD)
    staff.get_by_role("button", name="开启动态码").click()
    expect(main).to_contain_text("只显示这一次")

    # A caller is answered and registered.
    staff.get_by_role("link", name="接电话").click()
    staff.locator("#typed").press_sequentially("吃低保想摆个摊，低保会不会停")
    expect(staff.locator("#suggestions a").first).to_contain_text("低保延退")
    staff.keyboard.press("Enter")
    expect(main).to_contain_text("不要承诺")
    staff.get_by_role("link", name="代来电人登记").click()
    for place in (0, 1):
        staff.locator("fieldset").nth(place).get_by_label("对方说：同意").check()
    staff.locator("#q-name").fill("张小花")
    staff.locator("#q-phone").fill("13800138001")
    staff.locator("#q-city").select_option("南昌")
    staff.get_by_role("button", name="问完了").click()
    staff.get_by_role("button", name="都对，登记").click()
    number = re.sub(r"\s", "", staff.locator(".number.huge").inner_text())
    staff.get_by_label("结果").select_option("已登记求职")
    staff.get_by_role("button", name="保存").click()
    expect(main).to_contain_text(f"登记编号：{number}")

    # Somebody on the web asks for a person, and gets one.
    person.locator("#text").fill("转人工")
    person.keyboard.press("Enter")
    expect(person.locator("#log")).to_contain_text("编号", timeout=_PATIENCE)
    staff.get_by_role("link", name="在线会话").click()
    staff.locator("#queue td a").first.click()
    staff.get_by_role("button", name="接管").click()
    staff.get_by_label("写给对方").fill("您好，我是李敏。")
    staff.get_by_role("button", name="发送").click()
    expect(person.locator("#log")).to_contain_text("您好，我是李敏。")
    staff.get_by_role("button", name="交回给助手").click()

    # It is all there.
    staff.get_by_role("link", name="对象台账").click()
    expect(main).to_contain_text("张＊＊")
    staff.get_by_role("link", name=number).click()
    staff.get_by_role("button", name="打开").click()
    expect(main).to_contain_text("张小花")
    staff.get_by_role("link", name="接电话").click()
    expect(main).to_contain_text(f"登记 {number}")
