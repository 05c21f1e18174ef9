"""Who speaks when: a talk as a table of what happens and what is done."""

from collections.abc import Sequence

from voice.doubts import Doubts, Heard, Verdict
from voice.session import PATIENCE_AFTER, REMIND_AFTER, Do, Session, State, Step
from voice.speaking.sentences import first_part, sentences

LONG = ("第一句话说的是最要紧的事情。", "第二句话补充一点。", "第三句话" + "很长" * 20 + "。", "第四句话。")


def heard(text: str, intent: str = "ask", confidence: float = 0.9) -> Heard:
    return Heard(text, confidence, intent)


def asked(session: Session, text: str = "低保会停吗") -> tuple[Step, ...]:
    """The person says something from beginning to end."""
    return (*session.speech_started(), *session.speech_ended(), *session.heard(heard(text)))


def speaking(said: Sequence[str]) -> Session:
    session = Session()
    asked(session)
    session.answered(said)
    return session


def test_what_was_heard_is_answered_sentence_by_sentence() -> None:
    session = Session()

    assert asked(session) == (Step(Do.ANSWER, "低保会停吗"),)
    assert session.state is State.THINKING
    assert session.answered(["不会停。", "延三年。"]) == (Step(Do.SPEAK, "不会停。"),)
    assert (session.state, session.next_sentence) == (State.SPEAKING, "延三年。")
    assert session.played() == (Step(Do.SPEAK, "延三年。"),)
    assert session.played() == ()
    assert session.state is State.LISTENING


def test_speech_of_the_person_stops_ours_and_is_heard() -> None:
    session = speaking(["不会停。", "延三年。"])

    assert session.speech_started() == (Step(Do.STOP_SPEECH),)
    session.speech_ended()
    assert session.heard(heard("那找谁")) == (Step(Do.ANSWER, "那找谁"),)


def test_a_cough_does_not_lose_the_answer() -> None:
    session = speaking(["不会停。", "延三年。"])
    session.played()
    session.speech_started()
    session.speech_ended()

    assert session.heard(heard("")) == (Step(Do.SPEAK, "延三年。"),)


def test_after_stop_the_rest_is_heard_on_request() -> None:
    session = speaking(["不会停。", "延三年。"])
    session.speech_started()
    session.speech_ended()
    assert session.heard(heard("停", "stop")) == (Step(Do.ANSWER, "停"),)
    session.answered(["好的。"])
    session.played()

    session.speech_started()
    session.speech_ended()
    assert session.heard(heard("继续", "resume")) == (Step(Do.SPEAK, "不会停。"),)
    assert session.next_sentence == "延三年。"


def test_the_stop_button_is_silence_and_no_turn() -> None:
    session = speaking(["不会停。"])

    assert session.stop() == (Step(Do.STOP_SPEECH),)
    assert (session.stop(), session.state) == ((), State.LISTENING)


def test_a_long_answer_is_offered_after_two_sentences_and_yes_brings_the_rest() -> None:
    session = speaking(LONG)
    assert session.played() == (Step(Do.SPEAK, LONG[1]),)
    assert session.played() == (Step(Do.OFFER_MORE),)
    assert session.offered(["后面还有，要接着听吗？"]) == (Step(Do.SPEAK, "后面还有，要接着听吗？"),)
    session.played()

    session.speech_started()
    session.speech_ended()
    assert session.heard(heard("要", "affirm")) == (Step(Do.SPEAK, LONG[2]),)


def test_whoever_asks_something_else_instead_of_hearing_more_is_answered() -> None:
    session = speaking(LONG)
    session.played()
    session.played()
    session.offered(["后面还有，要接着听吗？"])

    assert asked(session, "那找谁") == (Step(Do.STOP_SPEECH), Step(Do.ANSWER, "那找谁"))
    session.answered(["县残联。"])
    session.played()
    assert asked(session, "要")[-1] == Step(Do.ANSWER, "要")


def test_a_question_of_a_form_is_said_whole() -> None:
    session = Session()
    asked(session)
    session.answered(LONG, whole=True)

    assert [step.text for _ in LONG[1:] for step in session.played()] == list(LONG[1:])


def test_an_answer_that_comes_while_the_person_speaks_waits_for_them() -> None:
    session = Session()
    asked(session)
    session.speech_started()

    assert session.answered(["不会停。"]) == ()
    session.speech_ended()
    assert session.heard(heard("")) == (Step(Do.SPEAK, "不会停。"),)


def test_whoever_waits_is_asked_for_patience_once() -> None:
    session = Session()
    asked(session)
    session.tick(10.0)

    assert session.tick(10.0 + PATIENCE_AFTER) == (Step(Do.PATIENCE),)
    assert session.tick(20.0) == ()


def test_silence_brings_one_reminder_and_no_end() -> None:
    session = Session()
    session.tick(0.0)

    assert session.tick(REMIND_AFTER - 1) == ()
    assert session.tick(REMIND_AFTER) == (Step(Do.REMIND),)
    assert [step for hour in range(1, 9) for step in session.tick(3_600.0 * hour)] == []


def test_sound_that_was_played_after_stop_changes_nothing() -> None:
    session = speaking(["不会停。", "延三年。"])
    session.stop()

    assert (session.played(), session.state) == ((), State.LISTENING)


def test_what_is_unsure_is_said_back_and_counts_after_a_yes() -> None:
    doubts = Doubts()

    assert doubts.judge(heard("城相低保", confidence=0.3)) == (Verdict.SAY_BACK, "城相低保")
    assert doubts.judge(heard("对", "affirm")) == (Verdict.TAKE, "城相低保")
    assert doubts.judge(heard("对", "affirm")) == (Verdict.TAKE, "对")


def test_after_a_no_it_is_said_again() -> None:
    doubts = Doubts()
    doubts.judge(heard("城相低保", confidence=0.3))

    assert doubts.judge(heard("不对", "deny")) == (Verdict.SAY_AGAIN, "")
    assert doubts.judge(heard("城乡低保")) == (Verdict.TAKE, "城乡低保")


def test_whoever_simply_says_it_again_is_not_asked_for_a_yes() -> None:
    doubts = Doubts()
    doubts.judge(heard("城相低保", confidence=0.3))

    assert doubts.judge(heard("城乡低保")) == (Verdict.TAKE, "城乡低保")


def test_commands_are_done_even_where_they_were_hardly_heard() -> None:
    assert Doubts().judge(heard("停", "stop", confidence=0.1)) == (Verdict.TAKE, "停")


def test_nobody_is_asked_back_for_ever() -> None:
    doubts = Doubts()
    verdicts = [doubts.judge(heard("嗡嗡", confidence=0.1))[0] for _ in range(4)]

    assert verdicts == [Verdict.SAY_BACK, Verdict.SAY_BACK, Verdict.TAKE, Verdict.SAY_BACK]


def test_sentences_keep_their_marks_and_nothing_silent_is_one() -> None:
    assert sentences("不会停。延三年！好吗？。") == ("不会停。", "延三年！", "好吗？。")
    assert sentences("……") == ()


def test_a_short_rest_is_said_and_not_offered() -> None:
    said = ("第一句话。", "第二句话。", "要听详细的吗？")

    assert first_part(said) == (said, ())
    assert first_part(LONG) == (LONG[:2], LONG[2:])
