"""What a result has to say, whichever journey it comes from: its clause, its years and its steps, to eyes and ears."""

import pytest

from dialogue.mark import Status
from tests.person import Person
from voice.speaking.spoken import spoken

RESULTS = {
    "quota": (
        ["帮我算一下单位要安排几个残疾人", "事业单位", "编制八十个", "在职两百人", "一个"],
        ["上年度末在职职工200人", "现有残疾人职工1人"],
        ("二(一)1", "第二部分第一条第一项"),
    ),
    "reward": (
        ["帮我算一下超比例奖励", "一百二十人", "五个", "一千八百五"],
        ["120人", "1.8人", "3人", "5550元", "16650元"],
        ("二(三)4", "第二部分第三条第四项"),
    ),
    "dibao_years": (
        ["帮我算低保延退能延到哪天", "是残疾人", "有低保", "自己创业", "第一次", "2024年2月29日"],
        ["2024年2月29日", "2027年2月28日"],
        ("二(五)5", "第二部分第五条第五项"),
    ),
    "posts_again": (
        ["帮我看看公益性岗位还能不能再安排", "一次", "合格"],
        ["已经安排1次", "还剩1次"],
        ("二(五)1", "第二部分第五条第一项"),
    ),
    "navigator": (
        ["帮我看看有哪些政策适合我", "我自己", "视力残疾", "学技术", "农村", "不是大学生", "有低保"],
        ["盲人按摩", "农村"],
        ("二(八)2", "第二部分第八条第二项"),
    ),
}


@pytest.mark.parametrize("journey", RESULTS)
async def test_a_result_names_its_clause_its_year_and_its_steps(journey: str, person: Person) -> None:
    said, steps, (place, spoken_place) = RESULTS[journey]
    for text in said:
        reply = await person.says(text)
    told = next(message for message in reply.messages if message.citations)

    assert (reply.status, reply.asking) == (Status.ANSWERED, None)
    assert place in told.text
    assert "2024年12月31日" in told.text
    assert [step for step in steps if step not in told.text] == []
    assert spoken_place in told.speech
    assert "二零二四年十二月三十一日" in told.speech
    assert [step for step in steps if spoken(step) not in told.speech] == []


async def test_speed_and_script_stay_as_they_were_asked_for(person: Person) -> None:
    for said in ("说慢一点", "再慢一点", "换繁体"):
        await person.says(said)
    reply = await person.says("残疾人就业辅导员是什么")

    assert await person.slot("pace") == 0.5
    assert "殘疾人" in reply.messages[0].text
