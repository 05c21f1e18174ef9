"""What a turn costs in process: processor time, and how often each reading of its words is made, and made again."""

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import CodeType, FrameType
from typing import Any

from benchmarks.figures import Figure, Report, Table, milliseconds
from benchmarks.options import Options
from benchmarks.questions import read_questions
from benchmarks.var_folder import with_own_var
from bot.app.service import build_service
from bot.conversation import Conversation
from bot.engine.conversation_rows import ConversationRows
from bot.engine.tracker_store import CompactTrackerStore
from bot.messages import Turn
from bot.senders import TERMINAL, Sender
from knowledge.commands.command_reader import CommandReader
from knowledge.consent.consent_reader import ConsentReader, TopicReader
from knowledge.facts.corrections import is_correction
from knowledge.facts.fact_reader import FactReader
from knowledge.facts.question_words import is_question, stated_part
from knowledge.facts.registration import read_registration
from knowledge.language.writing import normalised
from knowledge.search.answers import Answerer

_QUESTIONS, _QUICK_QUESTIONS = 300, 30
_ROUNDS, _QUICK_ROUNDS = 8, 1
_TALKS = (
    ("帮我算一下超比例奖励", "一百二十个人", "五个", "一千八百五", "不对,残疾人是六个"),
    ("公益岗还能再安排吗", "做过一次", "合格"),
    ("帮我看看有哪些政策适合我", "我自己", "眼睛看不见", "想学按摩", "村里", "没上过大学", "没有低保"),
    (
        *("我要登记就业需求", "同意", "同意", "我叫刘小梅", "幺三八零零幺三八零零零", "南昌进贤那边", "女的"),
        *(
            "八五年的",
            "我是看不见的",
            "一级",
            "初中没读完",
            "会按摩",
            "想做按摩",
            "就近",
            "想学电脑",
            "要有人带路",
            "是",
        ),
    ),
    ("我要登记", "同意", "同意", "我叫刘小梅，电话13800138000，住南昌进贤，女，八五年的，视力一级，会按摩"),
)
_READINGS: Mapping[str, tuple[Callable[..., object], ...]] = {
    "normal form": (normalised,),
    "whether it asks": (is_question,),
    "what of it states": (stated_part,),
    "whether it corrects": (is_correction,),
    "facts": (FactReader.read,),
    "facts of a registration": (read_registration,),
    "command": (CommandReader.read,),
    "consent": (ConsentReader.read,),
    "what is asked before consent": (TopicReader.read,),
    "answer of the documents": (Answerer.answer,),
    "the conversation, looked at": (CompactTrackerStore.peek, CompactTrackerStore.retrieve),
    "the database, asked for it": (ConversationRows.read, ConversationRows.has),
}
_OF = ("text", "asked", "settled", "question", "sender", "sender_id", "is_answered")
"""The arguments by which one reading is the same as another."""


@dataclass
class _Calls:
    """What was called in some turns."""

    made: Counter[str] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)
    """Those of `made` that had been made in the same turn with the same arguments."""
    turns: int = 0

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Counts what one turn calls; it takes much longer for that."""
        names = {_code(each): name for name, functions in _READINGS.items() for each in functions}
        seen: set[tuple[Any, ...]] = set()

        def note(frame: FrameType, event: str, _: object) -> None:
            name = names.get(frame.f_code) if event == "call" else None
            if name is None:
                return
            of = (frame.f_code, *(repr(frame.f_locals.get(each)) for each in _OF))
            self.made[name] += 1
            self.again[name] += of in seen
            seen.add(of)

        self.turns += 1
        sys.setprofile(note)
        try:
            yield
        finally:
            sys.setprofile(None)


def measure(options: Options) -> Report:
    """Questions nobody trained on, each asked by somebody new, then journeys; a second time to count the readings."""
    rounds = _QUICK_ROUNDS if options.quick else _ROUNDS
    questions = [[each] for each in _unseen(options)]
    with with_own_var(options.settings) as settings:
        asyncio.set_event_loop(asyncio.new_event_loop())
        conversation = build_service(settings).conversation
        run = asyncio.get_event_loop().run_until_complete
        run(_seconds(conversation, _TALKS, "warm"))
        asked = run(_seconds(conversation, questions, "question"))
        told = run(_seconds(conversation, _TALKS * rounds, "form"))
        of_questions = run(_calls(conversation, questions, "counted-question"))
        of_forms = run(_calls(conversation, _TALKS, "counted-form"))
    return Report(
        tuple(
            Figure(f"processor time of a turn of {what}, {name}", milliseconds(seconds, percentile), "ms")
            for what, seconds in ((f"{len(asked)} unseen questions", asked), (f"a form, {len(told)} turns", told))
            for name, percentile in (("median", 50), ("p95", 95))
        ),
        (_table("Calls in a turn of a question", of_questions), _table("Calls in a turn of a form", of_forms)),
        ("again: with the same words, and the same slot asked for, as before in the turn",),
    )


def _unseen(options: Options) -> Sequence[str]:
    texts = [each.text for each in read_questions(options.questions) if each.covered and each.set != "heldout"]
    random.Random(0).shuffle(texts)
    return texts[: _QUICK_QUESTIONS if options.quick else _QUESTIONS]


def _code(function: Callable[..., object]) -> CodeType:
    code: CodeType = function.__code__
    return code


async def _seconds(conversation: Conversation, talks: Sequence[Sequence[str]], name: str) -> list[float]:
    """Processor time of each turn, of all threads; every talk is somebody else's."""
    seconds = []
    for number, talk in enumerate(talks):
        for text in talk:
            started = time.process_time()
            await conversation.handle(Turn(Sender(TERMINAL, f"{name}-{number}"), text))
            seconds.append(time.process_time() - started)
    return seconds


async def _calls(conversation: Conversation, talks: Sequence[Sequence[str]], name: str) -> _Calls:
    calls = _Calls()
    for number, talk in enumerate(talks):
        for text in talk:
            with calls.counting():
                await conversation.handle(Turn(Sender(TERMINAL, f"{name}-{number}"), text))
    return calls


def _table(title: str, calls: _Calls) -> Table:
    rows = [
        (name, f"{calls.made[name] / calls.turns:.1f}", f"{calls.again[name] / calls.turns:.1f}") for name in _READINGS
    ]
    return Table(title, ("", "a turn", "again"), tuple(rows))
