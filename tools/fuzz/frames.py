"""Talks to the voice socket nobody holds: garbage in place of frames, and frames in place of sense."""

import json
import os
import socket
import struct
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import cycle
from random import Random
from typing import Any

from tools.fuzz.requests import NO_ANSWER, Answered, pick

_TEXT, _BINARY, _CLOSE, _PING = 1, 2, 8, 9
_HELLO = b'{"type": "hello", "sender": "f-4"}'
_SWITCHED = 101
_SILENT = 0.4
"""Seconds without a byte after which nothing more is waited for."""
_LONGEST = 20.0
_TYPES = ("hello", "start", "speech_end", "stop", "played", "text", "say", "rate", "audio", "", "__class__")
_VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    10**30,
    "x" * 2_000,
    "\u202e",
    "\x00",
    [],
    {},
    [[[]]],
    "再说一遍",
    "低保会停吗",
    float("inf"),
)


def garbage_talks(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """What is sent after the handshake, with what is wrong with it; the same for a seed."""
    chance = Random(seed)
    kinds = cycle(_KINDS.items())
    for _ in range(count):
        kind, make = next(kinds)
        greeting = frame(_TEXT, _HELLO) if chance.random() < 0.7 else b""
        yield kind, greeting + make(chance)


def frame(opcode: int, data: bytes, *, first: int = 0x80, masked: bool = True) -> bytes:
    """One of RFC 6455; `first` holds the bits before the opcode, of which 0x80 ends a message."""
    size = len(data)
    short = size if size < 126 else 126 if size < 65_536 else 127
    head = bytes([first | opcode, short | (0x80 if masked else 0)])
    head += b"" if short < 126 else struct.pack("!H" if short == 126 else "!Q", size)
    # Any mask is allowed; that of zeros leaves the data as they are.
    return head + (b"\0\0\0\0" if masked else b"") + data


def talk(host: str, port: int, kind: str, sent: bytes, source: str = "") -> Answered:
    """Opens a talk, sends, and listens until it is closed or nothing more comes."""
    started = time.perf_counter()
    with socket.create_connection(
        (host, port), timeout=_LONGEST, source_address=(source, 0) if source else None
    ) as line:
        line.sendall(_handshake(host))
        # What is sent before the answer to the handshake is nobody's.
        received = _answer(line)
        status = int(received.split()[1]) if received else NO_ANSWER
        if status == _SWITCHED:
            with suppress(ConnectionResetError, BrokenPipeError):
                # Closed before all was sent, which is what somebody who sends garbage may expect.
                line.sendall(sent)
            status = closing_code(_heard(line, started))
    return Answered(kind, status, time.perf_counter() - started, sent=repr(sent[:120]))


def _answer(line: socket.socket) -> bytes:
    received = b""
    while not received.endswith(b"\r\n\r\n"):
        piece = line.recv(1)
        if not piece:
            break
        received += piece
    return received


def _handshake(host: str) -> bytes:
    key = b64encode(os.urandom(16)).decode()
    return (
        f"GET /api/voice HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
    ).encode()


def _heard(line: socket.socket, started: float) -> bytes:
    received = bytearray()
    line.settimeout(_SILENT)
    while time.perf_counter() - started < _LONGEST:
        try:
            piece = line.recv(65_536)
        except (TimeoutError, ConnectionResetError):
            break
        if not piece:
            break
        received += piece
    return bytes(received)


def closing_code(received: bytes) -> int:
    """With which code a server's frames end; NO_ANSWER where they do not say one."""
    at = 0
    while at + 2 <= len(received):
        opcode, size = received[at] & 0x0F, received[at + 1] & 0x7F
        at += 2
        if size >= 126:
            width = 2 if size == 126 else 8
            size = int.from_bytes(received[at : at + width], "big")
            at += width
        if opcode == _CLOSE:
            return int.from_bytes(received[at : at + 2], "big")
        at += size
    return NO_ANSWER


def _odd_frames(chance: Random) -> bytes:
    sent = b""
    for _ in range(chance.randint(1, 12)):
        fields = {chance.choice(("sender", "text", "rate", "sentence", "until", "x")): chance.choice(_VALUES)}
        told = json.dumps({"type": chance.choice(_TYPES), **fields}, ensure_ascii=chance.random() < 0.5)
        sent += frame(_TEXT, told.encode())
    return sent


def _no_json(chance: Random) -> bytes:
    texts = ("", "{", "null", "[" * 20_000, '{"type": "hello", "sender": "\\ud83dtelegram-1"}', "NaN", '"')
    return frame(_TEXT, pick(chance, *texts, most=3).encode())


def _no_text(chance: Random) -> bytes:
    return frame(_TEXT, b"\xff\xfe" + chance.randbytes(chance.randint(0, 200)))


def _sound(chance: Random) -> bytes:
    return b"".join(
        frame(_BINARY, chance.randbytes(chance.choice((1, 3, 640, 32_000)))) for _ in range(chance.randint(1, 8))
    )


def _too_large(chance: Random) -> bytes:
    size = chance.choice((65_537, 262_145, 2_000_000))
    return frame(chance.choice((_TEXT, _BINARY)), b"a" * size)


def _broken(chance: Random) -> bytes:
    return chance.choice(
        (
            chance.randbytes(chance.randint(1, 2_000)),
            frame(_TEXT, b"a", masked=False),
            frame(_TEXT, b"a", first=0xF0),  # Bits that no extension was agreed for.
            frame(chance.choice((3, 7, 11, 15)), b"a"),
            frame(0, b"goes on from nothing"),
            frame(_PING, b"a" * 126),
            frame(_PING, b"a", first=0),
            frame(_CLOSE, b"\x00"),
            frame(_CLOSE, struct.pack("!H", chance.choice((0, 999, 1005, 65_535)))),
            bytes([0x81, 0xFF]) + b"\xff" * 8,  # A size of 2^64 - 1.
        )
    )


def _pieces(chance: Random) -> bytes:
    opened = frame(_TEXT, b'{"type": "text", "text": "', first=0)
    return opened + frame(0, b"a", first=0) * chance.choice((10, 1_000, 5_000))


def _flood(chance: Random) -> bytes:
    return frame(_TEXT, chance.choice((b'{"type": "stop"}', b'{"type": "played", "sentence": 1}'))) * 400


_KINDS: dict[str, Callable[[Random], bytes]] = {
    "odd frames": _odd_frames,
    "no JSON": _no_json,
    "no UTF-8": _no_text,
    "sound that is none": _sound,
    "too large": _too_large,
    "against the protocol": _broken,
    "a message without end": _pieces,
    "a flood": _flood,
}
