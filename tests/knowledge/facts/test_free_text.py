"""What people say in their own words, kept without the words around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.facts.free_text import LONGEST, answer_words, volunteered_words
from knowledge.language.writing import normalised


@pytest.mark.parametrize(
    ("slot", "text", "words"),
    [
        ("skills", "我会缝纫", "缝纫"),
        ("skills", "会做饭,会带孩子", "做饭,会带孩子"),
        ("skills", "嗯 我会修手机吧", "修手机"),
        ("skills", "做过五年保安", "做过五年保安"),
        ("skills", "在厂里踩过缝纫机", "在厂里踩过缝纫机"),
        ("skills", "什么都不会", "什么都不会"),
        ("skills", "会", "会"),
        ("skills", "我崽会打字", "打字"),
        ("desired_job", "我想找个看门的活", "看门"),
        ("desired_job", "想做保安", "保安"),
        ("desired_job", "看大门", "看大门"),
        ("desired_job", "找个轻松的活", "轻松的活"),
        ("desired_job", "轻松点的活", "轻松点的活"),
        ("desired_job", "随便什么工作都行", "随便什么工作都行"),
        ("desired_job", "当客服吧", "客服"),
        ("desired_job", "寻个看鱼塘的事做", "看鱼塘"),
        ("desired_job", "我想在家里做淘宝客服", "在家里做淘宝客服"),
        ("desired_job", "他想做盲人按摩", "盲人按摩"),
        ("accommodation", "最好是有盲道", "有盲道"),
        ("accommodation", "需要手语翻译", "手语翻译"),
        ("accommodation", "要有人陪", "有人陪"),
        ("accommodation", "得有坡道", "有坡道"),
        ("accommodation", "轮椅能进去", "轮椅能进去"),
        ("accommodation", "希望能坐着做", "坐着做"),
        ("training_need", "想学电脑", "电脑"),
        ("training_need", "想,学电脑", "电脑"),
        ("training_need", "我想学一下电商直播", "电商直播"),
        ("training_need", "愿意参加培训", "培训"),
        ("training_need", "想", "想"),
    ],
)
def test_an_answer_is_kept_without_its_lead_in(slot: str, text: str, words: str) -> None:
    assert answer_words(normalised(text), slot) == words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("会做饭,想找份洗碗的活", {"skills": "做饭", "desired_job": "洗碗"}),
        ("我叫李小红三十五岁会缝纫想找个糊纸盒的活", {"skills": "缝纫", "desired_job": "糊纸盒"}),
        ("我会修电动车,还学过理发", {"skills": "修电动车,学过理发"}),
        ("他会做木工也会砌墙", {"skills": "做木工,砌墙"}),
        ("我叫熊冬生今年二十二初中毕业会骑三轮车想送快递", {"skills": "骑三轮车", "desired_job": "送快递"}),
        ("我家崽脑子慢会扫地洗碗想在超市理货", {"skills": "扫地洗碗", "desired_job": "在超市理货"}),
        ("想做客服,最好有无障碍厕所", {"desired_job": "客服", "accommodation": "有无障碍厕所"}),
        ("眼睛看不见学过按摩想找个按摩店上班", {"skills": "学过按摩", "desired_job": "按摩店上班"}),
        ("我想在家里做点手工", {"desired_job": "在家里做点手工"}),
        ("我冇么子本事,只会种田", {"skills": "种田"}),
        ("想学按摩,要有人教手语", {"training_need": "按摩", "accommodation": "有人教手语"}),
        ("我坐轮椅,离不开轮椅,需要一楼", {"accommodation": "离不开轮椅,一楼"}),
        ("打算开个店", {"desired_job": "开个店"}),
    ],
)
def test_what_is_said_along_the_way_is_kept(text: str, said: dict[str, str]) -> None:
    assert volunteered_words(normalised(text)) == said


@pytest.mark.parametrize(
    "text",
    [
        "会不会影响低保",
        "社会保险交了",
        "没有机会",
        "想找人工",
        "想找工作",
        "我什么都不会",
        "不想做重活",
        "我需要什么材料",
        "需要身份证",
        "我会来的",
        "以后会有补贴",
        "我在工会上班",
        "会计",
        "国庆那会",
        "二零一八年做过",
        "想问一下",
        "我想做个登记找工作",
        "我要修改电话",
        "想申请低保",
        "想在县城找份工作",
        "想寻点事做",
        "要有残疾证吗",
    ],
)
def test_what_names_no_skill_work_or_help_is_left_alone(text: str) -> None:
    assert volunteered_words(normalised(text)) == {}


@given(
    st.text(alphabet="我会想找做个的活工作需要学吧,。嗯在有a1 ", min_size=1, max_size=300).map(normalised).filter(bool),
    st.sampled_from(["skills", "desired_job", "accommodation", "training_need"]),
)
def test_an_answer_is_never_emptied_nor_longer_than_is_kept(text: str, slot: str) -> None:
    kept = answer_words(text, slot)
    assert kept
    assert len(kept) <= LONGEST
    assert kept in text
