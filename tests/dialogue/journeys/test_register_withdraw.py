"""What somebody agreed to a moment ago is taken back, or only asked about."""

import pytest

from dialogue.journeys.register_withdraw import asks_whether_it_could, takes_back, without_what_is_taken_back
from dialogue.state import FormState
from tests.dialogue.stand_ins import utterance

OPEN = FormState(
    "register",
    {
        "consent": "yes",
        "consent_disability": "yes",
        "name": "陈建平",
        "disability_type": "视力",
        "accommodation": "读屏",
    },
    answered=("name", "disability_type"),
    asking="disability_level",
    tries=1,
)


@pytest.mark.parametrize(
    ("journey", "intent", "confidence", "text", "back", "asks"),
    [
        ("register", "withdraw_data", 0.51, "我不同意了", True, False),
        ("register", "delete_data", 0.9, "都删掉", True, False),
        ("register", "delete_data", 0.5, "都删掉", False, False),
        ("register", "delete_data", 0.9, "以后能不能删", False, True),
        ("register", "withdraw_data", 0.1, "能撤回吗", False, True),
        ("register", "change_data", 0.9, "都删掉", False, False),
        ("register", "change_data", 0.9, "能不能改", False, False),
        ("my_data", "delete_data", 0.9, "都删掉", False, False),
        ("my_data", "delete_data", 0.9, "能不能删", False, False),
    ],
)
def test_who_asks_whether_it_could_be_taken_back_takes_nothing_back(
    journey: str, intent: str, confidence: float, text: str, back: bool, asks: bool
) -> None:
    state, said = FormState(journey), utterance(text, intent=intent, confidence=confidence)
    assert takes_back(state, said, intent) is back
    assert asks_whether_it_could(state, said, intent) is asks


def test_what_was_told_of_the_disability_goes_with_its_consent_and_nothing_else() -> None:
    left = without_what_is_taken_back(OPEN, "残疾的事不要记")
    assert left is not None
    assert left.values == {"consent": "yes", "consent_disability": "no", "name": "陈建平"}
    assert (left.answered, left.asking, left.tries) == (("name",), None, 0)


def test_whoever_names_nothing_takes_back_all_of_it() -> None:
    assert without_what_is_taken_back(OPEN, "不要记了") is None
