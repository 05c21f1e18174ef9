"""Names as people give them. All persons are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.facts.names import LONGEST, name
from knowledge.language.writing import normalised


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("李小红", "李小红"),
        ("我叫李小红", "李小红"),
        ("姓欧阳名叫建国", "欧阳建国"),
        ("名字是张三丰", "张三丰"),
        ("我姓王，叫王大力", "王大力"),
        ("我姓王叫大力", "王大力"),
        ("他叫陈有福", "陈有福"),
        ("李小红,木子李", "李小红"),
        ("李小红木子李", "李小红"),
        ("阿里木·买买提", "阿里木·买买提"),
        ("我叫阿里木·买买提", "阿里木·买买提"),
        ("弓长张,张伟", "张伟"),
        ("弓长张张伟", "张伟"),
        ("耳东陈的陈,陈静", "陈静"),
        ("耳东陈,陈静", "陈静"),
        ("姓刘,名德华", "刘德华"),
        ("姓刘名德华", "刘德华"),
        ("李小红吧", "李小红"),
        ("嗯 李小红", "李小红"),
        ("哦我叫王丽呀", "王丽"),
        ("我叫张伟", "张伟"),
        ("我是李小红", "李小红"),
        ("卓玛", "卓玛"),
        ("才让卓玛", "才让卓玛"),
        ("我叫扎西次仁", "扎西次仁"),
        ("古丽", "古丽"),
        ("我叫小芳", "小芳"),
        ("姓王,单名一个丽字", "王丽"),
        ("古月胡,胡小明", "胡小明"),
        ("胡小明,古月胡", "胡小明"),
        ("名字:涂水根", "涂水根"),
        ("姓名 涂水根", "涂水根"),
        ("李小红 13800118888", "李小红"),
        ("李小红,三十五岁", "李小红"),
        ("本人姓龚名桂英", "龚桂英"),
        ("欧阳春", "欧阳春"),
        ("司马小军", "司马小军"),
        ("我姓诸葛,叫诸葛平", "诸葛平"),
        ("王伟", "王伟"),
        ("黄大贵的", "黄大贵"),
        ("就是黄大贵", "黄大贵"),
        ("好的,我叫万年青", "万年青"),
        ("高峰", "高峰"),
        ("张三", "张三"),
        ("我叫刘一", "刘一"),
        ("我叫John Smith", "John Smith"),
        ("买买提", "买买提"),
        ("我叫买买提江", "买买提江"),
        ("我叫戴红花,戴帽子的戴", "戴红花"),
        ("姓王单名一个丽", "王丽"),
    ],
)
def test_a_name_is_taken_from_an_answer(text: str, given: str) -> None:
    assert name(normalised(text), is_answer=True) == given


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("我叫李小红", "李小红"),
        ("登记的人叫周春花", "周春花"),
        ("我叫李小红今年三十五岁腿不好", "李小红"),
        ("我叫王丽今年三十", "王丽"),
        ("我叫王丽住在进贤", "王丽"),
        ("我叫欧阳建国住南昌", "欧阳建国"),
        ("我儿子叫刘小宝", "刘小宝"),
        ("我崽叫罗细毛他今年二十", "罗细毛"),
        ("帮我崽登记他叫熊冬生", "熊冬生"),
        ("我的名字叫余秀莲", "余秀莲"),
        ("我叫傅菊香女三级", "傅菊香"),
        ("我叫傅菊香电话13800118888", "傅菊香"),
        ("女儿叫肖雨今年二十二", "肖雨"),
        ("我叫肖雨二十二岁", "肖雨"),
        ("我叫肖雨桐二十二岁", "肖雨桐"),
        ("我叫饶金根眼睛看不见", "饶金根"),
        ("我叫饶明肢体二级", "饶明"),
        ("我姓刘叫德华今年四十", "刘德华"),
    ],
)
def test_a_name_is_taken_from_what_is_said_freely(text: str, given: str) -> None:
    assert name(normalised(text), is_answer=False) == given


@pytest.mark.parametrize(
    "text",
    [
        "我叫我儿子来",
        "跳过",
        "不知道",
        "重复一遍",
        "重新说",
        "为什么要问名字",
        "返回",
        "谢谢",
        "谢谢你",
        "马上来",
        "方便吗",
        "钱不够",
        "应该可以",
        "高中毕业",
        "明白了",
        "我是盲人",
        "我是江西人",
        "我是农民",
        "我是安福的",
        "叫我李师傅",
        "你叫什么",
        "我叫什么你管不着",
        "江西",
        "赣州",
        "转人工",
        "我要叫人工",
        "何必呢",
        "时间不够",
        "停",
        "白天",
        "温州",
        "周末",
        "John",
        "雷公根雷锋的雷",
        "名字说错了",
        "名字不对",
        "昌江",
        "我姓王",
    ],
)
def test_an_answer_that_gives_no_name_gives_none(text: str) -> None:
    assert name(normalised(text), is_answer=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "李小红",
        "我姓李是盲人",
        "合格的,村干部打的分",
        "我叫我儿子来",
        "我想找个工作",
        "领导叫我们来",
        "我叫了他们",
        "我的名字",
    ],
)
def test_a_name_is_not_guessed_from_what_is_said_freely(text: str) -> None:
    assert name(normalised(text), is_answer=False) is None


def test_a_name_is_cut_at_its_longest() -> None:
    found = name("我叫" + "·".join(["阿里木"] * 30), is_answer=True)
    assert found is not None
    assert len(found) == LONGEST


_GIVEN = [surname + given for surname in "王刘熊涂" for given in ("桂英", "水根", "丽", "建国", "细妹")]


@given(
    st.sampled_from(_GIVEN),
    st.sampled_from(["", "我叫", "我的名字叫", "姓名:", "他叫", "嗯,我叫", "登记的人叫", "我是"]),
    st.sampled_from(["", "吧", "。", ",三十五岁", ",住在进贤"]),
)
def test_a_name_is_the_same_whatever_stands_around_it(person: str, lead: str, tail: str) -> None:
    assert name(normalised(lead + person + tail), is_answer=True) == person
