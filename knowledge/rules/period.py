"""The plan's own period, from the document itself."""

from datetime import date
from functools import lru_cache

from knowledge.library.loading import load_library

_PLAN = "jiangxi-2022-2024"


@lru_cache(maxsize=1)
def period() -> tuple[date, date]:
    """First and last day of the plan."""
    document = load_library().document(_PLAN)
    assert document.in_force_until is not None
    return document.in_force_from, document.in_force_until
