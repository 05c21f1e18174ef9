"""What we suggest to ask is answered."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from ruamel.yaml import YAML

from dialogue.mark import Status
from tests.person import Person

PROJECT = Path(__file__).parent.parent.parent
PAGE = BeautifulSoup((PROJECT / "bot" / "web" / "page" / "index.html").read_text(encoding="utf-8"), "html.parser")
STARTERS = [button.get_text() for button in PAGE.select("#starters button")]
PAYLOADS = [
    button["payload"]
    for path in sorted(PROJECT.glob("nlu_data/*/responses.yml"))
    for variants in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["responses"].values()
    for variant in variants
    for button in variant.get("buttons", ())
    # What the door in Telegram deals with itself never reaches the conversation.
    if not button["payload"].startswith(("/", "telegram:"))
]


@pytest.mark.parametrize("suggestion", sorted({*STARTERS, *PAYLOADS}))
async def test_a_suggestion_of_ours_is_answered(suggestion: str, person: Person) -> None:
    reply = await person.says(suggestion)

    assert reply.status in {Status.ANSWERED, Status.FORM, Status.COMMAND, Status.HANDOFF}
    assert reply.status is not Status.ANSWERED or reply.messages[0].citations
