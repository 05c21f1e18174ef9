"""Staff at work by keyboard alone: signing in, answering and registering a caller, talking, and finding it in Cases."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from playwright.sync_api import Route, expect

from bot.console.app import create_console
from bot.console.context import ConsoleContext
from bot.web.app import create_app
from tests.bot.console.browser.conftest import StaffPage, sign_in
from tests.bot.console.browser.keyboard import Keyboard
from tests.bot.console.visitors import PASSWORD
from tests.bot.speech.hearing_and_speaking import FakeHearing, speech
from tests.bot.web.browser.conftest import OpenPage, Serve
from tests.bot.web.cookies import cookie_of
from tests.registry.people import register
from voice.listening.transcripts import Hints, Transcript
from voice.sound.audio import RATE, Pcm, write_wav


@pytest.fixture
def keyboard(staff_page: StaffPage) -> Keyboard:
    return Keyboard(staff_page("agent"))


def test_somebody_signs_in(address: str, open_page: OpenPage) -> None:
    keyboard = Keyboard(open_page(f"{address}console/cases"))
    keyboard.type("limin")
    keyboard.fill("密码", PASSWORD)
    keyboard.press("Enter")

    keyboard.sees("对象台账")


def test_a_caller_is_answered(keyboard: Keyboard, desk: ConsoleContext) -> None:
    keyboard.open("接电话")
    keyboard.sees("一边听一边打字")
    keyboard.press("/")
    keyboard.page.keyboard.type("盲人医疗按摩人员的职称")
    expect(keyboard.page.locator("#suggestions a").first).to_contain_text("盲人医疗按摩")
    keyboard.press("Enter")
    keyboard.sees("负责部门")
    keyboard.press("e")
    expect(keyboard.page.locator("#easy")).to_have_attribute("open", "")
    keyboard.fill("记一笔", "问按摩职称，电话13800138000")
    keyboard.choose("结果", "已答复")
    keyboard.open("保存")

    keyboard.sees("通话小结")
    keyboard.sees("盲人医疗按摩人员的考试")
    assert "13800138000" not in keyboard.page.locator("#shown-summary").inner_text()
    assert [len(each.clauses) for each in desk.records.calls.of("limin")] == [1]


def test_a_caller_is_registered_and_found_in_cases(keyboard: Keyboard, desk: ConsoleContext) -> None:
    keyboard.open("接电话")
    keyboard.sees("一边听一边打字")
    keyboard.open("代来电人登记")
    keyboard.sees("先念这两段")
    keyboard.tab_to("对方说")
    keyboard.press("Space")
    keyboard.tab_to("对方说")
    keyboard.press("Space")
    for name, told in (("姓名", "王大锤"), ("电话", "13800138000")):
        keyboard.fill(name, told)
    keyboard.choose("所在的市", "南昌")
    keyboard.open("问完了，念给对方核对")
    keyboard.sees("还没有登记。一项一项念")
    keyboard.open("都对，登记")
    keyboard.sees("登记成功")
    keyboard.open("到对象台账看这份登记")
    keyboard.sees("王＊＊")
    keyboard.tab_to("打开")
    keyboard.press("Enter")

    keyboard.sees("王大锤")
    (case,) = desk.records.cases.all()
    assert case.number in keyboard.page.url


def test_a_conversation_is_taken_over_written_to_and_handed_back(
    keyboard: Keyboard, desk: ConsoleContext, address: str
) -> None:
    desk.records.transcripts.note("web-1", "我要找人工", "好的，请稍等")
    number = desk.records.persons.ask("web-1", "web", "asked", {})

    def news() -> Any:
        return httpx.get(f"{address}api/messages", params={"wait": "0"}, cookies=cookie_of()).json()

    keyboard.open("在线会话")
    keyboard.sees("先来先接")
    keyboard.open(str(number))
    keyboard.sees("我要找人工")
    keyboard.open("接管")
    keyboard.sees("会话已由您接管")
    said = httpx.post(f"{address}api/chat", json={"text": "我想学电脑"}, cookies=cookie_of()).json()
    expect(keyboard.page.locator("#talk")).to_contain_text("我想学电脑")
    keyboard.type("可以，我给您找培训班。")
    keyboard.press("Control+Enter")
    expect(keyboard.page.locator("#talk")).to_contain_text("可以，我给您找培训班。")
    told = news()
    keyboard.open("交回给助手")
    keyboard.sees("会话已交回")

    assert (said["messages"], said["status"]) == ([], "handoff")
    assert [(each["by"], each["text"]) for each in told["messages"]] == [("李敏", "可以，我给您找培训班。")]
    assert news()["state"] == "none"


def test_of_two_who_edit_one_case_the_second_is_told_and_nothing_is_overwritten(
    staff_page: StaffPage, desk: ConsoleContext
) -> None:
    number = register(desk.records.registrations)
    for login in ("limin", "wangfang"):
        desk.records.unmasking.open(number, "回电给本人", login)
    first, second = (staff_page(role, f"/cases/{number}") for role in ("agent", "supervisor"))
    for page, what in ((first, "上门评估"), (second, "电话评估")):
        page.get_by_label("做什么").fill(what)
        page.get_by_label(re.compile("^日期")).fill("2025-04-01")
    # The page that says so comes as a conflict, which the browser notes as an error of the page.
    second.route("**/plan", lambda route: route.fulfill(response=route.fetch(), status=200))
    first.get_by_role("button", name="安排").click()
    expect(first.get_by_role("status").first).to_contain_text("下一步已安排")
    second.get_by_role("button", name="安排").click()

    expect(second.get_by_role("main")).to_contain_text("另一位同事已经修改了这份记录")
    expect(second.get_by_role("main")).to_contain_text("电话评估")
    assert desk.records.cases.show(number).next_what == "上门评估"


def test_without_a_script_somebody_signs_in_and_reads_a_case(
    desk: ConsoleContext, address: str, open_page: OpenPage
) -> None:
    number = register(desk.records.registrations)
    page = open_page(f"{address}console/cases", java_script_enabled=False)
    page.get_by_label("账号").fill("limin")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name=number).click()
    page.get_by_role("button", name="打开").click()

    expect(page.get_by_role("main")).to_contain_text("王大锤")


def test_what_was_opened_last_stays_though_something_else_comes_late(staff_page: StaffPage) -> None:
    page = staff_page("agent", "/assist")
    page.locator("#typed").fill("盲人医疗按摩人员的职称")
    expect(page.locator("#suggestions a").first).to_be_visible()
    late: list[Route] = []
    page.route("**/assist/clauses/**", lambda route: late.append(route))
    page.keyboard.press("Enter")
    page.get_by_role("link", name="代来电人登记").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("代来电人登记")
    (held,) = late
    with page.expect_response("**/assist/clauses/**"):
        held.continue_()
    page.wait_for_timeout(200)

    expect(page.get_by_role("heading", level=1)).to_have_text("代来电人登记")


def test_what_a_caller_said_is_spoken_into_the_field(
    desk: ConsoleContext, serve: Serve, tmp_path: Path, open_page: OpenPage
) -> None:
    hearing = LoudnessHearing("盲人医疗按摩人员的职称")
    served = serve(create_app(desk.conversation, speech(), [create_console(replace(desk, speech=speech(hearing)))]))
    page = open_page("about:blank", beeping(tmp_path))
    sign_in(page, desk, "agent")
    page.goto(f"{served}console/assist")
    page.keyboard.press("t")
    expect(page.locator("#heard")).to_have_text("正在听，再按一次结束。")
    page.wait_for_timeout(1_000)
    page.keyboard.press("t")

    expect(page.locator("#heard")).to_have_text("听到：盲人医疗按摩人员的职称")
    expect(page.locator("#suggestions a").first).to_contain_text("盲人医疗按摩")
    assert hearing.seconds > 0.5


def test_without_a_microphone_it_is_said_and_typing_works(staff_page: StaffPage) -> None:
    page = staff_page("agent", "/assist", microphone=False)
    page.get_by_role("button", name="说来电人的话").click()

    expect(page.locator("#heard")).to_contain_text(re.compile("话筒打不开|没有得到用话筒的许可"))
    page.locator("#typed").fill("盲人医疗按摩人员的职称")
    expect(page.locator("#suggestions a").first).to_contain_text("盲人医疗按摩")


def test_what_is_half_written_survives_a_reload_and_goes_once_it_is_sent(
    staff_page: StaffPage, desk: ConsoleContext
) -> None:
    number = desk.records.persons.ask("web-1", "web", "asked", {})
    desk.records.persons.take(number, "limin")
    page = staff_page("agent", f"/live/{number}")
    field = page.get_by_label("写给对方")
    field.fill("请您带上残疾证")
    page.reload()
    expect(field).to_have_value("请您带上残疾证")
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#talk")).to_contain_text("请您带上残疾证")
    expect(field).to_have_value("")
    field.fill("还有")
    page.reload()
    expect(field).to_have_value("还有")
    page.goto(page.url.split("/live")[0] + "/assist")
    page.get_by_label(re.compile("^记一笔")).fill("想学电脑")
    page.reload()
    expect(page.get_by_label(re.compile("^记一笔"))).to_have_value("想学电脑")
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/sign-in")

    assert page.evaluate("sessionStorage.length") == 0


class LoudnessHearing(FakeHearing):
    """Hears `text` in every sound that is loud, as a browser's microphone keeps no sample as it was."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self.seconds = 0.0

    async def hear(self, pcm: Pcm, hints: Hints = Hints()) -> Transcript:
        self.seconds = len(pcm.samples) / pcm.rate
        return Transcript(self._text if np.abs(pcm.samples).max(initial=0) > 2_000 else "", 0.9, True)


def beeping(folder: Path) -> Path:
    """What a microphone hears: a tone, again and again."""
    path = folder / "tone.wav"
    tone = 12_000 * np.sin(np.arange(RATE) * 2 * np.pi * 300 / RATE)
    path.write_bytes(write_wav(Pcm(tone.astype(np.int16), RATE)))
    return path
