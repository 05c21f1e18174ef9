"""Sounds made for the tests: tones, noise, and the files phones would make of them."""

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

import av
import numpy as np

from voice.sound.audio import RATE, Pcm, read_audio, write_wav
from voice.synthesizers import Synthesizer, load_synthesizer


def tone(seconds: float, *, rate: int = RATE, hertz: float = 440.0) -> Pcm:
    times = np.arange(int(seconds * rate)) / rate
    return Pcm((8000 * np.sin(2 * np.pi * hertz * times)).astype(np.int16), rate)


def encoded(pcm: Pcm, *, container: str, codec: str, rate: int, layout: str = "mono", **options: str) -> bytes:
    """`pcm` as another program would save it."""
    file = io.BytesIO()
    with av.open(file, "w", format=container, options=options) as output:
        # The names of codecs are not known to be those of sound.
        stream: Any = output.add_stream(codec, rate=rate, layout=layout)
        resampler = av.AudioResampler(
            stream.codec_context.format, layout, rate, frame_size=stream.codec_context.frame_size or 1024
        )
        frame = av.AudioFrame.from_ndarray(pcm.samples[None, :], "s16", "mono")
        frame.sample_rate = pcm.rate
        for resampled in [*resampler.resample(frame), *resampler.resample(None)]:
            output.mux(stream.encode(resampled))
        output.mux(stream.encode(None))
    return file.getvalue()


def quiet(seconds: float) -> Pcm:
    """A quiet room."""
    return Pcm((5 * np.random.default_rng(0).standard_normal(int(seconds * RATE))).astype(np.int16), RATE)


def joined(*parts: Pcm) -> Pcm:
    return Pcm(np.concatenate([part.samples for part in parts]), RATE)


@lru_cache
def said(text: str, voice: str = "pyttsx3") -> Pcm:
    """`text` as a synthesiser says it, at 16 kHz."""
    return read_audio(write_wav(_synthesizer(voice).speak(text)))


@lru_cache
def _synthesizer(name: str) -> Synthesizer:
    return load_synthesizer(name, Path())
