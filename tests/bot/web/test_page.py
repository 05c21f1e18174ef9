"""What the web chat page promises before any browser opens it: one live region, labels, a strict CSP, contrast."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import quickjs
from bs4 import BeautifulSoup

from knowledge.language.writing import traditional

PAGE = Path(__file__).parents[3] / "bot" / "web" / "page"
HTML = (PAGE / "index.html").read_text("utf-8")
CSS = re.sub(r"/\*.*?\*/", "", (PAGE / "style.css").read_text("utf-8"), flags=re.DOTALL)
Page = Any
"""A BeautifulSoup; what is not on the page fails a test without being asked for one by one."""
FOR_THEMSELVES = {"sw.js", "widget.js"}
"""No part of the page: the worker that keeps it, and what other sites put on theirs."""
MODULES = {path.name: path.read_text("utf-8") for path in sorted(PAGE.glob("*.js"))}


@pytest.fixture
def page() -> Page:
    return BeautifulSoup(HTML, "html.parser")


def test_the_page_says_its_language_and_its_name(page: Page) -> None:
    assert page.html["lang"] == "zh-Hans"
    assert page.title.string.startswith("助业通")
    assert [heading.text for heading in page.find_all("h1")] == ["助业通"]


def test_zooming_is_not_forbidden(page: Page) -> None:
    viewport = page.find("meta", attrs={"name": "viewport"})["content"]
    assert not re.search(r"user-scalable|maximum-scale", viewport)


# What a screen reader meets


def test_there_is_exactly_one_live_region_and_it_is_polite(page: Page) -> None:
    live_roles = ["status", "alert", "log", "timer", "marquee"]
    live = {id(tag): tag for tag in page.select("[aria-live], output") + page.find_all(role=live_roles)}
    (region,) = live.values()
    assert (region["id"], region["role"], region["aria-live"]) == (
        "announcer",
        "status",
        "polite",
    )


def test_the_live_region_is_empty_visually_hidden_and_outside_the_log(page: Page) -> None:
    region = page.find(id="announcer")
    assert region.get_text() == ""
    assert region["class"] == ["visually-hidden"]
    assert region.parent.name == "body"
    assert not page.find(id="log").find(id="announcer")


def test_scripts_make_no_second_live_region() -> None:
    speaking = re.compile(r"aria-live|ariaLive|role\W+(alert|status|log)")
    assert [name for name, source in MODULES.items() if speaking.search(source)] == []


def test_only_the_announcer_writes_to_the_live_region() -> None:
    assert [name for name, source in MODULES.items() if '"announcer"' in source] == ["announcer.js"]


def test_the_field_and_every_group_have_names(page: Page) -> None:
    assert page.find("label", attrs={"for": "text"}).text == "您想问什么？"
    for tag in page.select("[aria-labelledby], [aria-describedby]"):
        for reference in f"{tag.get('aria-labelledby', '')} {tag.get('aria-describedby', '')}".split():
            # What is wrong is written there only when something is.
            assert page.find(id=reference).text.strip() or reference in {"note", "code-wrong"}


def test_every_button_has_words_and_a_type(page: Page) -> None:
    buttons = page.find_all("button")
    assert all(button.text.strip() for button in buttons)
    # Without JavaScript these send a form, and nothing else does anything.
    sending = {button.get("id", button.text) for button in page.select("form[method=post] button[type=submit]")}
    assert {"send", "接着说"} <= sending
    assert {button["type"] for button in buttons} == {"submit", "button"}


def test_the_skip_link_comes_first_and_leads_to_the_field(page: Page) -> None:
    first = page.body.find(["a", "button", "textarea", "input"])
    assert (first.name, first["href"]) == ("a", "#text")
    assert page.find(id="text").name == "textarea"


def test_headings_go_down_one_level_at_a_time(page: Page) -> None:
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_lists_without_bullets_keep_their_role(page: Page) -> None:
    # Safari forgets that a list is one when list-style is none.
    assert all(tag.get("role") == "list" for tag in page.find_all(["ul", "ol"]))


def test_the_focus_is_not_taken_when_the_page_opens(page: Page) -> None:
    assert page.select("[autofocus], [tabindex]") == []


def test_the_decorative_mark_has_an_empty_description(page: Page) -> None:
    assert [image["alt"] for image in page.find_all("img")] == [""]


# What everyone can reach


def test_the_three_hotlines_can_be_dialled(page: Page) -> None:
    numbers = ["12385", "12333", "12345"]
    assert [link["href"] for link in page.footer.find_all("a")] == [f"tel:{number}" for number in numbers]
    assert [link.strong.text for link in page.footer.find_all("a")] == numbers


def test_without_scripts_the_page_says_so_names_the_hotlines_and_still_asks(page: Page) -> None:
    assert "JavaScript" in page.noscript.text
    assert {link["href"] for link in page.noscript.find_all("a")} == {
        "tel:12385",
        "tel:12333",
        "tel:12345",
    }
    for asking in (page.find(id="composer"), page.find(id="starters")):
        assert not asking.has_attr("hidden")
        assert asking.find(attrs={"name": "text"})


def test_without_scripts_nothing_is_shown_that_would_do_nothing(page: Page) -> None:
    idle = page.select("#settings, #sound, #restart, #hint, #resume")
    assert len(idle) == 5
    assert all(each.has_attr("hidden") for each in idle)


def test_words_never_travel_in_an_address_even_without_scripts(page: Page) -> None:
    forms = {form.get("id"): (form.get("method"), form.get("action")) for form in page.find_all("form")}
    # Nothing sends the settings.
    sends = ("post", "/")
    assert forms == {"settings-form": (None, None), None: sends, "composer": sends, "resume-form": sends}


def test_eight_topics_have_a_picture_words_and_a_question(page: Page) -> None:
    topics = page.select("#starters button")
    assert len(topics) == 8
    for topic in topics:
        assert topic.svg["aria-hidden"] == "true"
        assert topic.strong.text
        assert topic.find(class_="question").text.strip() == topic["value"]


def test_ids_are_unique_and_those_the_scripts_look_for_exist(page: Page) -> None:
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    wanted = re.findall(r'(?:find|getElementById)\("([^"]+)"\)', "".join(MODULES.values()))
    assert set(wanted) <= set(ids)


# What the Content-Security-Policy `default-src 'self'` asks


def test_nothing_is_inline(page: Page) -> None:
    assert page.find_all("style") == []
    assert all(script.get("src") and not script.text.strip() for script in page.find_all("script"))
    assert [name for tag in page.find_all() for name in tag.attrs if name == "style" or name.startswith("on")] == []


def test_every_file_asked_for_is_one_of_ours(page: Page) -> None:
    asked = [tag.get("src") or tag["href"] for tag in page.find_all(["script", "img", "link"])]
    assert all(address.startswith("/page/") and (PAGE / address[len("/page/") :]).is_file() for address in asked)


@pytest.mark.parametrize("path", sorted(PAGE.iterdir()), ids=lambda path: path.name)
def test_no_file_names_an_external_address(path: Path) -> None:
    text = (
        path.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "").replace('"https://…/widget.js"', "")
    )
    assert re.findall(r"https?://\S+|(?<![:\w])//[\w-]+\.\w+|@import|url\(|data:", text) == []


def test_modules_import_only_one_another_and_all_are_preloaded(page: Page) -> None:
    imported = {name for source in MODULES.values() for name in re.findall(r'from "(.*?)"', source)}
    # The page begins with early.js and chat.js, and capture.js runs in the thread of the sound.
    others = MODULES.keys() - {"early.js", "chat.js", "capture.js", *FOR_THEMSELVES}
    assert imported == {f"./{name}" for name in others}
    preloaded = {link["href"] for link in page.find_all("link", rel="modulepreload")}
    assert preloaded == {f"/page/{name}" for name in others}
    assert re.findall(r'addModule\("(.*?)"\)', "".join(MODULES.values())) == ["/page/capture.js"]


def test_what_the_server_sends_is_never_read_as_html() -> None:
    unsafe = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function")
    assert [name for name, source in MODULES.items() if unsafe.search(source)] == []


def test_nothing_but_the_settings_is_stored() -> None:
    storage = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.")
    assert [name for name, source in MODULES.items() if storage.search(source) and name != "sw.js"] == [
        "early.js",
        # It deletes what earlier versions kept.
        "session.js",
        "settings.js",
    ]
    stored = {name: re.findall(r"setItem\((\w+), (.+)\);", source) for name, source in MODULES.items()}
    assert {name: each for name, each in stored.items() if each} == {
        "settings.js": [("KEY", "JSON.stringify(chosen())")],
    }


def test_every_sentence_of_the_page_has_its_traditional_characters(page: Page) -> None:
    kept = [str(text) for text in page.find_all(string=True) if not text.find_parent(attrs={"translate": "no"})]
    kept += [button["value"] for button in page.select("button[value]")]
    kept += re.findall(r'["`]([^"`]*[\u4e00-\u9fff][^"`]*)["`]', MODULES["words.js"])
    pairs = re.findall("..", "".join(re.findall(r'"([\u4e00-\u9fff]+)"', MODULES["hant.js"])))
    to_traditional = dict(pairs)

    assert {text: "".join(to_traditional.get(each, each) for each in text) for text in kept} == {
        text: traditional(text) for text in kept
    }
    # And back: no character stands for two.
    assert len(set(to_traditional.values())) == len(to_traditional)
    assert not set(to_traditional.values()) & set("".join(kept))


def test_no_window_interrupts() -> None:
    assert [name for name, source in MODULES.items() if re.search(r"\b(alert|confirm|prompt)\(", source)] == []


def test_each_module_stays_short() -> None:
    assert [name for name, source in MODULES.items() if source.count("\n") >= 200] == []


def test_clause_ids_are_shown_as_the_document_prints_them() -> None:
    expected = {
        "1": "一",
        "2.5.5": "二(五)5",
        "2.10.2": "二(十)2",
        "3.2": "三(二)",
        "2.11.12": "二(十一)12",
        "附件": "附件",
    }
    page = quickjs.Context()
    page.eval(MODULES["clause.js"].replace("export ", ""))

    assert {each: page.eval(f"clauseNumber({json.dumps(each)})") for each in expected} == expected


def test_who_has_to_wait_reads_how_long_and_may_send_the_same_again() -> None:
    page = quickjs.Context()
    page.eval(
        """
        var WORDS = {}, navigator = {onLine: true}, AbortController = class { abort() {} }, said = [];
        var setTimeout = () => 0, clearTimeout = () => 0, manner = () => ({});
        var fetch = async () => ({ok: false, status: 429, text: async () => '{"error": "请过3秒再发"}'});
        """
        + re.sub(r"^import .*$|^export ", "", MODULES["server.js"], flags=re.MULTILINE)
    )
    page.eval('ask("问").catch((failure) => said.push(failure.message, failure.rejected))')
    while page.execute_pending_job():
        continue

    # Not rejected: the words stay where they are, with the button that sends them again.
    assert json.loads(page.eval("JSON.stringify(said)")) == ["请过3秒再发", False]


def test_who_thought_for_minutes_speaks_again_over_a_new_connection_without_a_word() -> None:
    page = quickjs.Context()
    page.eval(
        """
        var WORDS = {voiceLost: "lost"}, location = "http://test/", sockets = [], events = [];
        var manner = () => ({}), session = async () => {};
        var URL = class {}; URL.prototype.protocol = "http:";
        var WebSocket = class {
          constructor() { this.readyState = 1; this.sent = []; sockets.push(this); }
          send(line) { this.sent.push(JSON.parse(line).type); }
          takes(line) { this.onmessage({data: JSON.stringify(line)}); }
          ends() { this.readyState = 3; this.onclose(); }
        };
        WebSocket.OPEN = 1;
        """
        + re.sub(r"^import .*$|^export ", "", MODULES["voice.js"], flags=re.MULTILINE)
        + """
        var voice = new Voice({line: (line) => line.fatal || events.push(line.type), lost: () => events.push("lost")});
        async function opens() {
          voice.open().catch(() => {});
          // The session is there already.
          await null;
          await null;
          sockets[sockets.length - 1].onopen();
        }
        opens().then(() => {
          sockets[0].takes({type: "hello"});
          sockets[0].takes({type: "error", code: "idle", fatal: true, text: "三分钟没有说话"});
          sockets[0].ends();
          return opens();
        });
        """
    )
    while page.execute_pending_job():
        continue

    assert json.loads(page.eval("JSON.stringify(sockets.map((each) => each.sent))")) == [["hello"], ["hello"]]
    assert json.loads(page.eval("JSON.stringify(events)")) == ["hello", "lost"]
    # A fatal error is told only by whoever waits for the connection.
    assert 'line.type === "error" && !line.fatal) this.on.tell' in MODULES["talk.js"]


# What eyes need


def blocks(css: str) -> dict[str, str]:
    """Each top-level rule's selector or condition, and its body; equal ones joined."""
    found: dict[str, str] = {}
    depth, start, head = 0, 0, ""
    for place, character in enumerate(css):
        if character == "{":
            if depth == 0:
                head, start = css[start:place].strip(), place + 1
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                found[head] = found.get(head, "") + css[start:place]
                start = place + 1
    return found


RULES = blocks(CSS)
LIGHT = ":root"
DARK = "@media (prefers-color-scheme: dark)"
MORE = "@media (prefers-contrast: more)"
MORE_DARK = "@media (prefers-contrast: more) and (prefers-color-scheme: dark)"
# In the order of the style sheet: a later block overrides an earlier one.
CHOSEN_LIGHT = ':root[data-contrast="light"]'
CHOSEN_DARK = ':root[data-contrast="dark"]'
ORDER = [LIGHT, DARK, MORE, MORE_DARK, CHOSEN_LIGHT, CHOSEN_DARK]
THEMES = {
    "light": [LIGHT],
    "dark": [LIGHT, DARK],
    "more contrast": [LIGHT, MORE],
    "more contrast, dark": [LIGHT, DARK, MORE, MORE_DARK],
    "chosen black on white": [LIGHT, DARK, CHOSEN_LIGHT],
    "chosen white on black": [LIGHT, CHOSEN_DARK],
}
TEXT = [
    ("ink", "page"), ("ink", "card"), ("ink", "yours"),
    ("soft-ink", "page"), ("soft-ink", "card"),
    ("accent", "page"), ("accent", "card"), ("accent", "yours"), ("on-accent", "accent"),
    ("alarm", "page"), ("alarm", "yours"),
]  # fmt: skip
SHAPES = [
    ("edge", "page"), ("edge", "card"), ("accent", "yours"), ("alarm", "card"), ("focus", "page"), ("focus", "card"),
]  # fmt: skip


def colours(theme: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for block in THEMES[theme]:
        found.update(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", RULES[block]))
    return found


def luminance(colour: str) -> float:
    """WCAG 2 relative luminance of "#rrggbb", 0 (black) to 1 (white)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_stands_out_seven_to_one(theme: str, front: str, back: str) -> None:
    palette = colours(theme)
    assert contrast(palette[front], palette[back]) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), SHAPES)
def test_edges_and_the_focus_ring_stand_out_four_and_a_half_to_one(theme: str, front: str, back: str) -> None:
    palette = colours(theme)
    assert contrast(palette[front], palette[back]) >= 4.5


def test_the_style_sheet_follows_the_order_the_themes_are_computed_in() -> None:
    assert [head for head in RULES if head in ORDER] == ORDER


def test_colours_are_named_once_and_used_by_name() -> None:
    outside = [body for head, body in RULES.items() if head not in ORDER]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", "".join(outside)) == []


def test_the_focus_ring_is_at_least_three_pixels() -> None:
    widths = re.findall(r"outline:\s*(\d+)px solid var\(--focus\)", CSS)
    assert widths
    assert all(int(width) >= 3 for width in widths)


def test_nothing_moves_for_who_asked_for_no_motion() -> None:
    still = "".join(body for head, body in RULES.items() if "prefers-reduced-motion: no-preference" not in head)
    assert re.findall(r"animation|transition|scroll-behavior", still) == []


def test_forced_colours_have_their_own_rules() -> None:
    assert "@media (forced-colors: active)" in RULES


def test_sizes_grow_with_the_person_s_own_settings() -> None:
    # Font sizes in px would ignore who has asked the browser for larger text.
    assert re.findall(r"font-size:[^;]*px", CSS) == []
