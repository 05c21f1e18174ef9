"""Tells people who asked for it about their case: by day, and each thing once."""

from collections.abc import Callable
from datetime import datetime

from bot.messages import Reply
from bot.senders import Sender
from bot.telegram.answering import Talk
from bot.telegram.outgoing import IfUnknown, Outgoing
from bot.telegram.rendering import render
from bot.telegram.updates import sender_in
from dialogue.mark import Status
from knowledge.facts.annotated_examples import slots
from knowledge.language.writing import written_date
from registry.clock import CHINA, day_of
from registry.telegram.mail import OutgoingMessage
from registry.telegram.notices import Notice, TelegramNotices

_FIRST_HOUR, _LAST_HOUR = 8, 22
"""Between these nobody is woken."""


def may_ring(now: datetime) -> bool:
    """Whether it is day where the people are."""
    return _FIRST_HOUR <= now.astimezone(CHINA).hour < _LAST_HOUR


async def give_notices(
    notices: TelegramNotices,
    talk: Talk,
    now: Callable[[], datetime],
    post: Callable[[OutgoingMessage], None],
) -> int:
    """Puts every notice that is due on its way; gives how many there were."""
    count = 0
    if not may_ring(now()):
        return count
    for notice in notices.due(day_of(now())):
        sender = sender_in(notice.chat)
        rendered = render((await _said(talk, sender, notice)).messages, Status.COMMAND)
        bodies = [Outgoing(notice.chat, each.html, if_unknown=IfUnknown.LEAVE_IT).to_json() for each in rendered]
        for message in notices.claim(notice, sender.key, bodies):
            post(message)
            count += 1
    return count


async def _said(talk: Talk, sender: Sender, notice: Notice) -> Reply:
    titles = slots()["milestone"].values
    if notice.on is None:
        return await talk.say(sender, "utter_telegram_notice_done", milestone=titles[str(notice.milestone)])
    if notice.milestone is None:
        return await talk.say(sender, "utter_telegram_notice_next_near", on=written_date(notice.on))
    return await talk.say(
        sender,
        "utter_telegram_notice_milestone_near",
        milestone=titles[notice.milestone],
        on=written_date(notice.on),
    )
