"""Reads whatever a phone or browser records, and writes what they play; all in memory, nothing on disk."""

import io
import wave
from collections.abc import Iterator
from dataclasses import dataclass, field

import av
import numpy as np
from numpy.typing import NDArray

from voice.errors import AudioError
from voice.sound.containers import is_cut_short, is_encrypted

RATE = 16_000
"""Hz; what every recogniser here listens at."""
# Playlists could have ffmpeg open files and addresses of their author's choosing: only plain containers are let in.
_FORMATS = "wav,w64,aiff,au,caf,flac,ogg,matroska,webm,mov,mp4,m4a,3gp,3g2,amr,mp3,aac"
_DECLARE_LENGTH = ("mov", "matroska", "flac")
"""Begin the names of ffmpeg's readers whose length is written in the file and not guessed from its size."""
_SHORTEST = 0.1
_PADDING = 0.3
"""Seconds that coding may add at the ends of a recording."""
_MOST_CHANNELS = 6
_MOST_BAD_PACKETS = 0.1
_RATES = range(4_000, 192_001)
_OPUS_RATES = (8_000, 12_000, 16_000, 24_000, 48_000)
_OPUS_BITS = 32_000


@dataclass(frozen=True, eq=False)
class Pcm:
    """Sound: mono, 16-bit signed."""

    samples: NDArray[np.int16] = field(repr=False)
    """int16, shape (n,)."""
    rate: int
    """Hz."""

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate


def read_audio(data: bytes, *, longest: float = 60.0) -> Pcm:
    """Sound of any format, rate and up to 6 channels as 16 kHz mono; `longest` in seconds. Raises AudioError."""
    if not data:
        raise AudioError("empty", "the recording has no bytes; record again")
    if is_encrypted(data):
        raise AudioError("encrypted", "the recording is encrypted; send it as wav, ogg, webm, mp4, amr or mp3")
    try:
        with av.open(io.BytesIO(data), "r", options={"format_whitelist": _FORMATS}) as container:
            samples = _decode(container, data, longest)
    except (av.FFmpegError, ValueError) as error:
        if is_cut_short(data):
            raise AudioError("truncated", "the recording ends before it should; send it again") from error
        text = "no sound can be read; send wav, ogg, webm, mp4, amr or mp3"
        raise AudioError("not_audio", text) from error
    return Pcm(samples, RATE)


def write_wav(pcm: Pcm) -> bytes:
    """A WAV file at the sound's own rate."""
    file = io.BytesIO()
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(pcm.rate)
        wav.writeframes(pcm.samples.astype("<i2").tobytes())
    return file.getvalue()


def write_opus(pcm: Pcm) -> bytes:
    """An OGG file with Opus, which Telegram and browsers play."""
    rate = pcm.rate if pcm.rate in _OPUS_RATES else 48_000
    file = io.BytesIO()
    with av.open(file, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=rate, layout="mono")
        stream.bit_rate = _OPUS_BITS
        resampler = av.AudioResampler("s16", "mono", rate, frame_size=stream.codec_context.frame_size or rate // 50)
        for frame in [*resampler.resample(_frame(pcm)), *resampler.resample(None)]:
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def _decode(container: "av.container.InputContainer", data: bytes, longest: float) -> NDArray[np.int16]:
    """16 kHz mono samples; raises AudioError, or what PyAV raises where there is nothing to decode."""
    if not container.streams.audio:
        raise AudioError("no_sound", "the file has no audio track; record with the microphone on")
    stream = container.streams.audio[0]
    _check(stream)
    declared = _declared(container, stream)
    if declared > longest + _PADDING:
        raise AudioError("too_long", f"the recording is longer than {longest:g} s; say it in parts")
    blocks, seconds = [], 0.0
    for block in _blocks(container, stream):
        blocks.append(block)
        seconds += len(block) / RATE
        if seconds > longest + _PADDING:
            raise AudioError("too_long", f"the recording is longer than {longest:g} s; say it in parts")
    promises = container.format.name.startswith(_DECLARE_LENGTH) and declared > seconds + _PADDING
    if seconds and (promises or is_cut_short(data)):
        raise AudioError("truncated", "the recording ends before it should; send it again")
    if seconds < _SHORTEST:
        raise AudioError("too_short", f"the recording is shorter than {_SHORTEST:g} s; hold the button while speaking")
    return np.concatenate(blocks)


def _check(stream: "av.AudioStream") -> None:
    """Raises AudioError for a track that is no speech, before memory is spent on it."""
    if stream.codec_context is None or not stream.rate:
        raise AudioError("damaged", "the audio track is of no known kind; record again")
    if stream.channels > _MOST_CHANNELS:
        raise AudioError(
            "too_many_channels", f"{stream.channels} channels, at most {_MOST_CHANNELS} are read; send mono or stereo"
        )
    if stream.rate not in _RATES:
        raise AudioError("odd_rate", f"{stream.rate} Hz cannot be read; send 8000 to 96000 Hz")


def _declared(container: "av.container.InputContainer", stream: "av.AudioStream") -> float:
    """Seconds that the file says it has; 0 where it does not say, as a browser's recording does not."""
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration is not None else 0.0


def _blocks(container: "av.container.InputContainer", stream: "av.AudioStream") -> Iterator[NDArray[np.int16]]:
    resampler = av.AudioResampler("s16", "mono", RATE)
    for frame in _frames(container, stream):
        for resampled in resampler.resample(frame):
            yield np.asarray(resampled.to_ndarray(), np.int16).reshape(-1)
    for resampled in resampler.resample(None):
        yield np.asarray(resampled.to_ndarray(), np.int16).reshape(-1)


def _frames(container: "av.container.InputContainer", stream: "av.AudioStream") -> "Iterator[av.AudioFrame]":
    """What can be decoded; a radio link loses a packet now and then, and the rest is heard all the same."""
    good = bad = 0
    for packet in container.demux(stream):
        try:
            yield from packet.decode()
            good += 1
        except av.InvalidDataError:
            bad += 1
    if bad > _MOST_BAD_PACKETS * (good + bad):
        raise AudioError("damaged", f"{bad} of {good + bad} packets cannot be decoded; send the recording again")


def _frame(pcm: Pcm) -> "av.AudioFrame":
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(pcm.samples, dtype=np.int16)[None, :], "s16", "mono")
    frame.sample_rate = pcm.rate
    return frame
