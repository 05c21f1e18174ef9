"""The real conversation behind the door in Telegram."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from bot.app.service import Service, build_speech, build_telegram
from bot.settings import TelegramSettings
from bot.speech.engines_and_recordings import Speech
from tests.bot.telegram.emulator import TOKEN, BotApi
from tests.bot.telegram.people import in_group, pressed, text


@asynccontextmanager
async def door(service: Service, api: BotApi) -> AsyncIterator[Speech]:
    speech = build_speech(service)
    settings = replace(service.settings, telegram=TelegramSettings(TOKEN, api.url))
    built = build_telegram(replace(service, settings=settings), speech)
    assert built is not None
    async with built.running():
        yield speech
    speech.close()


async def test_a_question_is_answered_with_its_clause_quoted(service: Service, api: BotApi) -> None:
    api.push(**text("我吃低保，想自己摆个摊，低保会不会停", chat=71))
    async with door(service, api):
        await api.until(lambda: api.sent)

    assert "3年" in api.sent[0].text
    assert "<blockquote expandable>" in api.sent[0].html


async def test_a_registration_goes_through_to_its_number_and_to_its_deletion_of_the_talk(
    service: Service, api: BotApi
) -> None:
    said = ["/register", "同意", "同意", "王小明", "13800000001", "南昌", *["跳过"] * 11, "是"]
    async with door(service, api):
        for number, words in enumerate(said, 1):
            api.push(**text(words, chat=72))
            await api.until(lambda: len(api.sent) == number)  # noqa: B023
        assert "登记号是" in api.sent[-1].text, api.sent[-1].text
        title, data = api.sent[-1].buttons[-2]
        api.push(**pressed(data, title, chat=72))
        await api.until(lambda: len(api.sent) == len(said) + 1)

    assert (title, api.sent[-1].text[:2]) == ("要提醒", "好，")


async def test_a_registration_is_not_begun_in_a_group(service: Service, api: BotApi) -> None:
    api.push(**in_group("@zhuyetong_bot 我要登记就业需求", who=73))
    async with door(service, api):
        await api.until(lambda: api.sent)

    assert "不在群里办" in api.sent[0].text
