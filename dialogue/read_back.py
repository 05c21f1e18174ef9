"""Reads back what was told, field by field, for eyes and for ears."""

from collections.abc import Mapping

from dialogue.display import display_value, group_digits
from knowledge.facts.annotated_examples import slots
from knowledge.language.numerals import DIGITS
from registry.values.fields import FIELDS

_SPOKEN_DIGIT = {str(value): digit for digit, value in DIGITS.items() if digit not in "〇两"} | {"1": "幺"}


def to_read_back(values: Mapping[str, str]) -> Mapping[str, str]:
    """What a question may say of the `values` known: all of them, and the change that is to be made."""
    field = values.get("change_field")
    value = values.get("change_value")
    return {
        "summary": summary(values),
        "spoken": spoken_summary(values),
        "title": slots()[field].title if field else "",
        "value": display_value(value, field) + values.get("county", "") if field and value else "",
        "heard": _heard(value, field) if field and value else "",
    }


def summary(values: Mapping[str, str]) -> str:
    """One line a field, digits in groups."""
    return "\n".join(
        f"{slots()[field].title}：{display_value(values[field], field)}" for field in FIELDS if values.get(field)
    )


def spoken_summary(values: Mapping[str, str]) -> str:
    """The same to be heard: telephone numbers digit by digit."""
    return "".join(f"{slots()[field].title}，{_heard(values[field], field)}。" for field in FIELDS if values.get(field))


def by_digits(number: str) -> str:
    """Digit by digit, with a pause between the groups: 幺三八，零零幺三，八零零零."""
    return "，".join(
        "".join(_SPOKEN_DIGIT.get(digit, digit) for digit in group) for group in group_digits(number).split()
    )


def _heard(value: str, field: str) -> str:
    return by_digits(value) if slots()[field].kind == "phone" else display_value(value, field)
