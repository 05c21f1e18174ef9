"""Which passwords staff may have, and how they are kept."""

import pytest
from argon2 import PasswordHasher

from registry.errors import StaffError
from registry.limits.waiting_line import WaitingLine
from registry.staff.passwords import LONGEST_PASSWORD, PASSWORDS, Passwords, check_password, generated


@pytest.mark.parametrize(
    "password",
    [
        # Seen to be taken on 903871d.
        "1234567890",
        "password123",
        "qwertyuiop",
        "admin12345",
        "P@ssw0rd123",
        "iloveyou2025",
        "qq123456789",
        "1qaz2wsx3edc",
        "abcdefghij",
        "9876543210",
        "1111122222",
        "abcabcabcabc",
        "limin-and-her-horse",
        "LIMIN and her horse",
        "my zhuyetong password",
        "我的助业通密码是这一个",
        "too short",
        "a" * (LONGEST_PASSWORD + 1),
    ],
)
def test_a_password_that_others_try_first_is_refused(password: str) -> None:
    with pytest.raises(StaffError, match="the password"):
        check_password(password, "limin")


@pytest.mark.parametrize("password", ["four words apart", "correct horse battery", "南昌的雨下了整整一个春天"])
def test_a_password_of_ones_own_is_taken(password: str) -> None:
    check_password(password, "limin")


def test_a_generated_password_is_always_taken() -> None:
    for _ in range(200):
        check_password(generated(), "limin")


def test_a_hash_of_earlier_costs_is_made_anew_and_one_of_today_is_not() -> None:
    earlier = PasswordHasher(time_cost=1, memory_cost=32, parallelism=4).hash("four words apart")
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1), WaitingLine(1, 0))
    renewed = passwords.renewed("four words apart", earlier)

    assert passwords.is_right("four words apart", earlier)
    assert passwords.is_right("four words apart", renewed)
    assert renewed != earlier
    assert passwords.renewed("four words apart", renewed) == renewed


def test_a_check_keeps_one_core_busy_and_64_mib() -> None:
    assert "$m=65536,t=3,p=1$" in PASSWORDS.hashed("four words apart", "limin")
