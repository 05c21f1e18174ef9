"""Who gets into the console, how long, and what is written down of it."""

from collections.abc import Callable

import pyotp
import pytest

from bot.console.context import ConsoleContext
from bot.console.sections import path_after_sign_in
from registry.staff.one_time_codes import new_secret
from tests.bot.console.conftest import Clock
from tests.bot.console.visitors import PASSWORD, Visitor, csrf, text_of

Visitors = Callable[..., Visitor]


def test_whoever_has_the_password_gets_in_and_out(visitor: Visitors, desk: ConsoleContext) -> None:
    browser = visitor()
    entered = browser.sign_in("limin")

    assert (entered.status_code, entered.headers["location"]) == (303, "/console/")
    assert "您好，李敏" in text_of(browser.open("/"))
    assert browser.send("/sign-out").headers["location"] == "/console/sign-in"
    assert browser.open("/").headers["location"] == "/console/sign-in"
    assert [(each.actor, each.action) for each in desk.records.audit.entries()][-2:] == [
        ("limin", "sign_in"),
        ("limin", "sign_out"),
    ]


@pytest.mark.parametrize(("login", "password"), [("limin", "wrong password"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_password_and_an_unknown_name_are_told_apart_by_nobody(
    visitor: Visitors, login: str, password: str
) -> None:
    refused = visitor().sign_in(login, password)

    assert refused.status_code == 403
    assert "账号、密码或动态码不对" in text_of(refused)
    assert "zhuyetong_staff" not in refused.cookies


def test_a_token_from_before_signing_in_is_worth_nothing(visitor: Visitors) -> None:
    browser = visitor()
    browser.browser.cookies.set("zhuyetong_staff", "planted", domain="console.test", path="/console")
    browser.sign_in("limin")

    assert browser.browser.cookies.get("zhuyetong_staff") not in {None, "planted"}
    browser.browser.cookies.clear()
    browser.browser.cookies.set("zhuyetong_staff", "planted", domain="console.test", path="/console")
    assert browser.open("/").status_code == 303


def test_signing_in_again_ends_the_session_before(visitor: Visitors) -> None:
    browser = visitor("agent")
    before = browser.browser.cookies["zhuyetong_staff"]
    browser.sign_in("limin")

    assert browser.browser.cookies["zhuyetong_staff"] != before
    other = visitor()
    other.browser.cookies.set("zhuyetong_staff", before, domain="console.test", path="/console")
    assert other.open("/").status_code == 303


def test_a_copied_database_holds_no_token(visitor: Visitors, desk: ConsoleContext) -> None:
    token = visitor("agent").browser.cookies["zhuyetong_staff"]

    raw = desk.records.database.engine.raw_connection()
    assert token not in "\n".join(raw.driver_connection.iterdump())
    raw.close()


def test_the_cookie_stays_with_the_browser_and_with_https_on_https(visitor: Visitors, desk: ConsoleContext) -> None:
    told = visitor().sign_in("limin").headers["set-cookie"]
    assert "HttpOnly" in told
    assert "SameSite=strict" in told
    assert "Path=/console" in told
    assert "Secure" not in told


def test_over_https_no_other_host_can_plant_a_cookie(desk: ConsoleContext) -> None:
    with Visitor(desk, "https://console.test") as safe:
        told = safe.sign_in("limin").headers.get_list("set-cookie")
        given = [each for each in told if "Max-Age=0" not in each]

        assert given[0].startswith("__Host-zhuyetong_staff=")
        assert [each for each in told if not each.startswith("__Host-") or "Secure" not in each] == []
        assert [each for each in told if "Path=/;" not in f"{each};" or "Domain" in each] == []
        safe.browser.cookies.set("zhuyetong_staff", "planted", domain="console.test", path="/console")
        assert safe.open("/").status_code == 200
        assert safe.send("/sign-out").headers["location"] == "/console/sign-in"
        assert safe.open("/").status_code == 303


def test_after_five_failures_even_the_right_password_waits_in_every_process(visitor: Visitors, clock: Clock) -> None:
    for _ in range(5):
        visitor().sign_in("limin", "wrong password")

    assert visitor().sign_in("limin").status_code == 429
    assert visitor().sign_in("wangfang").status_code == 303
    clock.pass_by(seconds=61)
    assert visitor().sign_in("limin").status_code == 303


def test_waiting_grows_and_ends_within_a_quarter_of_an_hour(visitor: Visitors, clock: Clock) -> None:
    for _ in range(12):
        visitor().sign_in("limin", "wrong password")
        clock.pass_by(minutes=16)

    assert visitor().sign_in("limin").status_code == 303


def test_a_name_nobody_has_is_throttled_alike(visitor: Visitors) -> None:
    assert [visitor().sign_in("nobody").status_code for _ in range(6)] == [403, 403, 403, 403, 429, 429]


def test_after_a_quarter_of_an_hour_the_password_goes_on_with_the_same_session(visitor: Visitors, clock: Clock) -> None:
    browser = visitor("agent")
    token = browser.browser.cookies["zhuyetong_staff"]
    clock.pass_by(minutes=14)
    assert browser.open("/").status_code == 200
    clock.pass_by(minutes=16)
    assert browser.open("/cases").headers["location"] == "/console/locked?next=cases"

    locked = browser.browser.get("/console/locked?next=cases")
    assert "李敏" in text_of(locked)
    wrong = browser.browser.post("/console/locked?next=cases", data={"csrf": csrf(locked), "password": "wrong"})
    assert wrong.status_code == 403
    assert browser.open("/").status_code == 303
    right = browser.browser.post("/console/locked?next=cases", data={"csrf": csrf(locked), "password": PASSWORD})
    assert right.headers["location"] == "/console/cases"
    assert browser.open("/").status_code == 200
    assert browser.browser.cookies["zhuyetong_staff"] == token


def test_a_locked_session_cannot_be_guessed_open(visitor: Visitors, clock: Clock) -> None:
    browser = visitor("agent")
    clock.pass_by(minutes=16)
    page = browser.browser.get("/console/locked")

    def guess(password: str) -> int:
        return browser.browser.post("/console/locked", data={"csrf": csrf(page), "password": password}).status_code

    assert [guess("wrong") for _ in range(5)] == [403, 403, 403, 403, 429]
    assert guess(PASSWORD) == 429


def test_whoever_leaves_the_desk_locks_the_page(agent: Visitor) -> None:
    assert agent.send("/lock").headers["location"] == "/console/locked"
    assert agent.open("/").headers["location"] == "/console/locked"


def test_after_twelve_hours_the_session_is_over(visitor: Visitors, clock: Clock) -> None:
    browser = visitor("agent")
    for _ in range(72):
        clock.pass_by(minutes=10)
        last = browser.open("/")

    assert last.headers["location"] == "/console/sign-in"


def test_a_one_time_code_is_asked_for_and_taken_once(visitor: Visitors, desk: ConsoleContext, clock: Clock) -> None:
    secret = new_secret()
    codes = pyotp.TOTP(secret)
    desk.records.staff.use_codes("limin", secret, codes.at(clock.now), "limin")
    clock.pass_by(minutes=2)

    assert visitor().sign_in("limin").status_code == 403
    assert visitor().sign_in("limin", code="000000").status_code == 403
    assert visitor().sign_in("limin", code=codes.at(clock.now)).status_code == 303
    assert visitor().sign_in("limin", code=codes.at(clock.now)).status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        lambda staff: staff.set_role("limin", "supervisor", "zhaolei"),
        lambda staff: staff.set_password("limin", "another long one", "zhaolei"),
        lambda staff: staff.set_active("limin", False, "zhaolei"),
    ],
)
def test_another_role_or_password_or_none_at_all_signs_out(
    visitor: Visitors, desk: ConsoleContext, change: Callable[[object], None]
) -> None:
    browser = visitor("agent")
    change(desk.records.staff)

    assert browser.open("/").headers["location"] == "/console/sign-in"


@pytest.mark.parametrize(
    "wanted", ["//evil.test", "https://evil.test", "/\\evil.test", "cases/../../evil", "javascript:alert(1)", "%2f%2fe"]
)
def test_signing_in_never_leads_out_of_the_console(visitor: Visitors, wanted: str) -> None:
    assert visitor().sign_in("limin", to=wanted).headers["location"] == "/console/"
    assert path_after_sign_in(wanted) == "/console/"
    assert "evil" not in visitor().browser.get("/console/sign-in", params={"next": wanted}).text
    assert visitor().sign_in("limin", to="cases").headers["location"] == "/console/cases"


def test_signing_in_from_a_form_of_another_site_is_refused(visitor: Visitors) -> None:
    browser = visitor()
    sent = browser.browser.post("/console/sign-in", data={"csrf": "", "login": "limin", "password": PASSWORD})

    assert sent.status_code == 403
    assert browser.open("/").status_code == 303
