"""At first there is only one's own account: for a password of one's own, and for one-time codes."""

import re
from collections.abc import Callable

import pyotp
import pytest
from httpx2 import Response

from bot.console.context import ConsoleContext
from tests.bot.console.accounts import code_of
from tests.bot.console.addresses import requests
from tests.bot.console.conftest import Clock
from tests.bot.console.visitors import PASSWORD, Visitor, csrf, text_of

OPEN_AT_FIRST = {"/me", "/me/password", "/me/codes", "/sign-out", "/lock"}
MADE, OWN = "kq7P-uXWa-9fLm-Zt4c", "a long one of her own"


def shown(page: Response) -> list[str]:
    """The recovery codes on a page."""
    return re.findall(r"<li>([a-z0-9]{5}-[a-z0-9]{5})</li>", page.text)


def set_codes_up(browser: Visitor, clock: Clock, password: str = PASSWORD) -> Response:
    (secret,) = re.findall(r'name="secret" value="([^"]*)"', browser.open("/me").text)
    code = pyotp.TOTP(secret).at(clock.now)
    return browser.send("/me/codes", "/me", secret=secret, code=code, password=password)


@pytest.fixture
def newcomer(desk: ConsoleContext, visitor: Callable[..., Visitor]) -> Visitor:
    """Somebody whose password an admin had made."""
    desk.records.staff.add("sunmei", "孙梅", "agent", MADE, "zhaolei", first=True)
    browser = visitor()
    browser.sign_in("sunmei", MADE)
    return browser


@pytest.fixture
def without_codes(desk: ConsoleContext, visitor: Callable[[str], Visitor]) -> Visitor:
    """An admin who lost the telephone and signed in anew."""
    desk.records.staff.drop_codes("zhaolei", "zhaolei")
    return visitor("admin")


@pytest.mark.parametrize("who", ["newcomer", "without_codes"])
def test_before_that_no_other_address_is_there(request: pytest.FixtureRequest, desk: ConsoleContext, who: str) -> None:
    browser: Visitor = request.getfixturevalue(who)
    token, before, wrong = csrf(browser.open("/me")), desk.records.audit.head(), []
    for method, address, route in requests(desk, "12345678"):
        if route.path in OPEN_AT_FIRST:
            continue
        data = {"csrf": token} if method == "POST" else None
        answer = browser.browser.request(method, f"/console{address}", data=data)
        led = answer.status_code == 303 and answer.headers["location"] == "/console/me"
        if not (led or (route.background and answer.status_code == 401)):
            wrong.append((method, address, answer.status_code))

    assert wrong == []
    assert desk.records.audit.head() == before
    assert "/console/cases" not in browser.open("/me").text


def test_a_first_password_is_changed_and_then_all_is_there(newcomer: Visitor) -> None:
    assert "请先改成只有您知道的密码" in text_of(newcomer.open("/me"))
    same = newcomer.send("/me/password", "/me", password=MADE, new=MADE, again=MADE)
    assert (same.status_code, newcomer.open("/cases").status_code) == (422, 303)
    newcomer.send("/me/password", "/me", password=MADE, new=OWN, again=OWN)

    assert newcomer.open("/cases").status_code == 200


def test_whoever_has_to_have_codes_sets_them_up_and_then_all_is_there(without_codes: Visitor, clock: Clock) -> None:
    assert "主管和管理员登录要用动态码" in text_of(without_codes.open("/me"))
    page = set_codes_up(without_codes, clock)

    assert len(set(shown(page))) == 10
    assert without_codes.open("/cases").status_code == 200
    assert shown(without_codes.open("/me")) == []


def test_whoever_becomes_a_supervisor_sets_codes_up(agent: Visitor, desk: ConsoleContext) -> None:
    desk.records.staff.set_role("limin", "supervisor", "zhaolei")
    agent.sign_in("limin")

    assert agent.open("/cases").headers["location"] == "/console/me"


def test_a_recovery_code_takes_the_place_of_a_one_time_code_once(
    without_codes: Visitor, visitor: Callable[..., Visitor], desk: ConsoleContext, clock: Clock
) -> None:
    codes = shown(set_codes_up(without_codes, clock))

    assert visitor().sign_in("zhaolei", code="aaaaa-aaaaa").status_code == 403
    assert visitor().sign_in("zhaolei", code=codes[0].upper().replace("-", " ")).status_code == 303
    assert visitor().sign_in("zhaolei", code=codes[0]).status_code == 403
    assert visitor().sign_in("zhaolei", code=codes[1]).status_code == 303
    assert desk.records.staff.recovery_codes_left("zhaolei") == 8


def test_recovery_codes_are_kept_hashed(without_codes: Visitor, desk: ConsoleContext, clock: Clock) -> None:
    codes = shown(set_codes_up(without_codes, clock))
    raw = desk.records.database.engine.raw_connection()
    dump = "\n".join(raw.driver_connection.iterdump())
    raw.close()

    assert [code for code in codes if code in dump or code.replace("-", "") in dump] == []


def test_other_recovery_codes_end_the_earlier_ones(
    without_codes: Visitor, visitor: Callable[..., Visitor], clock: Clock
) -> None:
    before = shown(set_codes_up(without_codes, clock))
    assert without_codes.send("/me/recovery-codes", "/me", password="wrong").status_code == 422
    after = shown(without_codes.send("/me/recovery-codes", "/me", password=PASSWORD))

    assert len(after) == 10
    assert visitor().sign_in("zhaolei", code=before[0]).status_code == 403
    assert visitor().sign_in("zhaolei", code=after[0]).status_code == 303


def test_whoever_has_codes_unlocks_with_one(admin: Visitor, desk: ConsoleContext) -> None:
    admin.send("/lock")
    page = admin.open("/locked")

    def unlock(code: str) -> int:
        fields = {"csrf": csrf(page), "password": PASSWORD, "code": code}
        return admin.browser.post("/console/locked", data=fields).status_code

    assert "动态码" in text_of(page)
    assert [unlock(""), unlock("000000"), admin.open("/").status_code] == [403, 403, 303]
    assert [unlock(code_of(desk, "zhaolei")), admin.open("/").status_code] == [303, 200]


def test_a_form_left_open_does_not_replace_the_codes(admin: Visitor, desk: ConsoleContext, clock: Clock) -> None:
    secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).at(clock.now)
    sent = admin.send("/me/codes", "/me", secret=secret, code=code, password=PASSWORD)

    assert sent.status_code == 422
    with Visitor(desk) as elsewhere:
        assert elsewhere.sign_in("zhaolei").status_code == 303
