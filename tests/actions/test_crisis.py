"""What is said to somebody in danger exists, in as many wordings as the action takes turns with."""

from collections import Counter
from pathlib import Path

import pytest

from actions.crisis import WORDINGS, _of_whom, _sentences, _unsaid
from knowledge.crisis.care import Care
from knowledge.yaml_files import read_yaml

BEFORE_AN_ANSWER = {"recorded", "worried", "hard"}
RESPONSES = read_yaml(Path("nlu_data/crisis/responses.yml"))["responses"]


def test_every_wording_that_takes_turns_is_there() -> None:
    names = Counter(name.removeprefix("utter_care_").rstrip("0123456789").rstrip("_") for name in RESPONSES)
    assert {name: count for name, count in names.items() if name not in BEFORE_AN_ANSWER} == {
        name: WORDINGS.get(name, 2) for name in names if name not in BEFORE_AN_ANSWER
    }


def test_nobody_is_told_the_same_twice_while_there_is_another_wording() -> None:
    said: list[str] = []
    for _ in range(WORDINGS["stay"]):
        said.append(_unsaid("stay", said))
    assert len(set(said)) == WORDINGS["stay"]


def test_help_is_named_wherever_somebody_is_in_danger() -> None:
    lines = [text[0]["text"] for name, text in RESPONSES.items() if "lines" in name]
    assert lines
    assert all(any(number in line for number in ("12356", "120", "110")) for line in lines)


def test_what_is_told_later_is_taken_up_once() -> None:
    told = Care("stay", "burden")

    assert _sentences(told, []) == ("burden",)
    assert _sentences(told, ["utter_care_burden"]) == ("stay",)
    assert _sentences(Care("how"), []) == ("how",)


@pytest.mark.parametrize(
    ("need", "danger", "met"),
    [
        ("how", "other", "how"),
        ("report", "other_acute", "how"),
        ("how", "violence", "report"),
        ("report", "violence", "report"),
        ("how", "self", "stay"),
        ("report", "self_acute", "line"),
        ("how", "", "how"),
        ("eased", "violence", "eased"),
    ],
)
def test_what_to_do_is_told_of_whoever_is_in_danger(need: str, danger: str, met: str) -> None:
    assert _of_whom(Care(need), danger) == Care(met)
