"""Has every clause told, and then asks of it what people ask next."""

import asyncio

from bot.conversation import Conversation
from bot.messages import Reply, Turn
from bot.senders import TERMINAL, Sender
from knowledge.library.documents import Library

_ASKED_NEXT = (
    *("那找谁", "哪个部门管", "多少钱", "要什么条件", "怎么申请", "什么时候截止", "现在还有效吗"),
    *("还有呢", "原文怎么说", "详细说说", "说简单点", "再说一遍"),
)


def about_every_clause(conversation: Conversation, library: Library) -> list[tuple[str, Reply]]:
    """What was said and what came of it, one conversation for each clause."""
    turns = [
        Turn(Sender(TERMINAL, f"next-{clause.document}-{clause.id}"), text)
        for clause in library.clauses
        for text in (f'/ask_clause{{"clause":"{clause.document}/{clause.id}"}}', *_ASKED_NEXT)
    ]

    async def replies() -> list[Reply]:
        return [await conversation.handle(turn) for turn in turns]

    said = asyncio.get_event_loop().run_until_complete(replies())
    return [(turn.text, reply) for turn, reply in zip(turns, said, strict=True)]
