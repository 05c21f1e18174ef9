"""A mark comes back as it was, and responses.yml says only what marks have."""

from pathlib import Path

import pytest

from dialogue.mark import KEYS, Joins, Mark, MarkError, PartKind, Status
from knowledge.yaml_files import read_yaml

PROJECT = Path(__file__).parents[2]
WRITTEN = {
    f"{path.parent.name}: {name}": variant["custom"]
    for path in sorted((PROJECT / "nlu_data").glob("*/responses.yml"))
    for name, variants in read_yaml(path)["responses"].items()
    for variant in variants
    if "custom" in variant
}


@pytest.mark.parametrize(
    ("mark", "kept"),
    [
        (Mark(), {}),
        (Mark(Status.FORM, "phone", digits_are_values=True), {"status": "form", "asking": "phone", "digits": "value"}),
        (Mark(joins=Joins.BOTH, part=PartKind.BASIS), {"joins": "both", "part": "basis"}),
        (Mark(leads=True, choices_told=True), {"leads": True, "choices_told": True}),
        (Mark(citations=(("plan", "2.1"),)), {"citations": [{"document": "plan", "clause": "2.1"}]}),
        (Mark(forget={"at": 0}, private=True), {"forget": {"at": 0}, "private": True}),
        (Mark(Status.COMMAND, offers_to_forget=True), {"status": "command", "offers_to_forget": True}),
    ],
)
def test_a_mark_is_kept_as_json_and_comes_back(mark: Mark, kept: dict[str, object]) -> None:
    assert mark.to_json() == kept
    assert Mark.from_json(kept) == mark


def test_what_an_earlier_version_kept_is_left_out() -> None:
    assert Mark.from_json({"status": "chat", "crisis": True, "digits": "choice"}) == Mark(Status.CHAT)


@pytest.mark.parametrize("kept", [{"status": "done"}, {"joins": "all"}, {"citations": [{"document": "plan"}]}])
def test_a_value_that_no_mark_has_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises(MarkError, match="its keys are status"):
        Mark.from_json(kept)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_response_is_marked_with_what_marks_have(name: str) -> None:
    assert set(WRITTEN[name]) <= set(KEYS)
    assert Mark.from_json(WRITTEN[name]).to_json() == WRITTEN[name]
