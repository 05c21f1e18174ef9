"""The figures of the rules: which holds on a day, where each is from, and what is refused."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.errors import DocumentError
from knowledge.library.loading import load_library
from knowledge.policy_files import PARAMETERS
from knowledge.rules.parameters import Parameter, ParameterError, Parameters, shipped
from knowledge.rules.period import period
from knowledge.rules.reward import RewardFacts, reward
from knowledge.yaml_files import read_yaml

NAMES = [f"{path.stem}.{name}" for path in sorted(PARAMETERS.glob("*.yml")) for name in read_yaml(path)]
CLAUSE = re.compile(r"[a-z0-9-]+/[0-9.]+")
# How the plan writes a number of each unit.
WRITTEN: dict[str, Callable[[Decimal], tuple[str, ...]]] = {
    "share of staff": lambda value: (f"{(value * 100).normalize():f}%",),
    "persons": lambda value: (f"{value}人", f"{value}名"),
    "monthly minimum wages": lambda value: (f"{value}倍",),
    "years": lambda value: (f"{value}年",),
    "placements": lambda value: (f"{value}次",),
}
TWO_YEARS = """\
class_1:
  description: Class 1 areas.
  unit: yuan a month
  values:
    2024-04-01: {value: 2000, source: 试验}
    2021-04-01: {value: 1850.50, source: 试验}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[str], Path]:
    """A folder that holds one file of figures."""

    def write(content: str) -> Path:
        (tmp_path / "wage.yml").write_text(content, encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("quota.share", "0.015"),
        ("quota.least_establishment_organ", "50"),
        ("quota.least_establishment_institution", "67"),
        ("quota.at_least", "1"),
        ("reward.share", "0.015"),
        ("reward.least_over", "1"),
        ("reward.times_wage", "3"),
        ("allowance.years", "3"),
        ("posts.most_placements", "2"),
    ],
)
def test_the_plans_figures_hold_from_its_first_day(name: str, value: str) -> None:
    first_day, last_day = period("allowance")
    assert (first_day, last_day) == (date(2022, 9, 7), date(2024, 12, 31))
    assert shipped()[name].first_day() == first_day
    assert {shipped()[name].on(day).value for day in (first_day, last_day)} == {Decimal(value)}


@pytest.mark.parametrize(("wage_class", "value"), [(1, 1850), (2, 1730), (3, 1610)])
def test_minimum_wages_hold_from_april_2021(wage_class: int, value: int) -> None:
    wages = shipped()[f"minimum_wage.class_{wage_class}"]
    assert wages.on(date(2021, 4, 1)).value == value
    with pytest.raises(ParameterError, match="no figure holds on 2021-03-31; the first one is of 2021-04-01"):
        wages.on(date(2021, 3, 31))


@pytest.mark.parametrize("name", NAMES)
def test_no_figure_holds_before_the_first(name: str) -> None:
    first_day = shipped()[name].first_day()
    assert shipped()[name].on(first_day).since == first_day
    with pytest.raises(
        ParameterError, match=f"{name}: no figure holds on {date.fromordinal(first_day.toordinal() - 1)}"
    ):
        shipped()[name].on(date.fromordinal(first_day.toordinal() - 1))


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_stands_in_the_clause_that_it_names(name: str) -> None:
    parameter = shipped()[name]
    for figure in parameter.figures:
        if not CLAUSE.fullmatch(figure.source):
            assert parameter.name.startswith("minimum_wage."), "only the wages are from elsewhere"
            continue
        document, clause = figure.source.split("/")
        quote = load_library().document(document).clause(clause).quote
        ways = WRITTEN[parameter.unit](figure.value)
        # 50人 must not be found in 150人, nor 3倍 in 1.3倍.
        assert any(re.search(rf"(?<![0-9.]){re.escape(way)}", quote) for way in ways), (ways, quote)


def test_the_wages_say_that_later_ones_are_not_verified() -> None:
    sources = {figure.source for number in (1, 2, 3) for figure in shipped()[f"minimum_wage.class_{number}"].figures}
    assert all("未核实" in source for source in sources)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2021, 4, 1), "1850.50"),
        (date(2024, 3, 31), "1850.50"),
        (date(2024, 4, 1), "2000"),
        (date(2030, 1, 1), "2000"),
    ],
)
def test_the_newest_figure_of_the_day_holds_whatever_the_order_of_the_file(
    day: date, value: str, folder: Callable[[str], Path]
) -> None:
    assert Parameters(folder(TWO_YEARS))["wage.class_1"].on(day).value == Decimal(value)


@pytest.mark.parametrize(
    ("day", "wage"),
    [
        (date(2024, 3, 31), 1850),
        # Raised in April, but last year's is paid.
        (date(2024, 4, 1), 1850),
        (date(2024, 12, 31), 1850),
        (date(2025, 1, 1), 2000),
    ],
)
def test_the_reward_takes_the_minimum_wage_of_the_year_before(day: date, wage: int, tmp_path: Path) -> None:
    for path in PARAMETERS.glob("*.yml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    raised = (tmp_path / "minimum_wage.yml").read_text(encoding="utf-8")
    raised = raised.replace("class_2:", "    2024-04-01: {value: 2000, source: 试验}\nclass_2:", 1)
    (tmp_path / "minimum_wage.yml").write_text(raised, encoding="utf-8")
    result = reward(RewardFacts(over=Decimal(1), wage_class=1), day, Parameters(tmp_path))
    assert result.numbers["wage"] == wage
    assert result.numbers["total"] == 3 * wage


def test_a_share_is_exact() -> None:
    assert 200 * shipped()["quota.share"].on(date(2023, 1, 1)).value == 3


def test_an_unknown_figure_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        ParameterError, match=r"no parameter is called 'quota\.sahre'; it must be one of allowance\.years"
    ):
        shipped()["quota.sahre"]


def test_every_entry_of_the_files_is_a_parameter() -> None:
    assert len(NAMES) == 12
    assert all(isinstance(shipped()[name], Parameter) and shipped()[name].unit for name in NAMES)


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("class_1:\n  unit: yuan\n  values:\n    2021-04-01: {source: 试验}\n", 4, "class_1 needs a number as value"),
        ("class_1:\n  values:\n    2021-04-01: {value: 1850}\n", 3, "needs a number as value and a source"),
        ("class_1:\n  values:\n    2021-04-01: {value: 1850, source: }\n", 3, "needs a number as value and a source"),
        ("class_1:\n  values:\n    2021-04-01: {value: many, source: 试验}\n", 3, "needs a number as value"),
        ("class_1:\n  values:\n    2021-04-01: {value: .nan, source: 试验}\n", 3, "needs a number as value"),
        ("class_1:\n  values:\n    2021-04-01: {value: .inf, source: 试验}\n", 3, "needs a number as value"),
        ("class_1:\n  values:\n    2021-04-01: 1850\n", 3, "needs a number as value and a source"),
        ("class_1:\n  values:\n    2021-04-01:\n", 3, "needs a number as value and a source"),
        ("class_1:\n  values:\n    soon: {value: 1850, source: 试验}\n", 3, "'soon' is no day; write the day"),
        ("class_1:\n  values:\n    2021: {value: 1850, source: 试验}\n", 3, "2021 is no day; write the day"),
        (
            "class_1:\n  values:\n    2021-04-01: {value: 1, source: 甲}\n    soon: {value: 2, source: 乙}\n",
            4,
            "'soon' is no day; write the day",
        ),
        ("class_1:\n  values:\n    2021-04-01 08:00:00: {value: 1, source: 甲}\n", 3, "is no day; write the day"),
        ("# Wages\nclass_1:\n  values: {}\n", 2, "class_1 holds no figure; add `values:`"),
        ("# Wages\nclass_1:\n  values:\n", 2, "class_1 holds no figure; add `values:`"),
        ("class_1:\n  values: 1850\n", 1, "class_1 holds no figure; add `values:`"),
        ("class_1: 1850\n", 1, "class_1 holds no figure; add `values:`"),
        ("class_1:\n  value: {2021-04-01: {value: 1, source: 甲}}\n", 1, "class_1 holds no figure; add `values:`"),
        ("", 1, "expected `name:` lines here"),
        ("- class_1\n", 1, "expected `name:` lines here"),
    ],
)
def test_an_incomplete_entry_is_refused_with_file_and_line(
    content: str, line: int, what: str, folder: Callable[[str], Path]
) -> None:
    path = folder(content)
    with pytest.raises(ParameterError, match=re.escape(what)) as raised:
        Parameters(path)
    assert str(raised.value).startswith(f"{path / 'wage.yml'}:{line}: ")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("class_1:\n  values:\n    2021-04-31: {value: 1, source: 甲}\n", 3),
        ("class_1:\n  values: {2021-04-01: {value: 1\n", 3),
    ],
)
def test_what_is_no_yaml_is_refused_with_file_and_line(content: str, line: int, folder: Callable[[str], Path]) -> None:
    path = folder(content)
    with pytest.raises(DocumentError) as raised:
        Parameters(path)
    assert str(raised.value).startswith(f"{path / 'wage.yml'}:{line}: ")
