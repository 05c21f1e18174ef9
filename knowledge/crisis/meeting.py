"""Decides how somebody is met by what the danger is and by who speaks of it."""

from knowledge.crisis.crisis_reader import Kind
from knowledge.crisis.speaker import Speaker, SpeakerRole

_ACUTE = frozenset({Kind.DESPAIR_ACUTE, Kind.OTHER_ACUTE})
_BEATEN = frozenset({Kind.VIOLENCE, Kind.THREAT})
_OF_VIOLENCE = frozenset({SpeakerRole.VICTIM, SpeakerRole.WITNESS})
_TOLD_APART = dict.fromkeys(
    (SpeakerRole.SELF, SpeakerRole.VICTIM), (SpeakerRole.SELF, SpeakerRole.VICTIM)
) | dict.fromkeys((SpeakerRole.CLOSE, SpeakerRole.WITNESS), (SpeakerRole.CLOSE, SpeakerRole.WITNESS))
"""Two roles that differ in what the danger is, the one of despair before the one of violence."""
APART = frozenset({SpeakerRole.ON_DUTY, SpeakerRole.WITNESS})
"""Those who are spoken to differently from the person in danger and from people close to them."""


def as_met(kind: Kind, speaker: Speaker) -> tuple[Kind, str]:
    """The kind of danger that is answered, and the value of one of APART where they speak, else "".

    Where it is plain who speaks, that decides, for it is read from all turns and `kind` from one.
    """
    role = speaker.role
    if role in _TOLD_APART and (kind in _BEATEN) != (role in _OF_VIOLENCE):
        # It is not plain what the danger is, and so all turns decide that as well: 不是别人，是我 tells only of whom.
        role = _TOLD_APART[role][speaker.violence > 0]
    apart = role.value if role in APART else ""
    if role is None or kind is Kind.ACCIDENT:
        return kind, apart if role is SpeakerRole.ON_DUTY else ""
    if role is SpeakerRole.SELF:
        return kind if kind is Kind.THREAT else _of(Kind.DESPAIR, Kind.DESPAIR_ACUTE, kind), ""
    if role is SpeakerRole.CLOSE or (role is SpeakerRole.ON_DUTY and not _is_violence(kind, speaker)):
        return _of(Kind.OTHER, Kind.OTHER_ACUTE, kind), apart
    return Kind.VIOLENCE, apart


def _of(kind: Kind, acute: Kind, met: Kind) -> Kind:
    return acute if met in _ACUTE else kind


def _is_violence(kind: Kind, speaker: Speaker) -> bool:
    """Of what comes before whoever is on duty; the kind of the last turn weighs as much as a plain turn does."""
    return speaker.violence + (1 if kind in _BEATEN else -1) > 0
