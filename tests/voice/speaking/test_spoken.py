"""Text made fit for the ear."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from voice.speaking.spoken import spoken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("没达到1.5%的", "没达到百分之一点五的", id="a percentage with a point"),
        pytest.param("1.5％", "百分之一点五", id="a full-width percent sign"),
        pytest.param("0.05%", "百分之零点零五", id="a percentage below one"),
        pytest.param("100%", "百分之一百", id="a whole percentage"),
        pytest.param("50 %", "百分之五十", id="a percentage with a space"),
        pytest.param("新增2.5万人", "新增二点五万人", id="a decimal"),
        pytest.param("12.5倍", "十二点五倍", id="a decimal above ten"),
        pytest.param("2022-2024年", "二零二二年到二零二四年", id="years with a hyphen"),
        pytest.param("2022—2024年", "二零二二年到二零二四年", id="years with a dash"),
        pytest.param("2025——2027年", "二零二五年到二零二七年", id="years with a long dash"),
        pytest.param("2022～2024年", "二零二二年到二零二四年", id="years with a wave"),
        pytest.param("2022－2024年", "二零二二年到二零二四年", id="years with a full-width hyphen"),
        pytest.param("请打12385。", "请打幺二三八五。", id="a hotline"),
        pytest.param("12333或12345", "幺二三三三或幺二三四五", id="two hotlines"),
        pytest.param("412385人", "四十一万二千三百八十五人", id="a number that holds a hotline's"),
        pytest.param("123856人", "十二万三千八百五十六人", id="a number that begins as a hotline does"),
        pytest.param("事业单位（学校除外）", "事业单位学校除外", id="brackets"),
        pytest.param("《办法》“暖阳”‘贷’「一」", "办法暖阳贷一", id="title and quotation marks"),
        pytest.param("赣府厅字〔2022〕90号", "赣府厅字，二零二二，九十号", id="a document number"),
        pytest.param("依据二(五)5", "依据第二部分第五条第五项", id="the place of a clause"),
        pytest.param("二（十）3。", "第二部分第十条第三项。", id="the place of a clause in full-width brackets"),
        pytest.param("三(一)", "第三部分第一条", id="the place of a clause without items"),
        pytest.param("看https://example.com/a?b=1 这里", "看 这里", id="a link"),
        pytest.param("每月/每人", "每月每人", id="a slash"),
        pytest.param("**重点** #1", "重点 一", id="marks of a text format"),
        pytest.param("第一句。\n第二句。", "第一句。第二句。", id="a line break after a sentence"),
        pytest.param("《甲》，、乙", "甲、乙", id="two pauses side by side"),
        pytest.param("甲；（）。乙", "甲。乙", id="a pause before the end of a sentence"),
        pytest.param("  好的。 ", "好的。", id="spaces at the ends"),
        pytest.param("您好", "您好", id="plain text"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_text_as_it_is_read_aloud(text: str, said: str) -> None:
    assert spoken(text) == said


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("（）《》“”0123456789.%１٣-—～年\n，。、/[]"))))
@example("１.５万人")
@example("٣.٥%")
def test_no_text_keeps_a_bracket_a_mark_or_a_line_break(text: str) -> None:
    assert set(spoken(text)) & set("（）()《》〈〉“”‘’「」『』〔〕[]—…·|/\\<>*_#\n0123456789") == set()
