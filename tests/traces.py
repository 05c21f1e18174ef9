"""A person who left something in every place where the service keeps anything, and what is still there of them."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import select

from bot.audio_store import KeptAudio, recorded_senders
from bot.engine.conversation_rows import TABLE, ConversationRows
from bot.senders import WEB, Sender
from registry.cases.cases import Cases
from registry.registrations.registrations import Registrations
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.token_places import place_of
from registry.tables.all import AuditRow, Base, encrypted_columns
from registry.talk.calls import Calls
from registry.talk.person_requests import PersonRequests
from registry.talk.resume_codes import ResumeCodes
from registry.talk.staff_messages import StaffMessages
from registry.talk.transcripts import Transcripts
from registry.telegram.chats import TelegramChats
from registry.telegram.mail import TelegramMail
from registry.telegram.notices import TelegramNotices
from tests.registry.people import register
from voice.sound.audio import Pcm

TODAY = date(2025, 3, 2)


class Traces:
    """What is kept of people who are told apart by a number."""

    def __init__(self, database: Database, cipher: Cipher, var: Path) -> None:
        self._database = database
        self._cipher = cipher
        self._var = var
        self._audio = KeptAudio(var / "audio", 7, cipher)
        self._numbers: dict[int, str] = {}

    def leave(self, person: int) -> str:
        """Lets the person register, talk and be answered everywhere; gives the number of the registration."""
        database, cipher, sender = self._database, self._cipher, self.sender(person).key
        name = f"第{person}人"
        number = self._numbers[person] = register(Registrations(database, cipher), person, name=name)
        cases = Cases(database, cipher)
        cases.note(number, f"{name}打过电话", "李敏")
        cases.milestone_done(number, "service", f"给{name}推荐了岗位", "李敏")
        cases.plan(number, TODAY, f"给{name}打电话", "李敏")
        self.talk(person)
        calls = Calls(database, cipher)
        call = calls.current(f"limin{person}").id
        calls.note(call, f"{name}问低保", f"limin{person}")
        calls.registered(call, number, f"limin{person}")
        notices = TelegramNotices(database, cipher)
        TelegramChats(database, cipher).want_notices(sender, True)
        (notice,) = [each for each in notices.due(TODAY) if each.number == number]
        notices.claim(notice, sender, [f"{name}，您好"])
        return number

    def talk(self, person: int) -> None:
        """Lets the person talk, be answered and ask for somebody, with nothing registered."""
        database, cipher, sender = self._database, self._cipher, self.sender(person).key
        name = f"第{person}人"
        transcripts = Transcripts(database, cipher)
        transcripts.note(sender, f"我是{name}", "您好")
        persons = PersonRequests(database, cipher, transcripts)
        request = persons.ask(sender, "web", "asked", {"姓名": name})
        persons.take(request, "limin")
        StaffMessages(database, cipher).write(request, f"{name}，您好", "limin")
        TelegramChats(database, cipher).meet(sender, 1_000 + person)
        mail = TelegramMail(database, cipher)
        mail.take({person: f"我是{name}"})
        mail.answer(person, sender, [f"{name}，您好"])
        ResumeCodes(database, cipher).issue(sender)
        self.remember(person)

    def remember(self, person: int) -> None:
        """Lets the bot remember the talk, and keep how it sounded."""
        ConversationRows(self._var / "conversations.db", self._cipher).write(
            self.sender(person).key, f'["第{person}人"]'
        )
        self._audio.keep(self.sender(person).key, Pcm(np.zeros(1600, np.int16), 16_000))

    def sender(self, person: int) -> Sender:
        return Sender(WEB, str(person))

    def of(self, person: int) -> Sequence[str]:
        """Where something of the person is still kept, apart from the proof that the audit is."""
        return self.found(self.sender(person), self._numbers.get(person, "-"), f"第{person}人")

    def found(self, sender: Sender, number: str, name: str) -> Sequence[str]:
        """The same of anybody who talked as `sender`, whose registration has the `number` and the `name`."""
        known = {self._cipher.index(sender.key), number}
        found = []
        with self._database.session() as session:
            for table in Base.metadata.sorted_tables:
                rows = session.execute(select(table)).all()
                if table is not AuditRow.__table__ and any(self._tells(table, row, known, name) for row in rows):
                    found.append(table.name)
        with sqlite3.connect(self._var / "conversations.db") as conversations:
            indexes = {index for (index,) in conversations.execute(f"select sender_index from {TABLE}")}
        found += ["conversations"] * bool(indexes & known)
        return [*found, *["recordings"] * bool(known & {*recorded_senders(self._var / "audio")})]

    def _tells(self, table: Any, row: Any, known: set[str], name: str) -> bool:
        columns = [column for column in encrypted_columns().get(table, []) if getattr(row, column.name) is not None]
        said = [self._cipher.decrypt(getattr(row, column.name), place_of(column, row)) for column in columns]
        return bool(known & {*row}) or any(name in each for each in said)
