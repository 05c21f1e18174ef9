"""What somebody said in a turn, read once: each reading is made when it is first asked for, and remembered with it."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from dialogue.readers import Readers
from dialogue.shorthand import read_shorthand
from knowledge.commands.command_reader import PASSES, Command
from knowledge.consent.consent_reader import Answer as Consent
from knowledge.consent.consent_reader import is_put_off
from knowledge.facts import corrections, plain_answers, question_words
from knowledge.facts.fact_reader import Fact
from knowledge.facts.registration import read_registration
from knowledge.language.writing import normalised
from knowledge.library.documents import Clause
from knowledge.search.answers import Answer

_T = TypeVar("_T")


@dataclass(frozen=True)
class Intent:
    """What the classifier takes a turn for."""

    name: str
    confidence: float = 0.0
    """0 to 1."""
    ranking: Mapping[str, float] = field(default_factory=dict)
    """The likeliest intents, each with its confidence."""


_UNKNOWN = Intent("")


@dataclass(frozen=True, eq=False)
class Utterance:
    """What was said, with everything that is read from it. Nothing but its holder holds it: it goes with the turn."""

    # What people say is in no log, and so in no repr.
    text: str = field(repr=False)
    """As it came; readers are given `normal`."""
    readers: Readers = field(repr=False)
    intent: Intent = _UNKNOWN
    _kept: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)
    """Readings that depend on more than the words, by what they are and depend on."""

    @cached_property
    def normal(self) -> str:
        """In normal form."""
        return normalised(self.text)

    @cached_property
    def is_question(self) -> bool:
        return question_words.is_question(self.normal)

    @cached_property
    def is_correction(self) -> bool:
        """Whether it takes back what was said before."""
        return corrections.is_correction(self.normal)

    @cached_property
    def wants_a_sum(self) -> bool:
        return question_words.wants_a_sum(self.normal)

    @cached_property
    def plain_answer(self) -> bool | None:
        """Whether all of it is a plain yes or no of any kind; None where it is neither."""
        return plain_answers.plain_answer(self.normal)

    @cached_property
    def is_indifferent(self) -> bool:
        """Whether all of it says that any choice will do."""
        return plain_answers.is_indifferent(self.normal)

    @cached_property
    def clauses(self) -> Sequence[str]:
        """Its parts between punctuation marks, each with the mark after it."""
        return question_words.clauses(self.normal)

    @cached_property
    def _stated_part(self) -> str:
        return question_words.stated_part(self.normal)

    @property
    def stated(self) -> "Utterance":
        """What of it asks nothing; itself where nothing in it asks."""
        # Kept by its words: an utterance that holds itself would not go with its holder.
        return self.reading_of(self._stated_part)

    @cached_property
    def command(self) -> Command | None:
        """The command that it wholly is."""
        return self.readers.commands.read(self.normal)

    @cached_property
    def commands_in_parts(self) -> Sequence[tuple[str, Command | None]]:
        """Its first parts, each with the command that it is alone."""
        if self.clauses == [self.normal]:
            return [(self.normal, self.command)]
        return self.readers.commands.read_parts(self.normal)

    @cached_property
    def closing_command(self) -> Command | None:
        """The command with which it ends, where what comes before is lost by none."""
        parts = self.commands_in_parts
        if len(parts) < len(self.clauses):
            return self.readers.commands.read_end(self.normal)
        return parts[-1][1] if parts and parts[-1][1] in PASSES else None

    @cached_property
    def consent(self) -> Consent:
        """What it answers to the question whether something may be kept."""
        return self.readers.consent.read(
            self.normal, lambda part: bool(self.reading_of(part).facts_of_registration(None))
        )

    @cached_property
    def is_put_off(self) -> bool:
        """Whether it puts a decision off."""
        return is_put_off(self.normal)

    @cached_property
    def topic_about_us(self) -> str:
        """What it asks about the assistant itself; "" where nothing of the kind."""
        return self.readers.talk.topic(self.normal)

    @cached_property
    def is_self_doubt(self) -> bool:
        return self.readers.talk.is_self_doubt(self.normal)

    @cached_property
    def answer(self) -> Answer:
        """What the documents say to it."""
        return self.readers.answerer.answer(self.normal, self.readers.today)

    @cached_property
    def shorthand(self) -> Mapping[str, Fact]:
        """The numbers that it is a line of; see read_shorthand."""
        return read_shorthand(self.normal)

    def answer_after(self, told: Clause | None) -> Answer:
        """What the documents say to it right after `told`, None where no clause was told yet."""
        if told is None:
            return self.answer
        return self._once(
            ("after", told.document, told.id),
            lambda: self.readers.answerer.answer_after(told, self.normal, self.readers.today),
        )

    def facts(self, asked: str | None = None, settled: Collection[str] = frozenset()) -> Mapping[str, Fact]:
        """What it states where `asked` was the question, None where there was none; see FactReader.read."""
        settled = frozenset(settled)
        return self._once(
            ("facts", asked, settled),
            lambda: self.readers.facts.read(self.normal, self.readers.today, asked, settled),
        )

    def facts_of_registration(self, asked: str | None) -> Mapping[str, Fact]:
        """What it tells for a registration; see read_registration."""
        return self._once(
            ("registration", asked),
            lambda: read_registration(self.normal, self.readers.today, asked, self.readers.facts),
        )

    def says(self, kinds: Sequence[str]) -> bool | None:
        """Whether all of it is a plain yes or no of one of these `kinds`; None where it is neither."""
        return self._once(("says", *kinds), lambda: plain_answers.plain_answer(self.normal, kinds))

    def topic_before_consent(self, must_be_plain: bool) -> str:
        """What somebody who is asked for consent wants to know first; "" where nothing of the kind."""
        return self._once(("topic", must_be_plain), lambda: self.readers.topics.read(self.normal, must_be_plain))

    def reading_of(self, text: str) -> "Utterance":
        """The reading of `text`, a part of this or what was said in an earlier turn, by the same readers."""
        if text == self.normal:
            return self
        return self._once(("text", text), lambda: Utterance(text, self.readers))

    def _once(self, key: Hashable, read: Callable[[], _T]) -> _T:
        if key not in self._kept:
            self._kept[key] = read()
        kept: _T = self._kept[key]
        return kept
