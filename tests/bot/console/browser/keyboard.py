"""Somebody of staff who has a keyboard and no mouse."""

from playwright.sync_api import Page, expect

_MOST_TABS = 120
_FOCUSED = """() => {
  const at = document.activeElement;
  const box = at.getBoundingClientRect();
  const label = at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.textContent;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const style = getComputedStyle(at);
  return { name: label.replace(/\\s+/g, " ").trim(), lost: at === document.body, inside, outline: style.outlineStyle };
}"""


class Keyboard:
    """Moves by Tab alone, and makes sure that one always sees where one is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """Goes on until something whose name begins with `name` has the focus."""
        passed: list[str] = []
        for _ in range(_MOST_TABS):
            self.page.keyboard.press(key)
            at = self.page.evaluate(_FOCUSED)
            if at["lost"]:
                # Past the end of the page is the browser's own bar; from there it begins anew.
                continue
            passed.append(at["name"])
            assert at["inside"], f"{at['name']} has the focus and is not to be seen"
            assert at["outline"] != "none", f"{at['name']} has the focus and does not show it"
            if at["name"].startswith(name):
                return
        raise AssertionError(f"no key leads to {name}; it passed {passed[:_MOST_TABS]}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)

    def open(self, name: str) -> None:
        """Goes to a link or button, and presses it."""
        self.tab_to(name)
        self.press("Enter")

    def fill(self, name: str, text: str) -> None:
        self.tab_to(name)
        self.type(text)

    def choose(self, name: str, title: str) -> None:
        """Goes to a list, and down to the entry `title`."""
        self.tab_to(name)
        chosen = "document.activeElement.selectedOptions[0].textContent"
        for _ in range(20):
            if self.page.evaluate(chosen) == title:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{name} has no {title}")

    def sees(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)
        # Whatever a script makes of keys, it makes once the page is whole.
        self.page.wait_for_load_state()
