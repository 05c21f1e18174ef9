"""The voice socket: a talk, and clients that stall, flood or vanish."""

import asyncio
import logging
import time
from collections.abc import Sequence
from typing import Any

import pytest
from starlette.applications import Starlette

from bot.senders import OPEN, Sender
from bot.speech.engines_and_recordings import Speech
from bot.web.app import create_app
from bot.web.voice_limits import Allowance, Limits
from knowledge.library.documents import Library
from tests.bot.speech.hearing_and_speaking import FakeHearing, FakeStream, FakeVoices, missing, said, silence, speech
from tests.bot.web.talking import Client, FakeConversation, answer
from voice.errors import VoiceError
from voice.listening.gate import VoiceActivity
from voice.listening.transcripts import Hints, Transcript
from voice.sound.audio import Pcm


@pytest.fixture
def fake() -> FakeConversation:
    return FakeConversation()


def app(
    fake: FakeConversation, hearing: FakeHearing | None = None, voices: FakeVoices | None = None, **limits: Any
) -> Starlette:
    return create_app(fake, speech(hearing, voices), limits=Limits(**limits))  # type: ignore[arg-type]


async def opened(client: Client, **about: Any) -> dict[str, Any]:
    await client.says(type="hello", sender="a", **about)
    return await client.next("hello")


async def test_somebody_asks_and_hears_the_answer_sentence_by_sentence(fake: FakeConversation) -> None:
    fake.answers["低保会停吗"] = answer("不会停。延三年。")
    async with Client(app(fake)) as client:
        assert await opened(client) == {"type": "hello", "protocol": 1, "rate": 16_000, "hears": True, "speaks": True}
        await client.speaks(said("低保会停吗"), silence())

        assert (await client.next("partial"))["text"] == "低保"
        assert (await client.next("heard"))["text"] == "低保会停吗"
        assert (await client.next("reply"))["messages"][0]["text"] == "不会停。延三年。"
        assert [await client.hears(), await client.hears()] == ["不会停。", "延三年。"]
        await client.next("state", state="listening")
        assert [(turn.sender.key, turn.channel) for turn in fake.turns] == [("open-a", "voice")]


async def test_the_second_sentence_is_sent_only_once_the_first_was_heard(fake: FakeConversation) -> None:
    fake.answers["问"] = answer("不会停。延三年。")
    async with Client(app(fake)) as client:
        await opened(client)
        await client.says(type="text", text="问")
        first = await client.next("audio")

        with pytest.raises(asyncio.TimeoutError):
            await client.next("audio", within=0.2)
        await client.says(type="played", sentence=first["sentence"])
        assert (await client.next("audio"))["text"] == "延三年。"


async def test_speech_stops_ours_within_300_milliseconds_and_is_heard(fake: FakeConversation) -> None:
    fake.answers["问"] = answer("这一句很长很长很长很长。下一句也是。")
    async with Client(app(fake)) as client:
        await opened(client, duplex="full")
        await client.says(type="text", text="问")
        await client.next("audio")
        began = time.monotonic()
        await client.speaks(said("那找谁"))
        await client.next("stop")

        assert time.monotonic() - began < 0.3
        await client.speaks(silence())
        assert (await client.next("heard"))["text"] == "那找谁"
        assert await client.hears() == "您说那找谁。"


async def test_in_half_duplex_our_own_voice_is_not_taken_for_the_person_s(fake: FakeConversation) -> None:
    fake.answers["问"] = answer("这一句很长。")
    async with Client(app(fake)) as client:
        await opened(client)
        await client.says(type="text", text="问")
        await client.next("audio")
        await client.speaks(said("这一句"), silence())

        with pytest.raises(asyncio.TimeoutError):
            await client.next("heard", within=0.3)
        assert [turn.text for turn in fake.turns] == ["问"]


async def test_the_talk_button_stops_our_speech_and_pauses_are_the_person_s(fake: FakeConversation) -> None:
    fake.answers["问"] = answer("这一句很长。")
    async with Client(app(fake)) as client:
        await opened(client)
        await client.says(type="text", text="问")
        await client.next("audio")
        await client.says(type="start", until="button")
        await client.next("stop")
        await client.speaks(silence(), said("我想"), silence(1.0), silence(1.0))

        with pytest.raises(asyncio.TimeoutError):
            await client.next("heard", within=0.3)
        await client.says(type="speech_end")
        assert (await client.next("heard"))["text"] == "我想"


async def test_the_stop_button_is_silence(fake: FakeConversation) -> None:
    fake.answers["问"] = answer("第一句。第二句。")
    async with Client(app(fake)) as client:
        await opened(client)
        await client.says(type="text", text="问")
        await client.next("audio")
        await client.says(type="stop")
        await client.next("stop")

        with pytest.raises(asyncio.TimeoutError):
            await client.next("audio", within=0.3)


async def test_a_synthesis_that_is_under_way_is_stopped_too(fake: FakeConversation) -> None:
    voices = FakeVoices()
    voices.slow = 0.3
    async with Client(app(fake, voices=voices)) as client:
        await opened(client)
        await client.says(type="text", text="问")
        # The reply itself is out before the first sentence begins to be made.
        await client.next("state", state="speaking")
        await client.says(type="stop")

        with pytest.raises(asyncio.TimeoutError):
            await client.next("audio", within=0.6)


async def test_what_was_hardly_heard_is_said_back_and_answered_after_a_yes(fake: FakeConversation) -> None:
    async with Client(app(fake)) as client:
        await opened(client)
        await client.speaks(said("城相低保?"), silence())
        assert await client.hears() == "utter_say_back城相低保。"
        await client.next("state", state="listening")
        assert fake.turns == []

        await client.speaks(said("对"), silence())
        assert await client.hears() == "您说城相低保。"


async def test_whoever_waits_longer_than_a_second_hears_that_it_goes_on(fake: FakeConversation) -> None:
    fake.slow = 1.8
    async with Client(app(fake)) as client:
        await opened(client)
        await client.says(type="text", text="问")

        assert await client.hears() == "utter_patience。"
        assert await client.hears() == "您说问。"


async def test_a_long_answer_is_offered_and_heard_on(fake: FakeConversation) -> None:
    fake.answers["问"] = answer("第一句。第二句。" + "很长" * 30 + "。")
    async with Client(app(fake)) as client:
        await opened(client)
        await client.says(type="text", text="问")
        heard = [await client.hears() for _ in range(3)]
        await client.speaks(said("对"), silence())

        assert heard == ["第一句。", "第二句。", "utter_offer_more。"]
        await client.next("state", state="listening")
        await client.speaks(said("对"), silence())
        assert await client.hears() == "很长" * 30 + "。"


async def test_the_question_of_a_form_is_said_whole_and_narrows_what_is_expected(fake: FakeConversation) -> None:
    hearing = FakeHearing()
    fake.asking_for = "phone"
    fake.answers["问"] = answer("第一句。第二句。" + "很长" * 30 + "。", asking="phone")
    async with Client(app(fake, hearing)) as client:
        await opened(client)
        await client.says(type="text", text="问")
        assert len([await client.hears() for _ in range(3)]) == 3
        await client.next("state", state="listening")
        await client.speaks(said("幺三八"), silence())
        await client.next("heard")

    assert [hints.asking for hints in hearing.asked] == ["phone"]


async def test_a_message_is_read_out_again_at_the_rate_that_was_chosen(fake: FakeConversation) -> None:
    voices = FakeVoices()
    async with Client(app(fake, voices=voices)) as client:
        await opened(client)
        await client.says(type="rate", rate=0.5)
        await client.says(type="say", text="再读一遍。")

        assert await client.hears() == "再读一遍。"
        assert voices.spoken == [("再读一遍。", 0.5, False)]
        assert fake.paces == {Sender(OPEN, "a"): 0.5}


async def test_holding_the_button_in_silence_is_answered(fake: FakeConversation) -> None:
    async with Client(app(fake)) as client:
        await opened(client)
        await client.says(type="start", until="button")
        await client.speaks(silence())
        await client.says(type="speech_end")

        assert (await client.next("heard"))["text"] == ""
        assert await client.hears() == "utter_nothing_heard。"
        assert fake.turns == []


# What is wrong with a frame ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "named"),
    [
        ("{", "not JSON"),
        ("[]", "type"),
        ('{"type": []}', "type"),
        ('{"type": "sing"}', "type"),
        ('{"type": "rate", "rate": 9}', "rate"),
        ('{"type": "played"}', "sentence"),
        ('{"type": "stop", "now": 1}', "now"),
        ('{"type": "say", "text": ""}', "text"),
        ('{"type": "hello", "sender": "b"}', "hello"),
    ],
)
async def test_a_frame_that_cannot_be_read_is_told_and_the_talk_goes_on(
    fake: FakeConversation, frame: str, named: str
) -> None:
    async with Client(app(fake)) as client:
        await opened(client)
        await client.sends(frame)
        error = await client.next("error")
        await client.says(type="text", text="问")

        assert (error["code"], error["fatal"], named in error["text"]) == ("malformed", False, True)
        assert await client.hears() == "您说问。"


async def test_half_a_sample_is_told(fake: FakeConversation) -> None:
    async with Client(app(fake)) as client:
        await opened(client)
        await client._to_server.put({"type": "websocket.receive", "bytes": b"abc"})

        assert "16-bit" in (await client.next("error"))["text"]


# Clients that stall, flood or vanish ---------------------------------------------------------------------------------


async def test_who_does_not_say_hello_is_let_go(fake: FakeConversation) -> None:
    async with Client(app(fake, hello_seconds=0.1)) as client:
        assert (await client.next("error"))["code"] == "no_hello"
        assert await client.ended() == 1008


@pytest.mark.parametrize(
    "first", ['{"type": "start"}', "{", '{"type": "hello", "sender": ""}', '{"type": "hello", "sender": 5}']
)
async def test_another_first_frame_is_no_hello(fake: FakeConversation, first: str) -> None:
    async with Client(app(fake)) as client:
        await client.sends(first)

        assert (await client.next("error"))["code"] == "no_hello"
        assert await client.ended() == 1008


async def test_a_person_who_says_nothing_is_not_let_go(fake: FakeConversation) -> None:
    async with Client(app(fake, hello_seconds=0.1, stall_seconds=0.1)) as client:
        await opened(client)
        await asyncio.sleep(0.5)
        await client.says(type="text", text="问")

        assert await client.hears() == "您说问。"


class SlowHearing(FakeHearing):
    """Takes its time over every stretch."""

    def stream(self, hints: Hints = Hints()) -> "SlowStream":
        return SlowStream()


class SlowStream(FakeStream):
    async def accept(self, pcm: Pcm) -> Sequence[VoiceActivity | Transcript]:
        await asyncio.sleep(1)
        return await super().accept(pcm)


async def test_a_flood_of_sound_ends_the_talk(fake: FakeConversation) -> None:
    async with Client(app(fake, SlowHearing(), waiting_seconds=2.0)) as client:
        await opened(client)
        await client.speaks(silence(10.0))

        assert (await client.next("error"))["code"] == "flood"
        assert await client.ended() == 1008


async def test_a_flood_of_frames_ends_the_talk(fake: FakeConversation) -> None:
    async with Client(app(fake)) as client:
        await opened(client)
        for _ in range(200):
            await client.says(type="stop")

        assert (await client.next("error"))["code"] == "flood"
        assert await client.ended() == 1008


async def test_a_frame_that_is_too_large_ends_the_talk(fake: FakeConversation) -> None:
    async with Client(app(fake)) as client:
        await opened(client)
        await client.sends("x" * 70_000)

        assert (await client.next("error"))["code"] == "frame_too_large"
        assert await client.ended() == 1009


async def test_a_client_that_takes_nothing_is_let_go(fake: FakeConversation) -> None:
    async with Client(app(fake, stall_seconds=0.1), takes=False) as client:
        await client.says(type="hello", sender="a")

        assert await client.ended() == 1008


async def test_a_client_that_vanishes_leaves_nothing_behind(
    fake: FakeConversation, caplog: pytest.LogCaptureFixture
) -> None:
    voices = FakeVoices()
    voices.slow = 10.0
    with caplog.at_level(logging.WARNING):
        async with Client(app(fake, voices=voices)) as client:
            await opened(client)
            await client.says(type="text", text="问")
            await client.next("reply")
            await client.vanish()
    await asyncio.sleep(0)

    own = {asyncio.current_task()}
    assert [task for task in asyncio.all_tasks() if task not in own and "VoiceTalk" in repr(task)] == []
    assert caplog.records == []


async def test_more_talks_than_there_is_room_for_are_told_to_come_back(fake: FakeConversation) -> None:
    room_for_one = app(fake, connections=1)
    async with Client(room_for_one) as first:
        await opened(first)
        async with Client(room_for_one) as second:
            assert (await second.next("error"))["code"] == "busy"
            assert await second.ended() == 1013
    async with Client(room_for_one) as third:
        await opened(third)


async def test_one_address_cannot_take_all_talks(fake: FakeConversation) -> None:
    served = app(fake, connections_of_address=1)
    async with Client(served, address="192.0.2.1") as first:
        await opened(first)
        async with Client(served, address="192.0.2.1") as second:
            assert (await second.next("error"))["code"] == "busy"
            assert await second.ended() == 1013
        async with Client(served, address="192.0.2.2") as somebody_else:
            await opened(somebody_else)


async def test_a_talk_in_which_nothing_comes_is_closed_and_told_why(fake: FakeConversation) -> None:
    async with Client(app(fake, idle_seconds=0.1)) as client:
        await opened(client)
        error = await client.next("error")

        assert (error["code"], error["fatal"], "再按一下" in error["text"]) == ("idle", True, True)
        assert await client.ended() == 1000


# Engines that are missing or fail ------------------------------------------------------------------------------------


async def test_without_any_engine_the_person_is_told_at_once(fake: FakeConversation) -> None:
    without = create_app(fake, Speech(missing, missing, lambda: Library(())))  # type: ignore[arg-type]
    async with Client(without) as client:
        await client.says(type="hello", sender="a")
        error = await client.next("error")

        assert (error["code"], error["fatal"], "12385" in error["text"]) == ("model_missing", True, True)
        assert await client.ended() == 1013


async def test_without_a_voice_the_words_still_come(fake: FakeConversation) -> None:
    async with Client(create_app(fake, speech(load_voices=missing))) as client:  # type: ignore[arg-type]
        assert (await opened(client))["speaks"] is False
        await client.speaks(said("问"), silence())

        assert (await client.next("reply"))["messages"][0]["text"] == "您说问。"
        assert (await client.next("error"))["code"] == "model_missing"
        await client.next("state", state="listening")


class BusyHearing(FakeHearing):
    """Has too much to do."""

    def stream(self, hints: Hints = Hints()) -> FakeStream:
        raise VoiceError("busy", "ten wait already")


async def test_a_recogniser_with_too_much_to_do_is_told_and_the_talk_goes_on(fake: FakeConversation) -> None:
    async with Client(app(fake, BusyHearing())) as client:
        await opened(client)
        await client.speaks(said("问"))
        assert (await client.next("error"))["code"] == "busy"
        await client.says(type="text", text="问")

        assert await client.hears() == "您说问。"


def test_an_allowance_fills_up_again() -> None:
    allowance = Allowance(2, 1)

    assert [allowance.take(0.0), allowance.take(0.0), allowance.take(0.5)] == [True, True, False]
    assert [allowance.take(1.5), allowance.take(100.0), allowance.take(100.0)] == [True, True, True]
    assert allowance.take(100.0) is False


class BrokenHearing(FakeHearing):
    """An engine with a fault of its own."""

    def stream(self, hints: Hints = Hints()) -> FakeStream:
        raise RuntimeError("李小明说的话")


async def test_a_fault_of_ours_ends_the_talk_in_a_sentence(fake: FakeConversation) -> None:
    async with Client(app(fake, BrokenHearing())) as client:
        await opened(client)
        await client.speaks(said("低保会停吗"))

        error = await client.next("error")
        assert (error["code"], error["fatal"]) == ("other", True)
        assert "语音出了故障" in error["text"]
        assert await client.ended() == 1011


async def test_the_voice_is_started_when_the_first_person_connects_and_once(fake: FakeConversation) -> None:
    voices = FakeVoices()
    served = app(fake, voices=voices)
    assert voices.warmed == 0
    for _ in range(2):
        async with Client(served) as client:
            await opened(client)
            await asyncio.sleep(0.05)

    assert voices.warmed == 1
