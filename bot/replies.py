"""Makes what was said in a turn into messages: parts that belong together, in the characters somebody reads."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from bot.engine.agent import Said
from bot.messages import Button, Citation, Message, Part
from dialogue.mark import Joins
from knowledge.language.writing import traditional


def joined(said: Sequence[Said]) -> list[Said]:
    """Parts that belong to the message before them are added to it, and those that lead the next one come first in it.

    What was taken and the question or result after it are one message, heard at once and with its citation first.
    """
    whole: list[Said] = []
    leading: Said | None = None
    for part in said:
        if leading is not None:
            part = _followed(leading, part, Joins.BOTH, part)
        leading = part if part.mark.leads else None
        if leading is not None:
            continue
        joins = part.mark.joins if whole else None
        if joins is None:
            whole.append(part)
        else:
            whole[-1] = _followed(whole[-1], part, joins, whole[-1])
    return whole if leading is None else [*whole, leading]


def _followed(first: Said, then: Said, joins: Joins, kept: Said) -> Said:
    """`first` and what `joins` of `then` as one; the mark is that of the one of them that is `kept`."""
    in_text, in_speech = joins in {Joins.TEXT, Joins.BOTH}, joins in {Joins.SPEECH, Joins.BOTH}
    return Said(
        text=f"{first.text}\n{then.text}" if in_text else first.text,
        speech=first.speech + then.speech if in_speech else first.speech,
        buttons=first.buttons + then.buttons,
        mark=replace(kept.mark, choices_told=first.mark.choices_told or then.mark.choices_told),
        parts=_parts(first) + _parts(then) if in_text else _parts(first),
    )


def _parts(said: Said) -> tuple[Part, ...]:
    return said.parts or (Part(said.mark.part, said.text),)


def shown_together(parts: Sequence[Part]) -> tuple[Part, ...]:
    """`parts` with neighbours of one kind made one, a line each."""
    return tuple(
        Part(kind, "\n".join(part.text for part in alike)) for kind, alike in groupby(parts, key=lambda part: part.kind)
    )


def in_traditional(message: Message) -> Message:
    """The same in Traditional characters; what is for the ear stays."""
    return Message(
        traditional(message.text),
        message.speech,
        tuple(Button(traditional(button.title), button.payload) for button in message.buttons),
        tuple(Citation(c.document, c.clause, traditional(c.title), traditional(c.quote)) for c in message.citations),
        tuple(Part(part.kind, traditional(part.text)) for part in message.parts),
    )
