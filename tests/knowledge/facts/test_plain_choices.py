"""Choices of a registration in so many words."""

import pytest

from knowledge.facts.plain_choices import plain_choice
from knowledge.language.writing import normalised


@pytest.mark.parametrize(
    ("slot", "text", "value"),
    [
        ("gender", "她是女同志", "女"),
        ("gender", "性别男,四十岁", "男"),
        ("gender", "李小红,女,三十五岁", "女"),
        ("gender", "我家闺女聋的女的", "女"),
        ("disability_level", "我哥肢体三级", "三级"),
        ("disability_level", "残疾证二级", "二级"),
        ("disability_level", "听力1级的", "一级"),
        ("disability_level", "以前是三级,重新评的四级", "四级"),
        ("disability_level", "不是一级,是二级", "二级"),
        ("education", "初中没读完就种田了", "初中"),
        ("education", "我冇读过书", "没上过学"),
        ("education", "读到四年级", "小学"),
        ("education", "职高毕业学的烹饪", "中专"),
        ("education", "我女儿今年大学毕业", "本科"),
        ("education", "高二就没读了", "高中"),
        ("work_mode", "想在家接单", "居家"),
        ("work_mode", "手残疾想在家门口做点手工", "就近"),
        ("work_mode", "能做全天班", "全职"),
        ("work_mode", "打打零工", "兼职"),
        ("work_mode", "没读过书,想在家直播带货", "居家"),
        ("training_need", "想上培训班", "yes"),
        ("training_need", "培训不要,要上班", "no"),
        ("training_need", "住城里想学烘焙", "yes"),
        ("training_need", "不要培训要上班", "no"),
        ("training_need", "年纪大了学不动", "no"),
        ("registrant", "帮我儿子登记一下", "family"),
        ("registrant", "我是12385热线的,有位来电人要登记", "staff_for"),
        ("registrant", "我想登记求职", "self"),
    ],
)
def test_a_choice_is_told_in_what_is_said_freely(slot: str, text: str, value: str) -> None:
    assert plain_choice(normalised(text), slot, is_answer=False) == value


@pytest.mark.parametrize(
    ("slot", "text", "value"),
    [
        ("gender", "男", "男"),
        ("gender", "嗯女吧", "女"),
        ("disability_level", "二", "二级"),
        ("disability_level", "三急", "三级"),
        ("disability_level", "最重的", "一级"),
        ("education", "中学", "初中"),
        ("education", "没有", "没上过学"),
        ("work_mode", "村里", "就近"),
        ("work_mode", "在家", "居家"),
        ("work_mode", "全值", "全职"),
        ("training_need", "想", "yes"),
        ("training_need", "要得", "yes"),
        ("training_need", "不用了", "no"),
        ("training_need", "冇兴趣", "no"),
        ("registrant", "我自己", "self"),
        ("registrant", "我崽", "family"),
        ("registrant", "来电人", "staff_for"),
    ],
)
def test_a_choice_is_told_in_an_answer(slot: str, text: str, value: str) -> None:
    assert plain_choice(normalised(text), slot, is_answer=True) == value


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        ("gender", "男女都要的厂有没有"),
        ("gender", "我女儿在读书"),
        ("gender", "我老婆陪我来的"),
        ("disability_level", "二级护理补贴多少钱"),
        ("disability_level", "考过英语四级"),
        ("disability_level", "三甲医院"),
        ("disability_level", "一级和二级有什么区别"),
        ("education", "在小学门口卖菜"),
        ("education", "要高中毕业才能报吗"),
        ("education", "没考上大学"),
        ("work_mode", "邻居家有"),
        ("work_mode", "流水线上的"),
        ("work_mode", "不想在家,想出去找工作"),
        ("work_mode", "我家在农村"),
        ("work_mode", "全职和兼职有什么不一样"),
        ("training_need", "培训要钱吗"),
        ("training_need", "我学过裁缝"),
        ("registrant", "话务员让我打过来的"),
        ("registrant", "登记要多久"),
    ],
)
def test_words_that_state_no_choice_are_left_alone(slot: str, text: str) -> None:
    assert plain_choice(normalised(text), slot, is_answer=True) is None


def test_two_values_that_are_not_taken_back_state_neither() -> None:
    assert plain_choice("全职兼职都可以", "work_mode", is_answer=True) is None
