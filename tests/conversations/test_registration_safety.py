"""What is kept or deleted takes a yes and nothing else, and what is taken for wrong is never saved."""

import pytest
from test_registration import AGREED, ANSWERS, TOLD, heard, number_of, registered, talk

from tests.person import Person

PHONE = "13800138000"


@pytest.mark.parametrize(
    "said", ["好，还是不删", "嗯，先留着", "对，不删", "行了，别删", "好的，等我问问儿子", "我想想", "想想", "对了"]
)
async def test_only_a_yes_and_nothing_else_deletes(person: Person, said: str) -> None:
    number = await number_of(person)
    reply = await talk(person, "删除我的登记", number, PHONE, said)

    assert len(registered(person)) == 1, heard(reply)


@pytest.mark.parametrize("said", ["好，还是不撤", "嗯，先不撤了", "我想想"])
async def test_only_a_yes_and_nothing_else_withdraws(person: Person, said: str) -> None:
    number = await number_of(person)
    reply = await talk(person, "我要撤回同意", number, PHONE, "全部撤回", said)

    assert registered(person)[0].fields == TOLD, heard(reply)


@pytest.mark.parametrize(
    "said", ["好，算了不登了", "嗯，我再考虑考虑", "可以，不过先不登记", "好，先别存", "我想想", "对了", "要", "想"]
)
async def test_only_a_yes_and_nothing_else_saves(person: Person, said: str) -> None:
    reply = await talk(person, *AGREED, *ANSWERS, said)

    assert registered(person) == [], heard(reply)


@pytest.mark.parametrize(
    "said", ["行，不同意", "好，残疾的就不记了", "可以，但残疾等级不要", "我想想", "跳过", "不想说"]
)
async def test_only_a_yes_and_nothing_else_is_consent_to_the_disability(person: Person, said: str) -> None:
    await talk(person, AGREED[0], "同意", said)
    # Whoever wants to think it over is left in peace, with no form open.
    form = await person.form() or {"values": {}}

    assert form["values"].get("consent_disability") != "yes"


@pytest.mark.parametrize("said", ["不对，要改", "2", "错了", "都错了"])
async def test_wrong_without_saying_what_asks_what(person: Person, said: str) -> None:
    await talk(person, *AGREED, *ANSWERS)
    reply = await person.says(said)
    again = await person.says("是")

    assert "哪一项不对" in heard(reply)
    assert again.asking == "confirm", heard(again)
    assert registered(person) == []


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        (["不是进贤，是安义"], {"county": "安义县"}),
        (["不对", "电话", "13900139000"], {"phone": "13900139000"}),
        (["不对", "刘晓梅"], {"name": "刘晓梅"}),
        (["不对，要改", "我叫刘晓梅"], {"name": "刘晓梅"}),
        (["出生年份是1991"], {"birth_year": "1991"}),
        (["工作不对，我想做保洁"], {"desired_job": "保洁"}),
        (["不是85年，是86年"], {"birth_year": "1986"}),
        (["名字"], {}),
    ],
)
async def test_what_is_read_back_is_put_right(person: Person, said: list[str], changed: dict[str, str]) -> None:
    await talk(person, *AGREED, *ANSWERS)
    reply = await talk(person, *said)
    form = await person.form()

    assert reply.asking == ("confirm" if changed else "name"), heard(reply)
    assert {slot: form["values"][slot] for slot in changed} == changed


async def test_a_yes_does_not_outlive_the_number_and_phone_it_was_given_for(person: Person) -> None:
    number = await number_of(person)
    await talk(person, "删除我的登记", number, "13911111111", "是")
    reply = await talk(person, number, PHONE)

    assert len(registered(person)) == 1
    assert reply.asking == "confirm_deletion", heard(reply)


async def test_a_number_that_looks_like_a_day_is_read(person: Person) -> None:
    reply = await talk(person, "查我的登记", "1935 0121")

    assert reply.asking == "phone", heard(reply)


async def test_what_was_said_of_others_before_is_not_the_registrant_s(person: Person) -> None:
    await talk(person, "我弟弟在南昌打工，他叫周强，他能找什么工作", "我想登记", "同意")
    reply = await person.says("同意")

    assert reply.asking == "name", heard(reply)
    assert set((await person.form())["values"]) <= {"consent", "consent_disability", "registrant"}


async def test_own_words_hold_no_disability_without_consent_and_no_card_numbers(person: Person) -> None:
    await talk(person, AGREED[0], "同意", "不同意", "刘小梅", PHONE, "南昌进贤", "女", "跳过", "初中")
    card = await person.says("银行卡是6222020200112233445")
    await talk(person, "我是盲人，会按摩", "跳过", "居家", "不用", "是")

    assert "没有记" in heard(card)
    assert registered(person)[0].fields["skills"] == "按摩"


@pytest.mark.parametrize("said", ["活着没意思", "你好"])
async def test_what_is_no_skill_is_not_kept_as_one(person: Person, said: str) -> None:
    reply = await talk(person, *AGREED, *ANSWERS[:9], said)
    open_or_waiting = await person.form() or (await person.slot("paused"))[-1]

    assert "desired_job" not in open_or_waiting["values"], heard(reply)


async def test_whoever_wants_one_thing_gone_does_not_lose_all(person: Person) -> None:
    number = await number_of(person)
    reply = await talk(person, "把残疾删掉", number, PHONE)

    assert reply.asking in {"purpose", "confirm_withdrawal"}, heard(reply)


async def test_whoever_left_and_says_register_goes_on(person: Person) -> None:
    await talk(person, *AGREED, *ANSWERS[:5], "先不办了", "先停下")
    reply = await person.says("我要登记")

    assert reply.asking == "disability_type", heard(reply)


async def test_where_one_wants_to_work_is_not_where_one_lives(person: Person) -> None:
    await talk(person, *AGREED, *ANSWERS[:10], "我想在南昌西湖区做保安")

    assert (await person.form())["values"]["county"] == "进贤县"


@pytest.mark.parametrize("said", ["会计", "没有"])
async def test_skills_are_not_cut_into_something_else(person: Person, said: str) -> None:
    await talk(person, *AGREED, *ANSWERS[:8], said)

    assert (await person.form())["values"]["skills"] == said


async def test_a_place_alone_does_not_say_village_or_town(person: Person) -> None:
    await talk(person, *AGREED, "刘小梅", PHONE, "东乡")

    assert "residence" not in (await person.form())["values"]


@pytest.mark.parametrize("said", ["删", "删吧", "确定", "确认删除", "是的"])
async def test_a_plain_word_for_it_deletes(person: Person, said: str) -> None:
    number = await number_of(person)
    reply = await talk(person, "删除我的登记", number, PHONE, said)

    assert registered(person) == [], heard(reply)


@pytest.mark.parametrize("said", ["不想删", "留着", "要不还是留着吧", "别删"])
async def test_a_plain_word_against_it_keeps(person: Person, said: str) -> None:
    number = await number_of(person)
    reply = await talk(person, "删除我的登记", number, PHONE, said)

    assert "什么都没有动" in heard(reply)
    assert len(registered(person)) == 1


@pytest.mark.parametrize("said", ["我是村干部，帮我们村一个残疾人登记", "我女儿是聋人，想给她登记"])
async def test_whoever_registers_somebody_else_is_asked_for_consent(person: Person, said: str) -> None:
    reply = await person.says(said)

    assert reply.asking == "consent", heard(reply)


async def test_whoever_wants_one_thing_gone_in_the_middle_does_not_lose_all(person: Person) -> None:
    await talk(person, *AGREED, *ANSWERS[:4], "把我的电话删掉")
    values = (await person.form())["values"]

    assert "phone" not in values
    assert values["name"] == "刘小梅"


async def test_whoever_asks_whether_it_can_be_deleted_deletes_nothing(person: Person) -> None:
    await talk(person, *AGREED, *ANSWERS[:4], "以后我不想要了，能不能都删掉")

    assert (await person.form())["values"]["name"] == "刘小梅"
