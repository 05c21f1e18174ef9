"""What a whole command does to an open form, as a table."""

import pytest

from dialogue.next_move import Move, command_move, told_command
from dialogue.state import FormState
from knowledge.commands.reading import Command
from knowledge.facts.reading import Fact

LITTLE = FormState("register", {"consent": "yes"}, asking="name")
MUCH = FormState("register", {"consent": "yes", "name": "陈建平", "phone": "13800001234"}, asking="accommodation")


class KnowsCommands:
    """不清楚 and 安静 anywhere are commands, as far as it knows; it hears 跳过 at an end."""

    def read(self, text: str) -> Command | None:
        found = {"不清楚": Command.DONT_KNOW, "安静": Command.QUIET, "取消": Command.CANCEL}
        return next((command for word, command in found.items() if word in text), None)

    def read_end(self, text: str) -> Command | None:
        return Command.SKIP if text.endswith("跳过") else None


@pytest.mark.parametrize(
    ("text", "asking", "facts", "command"),
    [
        ("安静", "name", {}, Command.QUIET),
        ("安静", "name", {"name": Fact("安静", 1.0)}, None),
        ("安静", "accommodation", {"accommodation": Fact("安静", 0.8)}, Command.QUIET),
        ("说话不清楚", "skills", {"disability_type": Fact("言语", 0.9)}, None),
        ("不清楚", "skills", {"disability_type": Fact("言语", 0.2)}, Command.DONT_KNOW),
        ("取消", "skills", {"disability_type": Fact("言语", 0.9)}, Command.CANCEL),
        ("还没开张，跳过", "started", {"self_employed": Fact("yes", 0.9)}, Command.SKIP),
        ("还没想好，跳过", "skills", {"skills": Fact("还没想好", 0.5)}, None),
    ],
)
def test_what_answers_or_states_something_is_no_command(
    text: str, asking: str, facts: dict[str, Fact], command: Command | None
) -> None:
    assert told_command(KnowsCommands(), text, asking, facts) is command  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "command", "move"),
    [
        (LITTLE, Command.STOP, Move.LEAVE),
        (LITTLE, Command.CANCEL, Move.LEAVE),
        (MUCH, Command.STOP, Move.ASK_BEFORE_LEAVING),
        (MUCH, Command.RESTART, Move.ASK_BEFORE_LEAVING),
        (MUCH, Command.SKIP, Move.SKIP),
        (LITTLE, Command.QUIET, Move.BE_QUIET),
        (LITTLE, None, None),
    ],
)
def test_nothing_that_took_long_to_tell_is_left_without_asking(
    state: FormState, command: Command | None, move: Move | None
) -> None:
    assert command_move(state, command) is move


def test_whoever_was_asked_and_says_it_again_leaves() -> None:
    asked = FormState(**{**MUCH.to_slot(), "leaving": True})
    assert command_move(asked, Command.STOP) is Move.LEAVE
