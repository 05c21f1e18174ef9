"""Readers that were taught nothing and know what a test has them know, and a store that remembers what it was given."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from dialogue.readers import Readers
from dialogue.utterance import Intent, Utterance
from knowledge.commands.command_reader import Command
from knowledge.consent.consent_reader import Answer
from knowledge.facts.fact_reader import Fact
from registry.values.fields import Consent

DAY = date(2026, 3, 1)
NUMBER = "2345678901"


class Facts:
    """Knows one kind of disability by its word, and whatever else is given."""

    def __init__(self, known: Mapping[str, Mapping[str, Fact]] | None = None) -> None:
        """`known`: whole texts with what they state."""
        self._known = known or {}
        self.asked: list[tuple[str | None, frozenset[str]]] = []
        """For what it was asked to read, and what was settled."""

    def read(
        self, text: str, today: date, asked: str | None, settled: Collection[str] = frozenset()
    ) -> Mapping[str, Fact]:
        self.asked.append((asked, frozenset(settled)))
        told = self.read_choice(text, "disability_type")
        return {**({"disability_type": told} if told else {}), **self._known.get(text, {})}

    def read_choice(self, text: str, slot: str) -> Fact | None:
        return Fact("视力", 0.96) if "盲" in text else None


class Consents:
    """Takes a whole text for the answer that it is the name of."""

    _ANSWERS: Mapping[str, Answer] = {
        "同意": Answer.YES,
        "不同意": Answer.NO,
        "残疾不记": Answer.PARTLY,
        "为什么": Answer.QUESTION,
    }

    def read(self, text: str, states: Callable[[str], bool]) -> Answer:
        return self._ANSWERS.get(text, Answer.UNCLEAR)


class Registrations:
    """Remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[Any, ...]] = []

    def register(
        self,
        sender: str,
        door: str,
        fields: Mapping[str, str],
        consents: Sequence[Consent],
        request: str,
        by: str = "self",
        *,
        rural: bool = False,
        actor: str | None = None,
    ) -> str:
        self.given.append((sender, door, dict(fields), list(consents), request, by, rural, actor))
        return NUMBER


class Commands:
    """Hears no command."""

    def read(self, text: str) -> Command | None:
        return None

    def read_parts(self, text: str) -> list[tuple[str, Command | None]]:
        return []


def readers(facts: Facts | None = None, commands: Any = None) -> Readers:
    """The stand-ins; nothing is asked of us and no document is at hand."""
    return Readers(facts or Facts(), commands or Commands(), Consents(), None, None, None, DAY)  # type: ignore[arg-type]


def utterance(
    text: str, facts: Facts | None = None, commands: Any = None, intent: str = "", confidence: float = 0.0
) -> Utterance:
    """What is read of `text` by `readers`."""
    return Utterance(text, readers(facts, commands), Intent(intent, confidence))
