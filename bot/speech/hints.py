"""What people are likely to say to us: how they speak of the subject, and the answers that a question invites."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.classify.intent_examples import intent_examples
from knowledge.commands.command_examples import example_commands
from knowledge.facts.annotated_examples import read_examples, slots
from knowledge.facts.plain_answers import plain_words
from knowledge.library.documents import Library
from knowledge.library.segmenting import segmenter
from knowledge.library.vocabulary import names
from knowledge.places.counties import place_names
from voice.listening.phrase_model import PhraseModel
from voice.listening.transcripts import Hints

_YES_OR_NO = frozenset({"affirm", "deny"})
_LONGEST_ANSWER = 8
_PLACES = ("city", "county")


@dataclass(frozen=True)
class _Known:
    library: Library
    phrases: PhraseModel


class SpeechHints:
    """The documents at hand and the examples we learn from, as a recogniser needs them."""

    def __init__(self, library: Callable[[], Library]) -> None:
        """`library` gives the documents at hand; counting their words takes two seconds, and is done once for each."""
        self._library = library
        self._known: _Known | None = None
        self._counting = asyncio.Lock()

    async def hints(self, asking: str | None) -> Hints:
        """What to expect where a form waits for the slot `asking`, or for nothing."""
        library = self._library()
        if self._known is None or self._known.library is not library:
            async with self._counting:
                if self._known is None or self._known.library is not library:
                    self._known = _Known(library, await asyncio.to_thread(phrase_model_of, library))
        return Hints(asking, self._known.phrases, answers_to(asking))


def phrase_model_of(library: Library) -> PhraseModel:
    """How people speak of what `library` is about."""
    places = {name for name in place_names() if len(name) > 1}
    return PhraseModel(_sentences(library), names(library) | places, segmenter())


@lru_cache(maxsize=64)
def answers_to(asking: str | None) -> tuple[str, ...]:
    """Short answers that people give when `asking` was asked for."""
    if asking is None:
        return ()
    found = dict.fromkeys(
        example.text for example in read_examples() if example.asked == asking and len(example.text) <= _LONGEST_ANSWER
    )
    slot = slots().get(asking)
    if slot is not None and slot.plain:
        found |= dict.fromkeys(plain_words(slot.plain))
    if asking in _PLACES:
        found |= dict.fromkeys(name for name in place_names() if len(name) > 1)
    return (*found, *_commands())


@lru_cache(maxsize=1)
def _commands() -> tuple[str, ...]:
    """What can be said at any time, as the training data has it."""
    said = [text for intent, text in intent_examples() if intent in _YES_OR_NO]
    return tuple(text for text in [*said, *(text for _, text in example_commands())] if len(text) <= _LONGEST_ANSWER)


def _sentences(library: Library) -> Iterator[str]:
    for clause in library.clauses:
        yield from (clause.title, clause.quote, clause.plain, *clause.easy, clause.spoken, clause.next_step)
        yield from clause.aspects.values()
        yield from clause.questions
    for _, text in (*intent_examples(), *example_commands()):
        yield text
    for example in read_examples():
        yield example.text
