"""The sections of the console, as its navigation lists them."""

from dataclasses import dataclass

from bot.console.permissions import Permission

HOME = "/console"


@dataclass(frozen=True)
class Section:
    """One entry of the navigation; words.yml has what it is called."""

    name: str
    """Also the first part of its addresses, e.g. "cases" for /console/cases."""
    permission: Permission
    """What whoever sees the entry may do."""

    @property
    def path(self) -> str:
        return f"{HOME}/{self.name}"


SECTIONS = (
    Section("assist", Permission.ASSIST),
    Section("live", Permission.TALK),
    Section("cases", Permission.READ_CASES),
    Section("unanswered", Permission.READ_QUESTIONS),
    Section("documents", Permission.READ_DOCUMENTS),
    Section("figures", Permission.READ_FIGURES),
    Section("accounts", Permission.MANAGE_STAFF),
)

_NAMES = frozenset(section.name for section in SECTIONS)


def section_of(path: str) -> str:
    """The name of the section that `path` below /console is in; "" where it is in none."""
    first = path.strip("/").partition("/")[0]
    return first if first in _NAMES else ""


def path_after_sign_in(wanted: str) -> str:
    """Where to go after signing in: the section `wanted`, or the first page where there is no such section."""
    return f"{HOME}/{wanted}" if wanted in _NAMES else f"{HOME}/"
