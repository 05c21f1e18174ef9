"""What a registration may hold, written out: the table of the code is the one thing that these tests do not read."""

import pytest

from registry.errors import RegistrationError
from registry.values.fields import FIELDS, Consent, check, checked, comparable

AGREED = ("general", "disability")
LONGEST = {
    **{"name": 40, "city": 20, "county": 30, "gender": 10, "birth_year": 10, "disability_type": 20},
    **{"disability_level": 20, "education": 40, "skills": 200, "desired_job": 200, "work_mode": 40},
    **{"training_need": 200, "accommodation": 200},
}
TOLD = {"name": "王大锤", "phone": "13800138000", "city": "南昌"}


def test_every_field_has_a_length() -> None:
    assert {*LONGEST, "phone"} == set(FIELDS)


@pytest.mark.parametrize(("name", "longest"), LONGEST.items())
def test_a_field_holds_so_many_characters_and_no_more(name: str, longest: int) -> None:
    check(name, "长" * longest, AGREED)
    with pytest.raises(RegistrationError, match=f"has {longest + 1} characters; at most {longest} are kept"):
        check(name, "长" * (longest + 1), AGREED)


def test_a_telephone_number_has_at_most_thirty_characters_with_its_spaces() -> None:
    check("phone", "138 0013 8000".ljust(30), AGREED)
    with pytest.raises(RegistrationError, match="at most 30 are kept"):
        check("phone", "138 0013 8000".ljust(31), AGREED)


@pytest.mark.parametrize("version", ["1", "1" * 40])
def test_a_consent_has_the_version_of_its_text(version: str) -> None:
    assert Consent("general", version, True).version == version


@pytest.mark.parametrize("version", ["", "1" * 41, "1" * 80])
def test_a_consent_without_a_version_is_none(version: str) -> None:
    with pytest.raises(RegistrationError, match="needs the version of its text, of at most 40 characters"):
        Consent("general", version, True)


@pytest.mark.parametrize("name", ["disability_type", "disability_level", "accommodation"])
def test_what_tells_of_a_disability_takes_its_own_consent(name: str) -> None:
    check(name, "视力", AGREED)
    check(name, "", ["general"])
    with pytest.raises(RegistrationError, match="without the consent for disability data"):
        check(name, "视力", ["general"])


@pytest.mark.parametrize("name", ["name", "phone", "city"])
def test_what_cannot_be_left_out_is_asked_for(name: str) -> None:
    with pytest.raises(RegistrationError, match="is missing; ask for it"):
        checked({field: value for field, value in TOLD.items() if field != name}, AGREED)
    with pytest.raises(RegistrationError, match="cannot be left out"):
        checked({**TOLD, name: " "}, AGREED)


def test_nothing_is_stored_without_the_first_consent() -> None:
    with pytest.raises(RegistrationError, match="nothing is stored without it"):
        checked(TOLD, ["disability"])


def test_fields_come_in_their_order_and_without_empty_ones() -> None:
    told = {"skills": "", "county": "进贤县", **dict(reversed(TOLD.items()))}

    assert list(checked(told, AGREED).items()) == [*TOLD.items(), ("county", "进贤县")]


def test_a_name_is_the_same_however_it_is_spaced() -> None:
    assert {comparable(each) for each in ("王小明", "王 小明", " 王　小明 ")} == {"王小明"}
    assert comparable("ＬＩ Ming") == comparable("li ming")
