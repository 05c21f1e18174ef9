"""Whole conversations from YAML, through the real engine."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.messages import Reply
from tests.person import Person

CASES = [
    pytest.param(case["turns"], id=case["name"])
    for path in sorted(Path(__file__).parent.glob("*.yml"))
    for case in YAML(typ="safe").load(path.read_text(encoding="utf-8"))
]
KNOWN = {"say", "status", "not_status", "clause", "has", "lacks", "spoken", "asking", "buttons", "same"}
"""`has` and `lacks` are of what is shown, `spoken` of what is heard; `asking` is the slot a form waits for, or none."""


@pytest.mark.parametrize("turns", CASES)
async def test_a_conversation_goes_as_written(turns: list[dict[str, Any]], person: Person) -> None:
    before: Reply | None = None
    for turn in turns:
        assert set(turn) <= KNOWN
        reply = await person.says(turn["say"])
        check(turn, reply, before)
        before = reply


def check(expected: dict[str, Any], reply: Reply, before: Reply | None) -> None:
    """Compares a reply with what the case expects of it."""
    heard = "\n".join(message.text for message in reply.messages)
    assert heard.strip()
    if "status" in expected:
        assert reply.status.value == expected["status"], heard
    if "not_status" in expected:
        assert reply.status.value != expected["not_status"], heard
    if "clause" in expected:
        assert reply.messages[0].citations[0].clause == str(expected["clause"]), heard
    if "buttons" in expected:
        assert sum(len(message.buttons) for message in reply.messages) == expected["buttons"]
    if expected.get("same"):
        assert before is not None
        assert [message.text for message in reply.messages] == [message.text for message in before.messages]
    for part in expected.get("has", ()):
        assert part in heard
    for part in expected.get("lacks", ()):
        assert part not in heard
    spoken = "".join(message.speech for message in reply.messages)
    for part in expected.get("spoken", ()):
        assert part in spoken
    if "asking" in expected:
        assert reply.asking == (None if expected["asking"] == "none" else expected["asking"]), heard
