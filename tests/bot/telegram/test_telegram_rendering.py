"""What Telegram shows of a reply: whole, in order, and safe whatever anybody wrote."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Button, Citation, Message
from bot.telegram.rendering import LONGEST, LONGEST_DATA, Rendered, render, visible_length
from dialogue.mark import Status
from tests.bot.telegram.emulator import _shown

CITED = Citation("jiangxi-2022-2024", "2.5.5", "低保渐退", "享受城乡低保的…")


def visible(rendered: Rendered) -> str:
    return _shown(rendered.html)


def test_a_citation_is_a_quiet_quote_that_folds() -> None:
    (rendered,) = render([Message("不会停。", "", citations=(CITED,))], Status.ANSWERED)

    assert rendered.html == "不会停。\n\n<blockquote expandable>低保渐退\n享受城乡低保的…</blockquote>"


def test_clauses_that_are_only_offered_are_not_quoted() -> None:
    assert render([Message("哪个？", "", citations=(CITED,))], Status.CLARIFY) == [Rendered("哪个？")]


def test_choices_are_digits_too_counted_through_all_messages() -> None:
    first = Message("甲？", "", (Button("一", "a"), Button("二", "b")))
    (rendered,) = render([first, Message("或者", "", (Button("三", "c"),))], Status.CLARIFY)

    assert rendered == Rendered("甲？\n1. 一\n2. 二\n\n或者\n3. 三", (("一", "a"), ("二", "b"), ("三", "c")))


@pytest.mark.parametrize(("payload", "sent"), [("a" * 64, "a" * 64), ("字" * 22, "标题"), ("a" * 65, "标题")])
def test_a_payload_that_is_too_long_for_a_button_gives_way_to_its_title(payload: str, sent: str) -> None:
    (rendered,) = render([Message("？", "", (Button("标题", payload),))], Status.CHAT)

    assert rendered.buttons == (("标题", sent),)


@pytest.mark.parametrize("messages", [[], [Message("", "")], [Message(" \n", "")]])
def test_nothing_gives_nothing(messages: list[Message]) -> None:
    # Telegram refuses a message without anything in it.
    assert render(messages, Status.HANDOFF) == []


def test_a_long_text_is_cut_behind_a_sentence_and_its_buttons_stand_last() -> None:
    sentence = "这一句话有二十个字那么长不多也不少的。"
    message = Message(sentence * 400, "", (Button("详细", "详细"),))
    parts = render([message], Status.ANSWERED)

    assert "".join(map(visible, parts)) == f"{sentence * 400}\n1. 详细".replace("\n1", "\n1")
    assert all(visible(each).endswith("。") for each in parts[:-1])
    assert [bool(each.buttons) for each in parts] == [False] * (len(parts) - 1) + [True]


words = st.text(st.one_of(st.sampled_from("<>&\"'。！\n/b😀"), st.characters(blacklist_categories=["Cs"])), max_size=60)
messages = st.builds(
    Message,
    st.one_of(words, words.map(lambda text: text * 200)),
    st.just(""),
    st.lists(st.builds(Button, words.filter(bool), words.filter(bool)), max_size=3).map(tuple),
    st.lists(st.builds(Citation, st.just("d"), words, words, words.map(lambda text: text * 90)), max_size=2).map(tuple),
)


@given(st.lists(messages, max_size=3))
def test_whatever_is_said_telegram_takes_it_and_nothing_is_left_out(said: list[Message]) -> None:
    parts = render(said, Status.ANSWERED)
    shown = [visible(each) for each in parts]

    assert [each for each in parts if "<blockquote" in each.html and "</blockquote>" not in each.html] == []
    assert all(visible_length(text) <= LONGEST for text in shown)
    assert all(len(data.encode()) <= LONGEST_DATA for each in parts for _, data in each.buttons)
    whole = "".join("".join(text.split()) for text in shown)
    assert [each.text for each in said if "".join(each.text.split()) not in whole] == []
    assert all(re.search(r"\S", text) for text in shown)
