"""A talk by this machine's microphone and loudspeaker."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable
from secrets import token_hex
from typing import Any

from bot.cli.audio_devices import LocalAudio
from bot.cli.chat import printed
from bot.conversation import Conversation
from bot.errors import ServiceError
from bot.senders import TERMINAL, Sender
from bot.speech.engines_and_recordings import Speech
from bot.speech.error_sentences import SpeechErrors
from bot.speech.voice_talk import TalkPreferences, VoiceTalk
from bot.tasks import cancel_and_wait
from voice.errors import VoiceError
from voice.sound.audio import Pcm

logger = logging.getLogger(__name__)

_MOST_WAITING = 600
"""Tenths of a second of sound that wait to be listened to."""


async def talk(
    conversation: Conversation, speech: Speech, portaudio: Any, lines: Iterable[str], *, headphones: bool = False
) -> None:
    """Talks until it is cancelled; of `lines` an empty one is the wish for silence, any other is said in writing.

    Raises ServiceError where a device cannot be opened or is pulled out.
    """
    loop = asyncio.get_running_loop()
    sound: asyncio.Queue[Pcm] = asyncio.Queue()
    events: asyncio.Queue[Callable[[], Any]] = asyncio.Queue()
    port = _LocalPort(SpeechErrors())
    preferences = TalkPreferences(Sender(TERMINAL, f"talk-{token_hex(8)}"), full_duplex=headphones)
    talking = VoiceTalk(conversation, speech, port, preferences)

    def happened(what: Callable[[], Any]) -> None:
        loop.call_soon_threadsafe(events.put_nowait, what)

    def heard(pcm: Pcm) -> None:
        loop.call_soon_threadsafe(_take, sound, pcm)

    def lost() -> None:
        raise ServiceError("the microphone or the loudspeaker is gone; plug it in and start again")

    def read() -> None:
        for line in lines:
            text = line.strip()
            happened(lambda text=text: talking.typed(text) if text else talking.stop())  # type: ignore[misc]

    port.audio = LocalAudio(
        portaudio,
        heard=heard,
        played=lambda sentence: happened(lambda: talking.played(sentence)),
        lost=lambda: happened(lost),
    )
    tasks: list[asyncio.Task[None]] = []
    try:
        await speech.warm()
        await talking.begin()
        # Whoever cannot see hears that it has begun.
        ready = await conversation.say(preferences.sender, "utter_listening")
        await talking.read("".join(message.speech for message in ready.messages))
        threading.Thread(target=read, daemon=True).start()
        tasks = [asyncio.create_task(work) for work in (_listen(talking, port, sound), _follow(events))]
        # Neither ends but by an error.
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()
    finally:
        port.audio.close()
        await cancel_and_wait(tasks)
        await talking.close()


class _LocalPort:
    """Prints what is heard and answered, and sounds it."""

    audio: LocalAudio

    def __init__(self, errors: SpeechErrors) -> None:
        self._errors = errors

    async def tell(self, kind: str, **about: Any) -> None:
        if kind == "heard" and about["text"]:
            print(f"您：{about['text']}", flush=True)
        elif kind == "reply":
            print(printed(about), flush=True)
        elif kind == "error":
            print(f"（{self._errors.sentence(about['code'])}）", flush=True)
        elif kind == "stop":
            self.audio.hush()

    async def play(self, sentence: int, text: str, pcm: Pcm) -> None:
        self.audio.play(sentence, pcm)


def _take(sound: "asyncio.Queue[Pcm]", pcm: Pcm) -> None:
    if sound.qsize() >= _MOST_WAITING:
        logger.warning("listening does not keep up with the microphone; the last minute is dropped")
        _drop(sound)
    sound.put_nowait(pcm)


def _drop(sound: "asyncio.Queue[Pcm]") -> None:
    while not sound.empty():
        sound.get_nowait()


async def _listen(talking: VoiceTalk, port: _LocalPort, sound: "asyncio.Queue[Pcm]") -> None:
    while True:
        try:
            await talking.hear(await sound.get())
        except VoiceError as error:
            logger.warning("something said was not heard: %s", error)
            _drop(sound)
            await port.tell("error", code=error.code)


async def _follow(events: "asyncio.Queue[Callable[[], Any]]") -> None:
    while True:
        happening = (await events.get())()
        if happening is not None:
            await happening
