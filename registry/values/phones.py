"""Telephone numbers in the one form by which they can be compared."""

from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_valid_number, parse

from registry.errors import RegistrationError


def e164(phone: str) -> str:
    """`phone` as +8613800000000, whether it is a mobile or a landline with its area code.

    Raises RegistrationError for what is none in China or, with its country code, elsewhere.
    """
    try:
        number = parse(phone, "CN")
    # The cause is left out: it may quote the number.
    except NumberParseException:
        number = None
    if number is None or not is_valid_number(number):
        raise RegistrationError(
            "phone", "is no telephone number; give 11 digits of a mobile, or a landline with its area code"
        )
    return format_number(number, PhoneNumberFormat.E164)
