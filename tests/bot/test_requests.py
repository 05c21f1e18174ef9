"""A turn read from JSON, or the field that is wrong."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Mode, Script, Turn
from bot.requests import RequestError, named_at, parse_turn
from bot.senders import OPEN, Sender


def body(**fields: Any) -> bytes:
    return json.dumps({"sender": "a", "text": "有补贴吗", **fields}).encode()


def refusal(content: bytes) -> str:
    with pytest.raises(RequestError) as caught:
        parse_turn(content, "web", named_at(OPEN))
    return str(caught.value)


def test_a_turn_has_its_sender_its_text_and_the_door_it_came_through() -> None:
    assert parse_turn(body(), "terminal", named_at(OPEN)) == Turn(Sender(OPEN, "a"), "有补贴吗", "terminal", None, None)


@pytest.mark.parametrize(
    ("fields", "mode", "script"),
    [
        ({"mode": "text"}, Mode.TEXT, None),
        ({"mode": "voice"}, Mode.VOICE, None),
        ({"mode": "easy"}, Mode.EASY, None),
        ({"script": "hans"}, None, Script.SIMPLIFIED),
        ({"script": "hant"}, None, Script.TRADITIONAL),
        ({"mode": None, "script": None}, None, None),
    ],
)
def test_a_turn_may_say_how_it_is_to_be_answered(
    fields: dict[str, Any], mode: Mode | None, script: Script | None
) -> None:
    assert parse_turn(body(**fields), "web", named_at(OPEN)) == Turn(Sender(OPEN, "a"), "有补贴吗", "web", mode, script)


@pytest.mark.parametrize("text", ["", " ", "残" * 10_000, "a\nb", "/restart", "😀"])
def test_what_a_person_says_is_taken_as_it_is(text: str) -> None:
    assert parse_turn(body(text=text), "web", named_at(OPEN)).text == text


def test_half_a_character_of_a_text_is_left_out() -> None:
    assert parse_turn(b'{"sender": "a", "text": "\\ud800\\u6b8b"}', "web", named_at(OPEN)).text == "残"


def test_a_field_named_with_half_a_character_is_refused_in_words_that_can_be_printed() -> None:
    assert refusal(b'{"sender": "a", "text": "", "x\\ud800": 1}').encode() == b"x: extra fields not permitted"


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        pytest.param(body(sender=""), "sender: ", id="an empty sender"),
        pytest.param(body(sender="a" * 201), "sender: ", id="a long sender"),
        pytest.param(body(sender=1), "sender: ", id="a sender that is a number"),
        pytest.param(body(sender=None), "sender: ", id="no sender"),
        pytest.param(b'{"sender": "a\\ud800", "text": "x"}', "sender: ", id="a sender that no file can hold"),
        pytest.param(body(text=5), "text: ", id="a text that is a number"),
        pytest.param(body(text=["x"]), "text: ", id="a text that is a list"),
        pytest.param(b'{"sender": "a"}', "text: field required", id="no text"),
        pytest.param(body(mode="loud"), "mode: ", id="an unknown mode"),
        pytest.param(body(script="latin"), "script: ", id="an unknown script"),
        pytest.param(body(language="zh"), "language: extra fields not permitted", id="an unknown field"),
        pytest.param(body(__pydantic_self__=1), "__pydantic_self__: extra", id="a field named as one of pydantic's"),
        pytest.param(body(self=1), "self: extra fields not permitted", id="a field named self"),
        pytest.param(b"[]", 'body: must be an object such as {"text": "…"}', id="a list"),
        pytest.param(b"null", "body: must be an object", id="null"),
        pytest.param(b'"x"', "body: must be an object", id="a text"),
        pytest.param(b"", "body: not JSON (", id="nothing"),
        pytest.param(b"{", "body: not JSON (", id="half an object"),
        pytest.param(b"\xff", "body: not JSON (", id="bytes of no text"),
        pytest.param(b"[" * 100_000, "body: not JSON (", id="a very deep list"),
    ],
)
def test_what_is_no_turn_is_refused_with_its_field(content: bytes, refused: str) -> None:
    assert refusal(content)[: len(refused)] == refused


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["sender", "text", "mode", "script", "x"]), inner)
    ),
)


@given(_JSON)
def test_any_json_is_a_turn_or_refused(value: Any) -> None:
    assert isinstance(_outcome(json.dumps(value).encode()), Turn | RequestError)


def _outcome(content: bytes) -> RequestError | Turn:
    try:
        return parse_turn(content, "web", named_at(OPEN))
    except RequestError as error:
        return error
