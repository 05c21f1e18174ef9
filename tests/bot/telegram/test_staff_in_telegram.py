"""What staff write to somebody in Telegram is put on its way once, as plain text."""

from pathlib import Path

from bot.telegram.outgoing import from_json
from bot.telegram.staff import carry_messages
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.person_requests import PersonRequests
from registry.talk.staff_messages import StaffMessages
from registry.talk.transcripts import Transcripts
from registry.telegram.mail import OutgoingMessage


def test_each_message_goes_to_its_chat_once_and_is_never_markup(tmp_path: Path) -> None:
    database, cipher = Database(f"sqlite:///{tmp_path}/records.db"), Cipher.load(tmp_path / "key")
    persons = PersonRequests(database, cipher, Transcripts(database, cipher))
    messages = StaffMessages(database, cipher)
    for sender, door in (("telegram-42", "telegram"), ("web-1", "web")):
        number = persons.ask(sender, door, "asked", {})
        persons.take(number, "limin")
        messages.write(number, "<b>您好</b> & 再见", "limin")
    posted: list[OutgoingMessage] = []

    assert (carry_messages(messages, posted.append), carry_messages(messages, posted.append)) == (1, 0)
    (sent,) = [from_json(each.body) for each in posted]
    assert (sent.chat, sent.html) == (42, "&lt;b&gt;您好&lt;/b&gt; &amp; 再见")
