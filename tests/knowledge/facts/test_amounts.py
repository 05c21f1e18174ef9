"""Amounts as people say them."""

from decimal import Decimal

import pytest

from knowledge.facts.amounts import amounts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两百来人", "200"),
        ("三百多号人", "300"),
        ("一千八百五", "1850"),
        ("一千八百五十块钱", "1850"),
        ("两百五", "250"),
        ("一百八", "180"),
        ("一百零八", "108"),
        ("一千零五十人", "1050"),
        ("两万五", "25000"),
        ("1.5万", "15000"),
        ("1850.50元", "1850.5"),
        ("1,850块", "1850"),
        ("1 850", "1850"),
        ("2百多", "200"),
        ("一八五零", "1850"),
        ("俩残疾人", "2"),
        ("仨", "3"),
        ("两个半", "2.5"),
        ("1.5个点", "1.5"),
        ("百分之一点五", "1.5"),
        ("-5", "-5"),
        ("负五个", "-5"),
        ("十来个", "10"),
        ("嗯三个吧", "3"),
        ("零", "0"),
        ("2千1", "2100"),
        ("幺七四零", "1740"),
        ("一六幺零", "1610"),
        ("七十一", "71"),
        ("两千左右", "2000"),
        ("一百六里头", "160"),
        ("千把人", "1000"),
        ("百把个人", "100"),
    ],
)
def test_an_amount_has_its_value(text: str, value: str) -> None:
    (found,) = amounts(text)
    assert found.value == Decimal(value)


@pytest.mark.parametrize(
    "text", ["三四百人", "几十个人", "上百号人", "七八个", "十五六个", "二十几个", "好几个", "一千大几", "三五百人"]
)
def test_words_that_leave_the_number_open_have_no_value(text: str) -> None:
    (found,) = amounts(text)
    assert found.value is None


def test_both_ends_of_a_range_are_left_open() -> None:
    assert [found.value for found in amounts("两百到三百人")] == [None, None]


@pytest.mark.parametrize(
    "text", ["我们一起去", "万一没有", "统一安排", "第三条", "一些", "13800001111", "幺三八零零", "三农"]
)
def test_what_counts_nothing_is_no_amount(text: str) -> None:
    assert amounts(text) == ()


def test_the_measure_words_are_told_and_rounded_numbers_are_noticed() -> None:
    staff, disabled = amounts("两百来人,其中残疾人3个")
    assert (staff.measure, staff.approximate) == ("人", True)
    assert (disabled.measure, disabled.approximate) == ("个", False)


def test_several_amounts_stand_in_order() -> None:
    assert [found.value for found in amounts("编制五十在职四十八")] == [50, 48]
