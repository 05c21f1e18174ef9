"""Places elsewhere are all one place; places in Jiangxi and everyday words stay as they are."""

import pytest

from knowledge.places.outside_places import with_elsewhere_alike


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        ("浙江有补贴吗", "外省有补贴吗"),
        ("广东省深圳市有补贴吗", "外省有补贴吗"),
        ("湖北省恩施自治州的政策", "外省的政策"),
        ("内蒙古自治区", "外省"),
        ("我户口在外地", "我户口在外省"),
        ("别的省也有吗", "外省也有吗"),
        ("北京、上海、广州", "外省、外省、外省"),
        ("日本的按摩师", "外省的按摩师"),
    ],
)
def test_a_place_elsewhere_is_written_as_one(text: str, alike: str) -> None:
    assert with_elsewhere_alike(text) == alike


@pytest.mark.parametrize(
    "text",
    [
        "江西有补贴吗",
        "江西省南昌市",
        "赣州、宜春、抚州",
        "江西南昌有补贴吗",
        "我是江西宁都县的",
        "江西安福县的残联",
        "江西安义县的残联",
        "江西南丰县的残联",
        "省内江西户籍的人",
        "景德镇江西籍的人",
    ],
)
def test_a_place_in_jiangxi_stays(text: str) -> None:
    assert with_elsewhere_alike(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "残疾人就业补贴",
        "怎么申请公益性岗位",
        "企业投资阳光助残基地",
        "单位拖延安排残疾人就业",
        "吉安康复中心在招人吗",
        "做事四平八稳",
        "国家长治久安",
        "我是普通化工厂的",
    ],
)
def test_words_that_happen_to_hold_a_place_stay(text: str) -> None:
    assert with_elsewhere_alike(text) == text
