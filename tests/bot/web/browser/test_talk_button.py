"""Talking with the page: the button, what was heard, what is read aloud, and where there is no microphone."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from bot.web.app import create_app
from tests.bot.speech.hearing_and_speaking import FakeHearing, FakeStream, FakeVoices, missing, speech
from tests.bot.web.browser.conftest import OpenPage, Serve
from tests.bot.web.browser.walking import until
from tests.bot.web.talking import FakeConversation, answer
from voice.listening.gate import VoiceActivity
from voice.listening.transcripts import Hints, Transcript
from voice.sound.audio import RATE, Pcm, write_wav


class LoudnessHearing(FakeHearing):
    """Hears a question in every sound that is loud, as a browser's microphone keeps no sample as it was."""

    def stream(self, hints: Hints = Hints()) -> "LoudnessStream":
        return LoudnessStream()


class LoudnessStream(FakeStream):
    """Speech is what is loud; half a second of silence ends it."""

    def __init__(self) -> None:
        self._loud = self._quiet = 0

    async def accept(self, pcm: Pcm) -> Sequence[VoiceActivity | Transcript]:
        loud = np.abs(pcm.samples).max(initial=0) > 2_000
        self._loud += loud
        self._quiet = 0 if loud else self._quiet + len(pcm.samples)
        if loud and self._loud == 1:
            return [VoiceActivity.STARTED]
        return [VoiceActivity.ENDED] if self._loud and self._quiet >= RATE // 2 else []

    async def finish(self) -> Transcript:
        return Transcript("低保会停吗" if self._loud else "", 0.95, True)


@pytest.fixture
def conversation() -> FakeConversation:
    conversation = FakeConversation()
    conversation.answers["低保会停吗"] = answer("不会停。延三年。")
    return conversation


@pytest.fixture
def voices() -> FakeVoices:
    return FakeVoices()


@pytest.fixture
def address(conversation: FakeConversation, voices: FakeVoices, serve: Serve) -> str:
    return serve(create_app(conversation, speech(LoudnessHearing(), voices)))  # type: ignore[arg-type]


@pytest.fixture
def question(tmp_path: Path) -> Path:
    """A second of sound and two of silence."""
    path = tmp_path / "question.wav"
    tone = 12_000 * np.sin(np.arange(RATE) * 2 * np.pi * 300 / RATE)
    path.write_bytes(write_wav(Pcm(np.concatenate([tone, np.zeros(2 * RATE)]).astype(np.int16), RATE)))
    return path


def test_a_tap_on_the_button_asks_and_the_answer_is_shown_and_read_aloud(
    address: str, question: Path, open_page: OpenPage, voices: FakeVoices
) -> None:
    page = open_page(address, question)
    page.get_by_role("button", name="按住说话").click()

    expect(page.locator("#log")).to_contain_text("低保会停吗")
    expect(page.locator("#log")).to_contain_text("不会停。延三年。")
    expect(page.get_by_role("button", name="停止朗读")).to_be_visible()
    expect(page.get_by_role("button", name="停止朗读")).to_be_hidden(timeout=10_000)
    assert [text for text, _, _ in voices.spoken] == ["不会停。", "延三年。"]


def test_one_question_follows_the_other_and_only_one_microphone_is_open(
    address: str, question: Path, open_page: OpenPage
) -> None:
    page = open_page("about:blank", question)
    stretches: list[int] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda sent: stretches.append(isinstance(sent, bytes))))
    page.goto(address)
    for asked in (1, 2, 3):
        page.locator("#talk").click()
        expect(page.locator("#log > li")).to_have_count(2 * asked)
        page.locator("#hush").click()
    page.wait_for_timeout(500)
    before = sum(stretches)
    page.wait_for_timeout(500)

    assert before > 0
    assert sum(stretches) == before


def test_held_it_listens_until_it_is_let_go(address: str, question: Path, open_page: OpenPage) -> None:
    page = open_page(address, question)
    button = page.get_by_role("button", name="按住说话")
    button.hover()
    page.mouse.down()
    expect(page.locator("#talk")).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(1_500)
    expect(page.locator("#log")).not_to_contain_text("低保会停吗")
    page.mouse.up()

    expect(page.locator("#log")).to_contain_text("不会停。延三年。")
    expect(page.locator("#talk")).to_have_attribute("aria-pressed", "false")


def test_the_space_bar_talks_and_does_not_write(address: str, question: Path, open_page: OpenPage) -> None:
    page = open_page(address, question)
    page.locator("h1").click()
    page.keyboard.press("Space")

    expect(page.locator("#log")).to_contain_text("不会停。延三年。")
    expect(page.locator("#text")).to_have_value("")


def test_in_the_field_the_space_bar_writes(address: str, question: Path, open_page: OpenPage) -> None:
    page = open_page(address, question)
    page.locator("#text").fill("低保")
    page.locator("#text").press("Space")

    expect(page.locator("#text")).to_have_value("低保 ")
    expect(page.locator("#talk")).to_have_attribute("aria-pressed", "false")


def test_reading_aloud_can_be_stopped(address: str, open_page: OpenPage, conversation: FakeConversation) -> None:
    conversation.answers["问"] = answer("这一句" + "很长" * 60 + "。")
    page = open_page(address)
    page.locator("#text").fill("问")
    page.locator("#send").click()
    page.get_by_role("button", name="听一遍").click()

    stop = page.get_by_role("button", name="停止朗读")
    expect(stop).to_be_visible()
    stop.click()
    expect(stop).to_be_hidden(timeout=1_000)


def test_a_message_is_read_again_as_fast_as_was_chosen(
    address: str, open_page: OpenPage, voices: FakeVoices, conversation: FakeConversation
) -> None:
    conversation.answers["问"] = answer("不会停。")
    page = open_page(address)
    page.locator("#text").fill("问")
    page.locator("#send").click()
    page.locator("#settings > summary").click()
    page.get_by_label("朗读的快慢").select_option("很慢")
    page.get_by_role("button", name="听一遍").click()

    expect(page.get_by_role("button", name="停止朗读")).to_be_visible()
    assert until(page, lambda: [(text, pace) for text, pace, _ in voices.spoken] == [("不会停。", 0.5)])


def test_without_a_microphone_it_is_told_and_writing_works(address: str, open_page: OpenPage) -> None:
    page = open_page(address, microphone=False)
    page.get_by_role("button", name="按住说话").click()

    expect(page.locator("#note")).to_have_text(re.compile("没有找到话筒|话筒打不开|没有得到用话筒的许可"))
    page.locator("#text").fill("低保会停吗")
    page.locator("#send").click()
    expect(page.locator("#log")).to_contain_text("不会停。延三年。")


def test_without_engines_it_is_told_and_writing_works(
    conversation: FakeConversation, serve: Serve, open_page: OpenPage
) -> None:
    silent = speech()
    silent._hearing._load = silent._voices._load = missing
    page = open_page(serve(create_app(conversation, silent)))  # type: ignore[arg-type]
    page.get_by_role("button", name="按住说话").click()

    expect(page.locator("#note")).to_contain_text("这台服务器现在不能语音")
    page.locator("#text").fill("低保会停吗")
    page.locator("#send").click()
    expect(page.locator("#log")).to_contain_text("不会停。延三年。")
