"""Everything the actions say is written down, and everything written down is said."""

import re
from pathlib import Path

from ruamel.yaml import YAML

from knowledge.documents import ASPECTS, Status

PROJECT = Path(__file__).parent.parent.parent
# Said under a name put together from the document's status or the aspect asked for.
COMPOSED = {
    *(f"utter_source_{status.value}" for status in Status),
    *(f"utter_valid_{status.value}" for status in Status),
    *(f"utter_{aspect}_not_stated" for aspect in (*ASPECTS, "who", "phone")),
    "utter_script_hans",
    "utter_script_hant",
}


def written() -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for path in PROJECT.glob("nlu_data/*/responses.yml"):
        found.update(YAML(typ="safe").load(path.read_text(encoding="utf-8"))["responses"])
    return found


def said() -> set[str]:
    sources = [*PROJECT.glob("actions/*.py"), *PROJECT.glob("bot/*.py"), *PROJECT.glob("nlu_data/*/rules.yml")]
    names = {name for path in sources for name in re.findall(r"utter_[a-z_]+", path.read_text(encoding="utf-8"))}
    return {name for name in names if not name.endswith("_")} - {"utter_message"} | COMPOSED


def test_every_response_that_is_said_is_written_down() -> None:
    assert said() - set(written()) == set()


def test_every_response_written_down_is_said() -> None:
    assert set(written()) - said() == set()


def test_what_is_for_the_ear_holds_no_symbols() -> None:
    spoken = [
        variant["text"] for variants in written().values() for variant in variants if variant.get("channel") == "voice"
    ]
    assert [text for text in spoken if re.search(r"[（）()《》“”/]", re.sub(r"\{\w+\}", "", str(text)))] == []


def test_the_service_never_talks_as_if_it_were_an_office() -> None:
    texts = [str(variant["text"]) for variants in written().values() for variant in variants]
    assert [text for text in texts if "我们规定" in text or "我们批准" in text] == []
