"""Every address of the console, for everybody: who gets in, with which form, under which headers."""

from collections.abc import Callable
from typing import Any

import pytest
from httpx2 import Response

from bot.console.app import console_routes, create_console
from bot.console.context import ConsoleContext
from bot.console.permissions import MAY, Permission, may
from registry.staff.account_rules import Role
from tests.bot.console.addresses import requests
from tests.bot.console.conftest import ROLES
from tests.bot.console.fakes import FakeBase, FakeConversation
from tests.bot.console.visitors import PASSWORD, Visitor, csrf
from tests.registry.people import DACHUI, register

SUPERVISOR_ALONE = {Permission.MERGE_CASES, Permission.EXPORT, Permission.EDIT_DOCUMENTS}
ADMIN_ALONE = {Permission.PAUSE, Permission.DATE_DOCUMENTS, Permission.MANAGE_STAFF}
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'{{7*7}}"


@pytest.fixture
def number(desk: ConsoleContext) -> str:
    return register(desk.records.registrations)


def send(browser: Visitor, method: str, address: str, token: str) -> Response:
    return browser.browser.request(method, f"/console{address}", data={"csrf": token} if method == "POST" else None)


# who may -------------------------------------------------------------------------------------------------------------


def test_the_table_of_who_may_do_what() -> None:
    for permission in Permission:
        allowed = {role for role in Role if may(role, permission)}
        if permission in ADMIN_ALONE:
            assert allowed == {Role.ADMIN}
        elif permission in SUPERVISOR_ALONE:
            assert allowed == {Role.SUPERVISOR, Role.ADMIN}
        else:
            assert allowed == set(Role)
    assert set(MAY) == set(Role)


def test_no_address_is_outside_the_table(desk: ConsoleContext) -> None:
    # All the rest asks nobody who they are: the way in, what pages look like, and the page for whatever is not there.
    asking = {route.path for route in console_routes(desk)}
    others = {route.path for route in create_console(desk).routes if route.path not in asking}  # type: ignore[attr-defined]

    assert others == {"/page/{name}", "/sign-in", "/locked", "/{rest:path}"}


@pytest.mark.parametrize("role", ROLES)
def test_every_address_lets_in_whoever_may_and_nobody_else(
    visitor: Callable[[str], Visitor], desk: ConsoleContext, number: str, role: str
) -> None:
    browser = visitor(role)
    token = csrf(browser.open("/me"))
    wrong = []
    for method, address, route in requests(desk, number):
        status = send(browser, method, address, token).status_code
        if (status == 403) is may(Role(role), route.permission) or status >= 500:
            wrong.append((method, address, status))

    assert wrong == []


def test_nobody_gets_in_without_signing_in_and_nothing_is_done(
    visitor: Callable[[str], Visitor], desk: ConsoleContext, number: str
) -> None:
    browser, before = visitor(""), desk.records.audit.head()
    wrong = []
    for method, address, route in requests(desk, number):
        answer = send(browser, method, address, "")
        sent_away = answer.status_code == 303 and answer.headers["location"].startswith("/console/sign-in")
        if not (sent_away or (route.background and answer.status_code == 401)):
            wrong.append((method, address, answer.status_code))

    assert wrong == []
    assert desk.records.audit.head() == before


def test_every_form_without_the_token_of_its_session_is_refused(
    visitor: Callable[[str], Visitor], desk: ConsoleContext, number: str
) -> None:
    browser, other = visitor("admin"), csrf(visitor("agent").open("/"))
    before = [each for each in desk.records.audit.entries() if each.action not in {"sign_in", "read_masked"}]
    forged = [
        (address, token)
        for method, address, _ in requests(desk, number)
        for token in ("", other, "é")
        if method == "POST" and send(browser, "POST", address, token).status_code != 403
    ]

    assert forged == []
    assert [each for each in desk.records.audit.entries() if each.action not in {"sign_in", "read_masked"}] == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_do_nothing(admin: Visitor, number: str, method: str) -> None:
    assert admin.browser.request(method, f"/console/cases/{number}").status_code in {404, 405}


def test_what_is_no_form_is_refused(admin: Visitor) -> None:
    for body, kind in ((b"\xff\xfe{", "application/json"), (b"x", "multipart/form-data"), (b"a=1&" * 500, "")):
        sent = admin.browser.post("/console/lock", content=body, headers={"content-type": kind})
        assert sent.status_code in {400, 403}
    large = admin.browser.post("/console/lock", data={"csrf": "x" * 300_000})
    assert large.status_code == 413


# headers -------------------------------------------------------------------------------------------------------------


def test_every_answer_keeps_the_page_to_itself(
    visitor: Callable[[str], Visitor], desk: ConsoleContext, number: str
) -> None:
    browser = visitor("admin")
    addresses = [address for method, address, _ in requests(desk, number) if method == "GET"]
    for address in [*addresses, "/sign-in", "/nothing", "/page/console.css"]:
        headers = browser.open(address).headers
        policy = headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-frame-options"] == "DENY"
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_no_page_has_a_script_or_a_style_of_its_own(
    visitor: Callable[[str], Visitor], desk: ConsoleContext, number: str
) -> None:
    browser = visitor("admin")
    for method, address, _ in requests(desk, number):
        if method == "GET":
            page = browser.open(address).text
            assert "<style" not in page
            assert " style=" not in page
            assert " onclick" not in page
            assert page.count("<script") == page.count("<script src=")


# what people write ---------------------------------------------------------------------------------------------------


def hostile(desk: ConsoleContext) -> str:
    """A case in which everything that can be written is hostile; gives its number."""
    short = {"name": 40, "city": 20, "county": 30, "gender": 10, "birth_year": 10}
    fields: dict[str, Any] = {
        name: HOSTILE[: short.get(name, 20)] if name != "phone" else DACHUI["phone"] for name in DACHUI
    }
    number = register(desk.records.registrations, **fields)
    desk.records.cases.note(number, HOSTILE, HOSTILE)
    desk.records.cases.milestone_done(number, "service", HOSTILE, HOSTILE)
    desk.records.cases.plan(number, desk.today(), HOSTILE, "limin")
    desk.records.cases.assign(number, "limin", HOSTILE)
    desk.records.unmasking.open(number, HOSTILE, "zhaolei")
    desk.records.staff.add("evil", HOSTILE[:40], "agent", "four words apart", HOSTILE)
    desk.records.unanswered.note(HOSTILE, HOSTILE)
    desk.records.taught.add(HOSTILE, "jiangxi-2022-2024", "2.5.5", HOSTILE)
    desk.records.pauses.turn_off(HOSTILE, HOSTILE)
    desk.records.transcripts.note("web-1", HOSTILE, HOSTILE)
    request = desk.records.persons.ask("web-1", "web", "asked", {HOSTILE: HOSTILE})
    desk.records.persons.take(request, "zhaolei")
    desk.records.messages.write(request, HOSTILE, "zhaolei")
    call = desk.records.calls.current("zhaolei").id
    desk.records.calls.note(call, HOSTILE, "zhaolei")
    desk.records.calls.opened(call, f"jiangxi-2022-2024/{HOSTILE}", "zhaolei")
    desk.records.clause_uses.note("jiangxi-2022-2024", "1")
    clauses = desk.documents[0] / "jiangxi-2022-2024" / "clauses.yml"
    text = clauses.read_text(encoding="utf-8")
    clauses.write_text(
        text.replace("- id: '1'\n  title: ", "- id: '1'\n  title: <script>alert(1)</script>", 1), "utf-8"
    )
    return number


def test_nothing_that_anybody_writes_becomes_a_part_of_a_page(
    visitor: Callable[[str], Visitor], desk: ConsoleContext
) -> None:
    number = hostile(desk)
    browser = visitor("admin")
    query = "?search=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&state=%22%3E%3Cscript%3Ealert(1)&told=%3Cscript%3Ealert(1)"
    shown = set()
    varying = ["/live/1", "/live/1/talk", "/unanswered/1", "/assist/clauses/jiangxi-2022-2024/1"]
    for address in [*(address for method, address, _ in requests(desk, number) if method == "GET"), *varying]:
        for page in (browser.open(address).text, browser.open(address + query).text):
            assert "<script>alert" not in page, address
            assert "<img" not in page, address
            if "&lt;script&gt;alert" in page:
                shown.add(address)
    # What is hostile was there to be seen, wherever somebody wrote it.
    seen = {f"/cases/{number}", "/live/1", "/live/1/talk", "/unanswered", "/unanswered/1", "/documents", "/accounts"}
    assert seen | {"/assist", "/assist/calls/1", "/accounts/audit", "/assist/clauses/jiangxi-2022-2024/1"} <= shown


def test_what_is_typed_comes_back_as_text(visitor: Callable[[str], Visitor], desk: ConsoleContext, number: str) -> None:
    browser = visitor("admin")
    desk.records.unmasking.open(number, "回电给本人", "zhaolei")
    for address, fields in (
        ("/cases/search", {"search": HOSTILE}),
        (f"/cases/{number}/plan", {"what": HOSTILE, "version": "0", "on": "2025-04-01"}),
        ("/documents/jiangxi-2022-2024/clauses/2.5.5/edit", {"plain": HOSTILE, "title": HOSTILE, "easy": HOSTILE}),
        ("/accounts/add", {"login": HOSTILE, "name": HOSTILE, "role": HOSTILE}),
        ("/documents/add", {"title": HOSTILE, "kind": HOSTILE}),
        ("/assist", {"typed": HOSTILE}),
        ("/assist/suggestions", {"typed": HOSTILE}),
        ("/assist/sums/quota", {"staff": HOSTILE, "unit_kind": HOSTILE}),
        ("/assist/register", {"key": "k" * 32, "consent": "yes", "name": HOSTILE, "phone": HOSTILE, "city": HOSTILE}),
    ):
        page = browser.send(address, "/me", **fields)
        assert page.status_code in {200, 409, 422}
        assert "<script>alert" not in page.text
        assert "<img" not in page.text


@pytest.mark.parametrize(
    "name",
    [
        "../app.py",
        "..%2fapp.py",
        "%2e%2e/app.py",
        "..%5capp.py",
        "....//app.py",
        "frame.html",
        "/etc/passwd",
        "%00",
    ],
)
def test_nothing_but_the_files_of_its_pages_is_given_out(admin: Visitor, name: str) -> None:
    for at in ("/console/page/", "/page/"):
        answer = admin.browser.get(f"{at}{name}")
        assert answer.status_code in {303, 404}
        assert "import" not in answer.text
        assert "root:" not in answer.text


@pytest.mark.parametrize(
    "wanted", ["//evil.test", "https://evil.test", "/\\evil.test", "cases@evil.test", "../..", "%0d%0aX: y"]
)
def test_no_address_leads_out_of_the_console(
    visitor: Callable[[str], Visitor], desk: ConsoleContext, wanted: str
) -> None:
    browser = visitor("agent")
    signed_in = browser.sign_in("limin", to=wanted)
    desk.records.sessions.lock(browser.browser.cookies["zhuyetong_staff"])
    page = browser.open(f"/locked?next={wanted}")
    unlocked = browser.browser.post(f"/console/locked?next={wanted}", data={"csrf": csrf(page), "password": PASSWORD})

    assert [each.headers["location"] for each in (signed_in, unlocked)] == ["/console/", "/console/"]
    assert "evil" not in page.text


def test_a_fault_tells_nothing_of_anybody(desk: ConsoleContext, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(FakeBase):
        def current(self) -> None:  # type: ignore[override]
            raise RuntimeError("broken")

    broken = ConsoleContext(
        desk.records,
        Broken([]),  # type: ignore[arg-type]
        FakeConversation(),  # type: ignore[arg-type]
        desk.documents,
        desk.versions,
    )
    with Visitor(broken) as browser:
        browser.sign_in("limin")
        page = browser.open("/documents?search=王大锤")

    assert page.status_code == 500
    assert "broken" not in page.text
    assert "王大锤" not in caplog.text
