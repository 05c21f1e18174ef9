"""A registration from the first word to its deletion, through the real engine and on real records."""

import sqlite3
from pathlib import Path

import pytest

from actions.resources import resources
from benchmarks.clear_text import found_in_clear
from benchmarks.made_up_people import person as made_up
from bot.conversation import Conversation
from bot.engine.agent import Talk
from bot.messages import Reply
from bot.settings import Settings
from dialogue.display import group_digits
from dialogue.mark import Status
from registry.errors import RegistryError
from registry.registrations.registrations import Registration
from tests.person import Person

AGREED = ("我要登记就业需求", "同意", "同意")
TOLD = {
    "name": "刘小梅",
    "phone": "13800138000",
    "city": "南昌",
    "county": "进贤县",
    "gender": "女",
    "birth_year": "1985",
    "disability_type": "视力",
    "disability_level": "一级",
    "education": "初中",
    "skills": "按摩",
    "desired_job": "按摩",
    "work_mode": "就近",
    "training_need": "电脑",
    "accommodation": "有人带路",
}
ANSWERS = (
    *("我叫刘小梅", "幺三八零零幺三八零零零", "南昌进贤那边", "女的", "八五年的", "我是看不见的", "一级", "初中没读完"),
    *("会按摩", "想做按摩", "就近", "想学电脑", "要有人带路"),
)


def heard(reply: Reply) -> str:
    return "\n".join(message.text for message in reply.messages)


async def talk(person: Person, *said: str) -> Reply:
    for each in said:
        reply = await person.says(each)
    return reply


def registered(person: Person) -> list[Registration]:
    records = resources().records
    assert records is not None
    return list(records.registrations.of_sender(person.sender))


async def number_of(person: Person, *said: str) -> str:
    """Registers with these answers and gives the number."""
    await talk(person, *AGREED, *(said or ANSWERS), "是")
    return registered(person)[0].number


async def test_what_is_stored_is_exactly_what_was_said(person: Person) -> None:
    reply = await talk(person, *AGREED, *ANSWERS, "是")
    (stored,) = registered(person)

    assert reply.status is Status.ANSWERED
    assert reply.asking is None
    assert stored.fields == TOLD
    assert group_digits(stored.number) in heard(reply)
    assert stored.by == "self"
    assert {(each.purpose, each.given) for each in stored.consents} == {("general", True), ("disability", True)}


async def test_a_wrong_phone_a_question_in_the_middle_and_a_correction_at_the_end(person: Person) -> None:
    await talk(person, *AGREED, "刘小梅")
    wrong = await person.says("1380013800")
    asked = await person.says("残疾人就业辅导员是什么")
    await talk(person, *ANSWERS[1:])
    corrected = await person.says("电话说错了，是13900112233")
    await person.says("是")

    assert wrong.asking == "phone"
    assert "位数不够" in heard(wrong)
    assert asked.messages[0].citations[0].clause == "2.9.4"
    assert asked.asking == "phone"
    assert "139 0011 2233" in heard(corrected)
    assert corrected.asking == "confirm"
    assert [each.fields for each in registered(person)] == [{**TOLD, "phone": "13900112233"}]


async def test_nothing_is_kept_before_consent_and_nothing_without_a_yes(person: Person) -> None:
    opening = await person.says("我叫刘小梅，13800138000，南昌进贤的，我眼睛看不见，想做按摩，帮我登记")
    before = await person.form()
    refused = await person.says("不同意")

    assert opening.asking == "consent"
    assert set(before["values"]) <= {"registrant"}
    assert refused.asking is None
    assert await person.form() is None
    assert registered(person) == []


async def test_what_was_told_before_consent_is_not_asked_again_after_it(person: Person) -> None:
    reply = await talk(person, "我叫刘小梅，13800138000，南昌进贤的，想做按摩，帮我登记", "同意", "同意")

    assert reply.asking == "gender"
    assert "刘小梅" in heard(reply)
    assert "138 0013 8000" in heard(reply)


async def test_without_consent_to_it_nothing_of_the_disability_is_asked_or_kept(person: Person) -> None:
    asked = []
    await talk(person, AGREED[0], "同意", "不同意")
    for said in (
        "刘小梅",
        "13800138000",
        "南昌进贤",
        "女，我是看不见的",
        "八五年",
        "初中",
        "会按摩",
        "按摩",
        "就近",
        "不用",
    ):
        asked.append((await person.says(said)).asking)
    await person.says("是")
    (stored,) = registered(person)

    assert not {"disability_type", "disability_level", "accommodation"} & set(asked)
    assert not {"disability_type", "disability_level", "accommodation"} & set(stored.fields)
    assert ("disability", False) in {(each.purpose, each.given) for each in stored.consents}


async def test_everything_but_name_phone_and_place_can_be_skipped(person: Person) -> None:
    reply = await talk(person, *AGREED, "刘小梅", "13800138000", "南昌")
    skipped = []
    while reply.asking != "confirm":
        skipped.append(reply.asking)
        reply = await person.says("跳过")
    await person.says("是")

    assert len(skipped) == 11
    assert [each.fields for each in registered(person)] == [{"name": "刘小梅", "phone": "13800138000", "city": "南昌"}]


@pytest.mark.parametrize("slot", ["name", "phone", "city"])
async def test_name_phone_and_place_cannot_be_skipped(person: Person, slot: str) -> None:
    reply = await talk(person, *AGREED, *ANSWERS[: ["name", "phone", "city"].index(slot)])
    again = await person.says("跳过")

    assert reply.asking == again.asking == slot
    assert "跳不过去" in heard(again)


async def test_the_same_yes_five_times_registers_once(person: Person) -> None:
    await talk(person, *AGREED, *ANSWERS)
    for _ in range(5):
        await person.says("是")

    assert len(registered(person)) == 1


async def test_a_mother_registers_her_son_and_staff_a_caller(conversation: Conversation, person: Person) -> None:
    await talk(person, "帮我崽登记找工作", "同意", "同意", *ANSWERS, "是")
    operator = type(person)(conversation, f"{person.sender}-operator")
    await talk(operator, "我是热线的，替来电人登记就业需求", "同意", "同意", *ANSWERS, "是")

    assert [each.by for each in registered(person)] == ["family"]
    assert [each.by for each in registered(operator)] == ["staff"]


async def test_no_keeps_it_open_until_what_is_wrong_is_put_right(person: Person) -> None:
    await talk(person, *AGREED, *ANSWERS)
    denied = await person.says("不对")
    named = await person.says("名字错了")
    righted = await person.says("刘晓梅")
    job = await person.says("工作改成看门")
    await person.says("对")

    assert denied.asking == "confirm"
    assert registered(person)[0].fields["name"] == "刘晓梅"
    assert named.asking == "name"
    assert "刘晓梅" in heard(righted)
    assert "看门" in heard(job)
    assert registered(person)[0].fields["desired_job"] == "看门"


async def test_what_is_read_back_is_heard_digit_by_digit(person: Person) -> None:
    reply = await talk(person, *AGREED, *ANSWERS)
    spoken = "".join(message.speech for message in reply.messages)

    assert "幺三八，零零幺三，八零零零" in spoken
    assert "刘小梅" in spoken


async def test_the_state_is_told_for_number_and_phone_and_for_nothing_less(person: Person) -> None:
    number = await number_of(person)
    wrong_digit = await talk(person, "查一下我的登记", f"{number[:-1]}{(int(number[-1]) + 1) % 10}")
    told = await talk(person, number, "13800138000")
    strange = await talk(person, "查一下我的登记", number, "13900112233")

    assert "说错或听错了一位" in heard(wrong_digit)
    assert wrong_digit.asking == "case_number"
    assert "就业需求登记" in heard(told)
    assert "基本信息核查" in heard(told)
    assert "没有找到" in heard(strange)
    assert "就业需求登记" not in heard(strange)


async def test_a_field_is_changed_and_everything_is_given_out(person: Person) -> None:
    number = await number_of(person)
    await talk(person, "登记的资料要改", number, "13800138000", "电话改成13700001111")
    changed = await person.says("是")
    exported = await talk(person, "你们存了我哪些信息", number, "13700001111")

    assert "137 0000 1111" in heard(changed)
    assert registered(person)[0].fields == {**TOLD, "phone": "13700001111"}
    for part in ("刘小梅", "137 0000 1111", "南昌", "进贤县", "视力残疾", "一级", "按摩", "有人带路"):
        assert part in heard(exported)


async def test_a_correction_right_after_the_registration_changes_it(person: Person) -> None:
    number = await number_of(person)
    proof = await person.says("电话说错了，是13700001111")
    asked = await talk(person, number, "13800138000")
    await person.says("是")

    assert proof.asking == "case_number"
    assert asked.asking == "confirm_change"
    assert registered(person)[0].fields["phone"] == "13700001111"


async def test_after_the_registration_the_talk_knows_neither_number_nor_phone(person: Person) -> None:
    number = await number_of(person)
    known = (await person.form() or {"values": {}})["values"]
    reply = await person.says("查一下我的登记")

    assert {number, "13800138000"} & set(known.values()) == set()
    assert reply.asking == "case_number"
    assert "138" not in heard(reply)


async def test_consent_to_the_disability_is_withdrawn_and_the_rest_stays(person: Person) -> None:
    number = await number_of(person)
    await talk(person, "我要撤回同意", number, "13800138000", "只撤回残疾情况", "是")
    (stored,) = registered(person)

    assert "disability_type" not in stored.fields
    assert stored.fields["name"] == "刘小梅"


async def test_deletion_leaves_no_trace_in_any_store(
    person: Person, conversation: Conversation, settings: Settings
) -> None:
    number = await number_of(person)
    before = await talk(person, "删除我的登记", number, "13800138000")
    kept = await person.says("不删了")
    await talk(person, "删除我的登记", number, "13800138000")
    receipt = await person.says("是")

    assert before.asking == "confirm_deletion"
    assert "什么都没有动" in heard(kept)
    assert "回执" in heard(receipt)
    assert group_digits(number) in heard(receipt)
    assert registered(person) == []
    assert conversation._transcripts.of(person.sender) == []
    assert await conversation._engine.open(person.sender) == Talk()
    index = conversation._engine._store._rows._cipher.index(person.sender).encode()
    for path in Path(settings.var).glob("*.db*"):
        assert index not in path.read_bytes(), path.name


async def test_records_that_fail_say_so_and_lose_nothing(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    await talk(person, *AGREED, *ANSWERS)
    records = resources().records
    assert records is not None
    with monkeypatch.context() as failing:
        failing.setattr(type(records.registrations), "register", _fails)
        failed = await person.says("是")
    saved = await person.says("是")

    assert "还没有登记上" in heard(failed)
    assert failed.asking == "confirm"
    assert "登记好了" in heard(saved)
    assert [each.fields for each in registered(person)] == [TOLD]


def _fails(*args: object, **kwargs: object) -> str:
    raise RegistryError("sqlite: cannot be used (OperationalError: database is locked)")


async def test_what_is_too_long_is_refused_with_a_sentence(person: Person) -> None:
    await talk(person, *AGREED, "刘小梅", "13800138000", "南昌进贤", *["跳过"] * 5)
    reply = await person.says("会做饭会洗衣" * 40)

    assert reply.asking == "skills"
    assert "200" in heard(reply)


@pytest.mark.parametrize("said", ["'; DROP TABLE registrations; --", "<script>alert(1)</script>做饭", "=1+1 做饭"])
async def test_code_is_kept_as_words(person: Person, said: str) -> None:
    await talk(person, *AGREED, "刘小梅", "13800138000", "南昌进贤", *["跳过"] * 5)
    await talk(person, f"会{said}", *["跳过"] * 4, "是")

    assert said.replace(";", "；").replace("!", "！") in registered(person)[0].fields["skills"]


async def test_a_registration_that_was_left_goes_on_where_it_was(person: Person) -> None:
    await talk(person, *AGREED, "刘小梅", "取消")
    reply = await talk(person, "继续", "13800138000")

    assert reply.asking == "city"


@pytest.mark.parametrize(
    ("slot", "said", "helps"),
    [
        ("phone", "1380013800", "11位"),
        ("phone", "20013800138", "13"),
        ("phone", "360102198501011234", "身份证"),
        ("phone", "8888666", "区号"),
        ("city", "长沙", "江西"),
        ("city", "南昌于都", "对不上"),
        ("county", "于都县", "不在南昌"),
        ("birth_year", "2040年", "还没有到"),
        ("birth_year", "两百岁", "16岁"),
        ("birth_year", "属龙的", "具体"),
        ("disability_level", "五级", "一级到四级"),
    ],
)
async def test_what_cannot_be_right_is_explained_with_an_example(
    person: Person, slot: str, said: str, helps: str
) -> None:
    before = {
        "phone": ("刘小梅",),
        "city": ("刘小梅", "13800138000"),
        "county": ("刘小梅", "13800138000", "南昌"),
        "birth_year": ("刘小梅", "13800138000", "南昌进贤", "女"),
        "disability_level": ("刘小梅", "13800138000", "南昌进贤", "女", "跳过", "肢体残疾"),
    }
    await talk(person, *AGREED, *before[slot])
    first = await person.says(said)
    second = await person.says(said)

    assert first.asking in {slot, "city"}
    assert helps in heard(first)
    assert "转人工" in heard(second)


@pytest.mark.parametrize("count", [8, pytest.param(1_000, marks=pytest.mark.slow)])
async def test_nothing_of_many_people_is_found_in_clear(
    conversation: Conversation, person: Person, settings: Settings, caplog: pytest.LogCaptureFixture, count: int
) -> None:
    secrets = []
    for number, one in ((number, made_up(number)) for number in range(count)):
        sender = type(person)(conversation, f"{person.sender}-{number}")
        identity = f"身份证是{one.identity}"
        reply = await talk(sender, *AGREED, f"我叫{one.name}", one.phone, "赣州于都", *["跳过"] * 5, identity, "跳过")
        assert reply.asking == "desired_job", heard(reply)
        secrets += [one.name, one.phone, one.identity]

    assert found_in_clear(settings.var, secrets) == []
    assert [secret for secret in secrets if secret in caplog.text] == []


@pytest.mark.slow
async def test_a_locked_database_is_told_and_the_yes_counts_once_it_is_free(person: Person, settings: Settings) -> None:
    await talk(person, *AGREED, *ANSWERS)
    other = sqlite3.connect(settings.var / "records.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    locked = await person.says("是")
    other.execute("ROLLBACK")
    saved = await person.says("是")

    assert "还没有登记上" in heard(locked)
    assert "登记好了" in heard(saved)
    assert [each.fields for each in registered(person)] == [TOLD]


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        (["想做的工作改成保安"], {"desired_job": "保安"}),
        (["年龄", "一九八四年的"], {"birth_year": "1984"}),
        (["残疾等级", "五级", "二级"], {"disability_level": "二级"}),
        (["地址", "吉安泰和"], {"city": "吉安", "county": "泰和县"}),
        (["所在的县区改成于都"], {"city": "赣州", "county": "于都县"}),
        (["名字", "刘晓梅"], {"name": "刘晓梅"}),
        (["上班方式改成居家"], {"work_mode": "居家"}),
        (["培训", "想学电商"], {"training_need": "电商"}),
        (["13900001111"], {"phone": "13900001111"}),
    ],
)
async def test_each_kind_of_field_is_changed(person: Person, said: list[str], changed: dict[str, str]) -> None:
    number = await number_of(person)
    asked = await talk(person, "我要改登记", number, "13800138000", *said)
    await person.says("是")

    assert asked.asking == "confirm_change", heard(asked)
    assert registered(person)[0].fields == {**TOLD, **changed}


async def test_thinking_better_of_another_field_leaves_nothing_of_the_first(person: Person) -> None:
    number = await number_of(person)
    await talk(person, "我要改登记", number, "13800138000", "13900001111")
    asked = await talk(person, "残疾等级", "二级")
    await person.says("是")

    assert asked.asking == "confirm_change", heard(asked)
    assert registered(person)[0].fields == {**TOLD, "disability_level": "二级"}


async def test_number_and_phone_in_one_message_are_enough(person: Person) -> None:
    number = await number_of(person)
    reply = await person.says(f"登记号{number}，电话13800138000，查一下登记进度")

    assert "就业需求登记" in heard(reply)


@pytest.mark.parametrize("said", ["都行", "随便", "怎么都可以", "无所谓"])
async def test_any_choice_will_do_leaves_it_open(person: Person, said: str) -> None:
    await talk(person, *AGREED, "刘小梅", "13800138000", "南昌进贤", *["跳过"] * 7)
    reply = await person.says(said)

    assert reply.asking == "training_need", heard(reply)


async def test_no_skills_are_kept_as_such(person: Person) -> None:
    await talk(person, *AGREED, "刘小梅", "13800138000", "南昌", *["跳过"] * 6, "没有", *["跳过"] * 4, "是")

    assert registered(person)[0].fields["skills"] == "没有"


async def test_consent_is_taken_back_in_the_middle(person: Person) -> None:
    await talk(person, *AGREED, *ANSWERS[:8])
    reply = await person.says("残疾情况我不同意你们记了")
    form = await person.form()
    await talk(person, *ANSWERS[8:12], "是")
    (stored,) = registered(person)

    assert reply.asking == "skills", heard(reply)
    assert "disability_type" not in form["values"]
    assert not {"disability_type", "disability_level", "accommodation"} & set(stored.fields)


async def test_everything_is_taken_back_in_the_middle(person: Person) -> None:
    await talk(person, *AGREED, *ANSWERS[:3])
    reply = await person.says("我不同意了，都删掉")

    assert reply.asking is None
    assert "什么都没有存" in heard(reply)
    assert await person.form() is None
    assert registered(person) == []
