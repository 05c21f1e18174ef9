"""However a telephone number is written, it is the same one; what is none is refused and not quoted."""

import pytest

from registry.errors import RegistrationError
from registry.values.phones import e164


@pytest.mark.parametrize(
    ("phone", "expected"),
    [
        ("13800000001", "+8613800000001"),
        ("138 0000 0001", "+8613800000001"),
        ("138-0000-0001", "+8613800000001"),
        ("+86 13800000001", "+8613800000001"),
        ("008613800000001", "+8613800000001"),
        ("１３８０００００００１", "+8613800000001"),
        ("0791-88886666", "+8679188886666"),
        ("+852 6123 4567", "+85261234567"),
    ],
)
def test_a_number_has_one_form_however_it_is_written(phone: str, expected: str) -> None:
    assert e164(phone) == expected


@pytest.mark.parametrize("phone", ["", "王大锤", "1380000000", "138000000012", "12385", "88886666", "1" * 500])
def test_what_is_no_telephone_number_is_refused_and_not_quoted(phone: str) -> None:
    with pytest.raises(RegistrationError) as caught:
        e164(phone)

    assert (caught.value.field, str(caught.value)) == (
        "phone",
        "phone: is no telephone number; give 11 digits of a mobile, or a landline with its area code",
    )
    assert caught.value.__cause__ is None
