"""Accounts for the console, made and changed on the command line."""

import io

import pytest
from pyotp import TOTP

from registry.staff.accounts import Staff
from registry.staff.one_time_codes import new_secret
from registry.staff.sessions import StaffSessions
from tests.bot.cli.commands import CommandLine, Ran, Records


def signs_in(records: Records, password: str, code: str = "") -> bool:
    from registry.errors import SignInRefused

    try:
        StaffSessions(records.database, records.cipher).sign_in("limin", password, code, "127.0.0.1")
    except SignInRefused:
        return False
    return True


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_an_account_is_made_with_a_password_from_the_standard_input(
    zhuyetong: CommandLine, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, "four words apart\n")
    ran = zhuyetong("staff", "add", "limin", "--name", "李敏", "--role", "supervisor", "--as", "root")

    assert ran == Ran(0, ["staff limin: may sign in at /console as supervisor"], "")
    assert signs_in(records, "four words apart")
    assert records.noted()[0] == ("root", "staff_add", None, {"staff": "limin", "role": "supervisor"})
    (line,) = zhuyetong("staff", "list").out
    assert line.split()[:4] == ["limin", "supervisor", "active", "-"]


def test_a_generated_password_is_shown_once_and_lets_in(zhuyetong: CommandLine, records: Records) -> None:
    shown = zhuyetong("staff", "add", "limin", "--generate").out[0].removeprefix("password, shown this once: ")

    assert len(shown) == 19
    assert signs_in(records, shown)
    assert zhuyetong("staff", "password", "limin", "--generate").status == 0
    assert not signs_in(records, shown)


def test_a_generated_password_has_to_be_changed_and_a_typed_one_has_not(
    zhuyetong: CommandLine, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = Staff(records.database, records.cipher)
    zhuyetong("staff", "add", "limin", "--generate")
    assert [each.first_password for each in staff.all()] == [True]
    type_in(monkeypatch, "four words apart\n")
    zhuyetong("staff", "password", "limin")
    assert [each.first_password for each in staff.all()] == [False]
    zhuyetong("staff", "password", "limin", "--generate")
    assert [each.first_password for each in staff.all()] == [True]


def test_recovery_codes_are_made_anew_and_go_with_the_one_time_codes(zhuyetong: CommandLine, records: Records) -> None:
    staff, secret = Staff(records.database, records.cipher), new_secret()
    password = zhuyetong("staff", "add", "limin", "--generate").out[0].rpartition(" ")[2]
    assert "has no one-time codes yet" in zhuyetong("staff", "recovery-codes", "limin").error
    staff.use_codes("limin", secret, TOTP(secret).now(), "limin")
    first, *codes = zhuyetong("staff", "recovery-codes", "limin", "--as", "root").out

    assert first == "recovery codes, shown this once:"
    assert len(set(codes)) == 10
    assert records.noted()[-1] == ("root", "staff_recovery_codes", None, {"staff": "limin"})
    assert not signs_in(records, password)
    assert [signs_in(records, password, codes[0]) for _ in range(2)] == [True, False]
    zhuyetong("staff", "codes-off", "limin")
    assert signs_in(records, password)
    assert staff.recovery_codes_left("limin") == 0


def test_a_disabled_account_signs_in_no_more_until_it_is_enabled(
    zhuyetong: CommandLine, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, "four words apart\n")
    zhuyetong("staff", "add", "limin")
    assert zhuyetong("staff", "disable", "limin").out == ["staff limin: signs in no more"]
    assert not signs_in(records, "four words apart")
    zhuyetong("staff", "enable", "limin")
    assert signs_in(records, "four words apart")


def test_the_last_admin_stays_one(zhuyetong: CommandLine, records: Records) -> None:
    zhuyetong("staff", "add", "limin", "--role", "admin", "--generate")

    for command in (("disable", "limin"), ("role", "limin", "agent")):
        assert zhuyetong("staff", *command) == Ran(
            1, [], "zhuyetong: staff limin: is the last admin; make another one first\n"
        )


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("add", "limin"), "short\n", "the password must have 10 to 200 characters"),
        (("add", "limin"), "limin-limin-limin\n", "the password is too easy to guess"),
        (("add", "limin", "--role", "king"), "", "role king: is none"),
        (("add", "a b"), "", "login: must be 2 to 40 letters"),
        (("password", "nobody"), "four words apart\n", "staff nobody: there is no such account"),
    ],
)
def test_what_an_account_cannot_have_is_told(
    zhuyetong: CommandLine, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], typed: str, told: str
) -> None:
    type_in(monkeypatch, typed)
    ran = zhuyetong("staff", *arguments)

    assert (ran.status, ran.out) == (1, [])
    assert ran.error.startswith(f"zhuyetong: {told}")
