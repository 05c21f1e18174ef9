"""How long somebody in Telegram waits for a spoken reply to what they said."""

import asyncio
import time
from collections.abc import Iterator, Sequence

from benchmarks.figures import BenchmarkError
from bot.settings import Settings
from bot.speech.load_engines import chosen_recognizer, chosen_voice
from tests.bot.telegram.emulator import BotApi
from tests.bot.telegram.people import message
from voice.errors import EngineMissing
from voice.sound.audio import Pcm, write_opus
from voice.speaking.voices import Voices

_SHORTEST, _LONGEST = 4.0, 6.0
"""Seconds of a voice note."""
_PATIENCE = 30.0
_TRIES = 10


async def spoken_replies(settings: Settings, api: BotApi, texts: Iterator[str], count: int) -> Sequence[float]:
    """Seconds from a voice note to the one that answers, in chats 1, 2, 3 …, one after the other, with loaded engines.

    Raises BenchmarkError where there is no recogniser or voice.
    """
    try:
        chosen_recognizer(settings), chosen_voice(settings)
    except EngineMissing as error:
        raise BenchmarkError(f"voice notes cannot be measured: {error}") from error
    voices = Voices(settings.voice, None)
    try:
        notes = [await _note(voices, texts) for _ in range(count)]
    finally:
        voices.close()
    # The engines load while the service is up already; whoever speaks too early is asked to say it again.
    for _ in range(_TRIES):
        if await _waited(api, 1, notes[0]) is not None:
            break
    waited = [await _waited(api, chat, note) for chat, note in enumerate(notes, 1)]
    if None in waited:
        raise BenchmarkError("a voice note was not answered aloud; see what `zhuyetong doctor` says of speech")
    return [seconds for seconds in waited if seconds is not None]


async def _note(voices: Voices, texts: Iterator[str]) -> Pcm:
    """The next of `texts` that takes as long to say as is measured."""
    while True:
        said = await voices.speak(next(texts))
        if _SHORTEST <= said.seconds <= _LONGEST:
            return said


async def _waited(api: BotApi, chat: int, note: Pcm) -> float | None:
    """Seconds until a voice note came back; None where none did."""
    api.files[str(chat)] = write_opus(note)
    begun = time.monotonic()
    api.push(**message(chat, voice={"file_id": str(chat), "file_unique_id": "u", "duration": round(note.seconds)}))
    while time.monotonic() - begun < _PATIENCE:
        at = next((sent.at for sent in api.sent if sent.chat == chat and sent.voice and sent.at > begun), None)
        if at is not None:
            return at - begun
        await asyncio.sleep(0.02)
    return None
