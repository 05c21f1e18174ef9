"""Which role may do what: one table."""

from collections.abc import Mapping
from enum import Enum

from registry.staff.account_rules import Role


class Action(str, Enum):
    """What a place of the console lets somebody do."""

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
        Action.ASSIST,
        Action.TALK,
        Action.READ_CASES,
        Action.CHANGE_CASES,
        Action.READ_QUESTIONS,
        Action.TEACH,
        Action.READ_DOCUMENTS,
        Action.READ_FIGURES,
        Action.OWN_ACCOUNT,
    }
)
_SUPERVISOR = _AGENT | {Action.MERGE_CASES, Action.EXPORT, Action.EDIT_DOCUMENTS}
_ADMIN = _SUPERVISOR | {Action.PAUSE, Action.DATE_DOCUMENTS, Action.MANAGE_STAFF}

MAY: Mapping[Role, frozenset[Action]] = {Role.AGENT: _AGENT, Role.SUPERVISOR: _SUPERVISOR, Role.ADMIN: _ADMIN}


def may(role: Role, action: Action) -> bool:
    """Whether somebody of `role` may do `action`."""
    return action in MAY[role]
