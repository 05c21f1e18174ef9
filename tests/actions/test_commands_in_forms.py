"""What a whole command does to an open form, as a table."""

import pytest

from actions.forms.deciding import Move, command_move
from actions.forms.state import FormState
from knowledge.commands.reading import Command
from knowledge.facts.reading import Fact

LITTLE = FormState("register", {"consent": "yes"}, asking="name")
MUCH = FormState("register", {"consent": "yes", "name": "陈建平", "phone": "13800001234"}, asking="accommodation")


@pytest.mark.parametrize(
    ("state", "command", "asked", "move"),
    [
        (LITTLE, Command.STOP, None, Move.LEAVE),
        (MUCH, Command.STOP, None, Move.ASK_BEFORE_LEAVING),
        (MUCH, Command.RESTART, None, Move.ASK_BEFORE_LEAVING),
        (MUCH, Command.SKIP, None, Move.SKIP),
        (MUCH, Command.SKIP, Fact("跳过", 0.8), Move.SKIP),
        (LITTLE, Command.QUIET, None, Move.BE_QUIET),
        (LITTLE, Command.QUIET, Fact("安静", 1.0), None),
        (LITTLE, None, None, None),
    ],
)
def test_nothing_that_took_long_to_tell_is_left_without_asking(
    state: FormState, command: Command | None, asked: Fact | None, move: Move | None
) -> None:
    assert command_move(state, command, asked) is move


def test_whoever_was_asked_and_says_it_again_leaves() -> None:
    asked = FormState(**{**MUCH.to_slot(), "leaving": True})
    assert command_move(asked, Command.STOP, None) is Move.LEAVE
