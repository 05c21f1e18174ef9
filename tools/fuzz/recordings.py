"""Recordings nobody makes: broken files of every format, faults of forms, and texts that name other files."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import cycle
from random import Random
from urllib.parse import quote

from tests.voice.sounds import encoded, joined, quiet, tone
from tools.fuzz.requests import Garbage, pick
from voice.sound.audio import write_wav

PATH = "/api/speech"
_FORMATS = {
    "wav": None,
    "ogg": {"container": "ogg", "codec": "libopus", "rate": 48_000},
    "webm": {"container": "webm", "codec": "libopus", "rate": 48_000},
    "mp4": {"container": "mp4", "codec": "aac", "rate": 44_100},
    "flac": {"container": "flac", "codec": "flac", "rate": 16_000},
    "mp3": {"container": "mp3", "codec": "libmp3lame", "rate": 44_100},
}
_TEXTS = (
    b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    b"ffconcat version 1.0\nfile /etc/passwd\n",
    b"v=0\nc=IN IP4 127.0.0.1\nm=audio 9 RTP/AVP 0\n",
    b"<?xml version='1.0'?><MPD><BaseURL>file:///etc/passwd</BaseURL></MPD>",
    b"GIF89a" + b"\0" * 40,
    b"PK\x03\x04" + b"\0" * 40,
    b"",
    b"\0" * 50_000,
)
_BOUND = "b-o-u-n-d"
_AUDIO = b'Content-Disposition: form-data; name="audio"; filename="a.wav"\r\n\r\n'
_FORM = {"Content-Type": f"multipart/form-data; boundary={_BOUND}"}


def recordings(count: int, seed: int) -> Iterator[Garbage]:
    """`count` of them, the same for a seed."""
    chance = Random(seed)
    kinds = cycle(_KINDS.items())
    for _ in range(count):
        kind, make = next(kinds)
        body, query, headers = make(chance)
        yield Garbage(kind, PATH + query, body, headers)


@lru_cache
def _whole(name: str) -> bytes:
    about = _FORMATS[name]
    pcm = joined(quiet(0.3), tone(0.6), quiet(0.3))
    return write_wav(pcm) if about is None else encoded(pcm, **about)  # type: ignore[arg-type]


def _any_file(chance: Random) -> tuple[str, bytearray]:
    name = chance.choice([*_FORMATS])
    return name, bytearray(_whole(name))


def _sent(name: str, data: bytes) -> tuple[bytes, str, dict[str, str]]:
    return data, "?sender=f-3", {"Content-Type": f"audio/{name}"}


def _cut(chance: Random) -> tuple[bytes, str, dict[str, str]]:
    name, data = _any_file(chance)
    return _sent(name, bytes(data[: chance.randrange(len(data))]))


def _flipped(chance: Random) -> tuple[bytes, str, dict[str, str]]:
    name, data = _any_file(chance)
    # Headers are read first and hold the sizes that may lie.
    reach = len(data) if chance.random() < 0.4 else min(len(data), 200)
    for _ in range(chance.choice((1, 5, 40))):
        data[chance.randrange(reach)] = chance.randrange(256)
    return _sent(name, bytes(data))


def _mixed(chance: Random) -> tuple[bytes, str, dict[str, str]]:
    _, data = _any_file(chance)
    other, more = _any_file(chance)
    return _sent(other, bytes(data[: chance.randrange(4, 100)] + more[chance.randrange(100) :]))


def _lying_header(chance: Random) -> tuple[bytes, str, dict[str, str]]:
    data = bytearray(_whole("wav"))
    # Channels, rate, bytes a second, bits and the two sizes of a RIFF header.
    for place, width in chance.sample(((22, 2), (24, 4), (28, 4), (34, 2), (4, 4), (40, 4)), 2):
        data[place : place + width] = chance.choice((b"\0" * width, b"\xff" * width, chance.randbytes(width)))
    return _sent("wav", bytes(data))


def _no_sound(chance: Random) -> tuple[bytes, str, dict[str, str]]:
    body = chance.choice((*_TEXTS, chance.randbytes(chance.randint(1, 5_000))))
    return (
        body,
        "?sender=f-3",
        {"Content-Type": chance.choice(("audio/wav", "application/vnd.apple.mpegurl", "", "a" * 900))},
    )


def _odd_fields(chance: Random) -> tuple[bytes, str, dict[str, str]]:
    value = quote(pick(chance, "f-3", "\u202e", "\x00", "a" * 200, "telegram-777001", "\u200b", "web:", "😀"), safe="")
    query = chance.choice(
        (f"?sender={value}", f"?mode={value}", "?sender=%ff%fe", "?sender=a&sender=b", "?" + "&" * 300, "?x=1")
    )
    accept = chance.choice(("audio/wav", "audio/ogg", "*/*", "audio/wav;q=\xff", "," * 500))
    return write_wav(quiet(0.5)), query, {"Content-Type": "audio/wav", "Accept": accept}


def _broken_form(chance: Random) -> tuple[bytes, str, dict[str, str]]:
    sound = _whole("wav")[: chance.choice((0, 44, 5_000, 1_000_000))]
    part = f"--{_BOUND}\r\n".encode() + _AUDIO + sound + b"\r\n"
    end = f"--{_BOUND}--\r\n".encode()
    body, headers = chance.choice(
        (
            (part, _FORM),  # Without an end.
            (part * 40 + end, _FORM),
            (end, _FORM),
            (b"", _FORM),
            (part + end, {"Content-Type": "multipart/form-data"}),
            (part + end, {"Content-Type": f"multipart/form-data; boundary={'x' * 3_000}"}),
            (part + end, {"Content-Type": "multipart/form-data; boundary=\xe9"}),
            (part.replace(b'"audio"', b'"' + b"\xff\x00" * 40 + b'"') + end, _FORM),
            (part.replace(b"\r\n\r\n", b"\r\n" + b"X-A: b\r\n" * 2_000 + b"\r\n", 1) + end, _FORM),
            (part.replace(b'"audio"', b'"sender"') + part + end, _FORM),
            (part.replace(b"form-data", b"attachment; " * 50) + end, _FORM),
        )
    )
    return body, "", headers


_KINDS: dict[str, Callable[[Random], tuple[bytes, str, dict[str, str]]]] = {
    "cut off": _cut,
    "bytes changed": _flipped,
    "two formats in one": _mixed,
    "sizes that lie": _lying_header,
    "no sound": _no_sound,
    "broken forms": _broken_form,
    "odd fields and headers": _odd_fields,
}
