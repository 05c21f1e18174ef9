"""Who is speaking: the door they came through and their name there, checked in one place for every door."""

import re
from dataclasses import dataclass

LONGEST_NAME = 200
"""Characters."""

WEB = "web"
"""A browser, by the cookie we gave it."""
TERMINAL = "terminal"
TELEGRAM = "telegram"
API = "api"
"""A program with a key of ours, which answers for who its people are."""
OPEN = "open"
"""A program without one: whoever guesses the name is taken for the same person."""

_DOOR = re.compile("[a-z]+")


class SenderError(ValueError):
    """Nobody can be called that; the text says what is wrong with it."""


@dataclass(frozen=True)
class Sender:
    """Somebody, as one door knows them; no door can name the people of another."""

    door: str
    """A plain word without a hyphen, so that no key of one door is that of another."""
    name: str
    """Stable over a conversation."""

    def __post_init__(self) -> None:
        if not _DOOR.fullmatch(self.door):
            raise SenderError("the door must be a plain word")
        if not 0 < len(self.name) <= LONGEST_NAME:
            raise SenderError(f"must have 1 to {LONGEST_NAME} characters")
        # What is cut out only later makes another name of it: \ud83dtelegram-1 was once telegram-1.
        if cleaned(self.name) != self.name:
            raise SenderError("must have no space around it and no character that is not seen")

    @property
    def key(self) -> str:
        """What conversations, transcripts and records know them by."""
        return f"{self.door}-{self.name}"

    @property
    def identified(self) -> bool:
        """Whether nobody else can come as them, so that they may ask for what is personal."""
        return self.door != OPEN

    @classmethod
    def from_key(cls, key: str) -> "Sender":
        """Raises SenderError where `key` is none."""
        door, _, name = key.partition("-")
        return cls(door, name)


def cleaned(name: str) -> str:
    """`name` without what any later step could drop: controls, format characters, halves of characters, odd spaces."""
    return "".join(character for character in name if character.isprintable()).strip()
