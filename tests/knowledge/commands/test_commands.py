"""A command counts only where the whole turn is that command."""

import pytest

from bot.settings import Settings
from knowledge.commands.command_reader import Command, CommandReader
from knowledge.commands.learn_commands import learn_commands


@pytest.fixture(scope="module")
def reader(settings: Settings) -> CommandReader:
    return learn_commands(settings.cache)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("停", Command.STOP),
        ("取消", Command.CANCEL),
        ("算了", Command.CANCEL),
        ("跳过", Command.SKIP),
        ("安静", Command.QUIET),
        ("重新开始", Command.RESTART),
        ("转人工", Command.HUMAN),
        ("慢一点", Command.SLOWER),
        ("麻烦你，慢一点", Command.SLOWER),
    ],
)
def test_a_whole_command_is_one(reader: CommandReader, text: str, command: Command) -> None:
    assert reader.read(text) is command


@pytest.mark.parametrize(
    "text",
    [
        "怕吵，要安静一点",
        "我会修停车场的道闸",
        "想做人工客服",
        "慢一点的活",
        "取消了低保以后就没做事",
        "谢谢",
        "好的，谢谢",
    ],
)
def test_a_word_inside_an_answer_is_none(reader: CommandReader, text: str) -> None:
    assert reader.read(text) is None


@pytest.mark.parametrize(
    ("text", "command"),
    [("还没开张，跳过", Command.SKIP), ("没人告诉我，不知道", Command.DONT_KNOW), ("怕吵，取消", None), ("", None)],
)
def test_only_what_loses_nothing_may_stand_behind_something_else(
    reader: CommandReader, text: str, command: Command | None
) -> None:
    assert reader.read_end(text) is command
