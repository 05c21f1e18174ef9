"""What sounds alike to a Jiangxi ear is written alike."""

import pytest

from knowledge.language.phonetics import fold_syllable, sounds


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        pytest.param("底保", "低保", id="same sound"),
        pytest.param("残急", "残疾", id="same sound, other word"),
        pytest.param("就夜", "就业", id="tones"),
        pytest.param("资到", "知道", id="zh and z"),
        pytest.param("抄比例", "操比例", id="ch and c"),
        pytest.param("四行", "十行", id="sh and s"),
        pytest.param("蓝昌", "南昌", id="n and l"),
        pytest.param("刘奶", "牛奶", id="n and l before i"),
        pytest.param("吕人", "女人", id="n and l before ü"),
        pytest.param("音行", "英行", id="in and ing"),
        pytest.param("冰馆", "宾馆", id="ing and in"),
        pytest.param("深音", "声音", id="en and eng"),
        pytest.param("福南", "湖南", id="hu and fu"),
        pytest.param("灰机", "飞机", id="hui and fei"),
        pytest.param("发钱", "花钱", id="hua and fa"),
        pytest.param("范钱", "换钱", id="huan and fan"),
        pytest.param("房色", "黄色", id="huang and fang"),
        pytest.param("结分", "结婚", id="hun and fen"),
    ],
)
def test_words_that_a_jiangxi_accent_makes_one_sound_alike(heard: str, meant: str) -> None:
    assert sounds(heard) == sounds(meant)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("低保", "地标"),
        ("补贴", "不提"),
        ("四", "西"),
        ("老师", "老西"),
        ("残疾", "残酷"),
        ("创业", "就业"),
        ("公司", "工资卡"),
        ("按摩", "按钮"),
        ("省", "县"),
        ("湖南", "海南"),
    ],
)
def test_words_that_nobody_confuses_sound_apart(one: str, other: str) -> None:
    assert sounds(one) != sounds(other)


def test_each_chinese_character_is_one_syllable() -> None:
    assert sounds("南昌就业") == ["lan", "cang", "jiu", "ye"]


def test_a_run_of_other_characters_stays_whole() -> None:
    assert sounds("补贴1.5%，ABC") == ["bu", "tie", "1.5%，ABC"]


def test_a_character_is_read_as_its_word_reads_it() -> None:
    assert sounds("银行") != sounds("银形")


def test_no_text_has_no_sounds() -> None:
    assert sounds("") == []


@pytest.mark.parametrize("syllable", ["zi", "lin", "fei", "fan", "ren", "n"])
def test_a_folded_syllable_stays_as_it_is(syllable: str) -> None:
    assert fold_syllable(syllable) == syllable
