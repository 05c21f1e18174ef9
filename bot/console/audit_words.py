"""What an audit entry says beyond who did what, in the words staff use."""

from collections.abc import Mapping
from datetime import date

from bot.console.pages import words

# What the values of a detail are called is the same as elsewhere in the console.
_KINDS: Mapping[str, tuple[str, ...]] = {
    "role": ("role",),
    "from": ("role", "state"),
    "to": ("role", "state"),
    "milestone": ("milestone",),
    "field": ("field",),
    "purpose": ("consent",),
    "door": ("door",),
}


def details(told: Mapping[str, object], names: Mapping[str, str]) -> str:
    """The details of an entry in one line; `names` has whom each login belongs to."""
    said = words()["detail"]
    between, is_, yes, no, nothing = (said[each] for each in ("between", "is", "yes", "no", "nothing"))

    def title(name: str, value: object) -> str:
        if value is None:
            return nothing
        if isinstance(value, bool):
            return yes if value else no
        text = str(value)
        kinds = (words()[kind] for kind in _KINDS.get(name, ()))
        return next((kind[text] for kind in kinds if text in kind), names.get(text, text))

    # In the order of words.yml: the audit itself keeps them by the alphabet.
    places = {name: place for place, name in enumerate(words()["detail_of"])}
    ordered = sorted(told.items(), key=lambda item: places.get(item[0], len(places)))
    return between.join(f"{_name(name, value)}{is_}{title(name, value)}" for name, value in ordered)


def _name(name: str, value: object) -> str:
    # "on" is a day where something expired, and elsewhere whether something is turned on.
    key = "on_day" if name == "on" and _is_day(value) else name
    return words()["detail_of"].get(key, name)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False
