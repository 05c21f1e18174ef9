"""Limits asking for a person to a few times an hour, so that pranks do not hide those who need one."""

import logging
from collections.abc import Mapping

from registry.errors import RegistryError
from registry.limits.asked_from import asked_from
from registry.limits.limits import Limiter
from registry.talk.person_requests import PersonRequests
from registry.talk.request_states import CAN_WAIT

logger = logging.getLogger(__name__)


class LimitedAsking:
    """Passes requests on as long as there are not too many of one sender or address."""

    def __init__(self, persons: PersonRequests, limiter: Limiter | None) -> None:
        self._persons = persons
        self._limiter = limiter

    def ask(self, sender: str, door: str, reason: str, known: Mapping[str, str]) -> int | None:
        """The number of the request; None where it is one too many, so that only the hotlines are told."""
        # A request that waits already stays the same one, however often it is made.
        if reason in CAN_WAIT and self._persons.state_of(sender) is None and self._is_one_too_many(sender):
            return None
        return self._persons.ask(sender, door, reason, known)

    def _is_one_too_many(self, sender: str) -> bool:
        if self._limiter is None:
            return False
        asked = asked_from.get()
        try:
            return bool(self._limiter.take("person", sender=sender, address=asked.address, program=asked.program))
        except RegistryError:
            logger.exception("a request for a person is not counted")
            return False
