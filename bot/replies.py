"""Makes what was said in a turn into messages: parts that belong together, in the characters somebody reads."""

from collections.abc import Sequence

from bot.engine.agent import Said
from bot.messages import Button, Citation, Message
from knowledge.language.writing import traditional


def joined(said: Sequence[Said]) -> list[Said]:
    """Parts that belong to the message before them are added to it, and those that lead the next one come first in it.

    What was taken and the question or result after it are one message, heard at once and with its citation first.
    """
    whole: list[Said] = []
    leading: Said | None = None
    for part in said:
        if leading is not None:
            part = Said(f"{leading.text}\n{part.text}", leading.speech + part.speech, part.buttons, part.custom)
        leading = part if part.custom.get("leads") else None
        if leading is not None:
            continue
        joins = part.custom.get("joins") if whole else None
        if joins is None:
            whole.append(part)
            continue
        last = whole[-1]
        whole[-1] = Said(
            text=f"{last.text}\n{part.text}" if joins in {"text", "both"} else last.text,
            speech=last.speech + part.speech if joins in {"speech", "both"} else last.speech,
            buttons=last.buttons + part.buttons,
            custom=last.custom,
        )
    return whole if leading is None else [*whole, leading]


def in_traditional(message: Message) -> Message:
    """The same in Traditional characters; what is for the ear stays."""
    return Message(
        traditional(message.text),
        message.speech,
        tuple(Button(traditional(button.title), button.payload) for button in message.buttons),
        tuple(Citation(c.document, c.clause, traditional(c.title), traditional(c.quote)) for c in message.citations),
    )
