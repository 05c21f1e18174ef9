"""Stores a registration: what may be stored of the values told, with both consents."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from dialogue.journeys.consent_version import VERSION
from dialogue.journeys.register import CONSENTS, fields_allowed
from registry.values.fields import Consent

STAFF = "staff"
"""Who registers, where, and by what channel the consents were given, where a member of staff does."""


class RegistrationStore(Protocol):
    """Where registrations are kept, as registry.registrations.registrations.Registrations does."""

    def register(
        self,
        sender: str,
        door: str,
        fields: Mapping[str, str],
        consents: Sequence[Consent],
        request: str,
        by: str = "self",
        *,
        rural: bool = False,
        actor: str | None = None,
    ) -> str: ...


def store(
    registrations: RegistrationStore,
    sender: str,
    door: str,
    values: Mapping[str, str],
    request: str,
    by: str,
    staff: str | None = None,
) -> str:
    """Gives the number of the case; `staff` is who read the questions and the consents out, None where nobody did."""
    allowed = fields_allowed(values)
    return registrations.register(
        sender,
        door,
        {field: values[field] for field in allowed if values.get(field)},
        _consents(values, staff),
        request,
        by,
        rural=values.get("residence") == "rural",
        actor=staff,
    )


def _consents(values: Mapping[str, str], staff: str | None) -> Sequence[Consent]:
    about = (STAFF, staff) if staff else (None, None)
    return [
        Consent("general", VERSION, values.get(CONSENTS[0]) == "yes", *about),
        Consent("disability", VERSION, values.get(CONSENTS[1]) == "yes", *about),
    ]
