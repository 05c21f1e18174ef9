"""Recordings of every kind, and everything that is none."""

import contextlib
import gc
import io
import struct
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voice.sounds import encoded, tone
from voice.errors import AudioError, EngineMissing, VoiceError
from voice.sound.audio import RATE, Pcm, read_audio, write_opus, write_wav

SECOND = tone(1.0)
KINDS: dict[str, dict[str, Any]] = {
    "wav": {"container": "wav", "codec": "pcm_s16le", "rate": 16_000},
    "wav of 8-bit telephone sound": {"container": "wav", "codec": "pcm_mulaw", "rate": 8_000},
    "wav of floats at 96 kHz": {"container": "wav", "codec": "pcm_f32le", "rate": 96_000, "layout": "stereo"},
    "wav with six channels": {"container": "wav", "codec": "pcm_s16le", "rate": 48_000, "layout": "5.1"},
    "ogg with opus": {"container": "ogg", "codec": "libopus", "rate": 48_000},
    "webm with opus, as Chrome records": {"container": "webm", "codec": "libopus", "rate": 48_000, "live": "1"},
    "mp4 with aac, as Safari records": {"container": "mp4", "codec": "aac", "rate": 44_100, "layout": "stereo"},
    "mp4 in fragments": {"container": "mp4", "codec": "aac", "rate": 44_100, "movflags": "frag_keyframe+empty_moov"},
    "aac by itself": {"container": "adts", "codec": "aac", "rate": 22_050},
    "mp3": {"container": "mp3", "codec": "libmp3lame", "rate": 44_100, "layout": "stereo"},
    "flac": {"container": "flac", "codec": "flac", "rate": 48_000},
    "amr, as old phones record": {"container": "amr", "codec": "libopencore_amrnb", "rate": 8_000},
    "3gp with amr": {"container": "3gp", "codec": "libopencore_amrnb", "rate": 8_000},
}


def code(data: bytes, **options: float) -> str:
    with pytest.raises(AudioError) as caught:
        read_audio(data, **options)
    assert caught.value.text
    return caught.value.code


def loudest_hertz(pcm: Pcm) -> float:
    spectrum = np.abs(np.fft.rfft(pcm.samples))
    return float(spectrum.argmax()) * pcm.rate / len(pcm.samples)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_recording_sounds_as_it_was_recorded(kind: str) -> None:
    heard = read_audio(encoded(SECOND, **KINDS[kind]))
    assert (heard.rate, heard.samples.dtype, heard.samples.ndim) == (RATE, np.dtype(np.int16), 1)
    assert heard.seconds == pytest.approx(1.0, abs=0.15)
    assert loudest_hertz(heard) == pytest.approx(440, abs=2)


def test_a_wav_is_read_back_as_it_was_written() -> None:
    assert np.array_equal(read_audio(write_wav(SECOND)).samples, SECOND.samples)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000])
def test_opus_keeps_the_tone_and_the_length(rate: int) -> None:
    data = write_opus(tone(2.0, rate=rate))
    heard = read_audio(data)
    assert (data[:4], data[28:36]) == (b"OggS", b"OpusHead")
    assert heard.seconds == pytest.approx(2.0, abs=0.05)
    assert loudest_hertz(heard) == pytest.approx(440, abs=2)


def test_no_bytes_are_empty() -> None:
    assert code(b"") == "empty"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x00" * 5_000, id="zeros"),
        pytest.param(np.random.default_rng(1).bytes(50_000), id="random bytes"),
        pytest.param("我想问一下低保的事".encode(), id="a text"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(200), id="a picture"),
        pytest.param(b"%PDF-1.7\n" + bytes(2_000), id="a paper"),
        pytest.param(b"RIFF\x00\x00\x00\x00AVI LIST", id="a film's first bytes"),
    ],
)
def test_what_is_no_recording_is_called_so(data: bytes) -> None:
    assert code(data) in ("not_audio", "truncated", "too_short", "no_sound", "damaged")


def test_a_playlist_cannot_have_files_of_this_machine_opened(tmp_path: Path) -> None:
    (tmp_path / "private.wav").write_bytes(write_wav(SECOND))
    hls = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{tmp_path}/private.wav\n#EXT-X-ENDLIST\n"
    concat = f"ffconcat version 1.0\nfile {tmp_path}/private.wav\n"
    assert [code(hls.encode()), code(concat.encode())] == ["not_audio", "not_audio"]


def test_encrypted_files_are_told_apart_from_broken_ones() -> None:
    protected = encoded(SECOND, container="mp4", codec="aac", rate=44_100).replace(b"mp4a", b"enca", 1) + (
        struct.pack(">I4s", 8, b"sinf")
    )
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a.wav", b"sound")
    locked_zip = bytearray(zipped.getvalue())
    locked_zip[6] |= 1
    openssl = b"Salted__" + np.random.default_rng(2).bytes(9_000)
    assert [code(data) for data in (protected, bytes(locked_zip), openssl)] == ["encrypted"] * 3
    assert code(zipped.getvalue()) == "not_audio"


@pytest.mark.parametrize("kind", ["wav", "ogg with opus", "mp4 with aac, as Safari records", "flac"])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_file_that_was_cut_is_truncated(kind: str, share: float) -> None:
    data = encoded(tone(5.0), **KINDS[kind])
    assert code(data[: int(len(data) * share)]) == "truncated"


def test_a_wav_of_unknown_length_is_heard_to_its_end() -> None:
    data = bytearray(write_wav(SECOND))
    data[40:44] = b"\xff\xff\xff\xff"
    assert read_audio(bytes(data)).seconds == pytest.approx(1.0)


def test_a_lost_packet_loses_no_more_than_itself_and_a_ruin_is_damaged() -> None:
    data = bytearray(encoded(tone(5.0), container="adts", codec="aac", rate=44_100))
    lost = data.copy()
    lost[20_000:20_200] = bytes(200)
    assert read_audio(bytes(lost)).seconds > 4.5
    data[200:] = np.random.default_rng(3).bytes(len(data) - 200)
    assert code(bytes(data)) == "damaged"


@pytest.mark.parametrize("seconds", [0.0, 0.05])
def test_a_press_of_the_button_is_too_short(seconds: float) -> None:
    assert code(write_wav(tone(seconds))) == "too_short"


@pytest.mark.parametrize("kind", ["wav", "ogg with opus", "webm with opus, as Chrome records"])
def test_ten_minutes_are_too_long(kind: str) -> None:
    assert code(encoded(tone(600.0, rate=8_000), **KINDS[kind])) == "too_long"


def test_the_longest_recording_is_read_and_a_longer_one_is_not() -> None:
    assert read_audio(write_wav(tone(3.0)), longest=3.0).seconds == 3.0
    assert code(write_wav(tone(3.5)), longest=3.0) == "too_long"


def test_eight_channels_are_too_many() -> None:
    assert code(encoded(SECOND, container="wav", codec="pcm_s16le", rate=48_000, layout="7.1")) == "too_many_channels"


def test_a_rate_no_voice_has_is_odd() -> None:
    data = bytearray(write_wav(SECOND))
    data[24:28] = struct.pack("<I", 1)
    assert code(bytes(data)) in ("odd_rate", "too_long")


def test_a_film_without_sound_has_no_sound() -> None:
    import av

    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as output:
        stream = output.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(5):
            output.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), "rgb24")))
        output.mux(stream.encode(None))
    assert code(file.getvalue()) == "no_sound"


@given(st.binary(max_size=300), st.sampled_from(sorted(KINDS)), st.integers(0, 10_000))
def test_broken_bytes_never_raise_anything_else(junk: bytes, kind: str, place: int) -> None:
    data = encoded(tone(0.3), **KINDS[kind])
    place %= len(data)
    # Only AudioError may be raised, and what is heard after all is sound.
    with contextlib.suppress(AudioError):
        assert read_audio(data[:place] + junk + data[place + len(junk) :]).seconds > 0


def test_bad_recordings_leave_no_files_and_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    whole = encoded(tone(30.0), **KINDS["wav"])
    bad = [whole[:-1000], b"RIFF" + bytes(50_000), write_wav(tone(0.0)), bytes(100_000)]
    process = psutil.Process()

    def hundredfold() -> int:
        for _ in range(100):
            for data in bad:
                code(data)
        gc.collect()
        return int(process.memory_info().rss)

    hundredfold()
    files, memory = process.num_fds(), hundredfold()
    assert hundredfold() - memory < 20_000_000
    assert process.num_fds() == files
    assert list(tmp_path.iterdir()) == []


def test_sound_and_what_was_said_are_not_printed() -> None:
    assert repr(SECOND) == "Pcm(rate=16000)"


@pytest.mark.parametrize("kind", [VoiceError, AudioError, EngineMissing])
def test_an_error_reaches_another_process_whole(kind: type[VoiceError]) -> None:
    import pickle

    error = pickle.loads(pickle.dumps(kind("some_code", "what next")))
    assert (type(error), error.code, error.text, str(error)) == (kind, "some_code", "what next", "some_code: what next")
