"""Questions no document answered: together where they sound alike, and answered for good by staff."""

import re

import pytest

from bot.console.context import ConsoleContext
from bot.console.documents.questions import group_alike
from tests.bot.console.visitors import Visitor, text_of

CLAUSE = "2.5.5"


def ask(desk: ConsoleContext, *texts: str) -> list[int]:
    """The numbers of the questions, each asked once more than the one after it."""
    for count, text in enumerate(reversed(texts), 1):
        for _ in range(count):
            desk.records.unanswered.note(text, "")
    return [next(each.number for each in desk.records.unanswered.most_asked() if each.text == text) for text in texts]


def best(desk: ConsoleContext, question: str) -> str:
    return desk.base.current().search.find(question, desk.today()).matches[0].clause.id


def test_questions_that_sound_alike_stand_together_with_the_most_asked_first(
    agent: Visitor, desk: ConsoleContext
) -> None:
    ask(desk, "残疾人能考公务员吗", "残疾人能靠公务员吗", "导盲犬能坐高铁吗")

    groups = group_alike(desk.records.unanswered.most_asked())

    assert [[each.text for each in group.questions] for group in groups] == [
        ["残疾人能考公务员吗", "残疾人能靠公务员吗"],
        ["导盲犬能坐高铁吗"],
    ]
    assert groups[0].times == 5
    assert "问过 5 次" in text_of(agent.open("/unanswered"))


@pytest.mark.parametrize("texts", [["？"], ["", "？！"], ["a"]])
def test_questions_without_a_word_are_listed_too(agent: Visitor, desk: ConsoleContext, texts: list[str]) -> None:
    ask(desk, *texts)

    assert len(group_alike(desk.records.unanswered.most_asked())) == len(texts)
    assert agent.open("/unanswered").status_code == 200


def test_a_question_joined_to_a_clause_is_found_at_once_however_it_is_written(
    agent: Visitor, desk: ConsoleContext
) -> None:
    (number,) = ask(desk, "吃低保的人开个小店会不会被取消")
    sent = agent.send(
        f"/unanswered/{number}/teach",
        f"/unanswered/{number}",
        clause=f"jiangxi-2022-2024/{CLAUSE}",
        example="吃低保的人开个小店会不会被取消",
    )

    assert sent.headers["location"] == "/console/unanswered?told=taught"
    assert best(desk, "吃低保的人开个小店会不会被取消") == CLAUSE
    assert best(desk, "吃低宝的人开个小店会不会被取消？") == CLAUSE
    assert [each.state.value for each in desk.records.unanswered.most_asked()] == ["answered"]
    (taught,) = desk.records.taught.all()
    assert (taught.by, taught.clause, taught.at) == ("limin", CLAUSE, desk.records.now())
    assert [(each.actor, each.action, each.detail) for each in desk.records.audit.entries()][-1] == (
        "limin",
        "teach",
        {"clause": f"jiangxi-2022-2024/{CLAUSE}"},
    )


def test_an_example_is_taken_back(agent: Visitor, desk: ConsoleContext) -> None:
    before = best(desk, "火星上有残联吗")
    desk.records.taught.add("火星上有残联吗", "jiangxi-2022-2024", "3.6" if before != "3.6" else "1", "limin")
    assert best(desk, "火星上有残联吗") != before
    (taught,) = desk.records.taught.all()
    agent.send(f"/unanswered/taught/{taught.number}/remove", "/unanswered/taught")

    assert desk.records.taught.all() == []
    assert best(desk, "火星上有残联吗") == before


def test_alike_questions_are_answered_with_it(agent: Visitor, desk: ConsoleContext) -> None:
    first, second = ask(desk, "残疾人能考公务员吗", "残疾人能靠公务员吗")
    agent.send(
        f"/unanswered/{first}/teach",
        f"/unanswered/{first}",
        clause="jiangxi-2022-2024/2.1.1",
        example="残疾人能考公务员吗",
        also=f"{first},{second},x,",
    )

    assert {each.state.value for each in desk.records.unanswered.most_asked()} == {"answered"}


def test_clauses_are_proposed_and_looked_up_by_their_place(agent: Visitor, desk: ConsoleContext) -> None:
    (number,) = ask(desk, "低保渐退怎么算")

    def proposed(query: str = "") -> list[str]:
        return re.findall(r'name="clause" value="[^"/]*/([^"]*)"', agent.open(f"/unanswered/{number}{query}").text)

    assert len(proposed()) == 5
    assert proposed("?search=二(五)5")[0] == CLAUSE


def test_a_question_goes_through_the_hands_of_one_at_a_time(
    agent: Visitor, supervisor: Visitor, desk: ConsoleContext
) -> None:
    (number,) = ask(desk, "导盲犬能坐高铁吗")
    agent.send(f"/unanswered/{number}/move", f"/unanswered/{number}", state="taken")

    assert supervisor.send(f"/unanswered/{number}/move", f"/unanswered/{number}", state="open").status_code == 409
    assert [each.owner for each in desk.records.unanswered.most_asked()] == ["limin"]
    agent.send(f"/unanswered/{number}/move", f"/unanswered/{number}", state="answered")
    assert [each.state.value for each in desk.records.unanswered.most_asked()] == ["answered"]


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/unanswered/{}/teach", {"clause": "jiangxi-2022-2024/9.9.9", "example": "甲"}, 400),
        ("/unanswered/{}/teach", {"clause": "../../etc/passwd", "example": "甲"}, 400),
        ("/unanswered/{}/teach", {"clause": "jiangxi-2022-2024/2.5.5", "example": " "}, 409),
        ("/unanswered/{}/move", {"state": "nonsense"}, 400),
        ("/unanswered/999999999999/move", {"state": "taken"}, 409),
        ("/unanswered/taught/999999999999/remove", {}, 409),
    ],
)
def test_what_cannot_be_taught_is_refused(
    agent: Visitor, desk: ConsoleContext, path: str, fields: dict[str, str], status: int
) -> None:
    (number,) = ask(desk, "导盲犬能坐高铁吗")

    assert agent.send(path.format(number), **fields).status_code == status
    assert desk.records.taught.all() == []
