"""People agree to a text, and the version that is kept with their consent is of that text."""

import hashlib
from pathlib import Path

from ruamel.yaml import YAML

from dialogue.journeys.consent_version import VERSION

RESPONSES = Path(__file__).parents[3] / "nlu_data" / "registration" / "responses.yml"
AGREED_TO = {"2026-11-25": "c148031f3745119f"}
"""The digest of both texts, by version. A new text needs a new version here and in consents.py."""


def test_whoever_changes_what_people_agree_to_gives_it_a_new_version() -> None:
    responses = YAML(typ="safe").load(RESPONSES.read_text(encoding="utf-8"))["responses"]
    texts = [responses[f"utter_ask_{consent}"][0]["text"] for consent in ("consent", "consent_disability")]

    assert hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16] == AGREED_TO[VERSION]
