"""A held-out question with the reply it got."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.questions import NONE, Question
from bot.conversation import Conversation
from bot.messages import Reply, Turn
from bot.senders import TERMINAL, Sender
from dialogue.mark import Status
from knowledge.classify.features import bare
from knowledge.library.documents import Library


@dataclass(frozen=True)
class Asked:
    """A question and what came of it."""

    question: Question
    reply: Reply
    seen: bool
    """True where the search learnt from the very same words, so that the question is not held out."""

    @property
    def first(self) -> str | None:
        """The first clause the first message cites."""
        citations = self.reply.messages[0].citations if self.reply.messages else ()
        return citations[0].clause if citations else None

    @property
    def right(self) -> bool:
        """The right clause came first, whatever the reply says of it."""
        return self.question.is_right(self.first)

    @property
    def answered(self) -> bool:
        return self.reply.status is Status.ANSWERED

    @property
    def refused(self) -> bool:
        return self.reply.status is Status.NOT_COVERED

    @property
    def failed(self) -> bool:
        """What a person would call wrong: no or another answer where there is one, one where there is none."""
        if self.question.covered:
            return not self.right or self.reply.status not in {Status.ANSWERED, Status.CLARIFY}
        return self.answered if self.question.clause == NONE else self.first is not None


def ask(conversation: Conversation, questions: Sequence[Question], library: Library) -> list[Asked]:
    """Asks each question as somebody new."""
    examples = {bare(text) for clause in library.clauses for text in clause.questions}

    async def replies() -> list[Reply]:
        return [
            await conversation.handle(Turn(Sender(TERMINAL, f"asked-{n}"), each.text))
            for n, each in enumerate(questions)
        ]

    said = asyncio.get_event_loop().run_until_complete(replies())
    return [
        Asked(question, reply, bare(question.text) in examples) for question, reply in zip(questions, said, strict=True)
    ]
