"""The talk command: by microphone and loudspeaker, or a recording in and a recording out."""

import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import pass_settings
from bot.errors import ServiceError
from bot.settings import Settings
from voice.errors import AudioError, VoiceError

if TYPE_CHECKING:
    from bot.conversation import Conversation
    from bot.speech.engines_and_recordings import Speech
    from voice.sound.audio import Pcm

_LARGEST = 50 * 2**20
"""Bytes of a recording; a minute of it is listened to, whatever its quality."""
_ENDINGS = (".wav", ".ogg", ".opus")

Work = Callable[["Conversation", "Speech"], Coroutine[Any, Any, None]]


@click.command
@click.option("--in", "question", type=click.Path(path_type=Path), metavar="FILE", help="a recording to answer instead")
@click.option(
    "--out", "answer", type=click.Path(path_type=Path), metavar="FILE", help="where its answer goes: .wav or .ogg"
)
@click.option("--headphones", is_flag=True, help="be interrupted by voice: for who wears headphones")
@pass_settings
def talk(settings: Settings, question: Path | None, answer: Path | None, headphones: bool) -> None:
    """Talk by microphone and loudspeaker, or answer a recording."""
    if question is None and answer is not None:
        raise ServiceError("--out needs --in, the recording that is to be answered")
    try:
        if question is None:
            _talk_live(settings, headphones)
        else:
            _answer_recording(settings, question, answer)
    except VoiceError as error:
        raise ServiceError(error.text or error.code) from error


def _talk_live(settings: Settings, headphones: bool) -> None:
    from bot.cli.audio_devices import find_devices, load_portaudio

    portaudio = load_portaudio()
    devices = find_devices(portaudio)
    print(f"话筒：{devices.microphone}\n扬声器：{devices.loudspeaker}")

    async def work(conversation: "Conversation", speech: "Speech") -> None:
        from bot.cli.talk_live import talk

        print("请直接说；回车让我停下，也可以打字；Ctrl-C 结束。", flush=True)
        await talk(conversation, speech, portaudio, sys.stdin, headphones=headphones)

    _run(settings, work)


def _answer_recording(settings: Settings, question: Path, answer: Path | None) -> None:
    # What is wrong with the files is told before the model is loaded, which takes seconds.
    pcm = _read(question)
    if answer is not None:
        _check(answer)

    async def work(conversation: "Conversation", speech: "Speech") -> None:
        await _answer(conversation, speech, pcm, answer)

    _run(settings, work)


async def _answer(conversation: "Conversation", speech: "Speech", pcm: "Pcm", answer: Path | None) -> None:
    from bot.cli.chat import printed
    from bot.messages import Turn
    from bot.senders import TERMINAL, Sender
    from bot.speech.engines_and_recordings import Recordings
    from bot.speech.voice_talk import CHANNEL

    recordings = Recordings(conversation, speech)
    turn = Turn(Sender(TERMINAL, f"talk-{token_hex(8)}"), "", CHANNEL)
    answered = await recordings.answer(turn, pcm)
    print(f"您：{answered.heard.text}\n{printed(answered.reply.to_json())}")
    if answer is not None:
        sound = await recordings.sound(turn.sender, answered.reply)
        _write(answer, sound)
        print(f"{answer}: {sound.seconds:.1f} s")


def _run(settings: Settings, work: Work) -> None:
    import asyncio

    from bot.app.service import build_service, build_speech
    from bot.logs import quieten_libraries
    from bot.speech.load_engines import chosen_recognizer, chosen_voice

    engines = chosen_recognizer(settings), chosen_voice(settings)
    print(f"正在准备，请稍等几秒……（{'，'.join(engines)}）", flush=True)
    quieten_libraries()
    service = build_service(settings)
    speech = build_speech(service)

    async def with_engines() -> None:
        for lacking in await speech.lacks():
            if lacking is not None:
                raise lacking
        await work(service.conversation, speech)

    try:
        speech.begin()
        asyncio.run(with_engines())
    finally:
        speech.close()


def _read(question: Path) -> "Pcm":
    from voice.sound.audio import read_audio

    try:
        with question.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise ServiceError(f"{question}: cannot be read ({error.strerror}); name a recording that can") from error
    if len(data) > _LARGEST:
        raise ServiceError(f"{question}: larger than {_LARGEST // 2**20} MB; a minute is listened to, cut it")
    try:
        return read_audio(data)
    except AudioError as error:
        raise ServiceError(f"{question}: {error.text}") from error


def _check(answer: Path) -> None:
    """Raises ServiceError where nothing can be written there."""
    if answer.suffix.lower() not in _ENDINGS:
        raise ServiceError(f"{answer}: must end in {' or '.join(_ENDINGS)}")
    if answer.is_dir() or not answer.parent.is_dir():
        raise ServiceError(f"{answer}: cannot be written; name a file in a folder that is there")
    if not os.access(answer if answer.exists() else answer.parent, os.W_OK):
        raise ServiceError(f"{answer}: cannot be written (Permission denied); name a file elsewhere")


def _write(answer: Path, sound: "Pcm") -> None:
    from voice.sound.audio import write_opus, write_wav

    data = write_wav(sound) if answer.suffix.lower() == ".wav" else write_opus(sound)
    try:
        answer.write_bytes(data)
    except OSError as error:
        raise ServiceError(f"{answer}: cannot be written ({error.strerror}); name a file elsewhere") from error
