"""What would tell who wrote a text is taken out; what was asked stays readable."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.values.masking import MASK, masked


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("我电话13800000000", f"我电话{MASK}", id="a mobile phone"),
        pytest.param("13800000000人工", f"{MASK}人工", id="a mobile phone before what could be persons"),
        pytest.param("13800000000元旦后打", f"{MASK}元旦后打", id="a mobile phone before what could be money"),
        pytest.param("13800000000万一不通", f"{MASK}万一不通", id="a mobile phone before what could be ten thousands"),
        pytest.param("打138 0000 0000找我", f"打{MASK}找我", id="a phone with spaces"),
        pytest.param("打138-0000-0000", f"打{MASK}", id="a phone with hyphens"),
        pytest.param("座机0990-8800000。", f"座机{MASK}。", id="a telephone"),
        pytest.param("一三八零零零零零零零零", MASK, id="a spoken phone"),
        pytest.param("幺三八洞洞洞洞洞洞洞洞", MASK, id="a phone spoken as soldiers do"),
        pytest.param("我号码是幺三八 零零幺二 三八零零", f"我号码是{MASK}", id="a phone spoken with pauses"),
        pytest.param("１３８００００００００", MASK, id="a full-width phone"),
        pytest.param("身份证000000199001010001", f"身份证{MASK}", id="an ID number"),
        pytest.param("00000019900101000X的人", f"{MASK}的人", id="an ID number that ends in X"),
        pytest.param("残疾证00000019900101000X41", f"残疾证{MASK}", id="a disability certificate with an X within"),
        pytest.param("写信到da.chui@example.com", f"写信到{MASK}", id="an e-mail address"),
        pytest.param("见https://example.com/u/1 好吗", f"见{MASK} 好吗", id="a link"),
        pytest.param("加我微信：dachui_88吧", f"加我{MASK}吧", id="a WeChat name"),
        pytest.param("微信号dachui88", MASK, id="a WeChat name without a colon"),
        pytest.param("我qq:1234", f"我{MASK}", id="a QQ number"),
        pytest.param("我叫王大锤，想找工作", f"我叫{MASK}，想找工作", id="a name"),
        pytest.param("我叫欧阳大锤。", f"我叫{MASK}。", id="a long name"),
        pytest.param("我姓王，问低保", f"我姓{MASK}，问低保", id="a surname"),
        pytest.param("我姓欧阳。", f"我姓{MASK}。", id="a long surname"),
        pytest.param("姓名：李小花", f"姓名{MASK}", id="a name in a form"),
        pytest.param("我名字是李小花", f"我名字{MASK}", id="a name after 名字"),
        pytest.param("我女儿叫李小花。", f"我女儿叫{MASK}。", id="a daughter's name"),
        pytest.param("我儿子叫王小锤。", f"我儿子叫{MASK}。", id="a son's name"),
        pytest.param("我崽叫王小锤。", f"我崽叫{MASK}。", id="a son's name in Jiangxi"),
        pytest.param("打138 - 0000 - 0000", f"打{MASK}", id="a phone with wide gaps"),
        pytest.param("打0990 8800000人工", f"打{MASK}人工", id="a telephone before what could be a unit"),
        pytest.param("发到大锤da@example.com谢谢", f"发到大锤{MASK}谢谢", id="an e-mail address between words"),
        pytest.param("孩子叫王小锤", f"孩子叫{MASK}", id="a child's name"),
        pytest.param("我家老大叫李小花", f"我家老大叫{MASK}", id="a name after whom it is of"),
        pytest.param("星河村3组", MASK, id="a village group"),
        pytest.param("星河西路18号", MASK, id="a house number"),
        pytest.param("星河小区十二栋", MASK, id="a house of an estate"),
        pytest.param("我是王小明", f"我是{MASK}", id="a name after 我是"),
        pytest.param("我是王小明想问低保", f"我是{MASK}想问低保", id="a name with a question behind it"),
        pytest.param("本人刘德华，三级", f"本人{MASK}，三级", id="a name after 本人"),
        pytest.param("老公张建军", f"老公{MASK}", id="a husband's name"),
        pytest.param("我叫尧建国", f"我叫{MASK}", id="a rare family name"),
        pytest.param("本人叫尧建国，问补贴", f"本人叫{MASK}，问补贴", id="a rare family name after 本人叫"),
        pytest.param("名字叫尧建国。", f"名字叫{MASK}。", id="a rare family name after 名字叫"),
        pytest.param("我叫阿里木", f"我叫{MASK}", id="a name without a family name"),
        pytest.param("我叫买买提·阿里木", f"我叫{MASK}", id="a name of two parts"),
        pytest.param("信州区东门路", f"信州区{MASK}", id="a road of a district"),
        pytest.param("水南镇长征大道1号", MASK, id="a house number in a town"),
        pytest.param("我家在水南镇长征大道1号3栋502室", f"我家在{MASK}", id="a flat"),
        pytest.param("我是水南村的", f"我是{MASK}的", id="a village"),
        pytest.param("我住水南村里", f"我住{MASK}里", id="in a village"),
        pytest.param("在东门街道办", f"在{MASK}办", id="a subdistrict"),
        pytest.param("家住石塘乡，问低保", f"家住{MASK}，问低保", id="a township"),
        pytest.param("住幸福巷", f"住{MASK}", id="a lane"),
        pytest.param("我住3栋502室", f"我住{MASK}", id="a flat without its street"),
    ],
)
def test_what_tells_who_wrote_is_taken_out(text: str, kept: str) -> None:
    assert masked(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "没达到1.5%的要怎么办",
        "2023年3月能申请吗",
        "2022年9月7日发的文件",
        "2022-2024年的方案还有效吗",
        "2023-2025年招录计划",
        "二〇二二到二〇二四年",
        "编制50人以上的机关",
        "一二级残疾和三四级残疾",
        "新增2.5万人",
        "两万五千人里有没有我",
        "开展131服务",
        "24365校园网络招聘是什么",
        "赣府厅字〔2022〕90号",
        "12385是什么电话",
        "打12333还是12345",
        "一天30块补多少天",
        "四个一活动是什么",
        "微信上能查残疾证吗",
        "微信公众号怎么关注",
        "他叫我去找残联",
        "这个项目名叫什么",
        "在家里附近的路口摆摊行吗",
        "低保延退3年",
        "补贴10000元，共25000人",
        "每月3000-5000元",
        "一次给100000元吗",
        "共1000000000元",
        "12333 12345哪个能打通",
        "微信12333能查吗",
        "姓名是必填的吗",
        "我参加的活动叫金秋招聘月",
        "方案叫江西省促进残疾人就业方案",
        "我是盲人",
        "我是农村户口",
        "我是聋哑人",
        "我是高中生",
        "我是江西人",
        "老公常年在外打工",
        "我叫我儿子记下来",
        "项目的名字叫什么",
        "农村",
        "乡村振兴",
        "送岗下乡",
        "社区",
        "在村里",
        "路边",
        "街上",
        "护路员",
        "村里路边街上都有护路员",
        "想在农村当护路员",
        "乡镇和村干部管不管",
        "有什么门路",
        "景德镇和萍乡有吗",
        "万企兴万村是什么",
        "住在南昌市红谷滩区",
        "6月8号前交吗",
    ],
)
def test_an_ordinary_question_stays_readable(text: str) -> None:
    assert masked(text) == text


def test_everything_that_tells_who_wrote_is_taken_out_of_one_text() -> None:
    text = "我叫王大锤，电话13800000000，住星河村3组，问培训补贴"

    assert masked(text) == f"我叫{MASK}，电话{MASK}，住{MASK}，问培训补贴"


@given(st.text(alphabet="0123456789零一二三 -", max_size=30))
def test_no_six_digits_are_left_side_by_side(text: str) -> None:
    assert re.search("[0-9零一二三]{6}", masked(text)) is None
