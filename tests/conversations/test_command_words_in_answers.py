"""A word inside an answer throws no registration away: answers by writers who have not seen what we listen for."""

from collections import defaultdict
from typing import Any

import pytest
from form_questions import QUESTIONS
from rasa.shared.core.trackers import DialogueStateTracker
from test_registration import AGREED, ANSWERS, heard, registered, talk

from bot.conversation import Conversation
from bot.settings import PROJECT
from tests.person import Person

REPORTED = (
    ("accommodation", "怕吵，要安静一点"),
    ("accommodation", "安静一点的地方"),
    ("disability_type", "听力不好说话也不清楚"),
    ("name", "安静"),
    ("name", "填陈建平"),
    ("name", "高兴"),
    ("name", "何苦"),
    ("gender", "我考虑一下"),
    ("phone", "不要打电话给我"),
    ("confirm", "算了都不改了"),
    ("confirm", "都不改了"),
    ("confirm", "对的，谢谢"),
    ("confirm", "城市应该是鹰潭月湖，不是上饶"),
)
"""What outside readers saw registrations lost to, and asked about."""
_SET = PROJECT / "tests" / "nlu" / "commands" / "answers.tsv"
_BEFORE = {each.slot: each.before for each in QUESTIONS if each.journey == "register"} | {
    "confirm": (*AGREED, *ANSWERS),
}


def answers_by_question() -> dict[str, list[str]]:
    found = defaultdict(list)
    for slot, text in REPORTED:
        found[slot].append(text)
    for line in _SET.read_text(encoding="utf-8").splitlines():
        label, text = line.split("\t", 1)
        found[label.partition("_yes")[0].partition("_change")[0]].append(text)
    return dict(found)


async def as_somebody_else(person: Person, conversation: Conversation, number: int) -> Any:
    """Another sender who has said the same."""
    other = type(person)(conversation, f"{person.who.name}-{number}")
    told = await conversation._engine._store.get_or_create_tracker(person.sender)
    copy = DialogueStateTracker.from_events(other.sender, list(told.events), told.slots.values())
    await conversation._engine._store.save(copy)
    return other


@pytest.mark.parametrize("slot", answers_by_question())
async def test_no_registration_is_lost_to_a_word_inside_an_answer(
    person: Person, conversation: Conversation, slot: str
) -> None:
    await talk(person, *_BEFORE[slot])
    lost = []
    for number, text in enumerate(answers_by_question()[slot]):
        somebody = await as_somebody_else(person, conversation, number)
        reply = await somebody.says(text)
        form = await somebody.form()
        if not registered(somebody) and (form is None or form["journey"] != "register"):
            lost.append((text, heard(reply)))

    assert lost == []
