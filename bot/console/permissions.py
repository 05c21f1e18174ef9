"""Which role may do what: one table."""

from collections.abc import Mapping
from enum import Enum

from registry.staff.account_rules import Role


class Permission(str, Enum):
    """What somebody may do in the console."""

    ASSIST = "assist"
    """Answer a caller, and register them."""
    TALK = "talk"
    """Take over a conversation."""
    READ_CASES = "read_cases"
    CHANGE_CASES = "change_cases"
    MERGE_CASES = "merge_cases"
    EXPORT = "export"
    READ_QUESTIONS = "read_questions"
    TEACH = "teach"
    """Join a question to a clause."""
    READ_DOCUMENTS = "read_documents"
    EDIT_DOCUMENTS = "edit_documents"
    DATE_DOCUMENTS = "date_documents"
    """Say when a document is in force and what takes its place: on it depends what every answer begins with."""
    PAUSE = "pause"
    """Turn the assistant's answers off and on."""
    READ_FIGURES = "read_figures"
    MANAGE_STAFF = "manage_staff"
    OWN_ACCOUNT = "own_account"


_AGENT = frozenset(
    {
        Permission.ASSIST,
        Permission.TALK,
        Permission.READ_CASES,
        Permission.CHANGE_CASES,
        Permission.READ_QUESTIONS,
        Permission.TEACH,
        Permission.READ_DOCUMENTS,
        Permission.READ_FIGURES,
        Permission.OWN_ACCOUNT,
    }
)
_SUPERVISOR = _AGENT | {Permission.MERGE_CASES, Permission.EXPORT, Permission.EDIT_DOCUMENTS}
_ADMIN = _SUPERVISOR | {Permission.PAUSE, Permission.DATE_DOCUMENTS, Permission.MANAGE_STAFF}

MAY: Mapping[Role, frozenset[Permission]] = {Role.AGENT: _AGENT, Role.SUPERVISOR: _SUPERVISOR, Role.ADMIN: _ADMIN}


def may(role: Role, permission: Permission) -> bool:
    """Whether somebody of `role` may do `permission`."""
    return permission in MAY[role]
