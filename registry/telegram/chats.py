"""How people in Telegram want to be answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from registry.clock import utc_now
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import RegistrationRow, TelegramChatRow

Voice = Literal["as_asked", "always", "never"]
"""Spoken answers: to what was spoken, to everything, or not at all."""

_UNTRACKED = {"synchronize_session": False}
_SEEN_AGAIN = timedelta(hours=1)
"""How long after somebody was seen it is written down anew; every write waits for the disk."""


@dataclass(frozen=True)
class TelegramChat:
    """What is remembered of a chat."""

    is_new: bool
    """Whether this is the first time we hear of it."""
    voice: Voice = "as_asked"
    easy: bool = False
    asking: str | None = None
    """The slot of the form that is open."""
    notices: bool = False
    """Whether they want to hear of their case."""


class TelegramChats:
    """The chats of single persons; groups are not remembered."""

    def __init__(self, database: Database, cipher: Cipher, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._cipher = cipher
        self._now = now

    def meet(self, sender: str, chat: int) -> TelegramChat:
        """What is remembered of `sender`, who writes in `chat` now; from then on the chat is known."""
        try:
            return self._met(sender, chat)
        except IntegrityError:
            # Their other message was first.
            return self._met(sender, chat)

    def prefer(self, sender: str, *, voice: Voice | None = None, easy: bool | None = None) -> None:
        """Remembers how `sender` wants to be answered; None leaves it as it is."""
        wishes = {name: wish for name, wish in (("voice", voice), ("easy", easy)) if wish is not None}
        self._set(sender, **wishes)

    def asks(self, sender: str, slot: str | None) -> None:
        """Remembers which slot a form asks `sender` for."""
        self._set(sender, asking=slot)

    def want_notices(self, sender: str, wanted: bool) -> None:
        """Remembers whether `sender` wants to hear of their case, of what happens from now on."""
        self._set(sender, notices_since=self._now() if wanted else None)

    def block(self, sender: str, blocked: bool) -> None:
        """Remembers that nothing reaches `sender` any more, or that it does again."""
        self._set(sender, blocked=blocked)

    def is_registered(self, sender: str) -> bool:
        """Whether `sender` has a registration with anything in it."""
        found = select(RegistrationRow.id).where(
            RegistrationRow.sender_index == self._cipher.index(sender), RegistrationRow.personal.is_not(None)
        )
        with self._database.session() as session:
            return session.execute(found.limit(1)).first() is not None

    def _met(self, sender: str, chat: int) -> TelegramChat:
        known = select(TelegramChatRow).where(TelegramChatRow.sender_index == self._cipher.index(sender))
        with self._database.session() as session:
            row = session.execute(known).scalar_one_or_none()
            if row is not None and not row.blocked and self._now() - row.seen_at < _SEEN_AGAIN:
                return _as_chat(row)
        with self._database.writing() as session:
            row = session.execute(known).scalar_one_or_none()
            if row is None:
                new = TelegramChat(is_new=True)
                row = TelegramChatRow(
                    sender_index=self._cipher.index(sender),
                    voice=new.voice,
                    easy=new.easy,
                    blocked=False,
                    seen_at=self._now(),
                )
                row.chat = self._cipher.encrypt(str(chat), place_of(TelegramChatRow.chat, row))
                session.add(row)
                return new
            row.blocked, row.seen_at = False, self._now()
            return _as_chat(row)

    def _set(self, sender: str, **values: object) -> None:
        with self._database.writing() as session:
            session.execute(
                update(TelegramChatRow)
                .where(TelegramChatRow.sender_index == self._cipher.index(sender))
                .values(**values),
                execution_options=_UNTRACKED,
            )


def _as_chat(row: TelegramChatRow) -> TelegramChat:
    return TelegramChat(False, row.voice, row.easy, row.asking, row.notices_since is not None)
