"""What was heard almost right is mended, and what was right stays."""

import pytest

from bot.speech.hints import phrase_model_of
from knowledge.library.loading import load_library
from voice.listening.phrase_model import PhraseModel


@pytest.fixture(scope="module")
def phrases() -> PhraseModel:
    return phrase_model_of(load_library())


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ("城相低保能领多久", "城乡低保能领多久"),
        ("低保言退三年", "低保延退三年"),
        ("手刺自主创业", "首次自主创业"),
        ("参及人招聘会", "残疾人招聘会"),
        ("社宝补贴怎么领", "社保补贴怎么领"),
        ("工艺性岗位", "公益性岗位"),
        ("盲人暗魔培训", "盲人按摩培训"),
        ("残连的电话", "残联的电话"),
    ],
)
def test_the_subject_s_words_are_put_right(phrases: PhraseModel, heard: str, said: str) -> None:
    assert phrases.read(heard).text == said


@pytest.mark.parametrize(
    "said",
    [
        "我想问一下低保能领多久",
        "我住在南昌县",
        "今天天气真好我们去公园散步吧",
        "我想学理发",
        "一三八零零一二三四五六",
        "我的电话是13800001234",
        "请问去医院坐几路车",
        "他在工地上搬砖",
        "谢谢你再见",
    ],
)
def test_what_was_right_stays(phrases: PhraseModel, said: str) -> None:
    assert phrases.read(said).text == said


def test_the_best_of_several_transcripts_is_taken() -> None:
    phrases = PhraseModel(["超比例安排残疾人的单位有奖励"] * 3)
    heard = [("超比力奖力有几多", -0.30), ("超比例奖励有几多", -0.32), ("超必然将你有几多", -0.33)]
    assert phrases.likeliest(heard).text == "超比例奖励有几多"


def test_a_transcript_that_lacks_a_part_does_not_win_by_being_short(phrases: PhraseModel) -> None:
    heard = [("就是卑人力机构限在支执不支执", -0.82), ("就是", -0.86), ("就是卑人力机构限在支持不支持", -0.88)]
    assert len(phrases.likeliest(heard).text) == len("就是卑人力机构限在支持不支持")


def test_what_the_recogniser_hardly_believes_in_does_not_count() -> None:
    phrases = PhraseModel(["低保延退三年"] * 50)
    assert phrases.likeliest([("今天天气", -0.2), ("低保延退", -0.6)]).text == "今天天气"


def test_what_is_no_chinese_goes_through() -> None:
    assert PhraseModel([]).read("OK, 3.5 万").text == "OK,3.5万"


def test_nothing_is_read_as_nothing() -> None:
    assert PhraseModel([]).read("").text == ""
