"""What is kept of conversations can be deleted and encrypted anew while the service goes on."""

import sqlite3
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.engine.conversation_rows import ConversationRows
from registry.errors import EncryptionError
from registry.store.encryption import NOWHERE, Cipher, Place

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))
BEFORE, AFTER = Cipher([OLD]), Cipher([NEW, OLD])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "conversations.db"


def test_conversations_are_deleted_by_the_indexes_of_their_senders(file: Path) -> None:
    rows = ConversationRows(file, BEFORE)
    for sender in ("web-1", "web-2"):
        rows.write(sender, "[]")

    assert rows.delete_indexes([BEFORE.index("web-1"), BEFORE.index("web-3")]) == 1
    assert (rows.senders(), rows.has("web-1"), rows.has("web-2")) == (["web-2"], False, True)


def test_what_was_deleted_is_in_no_file(file: Path) -> None:
    rows = ConversationRows(file, BEFORE)
    rows.write("web-1", "[]")
    token = sqlite3.connect(file).execute("select events from encrypted_conversations").fetchone()[0].encode()
    assert token in b"".join(path.read_bytes() for path in file.parent.iterdir())
    rows.delete_indexes([BEFORE.index("web-1")])

    assert token not in b"".join(path.read_bytes() for path in file.parent.iterdir())


def test_everything_is_read_with_the_new_key_alone_once_it_is_renewed(file: Path) -> None:
    ConversationRows(file, BEFORE).write("web-1", '["甲"]')
    renewing = ConversationRows(file, AFTER)

    assert (renewing.renew(), renewing.renew()) == ((1, []), (0, []))
    # The index is of the old key: without it nobody is found, but what is there can be read.
    assert ConversationRows(file, Cipher([NEW])).senders() == ["web-1"]
    assert renewing.read("web-1") == '["甲"]'


def test_what_the_service_writes_meanwhile_is_not_written_over(file: Path) -> None:
    service = ConversationRows(file, BEFORE)
    service.write("web-1", "earlier")

    class Slow(Cipher):
        def renewed(self, token: str, place: Place = NOWHERE) -> str:
            service.write("web-1", "later")
            return super().renewed(token, place)

    assert ConversationRows(file, Slow([NEW, OLD])).renew() == (0, [])
    assert service.read("web-1") == "later"


def test_a_conversation_that_no_key_reads_keeps_no_other_from_the_new_key(file: Path) -> None:
    rows = ConversationRows(file, BEFORE)
    rows.write("web-1", "甲")
    rows.write("web-2", "乙")
    with sqlite3.connect(file) as other:
        other.execute("update encrypted_conversations set events = 'gAAAAAB' where rowid = 1")

    assert ConversationRows(file, AFTER).renew() == (1, ["encrypted_conversations 1"])
    with pytest.raises(EncryptionError, match="encrypted_conversations 1: cannot be decrypted"):
        rows.read("web-1")


def test_a_conversation_put_into_the_row_of_another_is_refused(file: Path) -> None:
    rows = ConversationRows(file, BEFORE)
    rows.write("web-1", "甲")
    rows.write("web-2", "乙")
    with sqlite3.connect(file) as other:
        other.execute(
            "update encrypted_conversations set events = "
            "(select events from encrypted_conversations where rowid = 2) where rowid = 1"
        )

    with pytest.raises(EncryptionError, match="^encrypted_conversations 1: cannot be decrypted; "):
        rows.read("web-1")
    assert rows.read("web-2") == "乙"


def test_a_conversation_from_before_is_read_and_bound_at_its_next_turn(file: Path) -> None:
    rows = ConversationRows(file, BEFORE)
    rows.write("web-1", "甲")
    fernet = Fernet(OLD)
    with sqlite3.connect(file) as other:
        before = [fernet.encrypt(each.encode()).decode() for each in ("web-1", "甲")]
        other.execute("update encrypted_conversations set sender = ?, events = ?", before)
    assert rows.read("web-1") == "甲"
    rows.write("web-1", "乙")

    tokens = sqlite3.connect(file).execute("select sender, events from encrypted_conversations").fetchone()
    assert [each[:3] for each in tokens] == ["v2.", "v2."]
