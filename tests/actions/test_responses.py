"""Everything the actions say is written down, and everything written down is said."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from actions.crisis import responses_of_care
from actions.what_ifs import COMPARED
from bot.listening import HARD_WORDS
from bot.telegram.updates import UNREADABLE
from dialogue.journey import UNCLEAR
from dialogue.journeys.catalogue import JOURNEYS
from dialogue.journeys.register import CONSENTS
from dialogue.result_questions import OF_EACH_SUM, QUESTIONS
from knowledge.consent.learn_consent import TOPICS
from knowledge.facts.annotated_examples import slots
from knowledge.facts.birth_years import FUTURE, UNLIKELY
from knowledge.facts.birth_years import VAGUE as YEAR_VAGUE
from knowledge.facts.case_numbers import WRONG_LENGTH
from knowledge.facts.dates import LUNAR, NO_SUCH_DAY, VAGUE_DATE
from knowledge.facts.phones import ID_NUMBER, NO_AREA_CODE, NOT_IN_USE, TOO_LONG, TOO_SHORT
from knowledge.library.documents import ASPECTS, Status
from knowledge.talk.learn_talk import topics

PROJECT = Path(__file__).parent.parent.parent


def read(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def of_a_result(journey: str, expected: Mapping[str, Any]) -> Iterator[str]:
    """The responses that say a result of the rules' cases."""
    if "outcome" in expected:
        yield f"utter_{journey}_{expected['outcome']}"
    yield from (f"utter_step_{name}" for name in expected.get("steps", ()))
    yield from (f"utter_follows_{name}" for name in expected.get("follows", ()))


PROBLEMS = [
    *re.findall(r'Problem\("(\w+)"', (PROJECT / "dialogue" / "check_value.py").read_text(encoding="utf-8")),
    *(TOO_SHORT, TOO_LONG, NOT_IN_USE, NO_AREA_CODE, ID_NUMBER, WRONG_LENGTH),
    *(f"year_{name}" for name in (YEAR_VAGUE, UNLIKELY, FUTURE)),
    *re.findall(r'problem="(\w+)"', (PROJECT / "knowledge" / "facts" / "registration.py").read_text(encoding="utf-8")),
]
TELEGRAM = [
    *re.findall(r'_say\(\s*"(\w+)"', (PROJECT / "bot" / "telegram" / "answering.py").read_text(encoding="utf-8")),
    *(f"unreadable_{kind}" for kind in UNREADABLE),
    *("voice_on", "voice_missing", "notices_on", "notices_off"),
]
NEVER_ASKED = {"registrant"}
ASKED = {slot for slot, entry in slots().items() if entry.kind != "title"} - NEVER_ASKED
# Said under a name put together from the document's status, the aspect asked for, the slot, the journey, what is wrong
# with a value, or the result of a rule.
COMPOSED = {
    *(f"utter_source_{status.value}" for status in Status),
    *(f"utter_valid_{status.value}" for status in Status),
    *(f"utter_{aspect}_not_stated" for aspect in (*ASPECTS, "who", "phone")),
    "utter_script_hans",
    "utter_script_hant",
    *(f"utter_{what}_{slot}" for what in ("ask", "why") for slot in ASKED),
    *(f"utter_ask_{slot}_other" for slot in ASKED),
    f"utter_ask_{UNCLEAR}",
    "utter_ask_phone_registered_other",
    *(f"utter_ask_{slot}_short" for slot in CONSENTS),
    *(f"utter_consent_{topic}" for topic in read(TOPICS)),
    *(f"utter_about_us_{topic}" for topic in topics()),
    *(f"utter_not_{what}{named}" for what in ("covered", "found") for named in ("", "_named")),
    *responses_of_care(),
    *HARD_WORDS,
    *(f"utter_what_if_{number}" for number in COMPARED),
    *(f"utter_result_{asked}" for asked in set(QUESTIONS) - OF_EACH_SUM - {"back", "why", "recalled"}),
    *(f"utter_result_{asked}_{journey}" for asked in OF_EACH_SUM for journey in ("quota", "reward")),
    "utter_form_required_record",
    *(f"utter_navigator_found{which}" for which in ("", "_more", "_same")),
    *(f"utter_told_{which}" for which in ("fitting", "fitting_none", "person_unknown")),
    *(f"utter_comparison_{which}" for which in ("audience", "amount", "departments", "departments_same")),
    *(f"utter_comparison_{which}" for which in ("one_fits", "not_ranked")),
    *(f"utter_withdrawn_{purpose}" for purpose in slots()["purpose"].values),
    *(f"utter_telegram_{name}" for name in TELEGRAM),
    *(f"utter_{what}_{journey}" for what in ("still_open", "resumed", "left_open") for journey in JOURNEYS),
    *(f"utter_check_{name}" for name in (*PROBLEMS, "vague", VAGUE_DATE, NO_SUCH_DAY, LUNAR)),
    *(
        name
        for path in sorted((PROJECT / "tests" / "knowledge" / "rules").glob("*.yml"))
        for case in read(path)
        for name in of_a_result(path.stem, case.get("expect", {}))
    ),
}


def written() -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for path in PROJECT.glob("nlu_data/*/responses.yml"):
        found.update(read(path)["responses"])
    return found


def said() -> set[str]:
    sources = [
        *PROJECT.glob("actions/**/*.py"),
        *(path for path in PROJECT.glob("bot/**/*.py") if "engine" not in path.parts),
        *PROJECT.glob("nlu_data/*/rules.yml"),
    ]
    names = {name for path in sources for name in re.findall(r"utter_[a-z_]+", path.read_text(encoding="utf-8"))}
    return (
        {name for name in names if not name.endswith("_")} - {"utter_message"}
        | COMPOSED
        | (of_telegram() & set(written()))
    )


def of_telegram() -> set[str]:
    """What the door in Telegram may say of its own, put together from the words in its code."""
    texts = [path.read_text(encoding="utf-8") for path in (PROJECT / "bot" / "telegram").glob("*.py")]
    words = {word for text in texts for word in re.findall(r'"([a-z_]+)"', text)}
    return {f"utter_telegram_{word}" for word in words} | {f"utter_telegram_unreadable_{word}" for word in words}


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
