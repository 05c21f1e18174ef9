"""What goes wrong with the records."""


class RegistryError(Exception):
    """The records cannot be used; the text names their database, without its password, and says why."""


class EncryptionError(RegistryError):
    """A key or a record encrypted with it cannot be used; the text names file or record, holds neither key nor text,
    and says what next."""


class PersonRequestError(RegistryError):
    """A request for a person is not there, or does not allow what was asked; the text says what next."""
