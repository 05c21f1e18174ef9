"""Garbage of every kind over real HTTP: nothing answers with a fault, and the run itself would notice one."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
import uvicorn

from benchmarks.figures import Table
from bot.app.connections import configured
from bot.conversation import Conversation
from bot.web.app import create_app
from bot.web.callers import Callers
from tests.bot.speech.hearing_and_speaking import FakeHearing, speech
from tests.bot.web.cookies import KEY, callers
from tools.fuzz.chats import chats
from tools.fuzz.frames import closing_code, frame, garbage_talks, talk
from tools.fuzz.recordings import recordings
from tools.fuzz.report import DoorRun, summary
from tools.fuzz.requests import NO_ANSWER, Answered, Garbage
from tools.fuzz.sending import is_alive, send, within
from voice.listening.transcripts import NOTHING, Hints, Transcript
from voice.sound.audio import Pcm

SEED = 7
HOST = "127.0.0.1"


class NobodySpeaks(FakeHearing):
    """Hears no word in any sound, as there is none in these."""

    async def hear(self, pcm: Pcm, hints: Hints = Hints()) -> Transcript:
        return NOTHING


@pytest.fixture
async def port(conversation: Conversation) -> AsyncIterator[int]:
    """Where the service listens, with the real conversation and the real reader of recordings."""
    listening = socket.create_server((HOST, 0))
    known: Callers = callers()
    server = uvicorn.Server(configured(create_app(conversation, speech(NobodySpeaks()), callers=known), ()))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        await asyncio.sleep(0.01)
    yield listening.getsockname()[1]
    server.should_exit = True
    await serving


async def sent(port: int, *garbage: Garbage) -> list[Answered]:
    return [await asyncio.to_thread(send, HOST, port, each) for each in garbage]


async def test_no_chat_is_answered_with_a_fault(port: int) -> None:
    answers = await sent(port, *chats(60, SEED, KEY))

    assert [each for each in answers if each.is_fault or each.is_error_reply] == []
    assert {200, 422} <= {each.status for each in answers}
    assert await asyncio.to_thread(is_alive, HOST, port)


async def test_no_recording_is_answered_with_a_fault(port: int) -> None:
    answers = await sent(port, *recordings(10, SEED))

    assert [each for each in answers if each.is_fault] == []
    assert await asyncio.to_thread(is_alive, HOST, port)


async def test_no_talk_ends_with_a_fault(port: int) -> None:
    answers = [await asyncio.to_thread(talk, HOST, port, *each) for each in garbage_talks(8, SEED)]

    assert [each for each in answers if each.is_fault] == []
    assert await asyncio.to_thread(is_alive, HOST, port)


def test_the_same_seed_sends_the_same() -> None:
    for make in (chats, recordings, garbage_talks):
        assert [*make(30, SEED)] == [*make(30, SEED)]
        assert [*make(30, SEED)] != [*make(30, SEED + 1)]


def test_it_ends_when_the_time_is_up() -> None:
    assert [*within(60, range(3))] == [0, 1, 2]
    assert [*within(-1, range(3))] == []


def test_where_nobody_listens_any_more_that_is_noticed() -> None:
    with socket.create_server((HOST, 0)) as listening:
        closed = listening.getsockname()[1]

    assert not is_alive(HOST, closed)
    with pytest.raises(ConnectionRefusedError):
        send(HOST, closed, next(chats(1, SEED)))


@pytest.mark.parametrize(("status", "is_fault"), [(500, True), (503, True), (1011, True), (429, False), (1008, False)])
def test_a_fault_is_a_fault_over_either_door(status: int, is_fault: bool) -> None:
    assert Answered("", status, 0.0).is_fault == is_fault


def test_the_code_of_a_close_is_read_behind_other_frames() -> None:
    lines = frame(1, b"a" * 300, masked=False)

    assert closing_code(lines + frame(8, b"\x03\xf0", masked=False)) == 1008
    assert closing_code(lines) == NO_ANSWER


def test_the_table_tells_what_came_back() -> None:
    answers = [Answered("a", 200, 0.1), Answered("a", 200, 2.0, True), Answered("b", 500, 0.1)]
    table: Table = summary([DoorRun("POST /api/chat", answers, 4, 900.0, 901.0)])

    assert table.rows == (
        (
            "POST /api/chat",
            "3 of 4",
            "2 × 200, 1 × 500",
            "1",
            "1",
            "1",
            "100 ms",
            "1,810 ms",
            "2,000 ms",
            "900 → 901 MB",
        ),
    )
