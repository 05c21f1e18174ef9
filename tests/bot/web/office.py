"""A person who asked for staff on the page, and staff who write to them."""

from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.routing import Route

from bot.senders import Sender
from bot.web.messages import MessagesDoor
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.person_requests import PersonRequests
from registry.talk.staff_messages import StaffMessages
from registry.talk.transcripts import Transcripts
from tests.bot.web.cookies import ME, callers, cookie_of


class Office:
    """A person who asked for staff, and staff."""

    def __init__(self, folder: Path) -> None:
        database, cipher = Database(f"sqlite:///{folder}/records.db"), Cipher.load(folder / "key")
        self.persons = PersonRequests(database, cipher, Transcripts(database, cipher))
        self.messages = StaffMessages(database, cipher)
        self.number = self.persons.ask(ME.key, "web", "asked", {})

    def door(self, wait: float = 0.0) -> MessagesDoor:
        return MessagesDoor(self.persons, self.messages, {"limin": "李敏"}.__getitem__, callers(), wait)

    def client(self, wait: float = 0.0, who: Sender = ME) -> httpx.AsyncClient:
        app = Starlette(routes=[Route("/api/messages", self.door(wait).answer)])
        return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test", cookies=cookie_of(who))
