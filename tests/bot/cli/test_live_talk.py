"""A talk by microphone and loudspeaker, with devices that are none."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import SimpleQueue

import pytest

from bot.cli.talk_live import talk
from bot.errors import ServiceError
from tests.bot.cli.devices import FakePortAudio
from tests.bot.speech.hearing_and_speaking import said, silence, speech, text_in
from tests.bot.web.talking import FakeConversation, answer


class Typing:
    """A keyboard on which nothing is typed but what a test has typed."""

    def __init__(self) -> None:
        self._lines: SimpleQueue[str] = SimpleQueue()

    def __iter__(self) -> Iterator[str]:
        while (line := self._lines.get()) != "end":
            yield line + "\n"

    def types(self, line: str) -> None:
        self._lines.put(line)


class Around:
    """Everything around one talk."""

    def __init__(self, *, headphones: bool = False) -> None:
        self.portaudio = FakePortAudio()
        self.conversation = FakeConversation()
        self.keyboard = Typing()
        self._headphones = headphones

    async def __aenter__(self) -> "Around":
        self.task = asyncio.create_task(
            talk(
                self.conversation,  # type: ignore[arg-type]
                speech(),
                self.portaudio,
                self.keyboard,
                headphones=self._headphones,
            )
        )
        assert await self.sounding() == "utterlistening。"
        return self

    async def __aexit__(self, *error: object) -> None:
        self.keyboard.types("end")
        self.task.cancel()
        with suppress(asyncio.CancelledError, ServiceError):
            await self.task

    async def sounding(self) -> str:
        """The next sentence, heard to its end."""
        return await self._until(lambda: text_in(self.portaudio.sounds(5.0)))

    async def _until(self, what: Callable[[], str]) -> str:
        async def look() -> str:
            while True:
                await asyncio.sleep(0.02)
                if "output" in self.portaudio.streams and (found := what()):
                    return found

        return await asyncio.wait_for(look(), 5)


async def test_what_is_said_is_printed_and_answered_aloud(capsys: pytest.CaptureFixture[str]) -> None:
    async with Around() as around:
        around.conversation.answers["低保会停吗"] = answer("不会停。延三年。")
        around.portaudio.hears(said("低保会停吗"), silence())

        assert [await around.sounding(), await around.sounding()] == ["不会停。", "延三年。"]
        assert capsys.readouterr().out == "您：低保会停吗\n助业通：不会停。延三年。\n"


async def test_what_is_typed_is_answered_aloud() -> None:
    async with Around() as around:
        around.keyboard.types("你好")

        assert await around.sounding() == "您说你好。"


async def test_the_enter_key_silences() -> None:
    async with Around() as around:
        around.conversation.answers["问"] = answer("这一句很长很长很长很长很长很长很长很长很长。")
        around.keyboard.types("问")
        await around._until(lambda: text_in(around.portaudio.sounds(0.2)))
        around.keyboard.types("")
        await asyncio.sleep(0.1)

        assert not around.portaudio.sounds(1.0).any()


async def test_by_the_loudspeaker_our_own_voice_is_not_heard_and_with_headphones_the_person_is() -> None:
    for headphones, heard in ((False, []), (True, ["那找谁"])):
        async with Around(headphones=headphones) as around:
            around.conversation.answers["问"] = answer("这一句很长很长很长很长很长很长很长很长很长。")
            around.keyboard.types("问")
            await around._until(lambda: text_in(around.portaudio.sounds(0.2)))
            around.portaudio.hears(said("那找谁"), silence())
            await asyncio.sleep(0.5)

            assert [turn.text for turn in around.conversation.turns[1:]] == heard


async def test_a_microphone_that_is_pulled_out_ends_the_talk_in_a_sentence() -> None:
    async with Around() as around:
        around.portaudio.pulls_out("input")

        with pytest.raises(ServiceError, match="is gone; plug it in and start again"):
            await asyncio.wait_for(around.task, 5)
