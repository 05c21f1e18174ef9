"""What wrong pairs of number and telephone are counted by: after a few of them whoever tries must wait."""

from collections.abc import Sequence

from registry.limits.asked_from import asked_from
from registry.limits.throttling import Subject
from registry.store.encryption import Cipher

_TRIES = 5
_TRIES_BY_ADDRESS = 20
"""A village office stands behind one."""
_TRIES_BY_PROGRAM = 100
"""A city's own pages stand behind one."""


def counted_by(cipher: Cipher, phone_index: str, sender: str) -> Sequence[Subject]:
    """The phone that is asked for, who asks and where from, as far as they are known; else "".

    A right pair wipes out no wrong ones: anybody can register with a phone that is not theirs, and has one.
    """
    asked = asked_from.get()
    told = (
        ("phone", phone_index, _TRIES),
        ("sender", sender, _TRIES),
        ("program", asked.program, _TRIES_BY_PROGRAM),
        ("address", "" if asked.program else asked.address, _TRIES_BY_ADDRESS),
    )
    return [Subject(cipher.index(f"pair {kind} {who}"), tries) for kind, who, tries in told if who]
