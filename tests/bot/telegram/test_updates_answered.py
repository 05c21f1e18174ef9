"""Every kind of update is answered, or ignored on purpose."""

import asyncio

import pytest

from bot.messages import Button, Message, Reply
from dialogue.mark import Status
from registry.telegram.chats import TelegramChats
from registry.telegram.mail import TelegramMail
from tests.bot.telegram.conftest import Open
from tests.bot.telegram.emulator import BOT, BotApi
from tests.bot.telegram.people import GROUP, in_group, membership, message, person, pressed, text
from tests.bot.telegram.talking import Echo, said

FILE = {"file_id": "f", "file_unique_id": "u"}
PHOTO = [{**FILE, "width": 9, "height": 9}]
PLACE = {"latitude": 28.68, "longitude": 115.86}
STICKER = {**FILE, "width": 9, "height": 9, "is_animated": False, "is_video": False, "type": "regular"}
CONTACT = {"phone_number": "13800000001", "first_name": "甲"}
EDITED = {**message(text="改过")["message"], "edit_date": 1_700_000_001}
POST = {**message(text="公告")["message"], "chat": {"id": -9, "type": "channel", "title": "c"}}
POLL = {
    **{"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": True, "is_anonymous": True},
    **{"type": "regular", "allows_multiple_answers": False},
}
CLAUSE = '/ask_clause{"clause":"jiangxi-2022-2024/2.9.3"}'
NO_MESSAGE = {"id": "1", "from": person(7), "chat_instance": "1", "data": "x"}


async def test_words_are_answered(opened: Open, api: BotApi, talk: Echo, met: None) -> None:
    api.push(**text("低保会停吗"))
    async with opened():
        await api.until(lambda: api.sent)

    assert api.to(7) == ["答：低保会停吗"]
    assert [(turn.sender.key, turn.text, turn.channel) for turn in talk.turns] == [
        ("telegram-7", "低保会停吗", "telegram")
    ]


async def test_the_first_answer_says_where_telegram_s_servers_are(opened: Open, api: BotApi) -> None:
    api.push(**text("低保会停吗"))
    api.push(**text("那找谁"))
    async with opened():
        await api.until(lambda: len(api.sent) == 2)

    assert api.to(7) == [f"{said('privacy')}\n\n答：低保会停吗", "答：那找谁"]


async def test_the_menu_of_commands_is_set_and_polling_ends_a_webhook(opened: Open, api: BotApi) -> None:
    async with opened():
        await api.until(lambda: api.calls["getUpdates"])

    names = "start help register mydata voice text easy hant hans human stop delete"
    assert [each["command"] for each in api.menu] == names.split()
    assert api.calls["deleteWebhook"] == 1


@pytest.mark.parametrize(
    ("command", "turn"),
    [
        ("/start", "帮助"),
        ("/help", "帮助"),
        ("/help@zhuyetong_bot", "帮助"),
        ("/register", "我要登记就业需求"),
        ("/mydata", "查一下我的登记"),
        ("/hant", "用繁体字"),
        ("/hans", "用简体字"),
        ("/human", "转人工"),
        ("/stop", "停"),
        ("/start quota", "帮我算一下单位要安排几个残疾人"),
        ("/start no-such-link", "帮助"),
    ],
)
async def test_a_command_says_what_could_be_typed(
    opened: Open, api: BotApi, talk: Echo, met: None, command: str, turn: str
) -> None:
    api.push(**text(command))
    async with opened():
        await api.until(lambda: api.sent)

    assert [each.text for each in talk.turns] == [turn]


@pytest.mark.parametrize(
    ("update", "response"),
    [
        pytest.param(text("/easy"), "easy", id="easy"),
        pytest.param(text("/text"), "text_only", id="text"),
        pytest.param(text("/voice"), "voice_missing", id="voice without an engine"),
        pytest.param(text("/no_such"), "unknown_command", id="unknown command"),
        pytest.param(message(photo=PHOTO), "unreadable_picture", id="photo"),
        pytest.param(message(sticker=STICKER), "unreadable_sticker", id="sticker"),
        pytest.param(message(document=FILE), "unreadable_document", id="document"),
        pytest.param(
            message(animation={**FILE, "width": 9, "height": 9, "duration": 1}, document=FILE),
            "unreadable_picture",
            id="animation",
        ),
        pytest.param(message(video={**FILE, "width": 9, "height": 9, "duration": 1}), "unreadable_video", id="video"),
        pytest.param(message(video_note={**FILE, "length": 9, "duration": 1}), "unreadable_video", id="video note"),
        pytest.param(message(dice={"emoji": "🎲", "value": 3}), "unreadable_other", id="dice"),
        pytest.param(message(voice={**FILE, "duration": 3}), "no_ears", id="voice note without an engine"),
        pytest.param(message(contact={**CONTACT, "user_id": 8}), "contact_of_another", id="somebody else's contact"),
        pytest.param(message(contact={**CONTACT, "user_id": 7}), "contact_unasked", id="contact not asked for"),
        pytest.param(message(location={"latitude": 39.9, "longitude": 116.4}), "not_in_jiangxi", id="far away"),
        pytest.param({"edited_message": EDITED}, "edited", id="edited"),
        pytest.param(text("取消提醒"), "notices_off", id="notices off"),
        pytest.param(text("开启提醒"), "notices_unregistered", id="notices without a registration"),
    ],
)
async def test_what_is_no_question_gets_a_clear_sentence(
    opened: Open, api: BotApi, talk: Echo, met: None, update: dict[str, object], response: str
) -> None:
    api.files["f"] = b"OggS"
    api.push(**update)
    async with opened():
        await api.until(lambda: api.sent)

    assert (api.to(7), talk.turns) == ([said(response)], [])


@pytest.mark.parametrize(
    "update",
    [
        pytest.param({"channel_post": POST}, id="channel post"),
        pytest.param(in_group("大家好"), id="group, not to us"),
        pytest.param(in_group("", new_chat_members=[person(9)]), id="group, somebody came"),
        pytest.param(in_group("/help@other_bot"), id="another bot's command"),
        pytest.param({"message": {**message(text="我也是")["message"], "from": {**BOT, "id": 99}}}, id="another bot"),
        pytest.param(message(pinned_message=message(text="旧")["message"]), id="pinned"),
        pytest.param(message(migrate_to_chat_id=-5), id="migrated"),
        pytest.param(membership("kicked"), id="blocked"),
        pytest.param(membership("member"), id="not blocked any more"),
        pytest.param({"poll": POLL}, id="poll"),
        pytest.param({"something_new": {"id": 1}}, id="a kind that comes next year"),
        pytest.param({"message": {"message_id": "five", "chat": 3}}, id="what PTB cannot read"),
        pytest.param({"callback_query": NO_MESSAGE}, id="button of no message"),
    ],
)
async def test_what_is_for_nobody_of_us_is_ignored_and_keeps_nothing_from_being_answered(
    opened: Open, api: BotApi, talk: Echo, met: None, mail: TelegramMail, update: dict[str, object]
) -> None:
    api.push(**update)
    api.push(**text("还在吗"))
    async with opened():
        await api.until(lambda: api.sent)

    assert [each.text for each in api.sent] == ["答：还在吗"]
    assert (mail.unanswered(), mail.left()) == ({}, [])


async def test_a_button_is_answered_at_once_and_sends_what_it_says(
    opened: Open, api: BotApi, talk: Echo, met: None
) -> None:
    talk.replies["农村"] = Reply(
        (Message("要哪个？", "", (Button("服务", CLAUSE), Button("都不是", "/none_of_these"))),), Status.CLARIFY
    )
    api.push(**text("农村"))
    async with opened():
        await api.until(lambda: api.sent)
        title, data = api.sent[0].buttons[0]
        api.push(**pressed(data, title))
        await api.until(lambda: len(api.sent) == 2 and api.answered_queries)

    assert api.to(7)[0] == "要哪个？\n1. 服务\n2. 都不是"
    assert talk.turns[1].text == CLAUSE
    assert [each["text"] for each in api.answered_queries] == ["服务"]


async def test_words_beside_a_picture_are_answered(opened: Open, api: BotApi, met: None) -> None:
    api.push(**message(photo=PHOTO, caption="这是什么补贴"))
    async with opened():
        await api.until(lambda: api.sent)

    assert api.to(7) == [f"{said('unreadable_picture')}\n\n答：这是什么补贴"]


async def test_their_own_contact_answers_the_question_for_the_telephone(
    opened: Open, api: BotApi, talk: Echo, met: None, chats: TelegramChats
) -> None:
    chats.asks("telegram-7", "phone")
    api.push(**message(contact={"phone_number": "+8613800000001", "first_name": "甲", "user_id": 7}))
    async with opened():
        await api.until(lambda: api.sent)

    assert [turn.text for turn in talk.turns] == ["+8613800000001"]


async def test_a_place_offers_the_nearest_city_where_it_is_asked_for(
    opened: Open, api: BotApi, talk: Echo, met: None, chats: TelegramChats
) -> None:
    chats.asks("telegram-7", "city")
    api.push(**message(location=PLACE))
    async with opened():
        await api.until(lambda: api.sent)
        # By its number as well as by the button.
        api.push(**text("1"))
        await api.until(lambda: talk.turns)

    assert api.sent[0].buttons == [("南昌", "我住在南昌")]
    assert [turn.text for turn in talk.turns] == ["我住在南昌"]


async def test_easy_words_stay_until_they_are_not_wanted(opened: Open, api: BotApi, talk: Echo, met: None) -> None:
    for words in ("/easy", "低保", "/text", "低保"):
        api.push(**text(words))
    async with opened():
        await api.until(lambda: len(api.sent) == 4)

    assert [turn.mode and turn.mode.value for turn in talk.turns] == ["easy", None]


async def test_somebody_in_a_group_is_answered_where_they_name_us(opened: Open, api: BotApi, talk: Echo) -> None:
    api.push(**in_group("@zhuyetong_bot 低保会停吗"))
    api.push(**in_group("那找谁", reply_to_message={**in_group("…")["message"], "from": BOT}))
    async with opened():
        await api.until(lambda: len(api.sent) == 2)

    assert api.to(GROUP) == ["答：低保会停吗", "答：那找谁"]
    assert {turn.sender.key for turn in talk.turns} == {f"telegram-{GROUP}-7"}
    assert api.sent[0].about["reply_parameters"]["message_id"] == 6


@pytest.mark.parametrize(
    "words", ["/register@zhuyetong_bot", "@zhuyetong_bot 我叫王小明，电话13800000001", "@zhuyetong_bot"]
)
async def test_nothing_personal_is_spoken_of_in_a_group(opened: Open, api: BotApi, talk: Echo, words: str) -> None:
    api.push(**in_group(words))
    async with opened():
        await api.until(lambda: api.sent)

    assert (api.to(GROUP), talk.turns) == ([said("not_in_groups", bot="zhuyetong_bot")], [])


async def test_a_registration_begun_in_a_group_is_closed(opened: Open, api: BotApi, talk: Echo) -> None:
    talk.replies["我要登记"] = Reply((Message("同意吗？", ""),), Status.FORM, "consent")
    api.push(**in_group("@zhuyetong_bot 我要登记"))
    async with opened():
        await api.until(lambda: api.sent)

    assert api.to(GROUP) == [said("not_in_groups", bot="zhuyetong_bot")]
    assert [turn.text for turn in talk.turns] == ["我要登记", "取消"]


async def test_before_a_registration_people_hear_again_where_the_servers_are(
    opened: Open, api: BotApi, talk: Echo, met: None
) -> None:
    talk.replies["登记"] = Reply((Message("同意吗？", ""),), Status.FORM, "consent")
    for _ in range(2):
        api.push(**text("登记"))
    async with opened():
        await api.until(lambda: len(api.sent) == 2)

    assert api.to(7) == [f"{said('privacy_again')}\n\n同意吗？", "同意吗？"]


async def test_delete_erases_what_was_said(opened: Open, api: BotApi, talk: Echo, met: None) -> None:
    api.push(**text("/delete"))
    async with opened():
        await api.until(lambda: api.sent)
        titles = api.sent[0].buttons
        api.push(**pressed(titles[1][1], titles[1][0]))
        await api.until(lambda: len(api.sent) == 2)

    assert titles == [("删除登记", "删除我的登记"), ("只删聊天记录", "telegram:forget")]
    assert (talk.forgotten, api.to(7)[1]) == (["telegram-7"], said("forgotten"))


async def test_while_a_person_of_staff_talks_we_are_silent(opened: Open, api: BotApi, talk: Echo, met: None) -> None:
    talk.replies["你好"] = Reply((), Status.HANDOFF)
    api.push(**text("你好"))
    api.push(**text("还在吗"))
    async with opened():
        await api.until(lambda: api.sent)

    assert api.to(7) == ["答：还在吗"]


async def test_typing_is_shown_where_an_answer_takes_long(opened: Open, api: BotApi, talk: Echo, met: None) -> None:
    talk.slow["慢"] = 0.8
    api.push(**text("快"))
    api.push(**text("慢"))
    async with opened():
        await api.until(lambda: len(api.sent) == 2)
        await asyncio.sleep(0.05)

    assert api.calls["sendChatAction"] == 1
