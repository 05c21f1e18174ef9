"""The latest turns of every sender are kept, and nobody reads them without the key."""

from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from registry.errors import RegistryError
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.transcripts import Transcripts, TranscriptTurn


@pytest.fixture
def transcripts(database: Database, cipher: Cipher, clock: Callable[[], datetime]) -> Transcripts:
    return Transcripts(database, cipher, clock)


def said(transcripts: Transcripts, sender: str) -> list[str]:
    return [turn.said for turn in transcripts.of(sender)]


def test_nobody_said_anything_at_first(transcripts: Transcripts) -> None:
    assert transcripts.of("web-1") == []


def test_turns_come_oldest_first_with_their_time_in_utc(transcripts: Transcripts) -> None:
    transcripts.note("web-1", "我视力二级", "您想问什么？")
    transcripts.note("web-1", "有补贴吗", "有。\n每年一次。")

    assert transcripts.of("web-1") == [
        TranscriptTurn("我视力二级", "您想问什么？", datetime(2025, 3, 1, 8, 0, 1, tzinfo=timezone.utc)),
        TranscriptTurn("有补贴吗", "有。\n每年一次。", datetime(2025, 3, 1, 8, 0, 2, tzinfo=timezone.utc)),
    ]


def test_a_clock_of_another_time_zone_is_kept_in_utc(database: Database, cipher: Cipher) -> None:
    in_china = datetime.fromisoformat("2025-03-01T07:30:00+08:00")
    transcripts = Transcripts(database, cipher, lambda: in_china)
    transcripts.note("web-1", "你好", "您好")

    assert [turn.at for turn in transcripts.of("web-1")] == [datetime(2025, 2, 28, 23, 30, tzinfo=timezone.utc)]


def test_each_sender_has_a_transcript_of_their_own(transcripts: Transcripts) -> None:
    transcripts.note("web-1", "甲", "")
    transcripts.note("web-2", "乙", "")

    assert (said(transcripts, "web-1"), said(transcripts, "web-2")) == (["甲"], ["乙"])


def test_of_more_than_forty_turns_the_latest_are_kept(transcripts: Transcripts, database: Database) -> None:
    transcripts.note("web-2", "别人", "")
    for number in range(45):
        transcripts.note("web-1", str(number), "")

    assert said(transcripts, "web-1") == [str(number) for number in range(5, 45)]
    assert said(transcripts, "web-2") == ["别人"]
    with database.session() as session:
        assert session.execute(text("select count(*) from transcript_turns")).scalar_one() == 41


def test_what_was_said_before_a_day_is_forgotten_and_what_was_said_on_it_is_not(
    database: Database, cipher: Cipher
) -> None:
    moments = ["2025-03-01T15:59:59+00:00", "2025-03-01T16:00:00+00:00"]
    clock = map(datetime.fromisoformat, moments)
    transcripts = Transcripts(database, cipher, lambda: next(clock))
    for moment in moments:
        transcripts.note("web-1", moment, "")
    transcripts.forget_before(date(2025, 3, 2))

    assert said(transcripts, "web-1") == moments[1:]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_said_can_be_read_in_the_files(transcripts: Transcripts, database: Database, folder: Path) -> None:
    # While it is open, the newest pages are in a file beside the database.
    with database.engine.connect():
        transcripts.note("web-dachui", "我叫王大锤", "您好大锤")
        kept = {path.name: path.read_bytes() for path in folder.iterdir()}

    assert "records.db-wal" in kept
    everything = b"".join(kept.values())
    assert b"transcript_turns" in everything
    assert [word for word in ("dachui", "王大锤", "大锤") if word.encode() in everything] == []


def test_turns_are_there_when_the_database_is_opened_again(
    transcripts: Transcripts, url: str, folder: Path, cipher: Cipher
) -> None:
    transcripts.note("web-1", "甲", "")

    assert said(Transcripts(Database(url), Cipher.load(folder / "key")), "web-1") == ["甲"]


def test_turns_are_found_and_read_after_the_key_was_rotated(
    transcripts: Transcripts, database: Database, folder: Path
) -> None:
    transcripts.note("web-1", "甲", "")
    key = folder / "key"
    key.write_text(f"{Fernet.generate_key().decode()}\n{key.read_text()}")

    rotated = Transcripts(database, Cipher.load(key))
    rotated.note("web-1", "乙", "")

    assert said(rotated, "web-1") == ["甲", "乙"]


def test_a_turn_that_somebody_changed_is_named_and_not_quoted(transcripts: Transcripts, database: Database) -> None:
    transcripts.note("web-1", "甲", "")
    transcripts.note("web-1", "乙", "")
    with database.session() as session:
        session.execute(text("update transcript_turns set heard = 'gAAAAAB' where id = 2"))

    with pytest.raises(RegistryError, match="^transcript_turns 2: cannot be decrypted; [^乙]*$"):
        transcripts.of("web-1")


def test_answers_since_a_moment_are_counted_for_their_sender(database: Database, cipher: Cipher) -> None:
    times = [datetime(2025, 3, 1, hour, tzinfo=timezone.utc) for hour in (8, 10, 12)]
    clock = iter(times)
    transcripts = Transcripts(database, cipher, lambda: next(clock))
    for _ in times:
        transcripts.note("web-1", "甲", "")

    assert [transcripts.since("web-1", each) for each in times] == [3, 2, 1]
    assert transcripts.since("web-2", times[0]) == 0
