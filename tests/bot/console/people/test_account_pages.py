"""Accounts in the console: an admin's, and everybody's own."""

import re

import pyotp
import pytest

from bot.console.audit_words import details
from bot.console.context import ConsoleContext
from tests.bot.console.conftest import Clock
from tests.bot.console.visitors import PASSWORD, Visitor, text_of
from tests.registry.people import register


def shown(page: str) -> str:
    (password,) = re.findall(r'id="shown">([^<]*)<', page)
    return str(password)


def test_an_admin_makes_an_account_whose_password_is_shown_once(admin: Visitor, desk: ConsoleContext) -> None:
    page = admin.send("/accounts/add", "/accounts", login="newone", name="孙梅", role="agent")
    password = shown(page.text)

    with Visitor(desk) as browser:
        assert browser.sign_in("newone", password).status_code == 303
    assert password not in admin.open("/accounts").text
    assert ("zhaolei", "staff_add") in [(each.actor, each.action) for each in desk.records.audit.entries()]


def test_an_admin_changes_what_others_may(admin: Visitor, desk: ConsoleContext) -> None:
    def change(**fields: str) -> int:
        return admin.send("/accounts/change", "/accounts", login="limin", **fields).status_code

    assert change(what="role", role="supervisor") == 303
    assert change(what="disable") == 303
    (limin,) = (each for each in desk.records.staff.all() if each.login == "limin")
    assert (limin.role.value, limin.active) == ("supervisor", False)
    assert change(what="enable") == 303
    assert change(what="codes") == 303
    assert change(what="nonsense") == 422
    assert change(what="role", role="king") == 422
    password = shown(admin.send("/accounts/change", "/accounts", login="limin", what="password").text)
    with Visitor(desk) as browser:
        assert browser.sign_in("limin", password).status_code == 303


def test_the_last_admin_stays_one(admin: Visitor, desk: ConsoleContext) -> None:
    for what in ("disable", "role"):
        sent = admin.send("/accounts/change", "/accounts", login="zhaolei", what=what, role="agent")
        assert sent.status_code == 422
        assert "最后一位管理员" in text_of(sent)
    assert admin.open("/").status_code == 200


def test_whoever_changes_their_password_stays_signed_in_here_and_nowhere_else(
    agent: Visitor, desk: ConsoleContext
) -> None:
    with Visitor(desk) as elsewhere:
        elsewhere.sign_in("limin")
        before = agent.browser.cookies["zhuyetong_staff"]
        sent = agent.send("/me/password", "/me", password=PASSWORD, new="another long one", again="another long one")

        assert sent.headers["location"] == "/console/me?told=password"
        assert agent.browser.cookies["zhuyetong_staff"] != before
        assert agent.open("/").status_code == 200
        assert elsewhere.open("/").status_code == 303
        assert elsewhere.sign_in("limin", "another long one").status_code == 303


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"password": "wrong", "new": "another long one", "again": "another long one"}, "不对"),
        ({"password": PASSWORD, "new": "another long one", "again": "other"}, "不一样"),
        ({"password": PASSWORD, "new": "short", "again": "short"}, "新密码不能用"),
    ],
)
def test_a_password_that_cannot_be_changed_stays(
    agent: Visitor, desk: ConsoleContext, fields: dict[str, str], told: str
) -> None:
    sent = agent.send("/me/password", "/me", **fields)

    assert sent.status_code == 422
    assert told in text_of(sent)
    assert desk.records.staff.is_password("limin", PASSWORD)


def test_one_time_codes_are_turned_on_and_off(agent: Visitor, desk: ConsoleContext, clock: Clock) -> None:
    (secret,) = re.findall(r'name="secret" value="([^"]*)"', agent.open("/me").text)
    wrong = agent.send("/me/codes", "/me", secret=secret, code="000000", password=PASSWORD)
    assert (wrong.status_code, desk.records.staff.all()[0].has_codes) == (422, False)
    agent.send("/me/codes", "/me", secret=secret, code=pyotp.TOTP(secret).at(clock.now), password=PASSWORD)

    assert desk.records.staff.all()[0].has_codes
    raw = desk.records.database.engine.raw_connection()
    assert secret not in "\n".join(raw.driver_connection.iterdump())
    raw.close()
    agent.send("/me/codes-off", "/me", password="wrong")
    assert desk.records.staff.all()[0].has_codes
    agent.send("/me/codes-off", "/me", password=PASSWORD)
    assert not desk.records.staff.all()[0].has_codes


def test_the_audit_is_shown_with_whether_it_is_whole(admin: Visitor) -> None:
    assert "赵雷 登录" in text_of(admin.open("/accounts/audit"))
    assert "记录完整" in text_of(admin.open("/accounts/audit?verify=yes"))


def test_the_audit_says_what_was_done_in_words(admin: Visitor, desk: ConsoleContext) -> None:
    number = register(desk.records.registrations, 1)
    desk.records.cases.assign(number, "limin", "zhaolei")
    desk.records.cases.move(number, "in_progress", "limin")
    desk.records.cases.milestone_done(number, "ability_assessment", "", "limin")
    desk.records.staff.set_role("wangfang", "agent", "zhaolei")
    told = text_of(admin.open("/accounts/audit"))

    assert "原来：没有；改为：李敏" in told
    assert "原来：已登记；改为：跟进中" in told
    assert "节点：就业能力评估" in told
    assert "账号：王芳；原来：主管；改为：坐席" in told


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"on": "2026-01-31", "cases": 3}, "哪一天：2026-01-31；台账：3"),
        ({"staff": "limin", "on": True}, "账号：李敏；开启：是"),
        ({"searched": False}, "用了查找：否"),
        ({"kind": "csv", "reason": "月报"}, "原因：月报；格式：csv"),
        ({"something_new": 7}, "something_new：7"),
        ({}, ""),
    ],
)
def test_details_of_the_audit_are_words(told: dict[str, object], said: str) -> None:
    assert details(told, {"limin": "李敏"}) == said
