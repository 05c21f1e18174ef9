"""The period of a document, in which what it gives can begin."""

from datetime import date

from knowledge.rules.clauses import shipped
from knowledge.rules.result import RuleError


def period(name: str) -> tuple[date, date]:
    """First and last day of the document whose clauses `name`, as in rule_clauses.yml, cites.

    Raises RuleError where nothing has ended the document.
    """
    document = shipped()[name].document
    if document.in_force_until is None:
        raise RuleError(f"{document.id} has no last day; give its document.yml an `in_force_until:`")
    return document.in_force_from, document.in_force_until
