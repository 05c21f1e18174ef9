"""How useful a measure is to somebody: each fact it was made for counts once, and none counts more for another."""

from collections.abc import Mapping

import pytest

from knowledge.rules.navigator import Measure

MEASURE = Measure(
    "plan/2.6.1",
    only={"residence": ("rural",), "student": ("no",)},
    ruled_out={"aim": ("home",)},
    suits={"receives_dibao": ("yes",), "aim": ("job", "training"), "asker": ("self",)},
)
RURAL = {"residence": "rural", "student": "no"}


@pytest.mark.parametrize(
    ("told", "useful"),
    [
        ({}, 2),
        ({"aim": "job"}, 3),
        ({"aim": "training", "receives_dibao": "yes"}, 4),
        ({"aim": "job", "receives_dibao": "yes", "asker": "self"}, 5),
        ({"aim": "has_business", "receives_dibao": "no"}, 2),
    ],
)
def test_every_fact_that_suits_makes_a_measure_more_useful_by_one(told: Mapping[str, str], useful: int) -> None:
    assert MEASURE.usefulness({**RURAL, **told}) == useful


def test_a_measure_for_everybody_is_as_useful_as_what_suits() -> None:
    for_all = Measure("plan/3.2", only={}, ruled_out={}, suits={"aim": ("job",)})
    assert [for_all.usefulness(known) for known in ({}, {"aim": "job"})] == [0, 1]


@pytest.mark.parametrize(
    ("told", "fits"),
    [
        (RURAL, True),
        ({"residence": "rural"}, False),
        ({**RURAL, "residence": "urban"}, False),
        ({**RURAL, "aim": "job"}, True),
        ({**RURAL, "aim": "home"}, False),
    ],
)
def test_a_measure_fits_whoever_has_all_it_asks_for_and_nothing_that_rules_them_out(
    told: Mapping[str, str], fits: bool
) -> None:
    assert MEASURE.fits(told) is fits
