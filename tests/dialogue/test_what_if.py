"""What a turn after a sum supposes, and what it leaves to the documents."""

from collections.abc import Mapping
from datetime import date

import pytest

from dialogue.result_questions import recalled
from dialogue.shorthand import named_sum, read_shorthand
from dialogue.supposed import Told, Unclear, WhatIf
from dialogue.what_if import read_what_if
from knowledge.facts.fact_reader import Fact

TODAY = date(2026, 3, 1)
REWARD = Told(
    ("unit_kind", "staff", "disabled_staff", "over", "wage", "wage_class"),
    {"staff": "200", "disabled_staff": "5", "wage": "1850"},
)
QUOTA = Told(
    ("unit_kind", "establishment", "staff", "disabled_staff"),
    {"unit_kind": "institution", "establishment": "80", "staff": "200", "disabled_staff": "1"},
)
DIBAO = Told(("disabled", "receives_dibao", "self_employed", "first_time", "started"), {"started": "2023-03"})
POSTS = Told(("placements", "passed"), {"placements": "1", "passed": "yes"})
OVER = Told(REWARD.slots, {"over": "2", "wage": "1850"})


def read(text: str, told: Told, facts: Mapping[str, Fact] | None = None) -> Mapping[str, str] | tuple[str, str] | None:
    """Slot → new value or what is wrong with it, the two slots that may be meant, or None."""
    found = read_what_if(text, told, facts or {}, TODAY)
    if isinstance(found, Unclear):
        return found.slots
    return {slot: fact.value or str(fact.problem) for slot, fact in found.changes.items()} if found else None


WHICH = ("staff", "disabled_staff")


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        # More and fewer, of what is in force.
        ("再招两个呢", {"disabled_staff": "7"}),
        ("要是再招两个呢", {"disabled_staff": "7"}),
        ("那要是再安排一个呢", {"disabled_staff": "6"}),
        ("多招三个能拿多少", {"disabled_staff": "8"}),
        ("少招一个呢", {"disabled_staff": "4"}),
        ("再请俩呢", {"disabled_staff": "7"}),
        ("残疾人走了两个呢", {"disabled_staff": "3"}),
        ("辞退1个残疾职工呢", {"disabled_staff": "4"}),
        ("残疾人多两个呢", {"disabled_staff": "7"}),
        ("职工多20个呢", {"staff": "220"}),
        ("员工减少50人呢", {"staff": "150"}),
        ("再来50个普通工人呢", {"staff": "250"}),
        ("工资涨100块呢", {"wage": "1950"}),
        # The number itself.
        ("只招一个呢", {"disabled_staff": "1"}),
        ("减到3个呢", {"disabled_staff": "3"}),
        ("招到10个呢", {"disabled_staff": "10"}),
        ("7个呢", {"disabled_staff": "7"}),
        ("俩呢", {"disabled_staff": "2"}),
        ("要是8个残疾人", {"disabled_staff": "8"}),
        ("换成240人呢", {"staff": "240"}),
        ("职工增加到300呢", {"staff": "300"}),
        ("那职工要是300呢", {"staff": "300"}),
        ("职工减到100呢", {"staff": "100"}),
        ("裁到100人呢", {"staff": "100"}),
        ("工资涨到2000呢", {"wage": "2000"}),
        ("标准换成1740呢", {"wage": "1740"}),
        ("要是最低工资是1900块呢", {"wage": "1900"}),
        ("按1610算呢", {"wage": "1610"}),
        ("1740", {"wage": "1740"}),
        ("我查到了,是1730", {"wage": "1730"}),
        ("职工变成180,残疾人变成4", {"staff": "180", "disabled_staff": "4"}),
        ("5个变8个", {"disabled_staff": "8"}),
        ("十八万呢", None),
        ("9", {"disabled_staff": "9"}),
        ("人数300", {"staff": "300"}),
        # Nobody, twice, half.
        ("如果一个都不招呢", {"disabled_staff": "0"}),
        ("一个也没有呢", {"disabled_staff": "0"}),
        ("一个残疾人都没有呢", {"disabled_staff": "0"}),
        ("残疾人都走光了呢", {"disabled_staff": "0"}),
        ("职工翻一倍呢", {"staff": "400"}),
        ("职工减半呢", {"staff": "100"}),
        # Another class of area.
        ("二类区呢", {"wage_class": "2"}),
        ("要是在三类区呢", {"wage_class": "3"}),
        ("3类地区呢", {"wage_class": "3"}),
        # Which number it is cannot be told.
        ("走了两个呢", WHICH),
        ("多了两个呢", WHICH),
        ("翻一倍呢", WHICH),
        ("招50个呢", WHICH),
        # A question on the documents.
        ("残疾人集中就业的企业有什么扶持", None),
        ("如果不缴保障金呢", None),
        ("那找谁领", None),
        ("残疾人证两级的能享受吗", None),
        ("谢谢", None),
        ("要是我不识字怎么登记", None),
        ("我想找个工作", None),
        ("残联电话多少", None),
    ],
)
def test_what_is_supposed_of_a_reward(text: str, changes: Mapping[str, str] | tuple[str, str] | None) -> None:
    assert read(text, REWARD) == changes


@pytest.mark.parametrize(
    ("text", "told", "changes"),
    [
        ("要是编制60呢", QUOTA, {"establishment": "60"}),
        ("再招两个呢", QUOTA, {"disabled_staff": "3"}),
        ("要是在职300人呢", QUOTA, {"staff": "300"}),
        ("一个都不招呢", QUOTA, {"disabled_staff": "0"}),
        ("二类区呢", QUOTA, None),
        ("要是9月开的呢", DIBAO, {"started": "2023-09"}),
        ("2022年10月开的呢", DIBAO, {"started": "2022-10"}),
        ("晚一年开呢", DIBAO, {"started": "2024-03"}),
        ("提前三个月呢", DIBAO, {"started": "2022-12"}),
        ("要是安排过两次呢", POSTS, {"placements": "2"}),
        ("再多一次呢", POSTS, {"placements": "2"}),
        ("再招两个呢", OVER, {"over": "4"}),
        ("超3个呢", OVER, {"over": "3"}),
    ],
)
def test_what_is_supposed_of_other_sums(text: str, told: Told, changes: Mapping[str, str] | None) -> None:
    assert read(text, told) == changes


def test_another_kind_of_unit_counts_where_it_is_supposed() -> None:
    facts = {"unit_kind": Fact("company", 0.9)}
    assert read("要是我们是民企呢", QUOTA, facts) == {"unit_kind": "company"}
    assert read("民企有什么补贴政策可以拿", QUOTA, facts) is None


def test_only_so_many_hired_goes_back_to_before_they_were() -> None:
    hired = Told(REWARD.slots, {**REWARD.values, "disabled_staff": "7"}, (REWARD.values,), hired_from=REWARD.values)
    assert read("只招一个呢", hired) == {"disabled_staff": "6"}
    assert read("一个都不招呢", hired) == {"disabled_staff": "5"}
    assert read("再招一个呢", hired) == {"disabled_staff": "8"}


def test_what_was_changed_last_is_meant_in_doubt() -> None:
    last = Told(REWARD.slots, REWARD.values, last="staff")
    assert read("多了两个呢", last) == {"staff": "202"}


def test_a_change_takes_what_would_outweigh_it_along() -> None:
    found = read_what_if("二类区呢", REWARD, {}, TODAY)
    assert isinstance(found, WhatIf)
    assert found.values == {"staff": "200", "disabled_staff": "5", "wage_class": "2"}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("超比例 240人 6人 1850", {"staff": "240", "disabled_staff": "6", "wage": "1850"}),
        ("240人 7人 1740", {"staff": "240", "disabled_staff": "7", "wage": "1740"}),
        ("职工240 残7 1740", {"staff": "240", "disabled_staff": "7", "wage": "1740"}),
        ("6人 240人", {"staff": "240", "disabled_staff": "6"}),
        ("超比例 95人 5残二类", {"staff": "95", "disabled_staff": "5"}),
        ("编50 在48 残1", {"establishment": "50", "staff": "48", "disabled_staff": "1"}),
        ("1260人 12残 10.3w", {}),
        ("编制80 在职200 残1", {"establishment": "80", "staff": "200", "disabled_staff": "1"}),
        ("80人 200人 1人", {"establishment": "80", "staff": "200", "disabled_staff": "1"}),
        ("240 7 1850", {"staff": "240", "disabled_staff": "7", "wage": "1850"}),
        ("二(六)1", {}),
        ("两个变四个", {}),
        ("240人 3人 5.8万", {}),
        ("240人", {}),
        ("我们一共有240人,去年招了6个聋哑人来上班", {}),
    ],
)
def test_numbers_in_a_row(text: str, stated: Mapping[str, str]) -> None:
    assert {slot: fact.value for slot, fact in read_shorthand(text).items()} == stated


@pytest.mark.parametrize(
    ("text", "journey"), [("超比例 240人 6人", "reward"), ("按比例 240 6", "quota"), ("240人 6人", None)]
)
def test_the_sum_that_is_named(text: str, journey: str | None) -> None:
    assert named_sum(text) == journey


@pytest.mark.parametrize(
    ("text", "which"),
    [("回到7人1850那个", 0), ("刚才6个人那个是多少", 2), ("最开始的结果", 0), ("回到9人那个", None)],
)
def test_an_earlier_result_is_the_one_that_has_most_of_the_numbers(text: str, which: int | None) -> None:
    told = [
        {"staff": "240", "disabled_staff": "7", "wage": "1850"},
        {"staff": "240", "disabled_staff": "6", "wage": "1850"},
        {"staff": "240", "disabled_staff": "6", "wage": "1730"},
    ]

    assert recalled(text, told) == (None if which is None else told[which])


def test_posts_that_are_cut_are_fewer() -> None:
    assert read("编制砍掉三十", QUOTA) == {"establishment": "50"}


@pytest.mark.parametrize("text", ["一级的为什么一个抵两个", "剩下那两个里头有一个是一级的", "其中有三个才来半年"])
def test_what_asks_for_a_reason_or_tells_of_a_part_changes_no_number(text: str) -> None:
    assert read(text, REWARD) is None
