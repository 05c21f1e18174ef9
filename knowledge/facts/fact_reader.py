"""Reads what a sentence states: slot by slot, with how sure we are."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.facts.annotated_examples import Example, Slot, slots
from knowledge.facts.bounds import story
from knowledge.facts.choices import ChoiceClassifier, Sentence, learn_features
from knowledge.facts.dates import StatedDate
from knowledge.facts.plain_answers import leading_answer, plain_answer
from knowledge.facts.roles import Role, RoleClassifier


@dataclass(frozen=True)
class Fact:
    """One thing stated."""

    value: str | None
    """A plain decimal, an ISO date as far as it is known, or a choice; None where `problem` says why."""
    probability: float
    """0 to 1."""
    approximate: bool = False
    problem: str | None = None
    """"vague", "vague_date", "no_such_day" or "lunar"."""


_NOTHING = Fact(None, 0.0)
_SURER_THAN_A_LEADING_YES = 0.9
"""不，我是第一次 says no and states a yes."""


class FactReader:
    """Learnt from annotated sentences."""

    def __init__(self, examples: Iterable[Example]) -> None:
        examples = list(examples)
        self._roles = RoleClassifier(examples)
        stated = {
            slot for example in examples for marked in example.marked for slot, value in marked.stated.items() if value
        }
        self._features = learn_features(examples)
        self._choices = {
            slot: ChoiceClassifier(slot, examples, self._features)
            for slot in slots()
            if slot in stated and _is_learnt(slots()[slot])
        }

    def read(
        self, text: str, today: date, asked: str | None, settled: Collection[str] = frozenset()
    ) -> Mapping[str, Fact]:
        """What `text` states. `asked`: the slot that was just asked for, which a bare 两百 or 没有 answers.

        `settled`: slots filled before, which an answer to the question leaves as they are unless it names them.
        """
        text = story(text)
        settled = {slot for slot in settled if slot != asked and not slots()[slot].is_named_in(text)}
        found = {role.slot: _fact(role) for role in self._roles.roles(text, today, asked, settled)}
        sentence = Sentence(text, self._features)
        for slot, classifier in self._choices.items():
            value, probability = classifier.choose(sentence, asked == slot)
            if value is not None and probability > (found[slot].probability if slot in found else 0.0):
                found[slot] = Fact(value, probability)
        if asked in found:
            found = {slot: fact for slot, fact in found.items() if slot not in settled}
        return _with_plain_answer(text, asked, found)

    def read_choice(self, text: str, slot: str) -> Fact | None:
        """The choice that `text` states freely for `slot`, None where it states none: `read` for one slot alone."""
        text = story(text)
        value, probability = self._choices[slot].choose(Sentence(text, self._features), False)
        return Fact(value, probability) if value is not None and plain_answer(text) is None else None


def _is_learnt(slot: Slot) -> bool:
    """Of a number, what is learnt is that there is none of it."""
    return slot.learnt or slot.kind == "number"


def _with_plain_answer(text: str, asked: str | None, found: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """`found`, but a plain yes or no states just what the question makes of it, and is not guessed at."""
    plain = slots()[asked].plain if asked is not None else {}
    for states in plain.values():
        # 没有错,可以保存 is one answer, though its words are of two kinds.
        says = plain_answer(text, [kind for kind, same in plain.items() if same == states])
        if says is not None:
            return {str(asked): Fact(states[says], 1.0)}
    if plain_answer(text) is not None:
        # 没有 can still be a number: none.
        return {slot: fact for slot, fact in found.items() if slot == asked and slots()[slot].kind == "number"}
    is_number = asked is not None and slots()[asked].kind == "number"
    if is_number and asked not in found and leading_answer(text, ["has"]) is False:
        return {**found, str(asked): Fact("0", 1.0)}
    # What is kept, or cannot be undone, takes a yes and nothing else: 好，还是不删 is none.
    for kind, states in plain.items() if asked is not None and slots()[asked].learnt else ():
        says = leading_answer(text, [kind])
        if (
            says is not None
            and asked is not None
            and found.get(asked, _NOTHING).probability < _SURER_THAN_A_LEADING_YES
        ):
            return {**found, asked: Fact(states[says], 1.0)}
    return found


def _fact(role: Role) -> Fact:
    if isinstance(role.found, StatedDate):
        return Fact(role.found.value, role.probability, problem=role.found.problem)
    value = role.found.value
    if value is None:
        return Fact(None, role.probability, problem="vague")
    return Fact(f"{value.normalize():f}", role.probability, role.found.approximate)
