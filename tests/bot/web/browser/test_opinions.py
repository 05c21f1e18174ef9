"""Whether an answer helped, said on the page: seen, heard and counted once."""

import re

import pytest
from playwright.sync_api import Page, expect

from bot.messages import Reply
from bot.web.app import create_app
from bot.web.feedback import FeedbackDoor
from dialogue.mark import Status
from tests.bot.speech.hearing_and_speaking import speech
from tests.bot.web.browser.conftest import OpenPage, Serve
from tests.bot.web.browser.walking import HEARD, QUESTION, ask, conversation, tab_to
from tests.bot.web.cookies import callers, sender_in
from tests.bot.web.talking import FakeConversation, answer

USEFUL, USELESS = f"有用：对“{QUESTION}”的回答", f"没用：对“{QUESTION}”的回答"


class FakeCount:
    """Counts what is said; with `full` it has heard enough."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, bool]] = []
        self.full = False

    def note(self, sender: str, door: str, useful: bool) -> bool:
        if self.full:
            return False
        self.noted.append((sender, useful))
        return True


@pytest.fixture
def count() -> FakeCount:
    return FakeCount()


@pytest.fixture
def fake() -> FakeConversation:
    return conversation()


@pytest.fixture
def address(fake: FakeConversation, count: FakeCount, serve: Serve) -> str:
    door = FeedbackDoor(count.note, callers())
    return serve(create_app(fake, speech(), feedback=door.answer, callers=callers()))  # type: ignore[arg-type]


def opened(open_page: OpenPage, address: str) -> Page:
    """The page, whose live region is listened to."""
    page = open_page("about:blank")
    page.add_init_script(HEARD)
    page.goto(address)
    return page


def sender(page: Page) -> str:
    return sender_in(page.context.cookies()).key


@pytest.mark.parametrize(("name", "useful"), [(USEFUL, True), (USELESS, False)])
def test_an_opinion_is_counted_once_and_thanked_for_once(
    name: str, useful: bool, address: str, open_page: OpenPage, count: FakeCount
) -> None:
    page = opened(open_page, address)
    ask(page, QUESTION)
    page.wait_for_timeout(300)
    button = page.get_by_role("button", name=name)
    button.press("Enter")
    expect(page.locator(".opinion")).to_contain_text("谢谢，记下了。")
    button.press("Enter")
    button.click(force=True)
    page.wait_for_timeout(300)

    assert count.noted == [(sender(page), useful)]
    assert [text for text in page.evaluate("heard") if "谢谢" in text] == ["谢谢，记下了。"]
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(page.locator(".opinion button")).to_have_count(1)


def test_what_is_asked_is_not_announced_with_the_answer(address: str, open_page: OpenPage) -> None:
    page = opened(open_page, address)
    ask(page, QUESTION)
    page.wait_for_timeout(300)

    assert "有用" not in "".join(page.evaluate("heard"))


def test_only_an_answer_that_rests_on_a_document_asks_whether_it_helped(
    address: str, open_page: OpenPage, fake: FakeConversation
) -> None:
    fake.answers["你好"] = answer("您好！", Status.CHAT)
    fake.answers["天气"] = answer("方案里没有写。", Status.NOT_COVERED)
    fake.answers["人工"] = answer("请稍等。", Status.HANDOFF)
    fake.answers["编号"] = Reply(fake.answers[QUESTION].messages[1:], Status.ANSWERED)
    page = opened(open_page, address)
    for text in ("你好", "天气", "人工", "编号", "补贴", "我要登记就业需求"):
        ask(page, text)
        expect(page.locator(".opinion")).to_have_count(0)

    ask(page, QUESTION)
    expect(page.locator(".opinion")).to_have_count(1)


def test_each_answer_is_told_from_the_others_by_its_question(address: str, open_page: OpenPage) -> None:
    page = opened(open_page, address)
    ask(page, QUESTION)
    ask(page, "残疾人自己开一家小小的店面可以得到哪一些扶持和帮助")

    names = [page.locator(".opinion button").nth(number).evaluate("(each) => each.ariaLabel") for number in range(4)]
    assert names[:2] == [USEFUL, USELESS]
    assert names[2:] == [f"{each}：对“残疾人自己开一家小小的店面可以得到哪一些…”的回答" for each in ("有用", "没用")]


def test_an_opinion_that_was_not_counted_is_told_and_may_be_given_again(
    address: str, open_page: OpenPage, count: FakeCount
) -> None:
    page = opened(open_page, address)
    ask(page, QUESTION)
    page.context.set_offline(True)
    button = page.get_by_role("button", name=USEFUL)
    button.click()
    expect(page.locator(".opinion")).to_contain_text("没有记下来")
    page.wait_for_timeout(300)
    assert sum("没有记下来" in text for text in page.evaluate("heard")) == 1
    page.context.set_offline(False)
    button.click()

    expect(page.locator(".opinion")).to_contain_text("谢谢，记下了。")
    assert count.noted == [(sender(page), True)]


def test_who_says_so_too_often_is_told_so_in_their_language(
    address: str, serve: Serve, chromium: str, playwright: object, count: FakeCount
) -> None:
    count.full = True
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])  # type: ignore[attr-defined]
    # A refusal is written into the browser's console, which `open_page` takes for a fault.
    page = browser.new_page(locale="zh-CN")
    page.goto(address)
    ask(page, QUESTION)
    page.get_by_role("button", name=USEFUL).click()

    expect(page.locator(".opinion")).to_contain_text("今天记得够多了，谢谢您。")
    browser.close()


def test_by_keyboard_one_passes_or_answers_it_and_goes_on(
    address: str, open_page: OpenPage, count: FakeCount, fake: FakeConversation
) -> None:
    page = opened(open_page, address)
    ask(page, QUESTION)
    tab_to(page, ".opinion button:last-of-type", back=True)
    page.keyboard.press("1")
    page.keyboard.press("Space")
    expect(page.locator(".opinion")).to_contain_text("谢谢，记下了。")
    tab_to(page, "#text")
    page.keyboard.type("补贴")
    page.keyboard.press("Enter")
    expect(page.locator("#log")).to_contain_text(re.compile("您问的是哪一个"))

    assert count.noted == [(sender(page), False)]
    assert [turn.text for turn in fake.turns] == [QUESTION, "补贴"]


def test_after_an_error_the_focus_is_still_on_the_button(address: str, open_page: OpenPage) -> None:
    page = opened(open_page, address)
    ask(page, QUESTION)
    page.context.set_offline(True)
    button = page.get_by_role("button", name=USEFUL)
    button.press("Enter")

    expect(page.locator(".opinion")).to_contain_text("没有记下来")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-disabled", "false")
