"""What a person told, as it is stored: one encrypted text, and two indexes by which it can be found again."""

import json
from collections.abc import Mapping
from typing import Protocol

from registry.errors import EncryptionError
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import RegistrationRow
from registry.values.fields import comparable
from registry.values.phones import e164


class Holder(Protocol):
    """A registration, or no more of its row than is asked for."""

    number: str
    personal: str | None


def stored(cipher: Cipher, number: str, fields: Mapping[str, str]) -> Mapping[str, str]:
    """The columns that hold `fields` of the registration `number`; they have at least a name and a phone."""
    place = place_of(RegistrationRow.personal, RegistrationRow(number=number))
    return {
        "personal": cipher.encrypt(json.dumps(fields, ensure_ascii=False), place),
        "phone_index": cipher.index(e164(fields["phone"])),
        "name_index": cipher.index(comparable(fields["name"])),
    }


def store(cipher: Cipher, row: RegistrationRow, fields: Mapping[str, str]) -> None:
    """Puts `fields` in the place of what `row` holds."""
    for column, value in stored(cipher, row.number, fields).items():
        setattr(row, column, value)


def fields_of(cipher: Cipher, row: Holder) -> Mapping[str, str]:
    """The fields that `row` holds; none once they were deleted. Raises EncryptionError where no key decrypts them."""
    if row.personal is None:
        return {}
    record = f"{RegistrationRow.__tablename__} {row.number}"
    try:
        return dict(json.loads(cipher.decrypt(row.personal, place_of(RegistrationRow.personal, row, record))))
    # Encrypted by us, but for another column: the cause would quote it.
    except (ValueError, TypeError):
        raise EncryptionError(f"{record}: holds something else; take it from a copy") from None
