"""docs/voice-protocol.md says what the socket does."""

import re
from pathlib import Path

import pytest

from bot.speech.error_sentences import SpeechErrors
from bot.web.voice import _CLOSES, PROTOCOL
from bot.web.voice_frames import _FRAMES
from bot.web.voice_limits import Limits
from voice.sound.audio import RATE

PROTOCOL_DOCUMENT = (Path(__file__).parents[3] / "docs" / "voice-protocol.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PROTOCOL_DOCUMENT.splitlines() if "|" in line]


@pytest.mark.parametrize("kind", _FRAMES)
def test_every_frame_of_a_client_is_described_with_its_fields(kind: str) -> None:
    rows = [row for row in ROWS if f"`{kind}`" in row[0]]
    fields = _FRAMES[kind].__fields__.keys() - {"type"}

    assert any(all(f"`{field}`" in row[1] for field in fields) for row in rows)


@pytest.mark.parametrize("code", _CLOSES)
def test_every_reason_to_close_is_described_with_its_code(code: str) -> None:
    assert [row[-1] for row in ROWS if f"`{code}`" in row[2:3]][:1] == [str(_CLOSES[code])]


def test_every_code_it_names_has_a_sentence() -> None:
    named = {code for row in ROWS if len(row) == 4 for code in re.findall("`([a-z_]+)`", row[2])}
    errors = SpeechErrors()

    assert named >= {"flood", "busy", "model_missing"}
    assert [
        code for code in sorted(named) if errors.sentence(code) == errors.sentence("other") and code != "other"
    ] == []


def test_its_figures_are_those_of_the_code() -> None:
    limits = Limits()
    for figure in (
        f"Protocol {PROTOCOL}.",
        f"{RATE:,} Hz",
        f"within {limits.hello_seconds:g} s",
        f"at most {limits.largest_frame // 1024} KiB a frame",
        f"at most {limits.piece // 1024} KiB",
        f"| {limits.waiting_seconds:g} s | `flood`",
        f"{limits.frames_a_second:g} a second after the first {limits.frames_at_once:g}",
        f"| {limits.stall_seconds:g} s | `stalled`",
        f"| {limits.connections} | `busy`",
        f"| talks at once from one address | {limits.connections_of_address} | `busy`",
        f"| {limits.idle_seconds:g} s | `idle`",
    ):
        assert figure in PROTOCOL_DOCUMENT
