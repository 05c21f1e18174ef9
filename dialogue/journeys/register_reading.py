"""Reads a message for a journey about somebody's record."""

from collections.abc import Iterable, Mapping
from functools import cache

from dialogue.journeys.my_data import read_my_data
from dialogue.journeys.records import named_field
from dialogue.journeys.register import CONFIRM, CONSENTS, REGISTER, consented_facts
from dialogue.state import FormState
from dialogue.utterance import Utterance
from knowledge.consent.consent_reader import Answer
from knowledge.facts.annotated_examples import slots
from knowledge.facts.corrections import right_is
from knowledge.facts.fact_reader import Fact
from registry.values.fields import FIELDS

_BARE = ("name", "birth_year")
_PLAINLY = 0.9


def facts_for_record(state: FormState, said: Utterance, correcting: bool) -> Mapping[str, Fact]:
    """What `said` tells that counts now; `correcting`: whether it takes something back."""
    asked, text = state.asking, said.normal
    if state.journey != REGISTER.name:
        return read_my_data(said, asked, state.values)
    read = said
    if state.values.get(CONSENTS[1]) == "no":
        read = said.reading_of(_without_disability(said))
    if asked is not None and said.plain_answer is None and (correcting or asked == CONFIRM):
        field, right = _put_right(state, read)
        if field is not None:
            facts = read.reading_of(right).facts_of_registration(field)
            return consented_facts(facts, state.values, field, text, correcting=True)
    told = read.facts_of_registration(asked)
    if asked in CONSENTS:
        # Whatever else is told is kept until there is consent; nothing but a whole yes is one.
        beside = {slot: fact for slot, fact in told.items() if slot != asked}
        told = {**consented_facts(beside, state.values, asked, text, correcting), **_decided(asked, said.consent)}
    else:
        told = consented_facts(told, state.values, asked, text, correcting)
    if not told and asked == CONFIRM and state.refused.get(CONFIRM):
        # After 不对, a bare name or year is what is right.
        for field in _BARE:
            fact = read.facts_of_registration(field).get(field)
            if fact is not None:
                return {field: fact}
    return told


def _decided(asked: str, answer: Answer) -> dict[str, Fact]:
    """The consents that `answer` gives or refuses where `asked` was."""
    if answer is Answer.PARTLY:
        both = {CONSENTS[0]: Answer.YES, CONSENTS[1]: Answer.NO}
        return {slot: Fact(both[slot].value, 1.0) for slot in CONSENTS[CONSENTS.index(asked) :]}
    return {asked: Fact(answer.value, 1.0)} if answer in {Answer.YES, Answer.NO} else {}


def facts_before_consent(said: Iterable[Utterance], state: FormState) -> Mapping[str, Fact]:
    """What was told in the turns `said` before it might be kept, so that nobody says it twice."""
    found: dict[str, Fact] = {}
    for each in said:
        told = each.facts_of_registration(None)
        found |= consented_facts(told, state.values, None, each.normal, correcting=False)
    return found


def _put_right(state: FormState, said: Utterance) -> tuple[str | None, str]:
    """The field that a correction is about, None where it names none, and the words that are right: 电话错了，是139…

    A field is named by what it is called or by the value it has: 不是进贤，是安义.
    """
    text = said.normal
    *earlier, right = right_is(text)
    before = "是".join(earlier) if earlier else text
    field = named_field(before) or _valued(state, before)
    if field is None and state.asking != CONFIRM:
        field = state.answers(correcting=True)
    if earlier:
        return field, right
    if len(said.clauses) > 1:
        return field, "".join(clause for clause in said.clauses if not said.reading_of(clause).is_correction)
    return field, text if named_field(text) is None else _behind_name(field, text)


def _behind_name(field: str | None, text: str) -> str:
    """What follows the name of a field: 电话13900112233."""
    title = slots()[field].title if field else ""
    called = [title, *(slots()[field].called if field else ())]
    name = next((each for each in called if each and text.startswith(each)), "")
    return text[len(name) :] if name else ""


def _valued(state: FormState, text: str) -> str | None:
    """The field whose present value `text` names."""
    for field in FIELDS:
        value = state.values.get(field, "")
        short = value[2:] if field == "birth_year" else value[:-1] if slots()[field].kind == "place" else value
        if len(value) > 1 and (value in text or (len(short) > 1 and short in text)):
            return field
    return None


def _without_disability(said: Utterance) -> str:
    """The text of `said` without the clauses that tell of a disability, to whose keeping nobody agreed."""

    @cache
    def tells(clause: str) -> bool:
        fact = said.readers.facts.read_choice(clause, "disability_type")
        return slots()["disability_type"].is_named_in(clause) or (fact is not None and fact.probability > _PLAINLY)

    return "".join(clause for clause in said.clauses if not tells(clause))
