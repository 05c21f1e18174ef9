"""Carries what staff write to people in Telegram, each message once."""

import html
from collections.abc import Callable

from bot.senders import TELEGRAM, Sender
from bot.telegram.outgoing import IfUnknown, Outgoing
from registry.talk.staff_messages import StaffMessages
from registry.telegram.mail import OutgoingMessage


def carry_messages(messages: StaffMessages, post: Callable[[OutgoingMessage], None]) -> int:
    """Puts everything that staff wrote on its way; gives how much it was."""
    count = 0
    for each in messages.undelivered(TELEGRAM):
        chat = int(Sender.from_key(each.sender).name)
        outgoing = Outgoing(chat, html.escape(each.message.text, quote=False), if_unknown=IfUnknown.SAY_SO)
        for message in messages.send_by_telegram(each, [outgoing.to_json()]):
            post(message)
            count += 1
    return count
