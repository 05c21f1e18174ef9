"""Reads a multipart form whole from memory, byte for byte.

Starlette's own parser, which needs python-multipart, writes what is larger than a megabyte into a temporary file in
clear; a recording or a document of somebody must not be found on the disk.
"""

from email.message import Message

_MOST_PARTS = 16


class FormError(Exception):
    """A form cannot be read; the text says where."""


def read_form(content_type: str, body: bytes) -> dict[str, bytes]:
    """The parts of `body` by name (RFC 7578); raises FormError where it is no form or names something twice."""
    header = Message()
    header["content-type"] = content_type
    boundary = header.get_boundary()
    if not boundary or not boundary.isascii():
        raise FormError("content-type: the boundary is missing")
    delimiter = b"\r\n--" + boundary.encode("ascii")
    # The first delimiter has no line before it, and the last is followed by two hyphens.
    _, *parts = (b"\r\n" + body).split(delimiter, _MOST_PARTS + 1)
    if len(parts) < 2 or not parts[-1].startswith(b"--"):
        raise FormError("body: no form, cut short, or more parts than fields")
    return _named(parts[:-1])


def _named(parts: list[bytes]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for number, part in enumerate(parts, 1):
        head, blank, content = part.partition(b"\r\n\r\n")
        name = _name(head)
        if not blank or name is None or name in found:
            raise FormError(f"part {number}: must have a name of its own and an empty line before its content")
        found[name] = content
    return found


def _name(head: bytes) -> str | None:
    for line in head.decode("utf-8", "replace").split("\r\n"):
        field, _, value = line.partition(":")
        if field.strip().lower() == "content-disposition":
            disposition = Message()
            disposition["content-disposition"] = value.strip()
            name = disposition.get_param("name", header="content-disposition")
            return name if isinstance(name, str) else None
    return None
