"""After a rotation the old key is needed for nothing but the indexes, and nothing was lost on the way."""

import stat
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pyotp import TOTP
from sqlalchemy import Column, select, text, update

from registry.cases.cases import Cases
from registry.errors import EncryptionError
from registry.registrations.registrations import Registrations
from registry.staff.accounts import Staff
from registry.staff.one_time_codes import new_secret
from registry.store.audit import Audit
from registry.store.database import Database
from registry.store.encryption import NOWHERE, Cipher, Place
from registry.store.key_file import put_new_key
from registry.store.token_places import place_of
from registry.tables.all import RegistrationRow, encrypted_columns
from registry.talk.calls import Calls
from registry.talk.person_requests import PersonRequests
from registry.talk.resume_codes import ResumeCodes
from registry.talk.staff_messages import StaffMessages
from registry.talk.transcripts import Transcripts
from registry.telegram.chats import TelegramChats
from registry.telegram.mail import TelegramMail
from registry.upkeep.rotation import rotate
from tests.registry.decrypting import rows_of, texts, tokens_in_place
from tests.registry.people import DACHUI, register


@pytest.fixture
def registrations(database: Database, cipher: Cipher, clock: Callable[[], datetime]) -> Registrations:
    return Registrations(database, cipher, clock)


@pytest.fixture
def number(registrations: Registrations, database: Database, cipher: Cipher) -> str:
    """Of a registration, with something in every encrypted column there is."""
    number = register(registrations)
    cases, transcripts = Cases(database, cipher), Transcripts(database, cipher)
    cases.note(number, "打过电话", "李敏")
    cases.milestone_done(number, "service", "推荐了岗位", "李敏")
    cases.plan(number, date(2025, 3, 10), "打电话", "李敏")
    transcripts.note("web-1", "我视力二级", "您好")
    persons, calls = PersonRequests(database, cipher, transcripts), Calls(database, cipher)
    persons.take(persons.ask("web-1", "web", "asked", {"城市": "南昌"}), "limin")
    StaffMessages(database, cipher).write(1, "您好，我是李敏", "limin")
    calls.note(calls.current("limin").id, "问低保", "limin")
    TelegramChats(database, cipher).meet("telegram-42", 4_200_000_000_042)
    mail = TelegramMail(database, cipher)
    mail.take({1: "你好", 2: "在吗"})
    mail.answer(1, "telegram-42", ["您好"])
    staff, secret = Staff(database, cipher), new_secret()
    staff.add("limin", "李敏", "agent", "four words apart", "root")
    staff.use_codes("limin", secret, TOTP(secret).now(), "limin")
    ResumeCodes(database, cipher).issue("web-1")
    return number


def tokens(database: Database) -> dict[str, list[str]]:
    """Everything encrypted, by column."""
    with database.session() as session:
        return {
            f"{table.name}.{column.name}": [
                each for each in session.execute(select(column)).scalars() if each is not None
            ]
            for table, columns in encrypted_columns().items()
            for column in columns
        }


def newest_alone(key: Path) -> Cipher:
    return Cipher([key.read_text().split()[0]])


def test_everything_is_read_with_the_new_key_alone_after_a_rotation(
    database: Database, folder: Path, number: str
) -> None:
    before = tokens(database)
    put_new_key(folder / "key")
    rotation = rotate(database, Cipher.load(folder / "key"))

    alone, after = newest_alone(folder / "key"), tokens(database)
    assert [column for column, held in before.items() if not held] == []
    assert {column: len(held) for column, held in after.items()} == {
        column: len(held) for column, held in before.items()
    }
    assert all(texts(database, alone))
    assert rotation.unreadable == []
    assert rotation.renewed == {
        "case_notes": 1,
        "cases": 1,
        "milestones": 1,
        "person_requests": 1,
        "registrations": 1,
        "resume_codes": 1,
        "calls": 1,
        "staff": 1,
        "staff_messages": 1,
        "telegram_chats": 1,
        "telegram_messages": 1,
        "telegram_updates": 1,
        "transcript_turns": 1,
    }


def test_what_was_told_is_found_as_before_after_a_rotation(database: Database, folder: Path, number: str) -> None:
    put_new_key(folder / "key")
    cipher = Cipher.load(folder / "key")
    rotate(database, cipher)

    found = Registrations(database, cipher).find(number, "13800000001")
    assert (found.fields, Audit(database, cipher).verify()) == (DACHUI, [])
    assert [each.text for each in Cases(database, cipher).show(number).notes] == ["打过电话"]


def test_a_rotation_without_a_new_key_writes_nothing(database: Database, cipher: Cipher, number: str) -> None:
    before = tokens(database)

    assert set(rotate(database, cipher).renewed.values()) == {0}
    assert tokens(database) == before


def test_a_rotation_that_breaks_off_goes_on_where_it_was(
    registrations: Registrations, database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.upkeep.rotation._BATCH", 2)
    for each in range(5):
        register(registrations, each)
    put_new_key(folder / "key")
    cipher = Cipher.load(folder / "key")
    asked = []

    class Breaking(Cipher):
        def renewed(self, token: str, place: Place = NOWHERE) -> str:
            asked.append(place)
            if len(asked) == 4:
                raise KeyboardInterrupt
            return super().renewed(token, place)

    with pytest.raises(KeyboardInterrupt):
        rotate(database, Breaking((folder / "key").read_text().split()))
    # The batch of two that was whole is kept.
    assert rotate(database, cipher).renewed["registrations"] == 3
    assert rotate(database, cipher).renewed["registrations"] == 0


def test_a_record_that_nobody_can_read_keeps_no_other_from_the_new_key(
    registrations: Registrations, database: Database, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for each in range(3):
        register(registrations, each)
    with database.writing() as session:
        session.execute(text("update registrations set personal = 'gAAAAAB' where id = 2"))
    put_new_key(folder / "key")
    rotation = rotate(database, Cipher.load(folder / "key"))

    assert (rotation.renewed["registrations"], rotation.unreadable) == (2, ["registrations 2"])
    assert "registrations 2: cannot be decrypted" in caplog.text


# where a token belongs ------------------------------------------------------------------------------------------------


def test_what_was_encrypted_before_tokens_were_bound_is_read_and_bound_by_a_rotation(
    database: Database, folder: Path, cipher: Cipher, number: str
) -> None:
    put_fernet_tokens(database, cipher, Fernet((folder / "key").read_text().strip()))
    before = texts(database, cipher)
    assert Registrations(database, cipher).find(number, "13800000001").fields == DACHUI
    rotation = rotate(database, cipher)

    assert (sum(rotation.renewed.values()), rotation.unreadable) == (13, [])
    assert {token[:3] for _, _, token in tokens_in_place(database)} == {"v2."}
    assert texts(database, cipher) == before


def put_fernet_tokens(database: Database, cipher: Cipher, fernet: Fernet) -> None:
    """Encrypts everything as before tokens were bound to their place."""
    for table, columns in encrypted_columns().items():
        (key,) = table.primary_key.columns
        for row in rows_of(database, table):
            for column in columns:
                token = getattr(row, column.name)
                if token is not None:
                    told = cipher.decrypt(token, place_of(column, row))
                    anew = {column.name: fernet.encrypt(told.encode()).decode()}
                    with database.writing() as session:
                        session.execute(update(table).where(key == getattr(row, key.name)).values(anew))


ENCRYPTED = [column for columns in encrypted_columns().values() for column in columns]


@pytest.mark.parametrize("column", ENCRYPTED, ids=str)
def test_a_token_put_into_any_other_row_or_column_is_refused_by_its_name(
    database: Database, cipher: Cipher, number: str, column: Column
) -> None:
    found = list(tokens_in_place(database))
    (place, *_) = [place for each, place, _ in found if each is column]

    for other, moved, token in found:
        if moved.bound != place.bound:
            with pytest.raises(EncryptionError, match=f"^{column.table.name} .*: cannot be decrypted; ") as caught:
                cipher.decrypt(token, place)
            assert cipher.decrypt(token, moved) not in str(caught.value), other


def test_two_registrations_whose_words_were_swapped_are_refused_and_named(
    registrations: Registrations, database: Database, cipher: Cipher
) -> None:
    first, second = register(registrations, 1), register(registrations, 2, phone="13800000002")
    with database.writing() as session:
        tokens = dict(session.execute(select(RegistrationRow.number, RegistrationRow.personal)).all())
        for number, other in ((first, second), (second, first)):
            session.execute(
                update(RegistrationRow).where(RegistrationRow.number == number).values(personal=tokens[other])
            )

    with pytest.raises(EncryptionError, match=f"^registrations {first}: cannot be decrypted; "):
        registrations.find(first, "13800000001")
    assert rotate(database, cipher).unreadable == ["registrations 1", "registrations 2"]


def test_a_rotation_is_noted_in_the_audit(database: Database, cipher: Cipher, number: str) -> None:
    rotate(database, cipher, actor="李敏")

    last = [*Audit(database, cipher).entries()][-1]
    assert (last.actor, last.action, last.detail["unreadable"]) == ("李敏", "rotate", 0)


# the key file --------------------------------------------------------------------------------------------------------


def test_a_new_key_comes_before_the_others_for_this_user_alone(folder: Path, cipher: Cipher) -> None:
    key = folder / "key"
    before = key.read_text()
    put_new_key(key)

    first, *others = key.read_text().splitlines(keepends=True)
    assert ("".join(others), first != before) == (before, True)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir() if path.name.startswith("key")] == ["key"]
    assert Cipher.load(key).index("web-1") == cipher.index("web-1")


def test_of_two_that_put_a_key_at_once_one_is_told_to_wait(folder: Path, cipher: Cipher) -> None:
    key = folder / "key"
    before = key.read_text()
    (folder / "key.new").touch()

    with pytest.raises(EncryptionError, match="/key.new: another process is putting a new key; wait for it, or "):
        put_new_key(key)
    assert key.read_text() == before


def test_a_broken_key_file_gets_no_new_key(folder: Path) -> None:
    folder.mkdir()
    (folder / "key").write_text("secret")
    (folder / "key").chmod(0o600)

    with pytest.raises(EncryptionError, match="/key: key 1 of 1 is none; [^']*$"):
        put_new_key(folder / "key")
    assert (folder / "key").read_text() == "secret"


def test_what_is_encrypted_with_the_newest_key_is_not_written_anew() -> None:
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    cipher = Cipher([new, old])
    mine, older = cipher.encrypt("甲"), Cipher([old]).encrypt("甲")

    assert cipher.renewed(mine) == mine
    assert Cipher([new]).decrypt(cipher.renewed(older)) == "甲"
