"""What the console needs of the journeys, behind one object."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from dialogue.caller.questions import Question, Say, for_clause, of_journey, of_registration
from dialogue.caller.read_form import Read, read_form
from dialogue.caller.work_out import WorkedOut, still_asked, work_out
from dialogue.display import display_value, group_digits
from dialogue.journeys.register import CONSENTS, without_contradiction
from dialogue.journeys.register_store import STAFF, RegistrationStore, store
from dialogue.read_back import by_digits
from knowledge.facts.annotated_examples import slots
from knowledge.facts.fact_reader import FactReader
from registry.values.fields import FIELDS, REQUIRED, SENSITIVE


class CallerForms:
    """The journeys as forms."""

    def __init__(self, facts: Callable[[], FactReader], say: Say) -> None:
        self._facts = facts
        self._say = say

    def for_clause(self, clause: str) -> Sequence[str]:
        """The journeys that work out what "document/clause" is about."""
        return for_clause(clause)

    def questions(self, journey: str) -> Sequence[Question]:
        """Raises KeyError where there is no such journey."""
        return of_journey(journey, self._say)

    def read(self, journey: str, told: Mapping[str, str], again: Mapping[str, str], on: date) -> Read:
        asked = [question.slot for question in self.questions(journey)]
        return read_form(asked, told, again, self._facts, on, self._say)

    def still_asked(self, journey: str, values: Mapping[str, str], on: date) -> str | None:
        """The slot without which nothing can be told; what may be skipped and was left empty is skipped."""
        return still_asked(journey, values, [each for each in slots() if each not in values], on)

    def work_out(self, journey: str, values: Mapping[str, str], on: date) -> WorkedOut:
        return work_out(journey, values, on, self._say)

    def consents(self) -> Sequence[Question]:
        """The two consents, to be read out word for word."""
        return [
            Question(
                slot,
                slots()[slot].title,
                self._say(f"utter_ask_{slot}"),
                self._say(f"utter_why_{slot}"),
                "choice",
                "",
                slots()[slot].values,
                required=True,
            )
            for slot in CONSENTS
        ]

    def registration(self) -> Sequence[Question]:
        return of_registration(self._say)

    def read_registration(self, told: Mapping[str, str], on: date) -> Read:
        """What may be stored of what was told; a field that is missing is a problem."""
        agreed = {slot: told[slot] for slot in CONSENTS if told.get(slot) in {"yes", "no"}}
        missing = {slot: self._say(f"utter_ask_{slot}") for slot in CONSENTS if slot not in agreed}
        # What nobody agreed to is not even read.
        may = agreed.get(CONSENTS[1]) == "yes"
        asked = [each.slot for each in self.registration() if may or each.slot not in SENSITIVE]
        read = read_form(asked, told, {}, self._facts, on, self._say)
        values = {**agreed, **without_contradiction(read.values)}
        missing |= {
            slot: self._say(f"utter_ask_{slot}")
            for slot in REQUIRED
            if slot not in values and slot not in read.problems
        }
        return Read(values, {**missing, **read.problems}, {})

    def read_back(self, values: Mapping[str, str]) -> Sequence[tuple[str, str, str]]:
        """Title, value, and how it is read aloud, of every field told."""
        told = []
        for field in FIELDS:
            if values.get(field):
                value = display_value(values[field], field)
                aloud = by_digits(values[field]) if slots()[field].kind == "phone" else value
                told.append((slots()[field].title, value, aloud))
        return told

    def register(
        self, registrations: RegistrationStore, sender: str, values: Mapping[str, str], request: str, staff: str
    ) -> str:
        """Stores the registration of a caller, and gives the number of the case."""
        return store(registrations, sender, STAFF, values, request, STAFF, staff)

    def number(self, number: str) -> tuple[str, str]:
        """A case number in groups, and digit by digit for reading aloud."""
        return group_digits(number), by_digits(number)
