"""Makes messages for Telegram: HTML that nobody's words can break, cut at sentences, choices as digits too."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.messages import Button, Citation, Message
from dialogue.mark import Status

LONGEST = 4_096
"""Of a message, without its tags."""
LONGEST_DATA = 64
"""Bytes that a button sends."""
_LONGEST_TITLE = 21
"""Characters that fit in LONGEST_DATA, whichever they are."""
_SENTENCE = re.compile(r".+?(?:[。！？!?；;]+[”’」』）)]*|\n+|$)", re.DOTALL)
_GAP = "\n\n"


@dataclass(frozen=True)
class Rendered:
    """One message as Telegram takes it."""

    html: str
    buttons: tuple[tuple[str, str], ...] = ()
    """Title and what the button sends."""


@dataclass(frozen=True)
class _Block:
    text: str
    quoted: bool = False


def render(messages: Sequence[Message], status: Status) -> Sequence[Rendered]:
    """All `messages` as few as can be: each one that comes in rings, and is read aloud by a screen reader."""
    buttons = [button for message in messages for button in message.buttons]
    blocks = [*_texts(messages), *(_Block(_quote(each), quoted=True) for each in _cited(messages, status))]
    texts = [_tagged(part) for part in _parts([each for each in blocks if each.text.strip()])]
    # Digits in the text and buttons below it: both stand under the last part.
    rows = tuple((button.title, _data(button)) for button in buttons)
    return [Rendered(text, rows if number == len(texts) else ()) for number, text in enumerate(texts, 1)]


def render_unnumbered(message: Message) -> Rendered:
    """A short message beside an answer, whose numbers stay those of the answer."""
    return Rendered(
        html.escape(message.text, quote=False), tuple((each.title, _data(each)) for each in message.buttons)
    )


def visible_length(text: str) -> int:
    """How long Telegram takes `text` to be: in units of UTF-16, in which some characters are two."""
    return len(text.encode("utf-16-le")) // 2


def _texts(messages: Sequence[Message]) -> Iterator[_Block]:
    number = 0
    for message in messages:
        lines = [message.text] if message.text else []
        for button in message.buttons:
            number += 1
            lines.append(f"{number}. {button.title}")
        if lines:
            yield _Block("\n".join(lines))


def _cited(messages: Sequence[Message], status: Status) -> Sequence[Citation]:
    """What is quoted: not the clauses that are only offered to choose from."""
    if status is Status.CLARIFY:
        return ()
    return [*dict.fromkeys(citation for message in messages for citation in message.citations)]


def _quote(citation: Citation) -> str:
    return f"{citation.title}\n{citation.quote}"


def _data(button: Button) -> str:
    """The payload, or where it is too long the title, which says the same in fewer words."""
    return next(
        text
        for text in (button.payload, button.title, button.title[:_LONGEST_TITLE])
        if len(text.encode("utf-8")) <= LONGEST_DATA
    )


def _parts(blocks: Sequence[_Block]) -> Iterator[Sequence[_Block]]:
    """The blocks in parts that are short enough, cut between blocks, else sentences, else anywhere."""
    part: list[_Block] = []
    left = LONGEST
    for block in blocks:
        for first, piece in enumerate(_pieces(block.text)):
            gap = len(_GAP) if part and not first else 0
            if visible_length(piece) + gap > left and part:
                yield part
                part, left, gap = [], LONGEST, 0
            if first and part:
                part[-1] = _Block(part[-1].text + piece, block.quoted)
            else:
                part.append(_Block(piece, block.quoted))
            left -= visible_length(piece) + gap
    if part:
        yield part


def _pieces(text: str) -> Iterator[str]:
    """Sentences, none of them longer than a message."""
    for sentence in _SENTENCE.findall(text.strip()):
        # Half as many characters as units are allowed: each may be two.
        for start in range(0, len(sentence), LONGEST // 2) if visible_length(sentence) > LONGEST else (None,):
            yield sentence if start is None else sentence[start : start + LONGEST // 2]


def _tagged(part: Sequence[_Block]) -> str:
    tagged = ""
    for number, block in enumerate(part):
        text = html.escape(block.text.strip(), quote=False)
        if number:
            tagged += _GAP
        tagged += f"<blockquote expandable>{text}</blockquote>" if block.quoted else text
    return tagged
