"""Updates as Telegram writes them, from made-up people."""

from collections.abc import Mapping
from typing import Any

from tests.bot.telegram.emulator import BOT

Update = Mapping[str, Any]
GROUP = -100_200
_DATE = 1_700_000_000


def person(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "某人", "language_code": "zh-hans"}


def message(chat: int = 7, **content: Any) -> Update:
    """A message in the private chat of person `chat`."""
    return {
        "message": {
            "message_id": 5,
            "date": _DATE,
            "chat": {"id": chat, "type": "private", "first_name": "某人"},
            "from": person(chat),
            **content,
        }
    }


def text(words: str, chat: int = 7) -> Update:
    entities = [{"type": "bot_command", "offset": 0, "length": len(words.split()[0])}] if words[:1] == "/" else []
    return message(chat, text=words, entities=entities)


def in_group(words: str, who: int = 7, **content: Any) -> Update:
    return {
        "message": {
            "message_id": 6,
            "date": _DATE,
            "chat": {"id": GROUP, "type": "supergroup", "title": "某群"},
            "from": person(who),
            "text": words,
            **content,
        }
    }


def pressed(data: str, title: str = "", chat: int = 7) -> Update:
    shown = {"inline_keyboard": [[{"text": title, "callback_data": data}]]}
    return {
        "callback_query": {
            "id": "77",
            "from": person(chat),
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": 4,
                "date": _DATE,
                "chat": {"id": chat, "type": "private", "first_name": "某人"},
                "from": BOT,
                "text": "…",
                "reply_markup": shown,
            },
        }
    }


def membership(status: str, chat: int = 7) -> Update:
    member = {"user": BOT, "status": status} | ({"until_date": 0} if status == "kicked" else {})
    return {
        "my_chat_member": {
            "chat": {"id": chat, "type": "private", "first_name": "某人"},
            "from": person(chat),
            "date": _DATE,
            "old_chat_member": {"user": BOT, "status": "member"},
            "new_chat_member": member,
        }
    }
