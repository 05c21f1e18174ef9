"""What a registration asks for, and which of what was told may be taken when."""

from collections.abc import Mapping, Sequence

import pytest

from dialogue.journeys.register import (
    CONFIRM,
    REGISTER,
    both_answered,
    consented_facts,
    fields_allowed,
    without_contradiction,
)
from knowledge.facts.fact_reader import Fact
from registry.values.fields import FIELDS, SENSITIVE
from tests.dialogue.stand_ins import DAY

BOTH = {"consent": "yes", "consent_disability": "yes"}
ONE = {"consent": "yes", "consent_disability": "no"}
NAME, PHONE, BLIND = Fact("陈建平", 1.0), Fact("13800138000", 1.0), Fact("视力", 1.0)
NO_VALUE = Fact(None, 1.0, problem="elsewhere")


@pytest.mark.parametrize(
    ("values", "needed"),
    [
        ({}, ["consent"]),
        ({"consent": "no"}, []),
        ({"consent": "yes"}, ["consent_disability"]),
        ({"consent_disability": "no"}, ["consent"]),
        (BOTH, [*FIELDS, CONFIRM]),
        (ONE, [*(field for field in FIELDS if field not in SENSITIVE), CONFIRM]),
        ({**BOTH, CONFIRM: "no"}, [*FIELDS, CONFIRM]),
        ({**BOTH, CONFIRM: "yes"}, []),
    ],
)
def test_nothing_is_asked_before_the_consents_and_nothing_after_the_yes_to_what_was_read_back(
    values: Mapping[str, str], needed: Sequence[str]
) -> None:
    assert list(REGISTER.needs(values, DAY)) == needed


@pytest.mark.parametrize(
    ("values", "skipped", "slot"),
    [
        (BOTH, (), "name"),
        ({**BOTH, "name": "陈建平"}, (), "phone"),
        ({**BOTH, "name": "陈建平"}, ("phone",), "city"),
        ({**BOTH, **dict.fromkeys(FIELDS, "x")}, (), CONFIRM),
        ({**BOTH, **dict.fromkeys(FIELDS, "x"), CONFIRM: "yes"}, (), None),
    ],
)
def test_the_next_question_is_of_the_first_field_not_known_or_skipped(
    values: Mapping[str, str], skipped: tuple[str, ...], slot: str | None
) -> None:
    assert REGISTER.next_slot(values, skipped, DAY) == slot


def test_it_can_do_without_all_but_name_telephone_and_city() -> None:
    assert set(FIELDS) - REGISTER.may_skip == {"name", "phone", "city"}
    assert set(FIELDS) >= REGISTER.may_skip


@pytest.mark.parametrize("consent", [None, "no"])
def test_what_tells_of_a_disability_takes_a_consent_of_its_own(consent: str | None) -> None:
    assert list(fields_allowed(BOTH)) == list(FIELDS)
    values = {"consent": "yes", **({"consent_disability": consent} if consent else {})}
    assert set(FIELDS) - set(fields_allowed(values)) == {"disability_type", "disability_level", "accommodation"}


@pytest.mark.parametrize(
    ("values", "answered"),
    [
        ({}, False),
        ({"consent": "yes"}, False),
        ({"consent_disability": "yes"}, False),
        ({"consent": "no", "consent_disability": "yes"}, False),
        (BOTH, True),
        (ONE, True),
    ],
)
def test_something_may_be_kept_once_both_consents_were_answered(values: Mapping[str, str], answered: bool) -> None:
    assert both_answered(values) is answered


@pytest.mark.parametrize(
    ("facts", "values", "asking", "text", "correcting", "taken"),
    [
        # Before the consents: only what was asked for, and for whom.
        ({"name": NAME, "phone": PHONE}, {"consent": "yes"}, "consent_disability", "", False, set()),
        ({"registrant": Fact("self", 1.0), "name": NAME}, {}, "consent", "", False, {"registrant"}),
        ({"consent": Fact("yes", 1.0), "name": NAME}, {}, "consent", "", False, {"consent"}),
        ({"name": NAME}, {}, None, "", False, set()),
        # With them: everything allowed that is not known yet.
        ({"name": NAME, "phone": PHONE}, BOTH, "name", "", False, {"name", "phone"}),
        ({"residence": Fact("rural", 1.0), "registrant": Fact("self", 1.0)}, BOTH, "name", "", False, None),
        ({"disability_type": BLIND}, BOTH, "name", "", False, {"disability_type"}),
        ({"disability_type": BLIND}, ONE, "name", "", False, set()),
        ({"confirm": Fact("yes", 1.0)}, BOTH, "name", "", False, set()),
        ({"confirm": Fact("yes", 1.0)}, BOTH, "confirm", "", False, {"confirm"}),
        # Known already: asked for again, named, taken back, or read back just now.
        ({"name": NAME}, {**BOTH, "name": "王建平"}, "phone", "我是陈建平", False, set()),
        ({"name": NAME}, {**BOTH, "name": "王建平"}, "name", "我是陈建平", False, {"name"}),
        ({"name": NAME}, {**BOTH, "name": "王建平"}, "phone", "名字是陈建平", False, {"name"}),
        ({"name": NAME}, {**BOTH, "name": "王建平"}, "phone", "我是陈建平", True, {"name"}),
        ({"name": NAME}, {**BOTH, "name": "王建平"}, "confirm", "我是陈建平", False, {"name"}),
        # A place that is named is as likely where somebody wants to work.
        ({"city": Fact("九江", 1.0)}, {**BOTH, "city": "南昌"}, "phone", "想去九江市干活", False, set()),
        # What is wrong with what nobody asked for is nobody's business, but of a place it is of the other part too.
        ({"phone": NO_VALUE}, BOTH, "name", "", False, set()),
        ({"phone": NO_VALUE}, BOTH, "phone", "", False, {"phone"}),
        ({"city": NO_VALUE}, BOTH, "county", "", False, {"city"}),
        ({"county": NO_VALUE}, BOTH, "city", "", False, {"county"}),
        ({"county": NO_VALUE}, BOTH, "name", "", False, set()),
        ({"name": NO_VALUE}, BOTH, "city", "", False, set()),
    ],
)
def test_what_counts_now(
    facts: Mapping[str, Fact],
    values: Mapping[str, str],
    asking: str | None,
    text: str,
    correcting: bool,
    taken: set[str] | None,
) -> None:
    expected = set(facts) if taken is None else taken
    assert consented_facts(facts, values, asking, text, correcting) == {slot: facts[slot] for slot in expected}


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({"city": "南昌", "county": "进贤县"}, {"city": "南昌", "county": "进贤县"}),
        ({"city": "九江", "county": "进贤县", "name": "陈"}, {"city": "九江", "name": "陈"}),
        ({"county": "进贤县"}, {"county": "进贤县"}),
        ({"city": "九江"}, {"city": "九江"}),
        ({"city": "九江", "county": "赣江新区"}, {"city": "九江", "county": "赣江新区"}),
    ],
)
def test_a_county_of_another_city_goes(values: Mapping[str, str], kept: Mapping[str, str]) -> None:
    assert without_contradiction(values) == kept
