"""Reads an update: what somebody did, of what we answer; everything else is ignored on purpose, and says why."""

from dataclasses import dataclass, field

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.senders import TELEGRAM, Sender

_FIELDS = (
    ("photo", "picture"),
    ("animation", "picture"),  # Before the document that comes along with it.
    ("sticker", "sticker"),
    ("document", "document"),
    ("video", "video"),
    ("video_note", "video"),
    ("poll", "other"),
    ("dice", "other"),
    ("game", "other"),
    ("story", "other"),
    ("paid_media", "other"),
    ("checklist", "other"),
)
"""What we cannot read, by the field of a message it comes in, and what we call it."""
UNREADABLE = frozenset(kind for _, kind in _FIELDS)
"""The kinds there are, each with a sentence of its own."""


@dataclass(frozen=True)
class BotIdentity:
    """The bot, as others name it."""

    id: int
    name: str
    """Without the @."""


@dataclass(frozen=True)
class ChatPlace:
    """Who did it, and where an answer goes."""

    chat: int
    person: int
    group: bool = False
    message: int | None = None

    @property
    def sender(self) -> Sender:
        """Who, for the conversation: in a group everybody talks for themselves."""
        return Sender(TELEGRAM, f"{self.chat}-{self.person}") if self.group else sender_in(self.chat)


def sender_in(chat: int) -> Sender:
    """Who talks with us alone in `chat`."""
    return Sender(TELEGRAM, str(chat))


@dataclass(frozen=True)
class Said:
    """Somebody wrote something."""

    where: ChatPlace
    text: str = field(repr=False)
    beside: str | None = None
    """What came with it that we cannot read."""


@dataclass(frozen=True)
class Commanded:
    """Somebody sent a command such as /start quota."""

    where: ChatPlace
    name: str
    argument: str = field(default="", repr=False)


@dataclass(frozen=True)
class Pressed:
    """Somebody pressed a button."""

    where: ChatPlace
    query: str
    """What Telegram wants to hear that we know of it."""
    data: str = field(repr=False)
    title: str = ""


@dataclass(frozen=True)
class Spoke:
    """Somebody sent a voice note or a sound file."""

    where: ChatPlace
    file: str
    seconds: float
    size: int
    """In bytes; 0 where Telegram does not say."""


@dataclass(frozen=True)
class SharedPlace:
    """Somebody sent where they are."""

    where: ChatPlace
    north: float = field(repr=False)
    east: float = field(repr=False)


@dataclass(frozen=True)
class SharedContact:
    """Somebody sent a telephone number."""

    where: ChatPlace
    own: bool
    """Whether it is their own, as Telegram knows it."""
    phone: str = field(repr=False)


@dataclass(frozen=True)
class Unreadable:
    """Somebody sent what we cannot read, and no word with it."""

    where: ChatPlace
    kind: str


@dataclass(frozen=True)
class Edited:
    """Somebody changed what they had written."""

    where: ChatPlace


@dataclass(frozen=True)
class Blocked:
    """Somebody blocked the bot, or lets it write again."""

    where: ChatPlace
    blocked: bool


@dataclass(frozen=True)
class Ignored:
    """Nothing is to be done."""

    reason: str


Incoming = Said | Commanded | Pressed | Spoke | SharedPlace | SharedContact | Unreadable | Edited | Blocked | Ignored


def read_update(update: Update, me: BotIdentity) -> Incoming:
    """What `update` asks of us."""
    if update.message:
        return _message(update.message, me)
    if update.callback_query:
        return _pressed(update.callback_query)
    if update.edited_message:
        return _edited(update.edited_message)
    if update.my_chat_member:
        return _membership(update.my_chat_member)
    return Ignored("a channel's post" if update.channel_post or update.edited_channel_post else "nothing we ask for")


def _message(message: Message, me: BotIdentity) -> Incoming:
    sender = message.from_user
    if sender is None or sender.is_bot:
        return Ignored("nobody wrote it")
    group = _is_group(message.chat)
    where = ChatPlace(message.chat.id, sender.id, group, message.message_id if group else None)
    if group:
        return _in_group(message, me, where)
    if message.chat.type != ChatType.PRIVATE:
        return Ignored("a channel's post")
    if message.text:
        return _words(message.text, where, me)
    sound = message.voice or message.audio
    if sound:
        duration = sound.duration
        seconds = duration if isinstance(duration, int) else duration.total_seconds()
        return Spoke(where, sound.file_id, seconds, sound.file_size or 0)
    place = message.location or (message.venue and message.venue.location)
    if place:
        return SharedPlace(where, place.latitude, place.longitude)
    if message.contact:
        return SharedContact(where, message.contact.user_id == sender.id, message.contact.phone_number)
    return _unreadable(message, where)


def _unreadable(message: Message, where: ChatPlace) -> Incoming:
    kind = next((kind for name, kind in _FIELDS if getattr(message, name, None)), None)
    if kind is None:
        return Ignored("a note of Telegram's own")
    return Said(where, message.caption, kind) if message.caption else Unreadable(where, kind)


def _in_group(message: Message, me: BotIdentity, where: ChatPlace) -> Incoming:
    text = message.text or ""
    if not text:
        return Ignored("no text, in a group")
    mention = f"@{me.name}".casefold()
    named = mention in text.casefold()
    answered = message.reply_to_message
    to_us = answered is not None and answered.from_user is not None and answered.from_user.id == me.id
    if not named and not to_us:
        return Ignored("not to us, in a group")
    at = text.casefold().find(mention)
    said = text[:at] + text[at + len(mention) :] if named else text
    return _words(said.strip(), where, me)


def _words(text: str, where: ChatPlace, me: BotIdentity) -> Incoming:
    command, _, argument = text.partition(" ")
    name, _, addressed = command[1:].partition("@")
    if not text.startswith("/") or not name.isascii() or not name.isidentifier():
        return Said(where, text)
    if addressed and addressed.casefold() != me.name.casefold():
        return Ignored("another bot's command")
    return Commanded(where, name.lower(), argument.strip())


def _pressed(query: CallbackQuery) -> Incoming:
    if query.message is None or query.data is None:
        return Ignored("a button of no message")
    chat = query.message.chat
    where = ChatPlace(
        chat.id, query.from_user.id, _is_group(chat), query.message.message_id if _is_group(chat) else None
    )
    # A message of long ago comes without its buttons.
    markup = query.message.reply_markup if isinstance(query.message, Message) else None
    rows = markup.inline_keyboard if markup else ()
    title = next((button.text for row in rows for button in row if button.callback_data == query.data), "")
    return Pressed(where, query.id, query.data, title)


def _edited(message: Message) -> Incoming:
    if message.chat.type != ChatType.PRIVATE or not message.from_user or not message.text:
        return Ignored("an edit that is nothing new to us")
    return Edited(ChatPlace(message.chat.id, message.from_user.id))


def _membership(change: ChatMemberUpdated) -> Incoming:
    if change.chat.type != ChatType.PRIVATE:
        return Ignored("taken into a group, or out of it")
    blocked = change.new_chat_member.status in {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}
    return Blocked(ChatPlace(change.chat.id, change.from_user.id), blocked)


def _is_group(chat: Chat) -> bool:
    return chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}
