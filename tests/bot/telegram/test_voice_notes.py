"""Voice notes are heard and answered aloud, always with the text."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.audio_store import KeptAudio
from bot.messages import Message, Reply
from bot.speech.engines_and_recordings import Recordings, Speech
from bot.telegram.sound import BadSound, EngineSound, NoEngine, SoundError
from bot.telegram.updates import sender_in
from dialogue.mark import Status
from knowledge.library.documents import Library
from registry.store.encryption import Cipher
from registry.telegram.mail import TelegramMail
from tests.bot.speech.hearing_and_speaking import FakeStream, FakeVoices
from tests.bot.telegram.conftest import Open
from tests.bot.telegram.emulator import BotApi, Fault
from tests.bot.telegram.people import message, pressed, text
from tests.bot.telegram.talking import Echo, FakeSound, said, said_by_voice
from voice.errors import EngineMissing, VoiceError
from voice.listening.transcripts import Hints, Transcript
from voice.sound.audio import Pcm, read_audio, write_opus
from voice.speaking.voices import Voices


def voice_note(seconds: float = 2, size: int = 1_000) -> Any:
    about = {"file_id": "note", "file_unique_id": "u", "duration": seconds, "file_size": size}
    return message(voice={**about, "mime_type": "audio/ogg"})


def tone(seconds: float) -> Pcm:
    times = np.arange(int(16_000 * seconds)) / 16_000
    return Pcm((8_000 * np.sin(2 * math.pi * 440 * times)).astype(np.int16), 16_000)


class FakeHearing:
    """Hears how long something is, as surely as it was told to."""

    def __init__(self, fault: Exception | None = None, confidence: float = 0.9) -> None:
        self.fault = fault
        self.confidence = confidence

    async def hear(self, pcm: Pcm, hints: Hints = Hints()) -> Transcript:
        if self.fault:
            raise self.fault
        return Transcript(f"说了{pcm.seconds:.0f}秒", self.confidence, True)

    def stream(self, hints: Hints = Hints()) -> FakeStream:
        return FakeStream()

    def close(self) -> None:
        pass


def no_voices() -> Any:
    raise EngineMissing("library_missing", "no voice is installed")


@contextmanager
def engines(
    talk: Echo, hearing: FakeHearing, voices: Callable[[], Any] = FakeVoices, kept: KeptAudio | None = None
) -> Iterator[EngineSound]:
    speech = Speech(lambda: hearing, voices, lambda: Library(()), kept)
    yield EngineSound(Recordings(talk, speech), speech)  # type: ignore[arg-type]
    speech.close()


async def test_what_was_heard_is_said_back_and_answered_in_writing_and_aloud(
    opened: Open, api: BotApi, talk: Echo, met: None
) -> None:
    api.files["note"] = b"OggS question"
    sound = FakeSound("南昌")
    api.push(**voice_note())
    async with opened(sound):
        await api.until(lambda: len(api.sent) == 2)

    assert sound.listened == [("telegram-7", b"OggS question")]
    assert api.to(7) == [f"{said('heard', heard='南昌')}\n\n答：南昌"]
    assert [(each.voice, each.about["duration"]) for each in api.sent if each.voice] == [(b"OggS note", 2)]
    assert [turn.mode and turn.mode.value for turn in talk.turns] == ["voice"]


async def test_a_sound_file_is_heard_as_a_voice_note_is(opened: Open, api: BotApi, met: None) -> None:
    api.files["song"] = b"ID3"
    api.push(**message(audio={"file_id": "song", "file_unique_id": "u", "duration": 4}))
    async with opened(FakeSound("登记")):
        await api.until(lambda: api.sent)

    assert api.to(7) == [f"{said('heard', heard='登记')}\n\n答：登记"]


async def test_what_is_said_without_a_voice_is_answered_in_writing_alone(
    opened: Open, api: BotApi, talk: Echo, met: None, mail: TelegramMail
) -> None:
    api.files["note"] = write_opus(tone(3))
    api.push(**voice_note(3))
    api.push(**text("/voice"))
    with engines(talk, FakeHearing(), no_voices) as sound:
        async with opened(sound):
            await api.until(lambda: len(api.to(7)) == 2 and not mail.left())

    assert api.to(7) == [f"{said('heard', heard='说了3秒')}\n\n答：说了3秒", said("voice_missing")]
    assert api.calls["sendVoice"] == 0


@pytest.mark.parametrize(
    ("words", "answer", "turns"),
    [
        pytest.param("对", "答：说了3秒", ["说了3秒"], id="yes"),
        pytest.param("不对", said_by_voice("say_again"), [], id="no"),
        pytest.param("低保会停吗", "答：低保会停吗", ["低保会停吗"], id="something else"),
    ],
)
async def test_what_was_heard_without_certainty_counts_after_a_yes(
    opened: Open, api: BotApi, talk: Echo, met: None, words: str, answer: str, turns: list[str]
) -> None:
    api.files["note"] = write_opus(tone(3))
    api.push(**voice_note(3))
    api.push(**text(words))
    with engines(talk, FakeHearing(confidence=0.2)) as sound:
        async with opened(sound):
            await api.until(lambda: len(api.to(7)) == 2)

    assert api.to(7) == [said_by_voice("say_back", heard="说了3秒"), answer]
    assert [turn.text for turn in talk.turns] == turns


async def test_whoever_goes_on_with_a_button_has_let_go_of_what_was_asked_about(
    opened: Open, api: BotApi, talk: Echo, met: None
) -> None:
    api.files["note"] = write_opus(tone(3))
    api.push(**voice_note(3))
    api.push(**pressed("跳过"))
    api.push(**text("对"))
    with engines(talk, FakeHearing(confidence=0.2)) as sound:
        async with opened(sound):
            await api.until(lambda: len(api.to(7)) == 3)

    assert [turn.text for turn in talk.turns] == ["跳过", "对"]


async def test_a_voice_note_is_kept_only_where_the_settings_ask_for_it(
    opened: Open, api: BotApi, talk: Echo, met: None, cipher: Cipher, tmp_path: Path
) -> None:
    api.files["note"] = write_opus(tone(3))
    kept = KeptAudio(tmp_path / "audio", 1, cipher)
    api.push(**voice_note(3))
    with engines(talk, FakeHearing(), kept=kept) as sound:
        async with opened(sound):
            await api.until(lambda: len(api.sent) == 2)

    assert [path.name.split("-")[0] for path in (tmp_path / "audio").iterdir()] == [cipher.index("telegram-7")]


@pytest.mark.parametrize(("command", "voices"), [("/voice", 2), ("/text", 0), ("/easy", 0)])
async def test_whoever_writes_is_answered_aloud_only_where_they_asked_for_it(
    opened: Open, api: BotApi, met: None, mail: TelegramMail, command: str, voices: int
) -> None:
    api.push(**text(command))
    api.push(**text("一"))
    async with opened(FakeSound()):
        await api.until(lambda: api.to(7)[1:] and not mail.left())

    assert sum(bool(each.voice) for each in api.sent) == voices


async def test_a_long_answer_is_spoken_in_two_notes_so_that_its_beginning_is_soon_there(
    opened: Open, api: BotApi, met: None, mail: TelegramMail, talk: Echo
) -> None:
    first, rest = "头两句先说，所以很快就能听到。" * 2, "后面的话比较长，要多等一会儿才说得完。" * 4
    talk.replies["长"] = Reply((Message(first + rest, first + rest),), Status.ANSWERED)
    api.files["note"] = b"OggS question"
    api.push(**voice_note())
    sound = FakeSound("长")
    async with opened(sound):
        await api.until(lambda: sum(bool(each.voice) for each in api.sent) == 2 and not mail.left())

    assert "".join(sound.spoken).endswith(first + rest)
    assert sound.spoken[-1].endswith(rest)
    assert len(sound.spoken) == 2


async def test_whoever_forbids_voice_notes_gets_the_text(
    opened: Open, api: BotApi, met: None, mail: TelegramMail
) -> None:
    forbidden = Fault(400, description="Bad Request: VOICE_MESSAGES_FORBIDDEN")
    api.faults = lambda method, about: forbidden if method == "sendVoice" and about else None
    api.files["note"] = b"OggS"
    api.push(**voice_note())
    async with opened(FakeSound("登记")):
        await api.until(lambda: api.calls["sendVoice"] and not mail.left())

    assert api.to(7) == [f"{said('heard', heard='登记')}\n\n答：登记"]


@pytest.mark.parametrize(
    ("sound", "seconds", "size", "response"),
    [
        pytest.param(FakeSound(""), 2, 1_000, said("heard_nothing"), id="silence"),
        pytest.param(FakeSound(), 61, 1_000, said("long_voice", seconds="60"), id="too long"),
        pytest.param(FakeSound(), 2, 21 << 20, said("bad_voice"), id="too large"),
        pytest.param(FakeSound(fault=BadSound("truncated")), 2, 1_000, said("bad_voice"), id="no sound"),
        pytest.param(FakeSound(fault=NoEngine("model_missing")), 2, 1_000, said("no_ears"), id="no model"),
        pytest.param(FakeSound(fault=SoundError("busy")), 2, 1_000, said("deaf_now"), id="busy"),
    ],
)
async def test_a_note_that_cannot_be_heard_gets_a_clear_sentence(
    opened: Open, api: BotApi, talk: Echo, met: None, sound: FakeSound, seconds: float, size: int, response: str
) -> None:
    api.files["note"] = b"OggS"
    api.push(**voice_note(seconds, size))
    async with opened(sound):
        await api.until(lambda: api.to(7))

    assert (api.to(7), talk.turns) == ([response], [])


async def test_a_note_that_telegram_does_not_give_out_gets_a_clear_sentence(
    opened: Open, api: BotApi, met: None
) -> None:
    api.push(**voice_note())
    async with opened(FakeSound()):
        await api.until(lambda: api.sent)

    assert api.to(7) == [said("deaf_now")]


async def test_a_real_voice_note_goes_in_and_a_real_one_comes_out(
    opened: Open, api: BotApi, talk: Echo, met: None
) -> None:
    talk.replies["说了3秒"] = Reply((Message("低保不会停。", "低保不会停，延三年。您要登记吗？"),), Status.ANSWERED)
    api.files["note"] = write_opus(tone(3))
    api.push(**voice_note(3))
    with engines(talk, FakeHearing(), lambda: Voices(None, None)) as sound:
        async with opened(sound):
            await api.until(lambda: len(api.sent) == 2, seconds=60)

    spoken = read_audio(api.sent[1].voice)
    assert api.to(7) == [f"{said('heard', heard='说了3秒')}\n\n低保不会停。"]
    assert api.sent[1].voice.startswith(b"OggS")
    assert api.sent[1].about["duration"] == round(spoken.seconds)
    assert 3 < spoken.seconds < 20
    assert np.abs(spoken.samples).max() > 1_000


@pytest.mark.parametrize(
    ("fault", "expected"),
    [(EngineMissing("model_missing"), NoEngine), (VoiceError("busy"), SoundError), (None, BadSound)],
)
async def test_the_engines_errors_become_the_door_s(
    talk: Echo, fault: Exception | None, expected: type[Exception]
) -> None:
    with engines(talk, FakeHearing(fault)) as sound, pytest.raises(expected) as caught:
        await sound.hear(sender_in(7), b"no sound" if fault is None else write_opus(tone(1)))

    assert caught.type is expected
