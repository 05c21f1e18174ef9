"""What a message is to an open form, as tables: the intent, the facts and the command read from it are given."""

from collections.abc import Collection
from dataclasses import replace

import pytest

from dialogue.journeys.catalogue import JOURNEYS
from dialogue.next_move import (
    Move,
    command_beside,
    command_in,
    command_move,
    is_answered,
    may_correct,
    needs_a_person,
    next_move,
)
from dialogue.state import FormState
from knowledge.commands.command_reader import Command
from knowledge.facts.fact_reader import Fact
from knowledge.facts.question_words import clauses
from tests.dialogue.stand_ins import utterance

REWARD = FormState("reward", asking="staff")
POSTS = FormState("posts_again", {"placements": "1"}, asking="passed")
REGISTER = FormState("register", {"consent": "yes"}, asking="name")
WISHES = FormState("register", {"consent": "yes"}, asking="skills")
LITTLE = FormState("register", {"consent": "yes", "name": "陈建平"}, asking="phone")
MUCH = FormState("register", {"consent": "yes", "name": "陈建平", "phone": "13800001234"}, asking="accommodation")
STAFF = {"staff": Fact("200", 0.9)}
HARDLY = {"staff": Fact("200", 0.5)}
BESIDE = {"wage": Fact("2000", 0.9)}
ELSEWHERE = {"placements": Fact("2", 0.9)}

HEARD = {
    "不清楚": Command.DONT_KNOW,
    "安静": Command.QUIET,
    "取消": Command.CANCEL,
    "停": Command.STOP,
    "人工": Command.HUMAN,
}


class Commands:
    """Hears a command wherever its word stands, but 跳过 only alone."""

    def read(self, text: str) -> Command | None:
        if text == "跳过":
            return Command.SKIP
        return next((command for word, command in HEARD.items() if word in text), None)

    def read_parts(self, text: str) -> list[tuple[str, Command | None]]:
        return [(part, self.read(part)) for part in clauses(text)]


# patience ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("journey", "answers"),
    [*((name, 3) for name in ("quota", "reward", "dibao_years", "posts_again", "navigator"))]
    + [(name, 2) for name in ("register", "my_data", "export_data", "change_data", "withdraw_data", "delete_data")]
    + [("forget_talk", 2)],
)
def test_a_person_is_offered_sooner_where_people_are_registered(journey: str, answers: int) -> None:
    offered = [needs_a_person(FormState(journey, tries=tries)) for tries in (answers - 1, answers, answers + 1)]
    assert offered == [False, True, True]


def test_every_journey_has_its_patience() -> None:
    assert all(needs_a_person(FormState(name, tries=3)) for name in JOURNEYS)


# commands ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asking", "facts", "answered"),
    [
        ("staff", {"staff": Fact("200", 0.1)}, True),
        ("staff", {"staff": Fact(None, 1.0, problem="vague")}, False),
        ("staff", {"wage": Fact("2000", 1.0)}, False),
        ("skills", {"skills": Fact("编竹篮", 1.0)}, False),
        (None, {"staff": Fact("200", 1.0)}, False),
        ("staff", {}, False),
    ],
)
def test_a_value_answers_and_somebodys_own_words_may_be_anything(
    asking: str | None, facts: dict[str, Fact], answered: bool
) -> None:
    assert is_answered(asking, facts) is answered


@pytest.mark.parametrize(
    ("text", "asking", "facts", "command"),
    [
        ("安静", "name", {}, Command.QUIET),
        ("安静", "name", {"name": Fact("安静", 1.0)}, None),
        ("安静", "accommodation", {"accommodation": Fact("安静", 0.8)}, Command.QUIET),
        # What passes the question is none where something else is plainly stated, and one where it is only guessed at.
        ("说话不清楚", "skills", {"disability_type": Fact("言语", 0.9)}, None),
        ("不清楚", "skills", {"disability_type": Fact("言语", 0.2)}, Command.DONT_KNOW),
        ("不清楚", "skills", {"staff": Fact(None, 0.9, problem="vague")}, Command.DONT_KNOW),
        ("不清楚", "name", {"skills": Fact("说话", 0.9)}, Command.DONT_KNOW),
        ("取消", "skills", {"disability_type": Fact("言语", 0.9)}, Command.CANCEL),
        # The end of a longer turn.
        ("还没开张，跳过", "started", {"self_employed": Fact("yes", 0.9)}, Command.SKIP),
        ("还没想好，跳过", "skills", {"skills": Fact("还没想好", 0.5)}, None),
        ("二百人", None, {}, None),
    ],
)
def test_what_answers_or_states_something_is_no_command(
    text: str, asking: str | None, facts: dict[str, Fact], command: Command | None
) -> None:
    assert command_in(utterance(text, commands=Commands()), asking, facts) is command


@pytest.mark.parametrize(
    ("text", "facts", "command"),
    [
        ("停，我去喂猪", {}, Command.STOP),
        ("我去喂猪，不办了就取消", {}, Command.CANCEL),
        ("停，我要人工", {}, Command.HUMAN),
        ("人工，停", {}, Command.HUMAN),
        ("取消，停", {}, Command.CANCEL),
        ("安静，我去喂猪", {}, None),
        ("我去喂猪", {}, None),
        ("停，我们二百人", STAFF, None),
        ("停，会编竹篮", {"skills": Fact("编竹篮", 0.9)}, Command.STOP),
    ],
)
def test_to_end_it_or_to_find_a_person_counts_beside_what_answers_nothing(
    text: str, facts: dict[str, Fact], command: Command | None
) -> None:
    assert command_beside(utterance(text, commands=Commands()), facts) is command


@pytest.mark.parametrize(
    ("command", "little", "much"),
    [
        (Command.STOP, Move.LEAVE, Move.ASK_BEFORE_LEAVING),
        (Command.CANCEL, Move.LEAVE, Move.ASK_BEFORE_LEAVING),
        (Command.BYE, Move.LEAVE, Move.ASK_BEFORE_LEAVING),
        (Command.RESTART, Move.START_OVER, Move.ASK_BEFORE_LEAVING),
        (Command.SKIP, Move.SKIP, Move.SKIP),
        (Command.DONT_KNOW, Move.DONT_KNOW, Move.DONT_KNOW),
        (Command.GO_BACK, Move.GO_BACK, Move.GO_BACK),
        (Command.REPEAT, Move.REPEAT, Move.REPEAT),
        (Command.QUIET, Move.BE_QUIET, Move.BE_QUIET),
        (Command.SLOWER, Move.SLOWER, Move.SLOWER),
        (Command.FASTER, Move.FASTER, Move.FASTER),
        (Command.HUMAN, Move.PERSON, Move.PERSON),
        # Those that only the classifier tells.
        (Command.LOUDER, None, None),
        (Command.WHY_ASKED, None, None),
        (Command.HELP, None, None),
        (Command.EASIER, None, None),
        (Command.DETAIL, None, None),
        (Command.RESUME, None, None),
        (None, None, None),
    ],
)
def test_nothing_that_took_long_to_tell_is_left_without_asking(
    command: Command | None, little: Move | None, much: Move | None
) -> None:
    assert (command_move(LITTLE, command), command_move(MUCH, command)) == (little, much)


def test_whoever_was_asked_and_says_it_again_leaves() -> None:
    asked = replace(MUCH, leaving=True)
    assert [command_move(asked, each) for each in (Command.STOP, Command.RESTART)] == [Move.LEAVE, Move.START_OVER]


@pytest.mark.parametrize(
    ("intents", "may"),
    [
        (("inform", "correct", "ask", "greet", "nonsense", "register", "deny"), True),
        (("easier", "detail", "help", "resume", "why_asked"), False),
        (("stop", "cancel", "bye", "start_over", "skip", "dont_know", "go_back", "repeat"), False),
        (("human", "slower", "faster"), False),
        (("crisis", "script_hant", "script_hans", "too_long"), False),
    ],
)
def test_no_command_is_a_correction(intents: Collection[str], may: bool) -> None:
    assert {intent: may_correct(intent) for intent in intents} == dict.fromkeys(intents, may)


# the next move -------------------------------------------------------------------------------------------------------


def move(
    state: FormState,
    intent: str,
    confidence: float,
    facts: dict[str, Fact],
    text: str,
    command: Command | None = None,
    beside: Command | None = None,
) -> Move:
    said = utterance(text, intent=intent, confidence=confidence)
    return next_move(state, said, intent, facts, JOURNEYS[state.journey].slots, command, beside)


@pytest.mark.parametrize(
    ("intent", "confidence", "facts", "text", "expected"),
    [
        ("silence", 1.0, {}, "", Move.SILENCE),
        ("silence", 0.1, STAFF, "二百", Move.SILENCE),
        # Danger goes before any answer; the rest of what is never one, before an answer that is less sure.
        ("crisis", 0.1, STAFF, "二百", Move.ANSWER_FIRST),
        ("too_long", 1.0, {}, "很长的话", Move.ANSWER_FIRST),
        ("script_hant", 0.9, STAFF, "繁体", Move.ANSWER_FIRST),
        ("script_hans", 0.8, STAFF, "二百", Move.TAKE),
        # Commands of the classifier, where it is sure of them and surer than of the answer.
        ("easier", 0.41, {}, "简单点", Move.EASIER),
        ("detail", 0.9, {}, "详细点", Move.DETAIL),
        ("help", 0.9, {}, "帮帮我", Move.HELP),
        ("resume", 0.9, {}, "继续", Move.ASK_AGAIN),
        ("why_asked", 0.9, {}, "问这个干嘛", Move.DETAIL),
        ("easier", 0.4, {}, "简单点", Move.MISFIT),
        ("easier", 0.9, STAFF, "简单点二百", Move.EASIER),
        ("easier", 0.8, STAFF, "简单点二百", Move.TAKE),
        ("easier", 0.9, BESIDE, "简单点，两千", Move.EASIER),
        # A word inside an answer may look like these; the whole turn being one is told by its command.
        ("stop", 0.9, STAFF, "停产后二百人", Move.TAKE),
        ("skip", 0.9, {}, "跳舞", Move.MISFIT),
        ("human", 0.9, {}, "人工费怎么算", Move.ANSWER_FIRST),
        # Nonsense and small talk, against an answer.
        ("nonsense", 0.9, STAFF, "二百五", Move.MISFIT),
        ("nonsense", 0.8, STAFF, "二百五", Move.TAKE),
        ("nonsense", 0.9, BESIDE, "两千", Move.TAKE),
        ("nonsense", 0.9, {}, "啦啦啦", Move.MISFIT),
        ("nonsense", 0.9, {}, "啦啦啦吗", Move.MISFIT),
        ("greet", 0.9, STAFF, "你好，二百", Move.ANSWER_FIRST),
        ("thanks", 0.8, STAFF, "谢谢，二百", Move.TAKE),
        ("praise", 0.9, BESIDE, "你真好，两千", Move.TAKE),
        ("greet", 0.9, {}, "你好", Move.ANSWER_FIRST),
        # What is stated for the journey and not put as a question.
        ("inform", 0.9, STAFF, "二百人", Move.TAKE),
        ("ask", 0.9, STAFF, "我们二百人", Move.TAKE),
        ("ask", 0.9, BESIDE, "工资两千", Move.TAKE),
        ("ask", 0.9, ELSEWHERE, "安置过两次", Move.ANSWER_FIRST),
        ("ask", 0.9, STAFF, "二百人要交多少", Move.ANSWER_FIRST),
        ("ask", 0.9, {}, "交的钱有规定", Move.ANSWER_FIRST),
        # Corrections, and the journey itself asked for once more.
        ("correct", 0.9, {}, "说错了", Move.CORRECT),
        ("correct", 0.9, ELSEWHERE, "说错了", Move.CORRECT),
        ("correct", 0.9, STAFF, "说错了，是二百，行吗", Move.TAKE),
        ("reward", 0.9, {}, "超比例奖励怎么算", Move.ASK_AGAIN),
        ("reward", 0.9, STAFF, "二百人奖励多少", Move.TAKE),
        ("quota", 0.9, {}, "要安排几个", Move.ANSWER_FIRST),
        # What makes no sense as anything but an answer, or is unsure.
        ("affirm", 0.9, {}, "是的", Move.MISFIT),
        ("deny", 0.9, {}, "不是", Move.MISFIT),
        ("nlu_fallback", 0.9, {}, "咕噜", Move.MISFIT),
        ("inform", 0.9, {}, "什么意思", Move.ANSWER_FIRST),
        ("inform", 0.9, STAFF, "二百人吗", Move.TAKE),
        ("ask", 0.4, {}, "咕噜", Move.MISFIT),
        ("ask", 0.4, {}, "咕噜吗", Move.ANSWER_FIRST),
        ("ask", 0.4, STAFF, "二百人吗", Move.TAKE),
        ("ask", 0.41, {}, "咕噜", Move.ANSWER_FIRST),
    ],
)
def test_what_a_message_is_to_the_question_about_staff(
    intent: str, confidence: float, facts: dict[str, Fact], text: str, expected: Move
) -> None:
    assert move(REWARD, intent, confidence, facts, text) is expected


@pytest.mark.parametrize(
    ("state", "intent", "text", "expected"),
    [
        # 都行 leaves a question open that a registration can do without.
        (WISHES, "inform", "都行", Move.SKIP),
        (WISHES, "ask", "随便", Move.SKIP),
        (WISHES, "inform", "都行，我编竹篮", Move.MISFIT),
        (REGISTER, "inform", "都行", Move.MISFIT),
        (POSTS, "inform", "都行", Move.MISFIT),
        # What is no question is an answer there, understood or not.
        (REGISTER, "ask", "咕噜", Move.MISFIT),
        (REGISTER, "ask", "咕噜吗", Move.ANSWER_FIRST),
        (REGISTER, "greet", "咕噜", Move.ANSWER_FIRST),
        (FormState("my_data", asking="phone"), "ask", "咕噜", Move.MISFIT),
        (POSTS, "ask", "咕噜", Move.ANSWER_FIRST),
    ],
)
def test_a_registration_takes_what_is_no_question_for_an_answer(
    state: FormState, intent: str, text: str, expected: Move
) -> None:
    assert move(state, intent, 0.9, {}, text) is expected


def test_what_is_said_of_the_very_question_is_not_passed_over_as_any_choice() -> None:
    assert move(WISHES, "inform", 0.9, {"skills": Fact("都行", 0.8)}, "都行") is Move.TAKE


@pytest.mark.parametrize(
    ("tries", "intent", "facts", "expected"),
    [
        (3, "affirm", {}, Move.PERSON),
        (2, "affirm", {}, Move.MISFIT),
        (3, "deny", {}, Move.MISFIT),
        (3, "affirm", {"staff": Fact(None, 0.9, problem="vague")}, Move.TAKE),
        (3, "affirm", STAFF, Move.TAKE),
        (3, "crisis", {}, Move.ANSWER_FIRST),
    ],
)
def test_a_yes_after_the_offer_finds_a_person(tries: int, intent: str, facts: dict[str, Fact], expected: Move) -> None:
    assert move(replace(REWARD, tries=tries), intent, 0.9, facts, "好") is expected


@pytest.mark.parametrize(
    ("leaving", "command", "beside", "expected"),
    [
        (False, Command.SKIP, None, Move.SKIP),
        (False, Command.EASIER, None, Move.MISFIT),
        (False, Command.SKIP, Command.HUMAN, Move.SKIP),
        (False, None, Command.STOP, Move.ASK_BEFORE_LEAVING),
        (False, None, Command.CANCEL, Move.ASK_BEFORE_LEAVING),
        (False, None, Command.HUMAN, Move.PERSON),
        (False, None, Command.SKIP, Move.MISFIT),
        (True, None, Command.STOP, Move.MISFIT),
        (True, Command.STOP, None, Move.LEAVE),
    ],
)
def test_a_whole_command_goes_before_one_that_stands_beside_something(
    leaving: bool, command: Command | None, beside: Command | None, expected: Move
) -> None:
    assert move(replace(REWARD, leaving=leaving), "inform", 0.9, {}, "咕噜", command, beside) is expected


def test_danger_and_silence_go_before_commands_and_commands_before_what_the_classifier_heard() -> None:
    told = {"command": Command.STOP, "beside": Command.HUMAN}
    assert move(REWARD, "crisis", 0.9, {}, "停", **told) is Move.ANSWER_FIRST
    assert move(REWARD, "silence", 0.9, {}, "停", **told) is Move.SILENCE
    assert move(REWARD, "easier", 0.9, {}, "停", **told) is Move.LEAVE
    assert move(REWARD, "easier", 0.9, {}, "停", beside=Command.HUMAN) is Move.PERSON


# a form that waits in silence ----------------------------------------------------------------------------------------

WAITING = FormState("reward", {"staff": "200"}, asking="disabled_staff", passed_over=2)
FIVE = {"disabled_staff": Fact("5", 0.4)}


@pytest.mark.parametrize(
    ("text", "intent", "facts", "expected"),
    [
        ("五个", "inform", FIVE, Move.TAKE),
        ("最低工资两千", "inform", BESIDE, Move.TAKE),
        ("有五个行不行", "ask", FIVE, Move.ANSWER_FIRST),
        ("大概两百人", "inform", HARDLY, Move.ANSWER_FIRST),
        ("两次", "inform", ELSEWHERE, Move.ANSWER_FIRST),
        ("是", "affirm", {"disabled_staff": Fact("yes", 1.0)}, Move.ANSWER_FIRST),
        ("我在抚州", "inform", {}, Move.ANSWER_FIRST),
        ("阿斯顿", "nonsense", {}, Move.ANSWER_FIRST),
        ("说简单点", "easier", {}, Move.ANSWER_FIRST),
        ("为什么", "why_asked", {}, Move.ANSWER_FIRST),
        ("继续", "resume", {}, Move.ASK_AGAIN),
    ],
)
def test_to_a_form_that_waits_only_what_is_plainly_for_it_is_said(
    text: str, intent: str, facts: dict[str, Fact], expected: Move
) -> None:
    assert move(WAITING, intent, 0.9, facts, text) is expected


def test_a_form_that_waits_is_still_left_by_a_whole_command() -> None:
    assert move(WAITING, "cancel", 0.9, {}, "取消", Command.CANCEL) is Move.LEAVE


@pytest.mark.parametrize(("passed_over", "waits"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_question_is_put_once_more_and_then_waits(passed_over: int, waits: bool) -> None:
    assert FormState("reward", asking="staff", passed_over=passed_over).waits is waits
