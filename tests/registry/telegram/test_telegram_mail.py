"""An update is taken once, a message is kept until Telegram has it, and nothing of either can be read."""

import pytest
from sqlalchemy import text

from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.telegram.mail import TelegramMail


@pytest.fixture
def mail(database: Database, cipher: Cipher) -> TelegramMail:
    return TelegramMail(database, cipher)


def test_an_update_is_taken_once_however_often_it_comes(mail: TelegramMail) -> None:
    assert [mail.take({7: "a"}), mail.take({7: "a"}), mail.take({8: "b", 7: "a"})] == [[7], [], [8]]


def test_what_was_taken_is_there_for_the_next_process_until_it_is_answered(
    mail: TelegramMail, url: str, cipher: Cipher
) -> None:
    mail.take({2**40: "later", 8: "earlier"})
    after = TelegramMail(Database(url), cipher)

    assert list(after.unanswered().items()) == [(8, "earlier"), (2**40, "later")]

    after.answer(8, "telegram-1", [])
    assert (list(mail.unanswered()), mail.take({8: "earlier"})) == ([2**40], [])


def test_messages_go_in_their_order_and_are_left_until_they_are_done(mail: TelegramMail) -> None:
    mail.take({7: "a"})
    first, second, third = mail.answer(7, "telegram-1", ["x", "y", "z"])
    mail.begin(first.id)
    mail.done(first.id)
    mail.begin(second.id)

    assert [(each.body, each.begun) for each in mail.left()] == [("y", True), ("z", False)]

    mail.not_sent(second.id)
    mail.done(third.id)
    assert [(each.body, each.begun) for each in mail.left()] == [("y", False)]


def test_whoever_has_the_database_reads_neither_updates_nor_messages(mail: TelegramMail, database: Database) -> None:
    mail.take({7: "我视力二级", 8: "我姓王"})
    (message,) = mail.answer(7, "telegram-138", ["王先生好"])
    with database.session() as session:
        kept = [
            str(row)
            for table in ("telegram_updates", "telegram_messages")
            for row in session.execute(text(f"select * from {table}")).all()
        ]

    assert [secret for secret in ("视力", "王", "telegram-138") if secret in "".join(kept)] == []
    assert "王" not in repr(message)
