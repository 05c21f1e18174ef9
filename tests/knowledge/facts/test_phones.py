"""Telephone numbers as people say and write them. All numbers are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.facts.phones import ID_NUMBER, NO_AREA_CODE, NOT_IN_USE, TOO_LONG, TOO_SHORT, corrected, phones
from knowledge.language.writing import normalised


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("13800118888", "13800118888"),
        ("我的电话是13800118888", "13800118888"),
        ("13800118888。", "13800118888"),
        ("138-0011-8888", "13800118888"),
        ("138 0011 8888", "13800118888"),
        ("138.0011.8888", "13800118888"),
        ("138,0011,8888", "13800118888"),
        ("138、0011、8888", "13800118888"),
        ("138—0011—8888", "13800118888"),
        ("1 3 8 0 0 1 1 8 8 8 8", "13800118888"),
        ("１３８００１１８８８８", "13800118888"),
        ("+86 13800118888", "13800118888"),
        ("+8613800118888", "13800118888"),
        ("86 138 0011 8888", "13800118888"),
        ("0086-138-0011-8888", "13800118888"),
        ("13800118888-801", "13800118888"),
        ("一三八零零一二三四五六", "13800123456"),
        ("一三八 零零一 二三四 五六", "13800123456"),
        ("一三八,零零一二,三四五六", "13800123456"),
        ("一三八〇〇一二三四五六", "13800123456"),
        ("壹叁捌零零壹壹捌捌捌捌", "13800118888"),
        ("幺三八零零幺幺八八八八", "13800118888"),
        ("妖三八零零妖妖八八八八", "13800118888"),
        ("腰三八零零腰腰八八八八", "13800118888"),
        ("腰三八洞洞幺幺八八八拐", "13800118887"),
        ("幺三勾洞洞幺幺八八八八", "13900118888"),
        ("幺三八,呃,零零幺幺,然后,八八八八", "13800118888"),
        ("一三八嗯零零一一那个八八八八", "13800118888"),
        ("前面是一三八,后面是零零一一八八八八", "13800118888"),
        ("138 0011 三个八八", "13800118888"),
        ("一三八零零三个八六六六", "13800888666"),
        ("一三八零零四个八两个六", "13800888866"),
        ("一三八两个零一一四个八", "13800118888"),
        ("幺三8零零幺幺8八88", "13800118888"),
        ("1380011888八", "13800118888"),
        ("电话一三八零零一一八八八八三十五岁", "13800118888"),
        ("我今年五十二一三八零零一一八八八八", "13800118888"),
        ("我叫李小红,35,13800118888", "13800118888"),
        ("李小红 13800118888 南昌", "13800118888"),
        ("13800118888九江的", "13800118888"),
        ("一三八零零一一八八八八九江的", "13800118888"),
        ("13800118888腰疼", "13800118888"),
        ("一三八零零一一八八八八腰不好", "13800118888"),
        ("我伤了腰,13800118888", "13800118888"),
        ("13800118888,三个孩子", "13800118888"),
        ("13800118888三个孩子", "13800118888"),
        ("周一13800118888", "13800118888"),
        ("打13800118888一直有人接", "13800118888"),
        ("一九九零零一一八八八八", "19900118888"),
        ("0791-88881234", "079188881234"),
        ("零七九一 八八八八 一二三四", "079188881234"),
        ("洞拐九幺八八八八一二三四", "079188881234"),
        ("(0791)88881234", "079188881234"),
        ("0797 8123456", "07978123456"),
        ("座机零七九七八一二三四五六", "07978123456"),
    ],
)
def test_a_number_is_read_as_it_is_said(text: str, digits: str) -> None:
    (found,) = phones(normalised(text))
    assert (found.digits, found.problem) == (digits, None)


@pytest.mark.parametrize(
    ("text", "digits", "problem"),
    [
        ("1380011888", "1380011888", TOO_SHORT),
        ("一三八零零一一八八八", "1380011888", TOO_SHORT),
        ("1380011", "1380011", TOO_SHORT),
        ("138 0011 888", "1380011888", TOO_SHORT),
        ("079188881", "079188881", TOO_SHORT),
        ("138001188889", "138001188889", TOO_LONG),
        ("138 0011 88889", "138001188889", TOO_LONG),
        ("1 3 8 0 0 1 1 8 8 8 8 9", "138001188889", TOO_LONG),
        ("幺三八零零幺幺八八八八九", "138001188889", TOO_LONG),
        ("6222000000000000", "6222000000000000", TOO_LONG),
        ("12012345678", "12012345678", NOT_IN_USE),
        ("一二零一二三四五六七八", "12012345678", NOT_IN_USE),
        ("88881234", "88881234", NO_AREA_CODE),
        ("八八八一二三四", "8881234", NO_AREA_CODE),
        ("360121198501011234", "360121198501011234", ID_NUMBER),
        ("36012119850101123X", "36012119850101123X", ID_NUMBER),
        ("三六零一二一一九八五零一零一一二三四", "360121198501011234", ID_NUMBER),
        ("360121 19850101 1234", "360121198501011234", ID_NUMBER),
        ("36012113800118888X", "36012113800118888X", ID_NUMBER),
    ],
)
def test_what_is_wrong_with_a_number_is_told(text: str, digits: str, problem: str) -> None:
    (found,) = phones(normalised(text))
    assert (found.digits, found.problem) == (digits, problem)


@pytest.mark.parametrize(
    "text",
    [
        "我没有电话",
        "跳过",
        "两百三十个人",
        "12385",
        "一级残疾",
        "2022-2024",
        "2023-03-01",
        "2024.5.20",
        "不是1730是1850",
        "20230301",
        "1985年3月4日生的",
        "一千三百五十六万七千八百九十",
        "腰疼",
        "伤了腰",
        "洞口拐角",
        "一三八",
    ],
)
def test_what_is_no_number_is_left_alone(text: str) -> None:
    assert phones(normalised(text)) == ()


@pytest.mark.parametrize(
    ("text", "both", "left"),
    [
        ("不是13800118888是13900118888", ["13800118888", "13900118888"], "13900118888"),
        ("不是138 0011 8888,是139 0011 8888", ["13800118888", "13900118888"], "13900118888"),
        ("13900118888,不是13800118888", ["13900118888", "13800118888"], "13900118888"),
        ("不是1380011888,是13800118888", ["1380011888", "13800118888"], "13800118888"),
        ("13800118888 13900118888", ["13800118888", "13900118888"], "13900118888"),
        ("不是幺三八零零幺幺八八八八是幺三九零零幺幺八八八八", ["13800118888", "13900118888"], "13900118888"),
    ],
)
def test_of_two_numbers_the_last_that_is_not_taken_back_stands(text: str, both: list[str], left: str) -> None:
    found = corrected(normalised(text))
    assert ([each.digits for each in phones(normalised(text))], found and found.digits) == (both, left)


def test_a_number_shows_in_no_log() -> None:
    assert "13800118888" not in repr(phones("13800118888"))


_WAYS = {
    "0": ["0", "零", "〇", "洞"],
    "1": ["1", "一", "幺", "妖", "腰"],
    "2": ["2", "二"],
    "3": ["3", "三"],
    "4": ["4", "四"],
    "5": ["5", "五"],
    "6": ["6", "六"],
    "7": ["7", "七", "拐"],
    "8": ["8", "八"],
    "9": ["9", "九", "勾"],
}
_GAPS = st.sampled_from(["", "", "", " ", "-", ",", "、", " 呃 ", ",然后,", "嗯"])


@given(st.from_regex(r"1(3[0-9]|5[0-35-9]|8[0-9])[0-9]{8}", fullmatch=True), st.data())
def test_a_number_in_any_mixture_of_spoken_digits_and_gaps_is_read_back(number: str, data: st.DataObject) -> None:
    said = "".join(
        data.draw(st.sampled_from(_WAYS[digit])) + (data.draw(_GAPS) if place < len(number) - 1 else "")
        for place, digit in enumerate(number)
    )
    assert [(each.digits, each.problem) for each in phones(normalised(f"电话{said}"))] == [(number, None)]


@given(st.from_regex(r"1(3[0-9]|8[0-9])[0-9]{8}", fullmatch=True))
def test_a_number_with_its_repeated_digits_counted_is_read_back(number: str) -> None:
    chinese = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
    said, place = "", 0
    while place < len(number):
        run = len(number[place:]) - len(number[place:].lstrip(number[place]))
        run = min(run, 4)
        said += chinese[number[place]] if run == 1 else f"{'两三四'[run - 2]}个{chinese[number[place]]}"
        place += run
    assert [each.digits for each in phones(said)] == [number]
