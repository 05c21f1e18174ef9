"""Hands what staff taught in the console over to the search."""

import logging
from collections.abc import Callable, Sequence

from knowledge.search.taught import Taught
from registry.errors import RegistryError
from registry.questions.taught import all_taught
from registry.store.database import Database

logger = logging.getLogger(__name__)


def taught_by_staff(database: Database) -> Callable[[], Sequence[Taught]]:
    """What was taught so far, oldest first; as it was where the records cannot be read just now."""
    last: tuple[Taught, ...] = ()

    def taught() -> Sequence[Taught]:
        nonlocal last
        try:
            last = tuple(Taught(each.text, each.document, each.clause) for each in all_taught(database))
        except RegistryError as error:
            logger.error("what staff taught cannot be read, the earlier stays: %s", error)
        return last

    return taught
