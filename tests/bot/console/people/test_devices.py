"""Strangers who fail to sign in make themselves wait, and nobody of staff."""

from collections.abc import Callable

import pytest

from bot.console.context import ConsoleContext
from registry.errors import SignInRefused
from registry.staff.devices import Devices
from tests.bot.console.conftest import Clock
from tests.bot.console.visitors import PASSWORD, Visitor, csrf

OFFICE = "10.0.0.1"


@pytest.fixture
def device(desk: ConsoleContext) -> str:
    """The cookie of a browser that 李敏 signed in from before."""
    return Devices(desk.records.cipher).new("limin")


def fail(desk: ConsoleContext, address: str, login: str = "limin", device: str = "") -> bool:
    """Whether a wrong password is refused without being looked at."""
    with pytest.raises(SignInRefused) as caught:
        desk.records.sessions.sign_in(login, "wrong password", "", address, device=device)
    return caught.value.until is not None


def lets_in(desk: ConsoleContext, address: str, device: str = "") -> bool:
    try:
        desk.records.sessions.sign_in("limin", PASSWORD, "", address, device=device)
    except SignInRefused:
        return False
    return True


def test_a_hundred_failures_elsewhere_keep_nobody_out(desk: ConsoleContext, device: str) -> None:
    for each in range(100):
        fail(desk, f"203.0.113.{each}")

    assert lets_in(desk, OFFICE, device)
    assert lets_in(desk, "10.0.0.2")


def test_behind_one_proxy_others_never_make_a_known_browser_wait(desk: ConsoleContext, device: str) -> None:
    for each in range(60):
        fail(desk, OFFICE, f"somebody{each}")
    assert fail(desk, OFFICE)

    assert lets_in(desk, OFFICE, device)
    assert not lets_in(desk, OFFICE)


def test_even_hundreds_of_failures_make_a_new_browser_wait_no_quarter_of_an_hour(
    desk: ConsoleContext, device: str, clock: Clock
) -> None:
    for each in range(200):
        fail(desk, f"10.1.0.{each}")
    for each in range(5):
        clock.pass_by(minutes=16)
        fail(desk, f"203.0.113.{each}")

    assert not lets_in(desk, OFFICE)
    assert lets_in(desk, OFFICE, device)
    fail(desk, "203.0.113.9")
    clock.pass_by(minutes=15)
    assert lets_in(desk, OFFICE)


def test_a_known_browser_guesses_no_more_often_than_others(desk: ConsoleContext, device: str) -> None:
    assert [fail(desk, f"10.0.0.{each}", device=device) for each in range(6)] == [False] * 4 + [True] * 2
    assert not lets_in(desk, OFFICE, device)


def test_a_cookie_is_of_one_login_and_made_by_our_key_alone(desk: ConsoleContext, device: str) -> None:
    devices = Devices(desk.records.cipher)

    assert devices.is_of("LiMin", device)
    for forged in ("", ".", "x.y", device[:-1], f"{device}0", f"x{device}", device.replace(".", ""), "é.é"):
        assert not devices.is_of("limin", forged)
    assert not devices.is_of("wangfang", device)


def test_a_browser_is_known_by_a_cookie_for_whoever_signs_in(
    visitor: Callable[..., Visitor], desk: ConsoleContext
) -> None:
    browser = visitor()
    told = browser.sign_in("limin").headers.get_list("set-cookie")
    (device,) = (each for each in told if each.startswith("zhuyetong_device_"))
    assert "HttpOnly" in device
    assert "Max-Age=31536000" in device
    assert "limin" not in device
    browser.send("/sign-out")
    for _ in range(6):
        visitor().sign_in("limin", "wrong password")

    assert visitor().sign_in("limin").status_code == 429
    assert browser.sign_in("limin").status_code == 303


def test_a_refused_browser_gets_no_cookie(visitor: Callable[..., Visitor]) -> None:
    told = visitor().sign_in("limin", "wrong password").headers.get_list("set-cookie")

    assert [each for each in told if "device" in each] == []


def test_a_session_is_unlocked_whatever_strangers_do(agent: Visitor, desk: ConsoleContext) -> None:
    agent.send("/lock")
    for each in range(60):
        fail(desk, "testclient", f"somebody{each}" if each > 10 else "limin")
    proof = {"csrf": csrf(agent.open("/locked")), "password": PASSWORD}

    assert agent.browser.post("/console/locked", data=proof).status_code == 303
