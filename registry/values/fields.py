"""What a registration may hold, and how long each of it may be."""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from registry.errors import RegistrationError
from registry.values.phones import e164

Purpose = Literal["general", "disability"]

_LONGEST_VERSION = 40

LONGEST: Mapping[str, int] = {
    "name": 40,
    "phone": 30,
    "city": 20,
    "county": 30,
    "gender": 10,
    "birth_year": 10,
    "disability_type": 20,
    "disability_level": 20,
    "education": 40,
    "skills": 200,
    "desired_job": 200,
    "work_mode": 40,
    "training_need": 200,
    "accommodation": 200,
}
"""Every field with the most characters it may have."""

FIELDS = tuple(LONGEST)
"""In the order in which they are asked, shown and exported."""

REQUIRED = ("name", "phone", "city")

# 个人信息保护法 28–29: sensitive data needs a consent of its own. What somebody needs at work tells what they have.
SENSITIVE = frozenset({"disability_type", "disability_level", "accommodation"})


@dataclass(frozen=True)
class Consent:
    """What somebody agreed to, or did not."""

    purpose: Purpose
    version: str
    """Of the text they were read, e.g. "2025-03"."""
    given: bool
    channel: str | None = None
    """Where it was given where that is not the door of the registration: "staff" for one that was read out."""
    by: str | None = None
    """Who of staff read it out; None where nobody did."""

    def __post_init__(self) -> None:
        """Raises RegistrationError for another purpose or a version that is none."""
        if self.purpose not in get_args(Purpose):
            raise RegistrationError("consent", f"is for one of {', '.join(get_args(Purpose))}")
        if not 0 < len(self.version) <= _LONGEST_VERSION:
            raise RegistrationError(
                "consent", f"needs the version of its text, of at most {_LONGEST_VERSION} characters"
            )


def checked(fields: Mapping[str, str], agreed: Collection[str]) -> Mapping[str, str]:
    """`fields` in their order and without the empty ones.

    `agreed` are the purposes consented to. Raises RegistrationError for what may not be stored.
    """
    if "general" not in agreed:
        raise RegistrationError("consent", "nothing is stored without it; ask for it first")
    for name, value in fields.items():
        check(name, value, agreed)
    for name in REQUIRED:
        if not fields.get(name, "").strip():
            raise RegistrationError(name, "is missing; ask for it")
    return {name: fields[name] for name in FIELDS if fields.get(name)}


def check(name: str, value: str, agreed: Collection[str]) -> None:
    """Raises RegistrationError where `value` may not be stored as the field `name`."""
    if name not in LONGEST:
        raise RegistrationError(name, f"is no field of a registration; those are {', '.join(FIELDS)}")
    if len(value) > LONGEST[name]:
        raise RegistrationError(name, f"has {len(value)} characters; at most {LONGEST[name]} are kept")
    if value and name in SENSITIVE and "disability" not in agreed:
        raise RegistrationError(name, "is not stored without the consent for disability data; ask for that first")
    if name in REQUIRED and not value.strip():
        raise RegistrationError(name, "cannot be left out; give another one")
    if name == "phone":
        e164(value)


def comparable(name: str) -> str:
    """A person's name in the one form by which it can be compared: 王 小明 and 王小明 are the same."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
