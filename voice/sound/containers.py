"""Tells before anything is decoded whether a recording is whole, and whether it is locked."""

import struct

_LOCKED = (b"Salted__", b"-----BEGIN PGP MESSAGE", b"age-encryption.org/", b"\x85\x02\x0c\x03", b"\x85\x01\x0c\x03")
"""How files of openssl, gpg and age begin."""
_STREAMED = 0x7FFF_0000
"""From here on a WAV's length was not known when its head was written (ffmpeg and sox writing into a pipe)."""


def is_encrypted(data: bytes) -> bool:
    """Whether a password or a shop's key is needed to hear it."""
    if data.startswith(_LOCKED):
        return True
    if data[:4] == b"PK\x03\x04" and len(data) > 7:
        return bool(data[6] & 1)
    # An MP4 whose track is protected names it enca, or drms in Apple's shop, and says how in a box called sinf.
    return data[4:8] == b"ftyp" and b"sinf" in data and (b"enca" in data or b"drms" in data)


def is_cut_short(data: bytes) -> bool:
    """Whether the container itself promises more than there is."""
    if data[:4] == b"RIFF":
        return _wav_is_cut_short(data)
    if data[:4] == b"OggS":
        return _ogg_is_cut_short(data)
    if data[4:8] == b"ftyp":
        return _mp4_is_cut_short(data)
    return False


def _wav_is_cut_short(data: bytes) -> bool:
    place = 12
    while place + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, place)
        if name == b"data":
            return bool(size < _STREAMED and place + 8 + size > len(data))
        place += 8 + size + size % 2
    return True


def _ogg_is_cut_short(data: bytes) -> bool:
    page = data.rfind(b"OggS")
    segments = data[page + 26] if page + 26 < len(data) else None
    if segments is None or page + 27 + segments > len(data):
        return True
    return page + 27 + segments + sum(data[page + 27 : page + 27 + segments]) > len(data)


def _mp4_is_cut_short(data: bytes) -> bool:
    place, boxes = 0, set()
    while place + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, place)
        boxes.add(name)
        if size == 1 and place + 16 <= len(data):
            size = struct.unpack_from(">Q", data, place + 8)[0]
        if size == 0:  # To the end of the file.
            break
        if size < 8 or place + size > len(data):
            return True
        place += size
    return b"moov" not in boxes
