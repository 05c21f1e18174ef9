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

    assert _sentences(told, "self", []) == ("burden",)
    assert _sentences(told, "self", ["utter_care_burden"]) == ("stay",)
    assert _sentences(told, "other", []) == ("stay",)
    assert _sentences(Care("how"), "other", []) == ("how",)


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


@pytest.mark.parametrize(
    ("care", "danger", "said"),
    [
        (Care("other", role="on_duty"), "other", ("duty", "lines_duty")),
        (Care("other_acute", role="on_duty"), "other_acute", ("duty", "lines_duty")),
        (Care("violence", role="on_duty"), "violence", ("duty_violence", "lines_witness")),
        (Care("accident", role="on_duty"), "accident", ("duty_accident", "lines_accident")),
        (Care("violence", role="witness"), "violence", ("witness", "lines_witness")),
        (Care("violence"), "violence", ("violence", "lines_violence")),
        (Care("how", role="on_duty"), "other", ("duty_next",)),
        (Care("report", role="on_duty"), "violence", ("duty_violence_next",)),
        (Care("stay", "burden", role="on_duty"), "other_acute", ("duty_next",)),
        (Care("how", role="witness"), "violence", ("witness_next",)),
        (Care("how"), "violence", ("report",)),
        (Care("stay"), "other_acute", ("other_acute_next",)),
        (Care("privacy", role="on_duty"), "other", ("privacy",)),
        (Care("privacy"), "self", ("privacy",)),
    ],
)
def test_what_is_said_fits_who_speaks(care: Care, danger: str, said: tuple[str, ...]) -> None:
    assert _sentences(_of_whom(care, danger), danger, []) == said


def test_whoever_tells_more_and_knows_what_to_do_is_listened_to() -> None:
    known = [f"utter_care_{name}" for name in ("other_acute_next", "other_acute_next_2")]

    assert _sentences(Care("stay"), "other_acute", known[:1]) == ("other_acute_next",)
    assert _sentences(Care("stay"), "other_acute", known) == ("stay",)


def test_whoever_is_close_is_told_to_put_the_means_away_and_to_stay() -> None:
    for name in ("other", "other_acute", "other_acute_next"):
        for response in (f"utter_care_{name}", f"utter_care_{name}_2"):
            text = RESPONSES[response][0]["text"]
            assert "药" in text
            assert any(stays in text for stays in ("别离开他", "别走开", "不让他落单", "别让他一个人")), text


def test_nobody_beaten_is_told_to_ask_somebody_whether_they_want_to_die() -> None:
    names = [name for name in RESPONSES if any(each in name for each in ("violence", "report", "witness"))]

    assert names
    assert [name for name in names if any(word in RESPONSES[name][0]["text"] for word in ("想死", "想不开"))] == []
