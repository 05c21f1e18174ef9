"""A made-up conversation with everything the page can show, and eyes and ears to walk through it with."""

from collections.abc import Callable

from playwright.sync_api import Page

from bot.messages import Button, Citation, Message, Part, Reply
from dialogue.mark import PartKind, Status
from tests.bot.web.talking import FakeConversation, answer

QUESTION = "低保会停吗"
SOURCE = Citation("jiangxi-2022-2024", "2.5.5", "低保延退3年", "低保对象首次自主创业的，低保待遇延退3年。")
HEARD = """
  window.heard = [];
  addEventListener("DOMContentLoaded", () => {
    const region = document.getElementById("announcer");
    new MutationObserver(() => { if (region.textContent) heard.push(region.textContent); })
      .observe(region, { childList: true, characterData: true, subtree: true });
  });
"""
"""Writes down what a screen reader is told: every text that the live region ever gets."""


def conversation() -> FakeConversation:
    """Knows one answer, one question back, and a short registration."""
    fake = FakeConversation()
    parts = (
        Part(PartKind.ANSWER, "不会停。低保待遇延退3年。"),
        Part(PartKind.NEXT_STEP, "下一步：问当地民政部门。"),
        Part(PartKind.BASIS, "依据：《方案》二(五)5。"),
    )
    long = "\n".join(part.text for part in parts)
    fake.answers |= {
        QUESTION: Reply(
            (Message(long, "不会停。", (), (SOURCE,), parts), Message("请留意：方案到期了。", "请留意。")),
            Status.ANSWERED,
        ),
        "补贴": Reply(
            (
                Message(
                    "您问的是哪一个？", "哪一个？", (Button("培训补贴", "培训"), Button("创业补贴", "创业")), (SOURCE,)
                ),
            ),
            Status.CLARIFY,
        ),
        "我要登记就业需求": answer("同意我记下来吗？", Status.FORM, "consent", "同意", "不同意"),
        "同意": answer("叫什么名字？", Status.FORM, "name"),
        "叫章一": answer("电话是多少？", Status.FORM, "phone"),
        "13800000000": answer("姓名：章一\n电话：尾号0000\n都对吗？", Status.FORM, "confirm", "对", "不对"),
        "对": answer("登记好了，编号12345678。"),
    }
    return fake


def ask(page: Page, text: str) -> None:
    """Writes, sends, and waits for what comes back."""
    shown = page.locator("#log > li").count()
    page.locator("#text").fill(text)
    page.locator("#send").click()
    page.locator("#log > li").nth(shown + 1).wait_for()


def until(page: Page, reached: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether the server, which works beside the browser, comes so far."""
    for _ in range(int(seconds * 50)):
        if reached():
            return True
        page.wait_for_timeout(20)
    return False


def tab_to(page: Page, selector: str, back: bool = False, most: int = 60) -> None:
    """Goes there with the tab key alone; each stop on the way is in sight and has a name."""
    for _ in range(most):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        page.wait_for_timeout(20)
        assert page.evaluate(_IN_SIGHT), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the tab key")


_IN_SIGHT = """
  (() => {
    const focused = document.activeElement;
    if (focused === document.body) return true;   // Between the end of the page and its beginning.
    const box = focused.getBoundingClientRect();
    const there = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 44) / 2);
    return Boolean(there) && (focused.contains(there) || there.contains(focused));
  })()
"""
