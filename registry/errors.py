"""What goes wrong with the records."""

from datetime import datetime


class RegistryError(Exception):
    """The records cannot be used; the text names their database, without its password, and says why."""


class EncryptionError(RegistryError):
    """A key or a record encrypted with it cannot be used; the text names file or record, holds neither key nor text,
    and says what next."""


class PersonRequestError(RegistryError):
    """A request for a person is not there, or does not allow what was asked; the text says what next."""


class CallError(RegistryError):
    """A call is not there, or does not allow what was asked; the text says what next."""


class RegistrationError(RegistryError):
    """A registration cannot be recorded or changed as asked; the text names the field and never quotes its value."""

    def __init__(self, field: str, problem: str) -> None:
        self.field = field
        """The field to ask for again, e.g. "phone"; "consent" and "request" where it is none of the stored ones."""
        super().__init__(f"{field}: {problem}")


class RegistrationNotFound(RegistryError):
    """There is no such registration; the text does not tell a wrong number from a wrong phone."""


class LookUpRefused(RegistryError):
    """No registration is looked up, because too many pairs of number and phone were wrong; `until` says how long."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        """In UTC."""
        super().__init__(f"looking up a registration: refused until {until.isoformat()}")


class CaseError(RegistryError):
    """A case does not allow what was asked; the text says what it allows."""


class QuestionError(RegistryError):
    """An unanswered question is not there, or does not allow what was asked; the text says what next."""


class BackupError(RegistryError):
    """A backup cannot be made or put back; the text says why and what next."""


class StaffError(RegistryError):
    """An account of staff is not there, or does not allow what was asked; the text says what next."""


class TooManyAtOnce(RegistryError):
    """Too many ask for what is costly at once; a few seconds later there is room again."""

    def __init__(self) -> None:
        super().__init__("too many ask at once; try again in a few seconds")


class SignInRefused(RegistryError):
    """Nobody is signed in; `until` says how long to wait."""

    def __init__(self, until: datetime | None = None) -> None:
        self.until = until
        """In UTC; None where another try is allowed at once."""
        super().__init__("signing in: refused" + (f" until {until.isoformat()}" if until else ""))


class ResumeRefused(RegistryError):
    """Nobody goes on with a conversation; `until` says how long to wait."""

    def __init__(self, until: datetime | None = None) -> None:
        self.until = until
        """In UTC; None where another try is allowed at once."""
        super().__init__("going on elsewhere: refused" + (f" until {until.isoformat()}" if until else ""))


class ReasonRefused(CaseError):
    """What somebody gave as the reason for looking says nothing."""


class CaseChanged(CaseError):
    """Somebody else changed the case since it was read; nothing was written over."""
