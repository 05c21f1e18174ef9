"""What was backed up is there again after a restore, on both databases, and nothing is written over unasked."""

import hashlib
import io
import json
import os
import stat
import tarfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from bot.cli.backup_documents import put_documents_back
from bot.engine.conversation_rows import ConversationRows
from bot.settings import Settings
from registry.errors import BackupError
from registry.store.audit import Audit
from registry.tables.all import Base
from registry.talk.person_requests import PersonRequests
from tests.bot.cli.commands import CommandLine, Ran, Records
from tests.registry.conftest import postgresql  # noqa: F401
from tests.registry.killing import start

Backup = Callable[..., Ran]


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    kind: str = request.param
    return kind


@pytest.fixture
def use_new_database(
    kind: str, request: pytest.FixtureRequest, var: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], str]:
    """Points the commands to an empty database, as after a disk was lost, and gives its URL."""
    if kind == "postgresql":
        server = request.getfixturevalue("postgresql")
        monkeypatch.setenv("PATH", str(server.binaries), prepend=os.pathsep)

    def use() -> str:
        if kind == "postgresql":
            url: str = server.new_database()
        else:
            number = len([*var.parent.glob("disk-*")])
            url = f"sqlite:///{var.parent}/disk-{number}/records.db"
            (var.parent / f"disk-{number}").mkdir()
        monkeypatch.setenv("ZHUYETONG_DATABASE", url)
        return url

    return use


@pytest.fixture
def records(var: Path, use_new_database: Callable[[], str]) -> Iterator[Records]:
    records = Records(var, use_new_database())
    yield records
    records.database.engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zyt"


# What goes through Telegram is only there while it is on its way, and a bucket until it is full again; the console's
# tables are copied as the others are.
OTHERS = (
    "telegram_",
    "buckets",
    "staff",
    "calls",
    "clause_uses",
    "daily_counts",
    "sign_in_tries",
    "taught",
    "pauses",
    "resume_",
)


def filled(records: Records) -> list[str]:
    """Something in every table; gives the numbers of the registrations."""
    numbers = [records.register(each, name=f"第{each}人") for each in range(5)]
    records.cases.note(numbers[0], "打过电话", "李敏")
    records.cases.milestone_done(numbers[1], "service", "推荐了岗位", "李敏")
    records.cases.plan(numbers[2], date(2025, 3, 10), "打电话", "李敏")
    records.cases.merge(numbers[3], numbers[4], "李敏")
    records.transcripts.note("web-1", "我要登记", "好的")
    PersonRequests(records.database, records.cipher, records.transcripts).ask("web-1", "web", "asked", {"城市": "南昌"})
    records.unanswered.note("有住房补贴吗", "")
    ConversationRows(records.var / "conversations.db", records.cipher).write("web-1", '["甲"]')
    return numbers


def everything(records: Records) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with records.database.session() as session:
        return {
            table.name: sorted(tuple(row) for row in session.execute(table.select()))
            for table in Base.metadata.sorted_tables
        }


def test_after_a_restore_everything_is_there_as_it_was(
    zhuyetong: CommandLine, records: Records, file: Path, use_new_database: Callable[[], str]
) -> None:
    numbers = filled(records)
    assert zhuyetong("backup", str(file), "--as", "李敏").status == 0
    backed_up = everything(records)
    told = {each.number: each.fields for each in records.registrations.all()}
    for path in records.var.glob("conversations.db*"):
        path.unlink()
    again = Records(records.var, use_new_database())
    ran = zhuyetong("restore", str(file), "--as", "王芳")

    restored = everything(again)
    assert (ran.status, ran.error, ran.out[1]) == (0, "", "     0  deleted or withdrawn since then, and so again now")
    assert [name for name, rows in backed_up.items() if not rows and not name.startswith(OTHERS)] == []
    # But that it was restored, and by whom, is noted.
    assert restored.pop("audit_entries")[:-1] == backed_up.pop("audit_entries")
    assert [restored.pop("audit_head")[0][1] - backed_up.pop("audit_head")[0][1], restored] == [1, backed_up]
    assert {each.number: each.fields for each in again.registrations.all()} == told
    assert [each.text for each in again.cases.show(numbers[0]).notes] == ["打过电话"]
    assert Audit(again.database, again.cipher).verify() == []
    assert ConversationRows(records.var / "conversations.db", records.cipher).read("web-1") == '["甲"]'
    with pytest.raises(Exception, match="audit_entries"), again.database.writing() as session:
        session.execute(text("delete from audit_entries"))


def test_a_backup_is_for_its_user_alone_and_holds_neither_a_key_nor_what_was_told(
    zhuyetong: CommandLine, records: Records, file: Path
) -> None:
    filled(records)
    zhuyetong("backup", str(file))
    with tarfile.open(file) as archive:
        parts = {name: archive.extractfile(name).read() for name in archive.getnames()}  # type: ignore[union-attr]

    inside = b"".join(parts.values())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(parts) == ["about.json", "conversations.db", "records"]
    secrets = ["第1人", "13800000001", "视力", "打过电话", (records.var / "key").read_text().strip()]
    assert [secret for secret in secrets if secret.encode() in inside] == []
    assert [path.name for path in records.var.iterdir() if path.name.startswith("copy-")] == []


def test_a_backup_is_of_one_moment_though_others_write(
    zhuyetong: CommandLine, records: Records, file: Path, use_new_database: Callable[[], str]
) -> None:
    url = str(records.database.engine.url)
    process = start(url, records.var / "key", 0)
    assert process.stdout is not None
    first = [process.stdout.readline() for _ in range(20)]
    assert zhuyetong("backup", str(file)).status == 0
    process.kill()
    process.communicate()
    again = Records(records.var, use_new_database())

    assert zhuyetong("restore", str(file)).status == 0
    restored = [each.number for each in again.registrations.all()]
    assert [line.split()[1] for line in first[1:] if line.split()[1] not in restored] == []
    assert Audit(again.database, again.cipher).verify() == []


# what is there already -----------------------------------------------------------------------------------------------


def test_records_that_are_there_are_written_over_only_by_force(
    zhuyetong: CommandLine, records: Records, file: Path
) -> None:
    records.register(1)
    zhuyetong("backup", str(file))
    later = records.register(2)

    assert zhuyetong("restore", str(file)) == Ran(
        1,
        [],
        "zhuyetong: there are records, conversations or documents already; back them up, then restore with --force\n",
    )
    assert later in [each.number for each in records.registrations.all()]
    assert zhuyetong("restore", str(file), "--force").status == 0
    assert later not in [each.number for each in records.registrations.all()]


def test_who_was_deleted_or_withdrew_after_the_backup_does_not_come_back(
    zhuyetong: CommandLine, records: Records, file: Path
) -> None:
    deleted, withdrawn, stays = (records.register(each) for each in range(3))
    zhuyetong("backup", str(file))
    zhuyetong("registrations", "delete", deleted, "--yes")
    # Not by the clock of these records, which is in 2025: it is compared with when the backup was made.
    from registry.registrations.registrations import Registrations

    Registrations(records.database, records.cipher).withdraw_consent(withdrawn, "general", "self")
    ran = zhuyetong("restore", str(file), "--force")

    assert ran.out[1] == "     2  deleted or withdrawn since then, and so again now"
    left = {each.number: bool(each.fields) for each in records.registrations.all()}
    assert left == {withdrawn: False, stays: True}


# what cannot be put back ---------------------------------------------------------------------------------------------


def test_a_backup_made_with_another_key_is_not_put_back(
    zhuyetong: CommandLine, records: Records, file: Path, use_new_database: Callable[[], str]
) -> None:
    records.register()
    zhuyetong("backup", str(file))
    (records.var / "key").write_text(Fernet.generate_key().decode())
    use_new_database()

    assert zhuyetong("restore", str(file)).error == (
        f"zhuyetong: the backup was made with a key that is not in {records.var / 'key'}; "
        "put that key file back first\n"
    )


def documents(var: Path) -> dict[str, str]:
    """What is in the folders of documents, by path."""
    folders = (var / "documents", var / "versions")
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(var).as_posix(): path.read_text(encoding="utf-8") for path in files}


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_documents_and_their_versions_come_back_and_what_came_later_is_gone(
    zhuyetong: CommandLine, records: Records, file: Path
) -> None:
    records.register()
    write(records.var / "documents" / "plan" / "clauses.yml", "- id: '1'")
    write(records.var / "versions" / "plan" / "00001" / "clauses.yml", "- id: '0'")
    before = documents(records.var)
    assert zhuyetong("backup", str(file)).status == 0
    write(records.var / "documents" / "plan" / "clauses.yml", "spoiled")
    write(records.var / "documents" / "later" / "clauses.yml", "later")
    refused = zhuyetong("restore", str(file))
    ran = zhuyetong("restore", str(file), "--force")

    assert (refused.status, "documents already" in refused.error) == (1, True)
    assert (ran.status, ran.error) == (0, "")
    assert documents(records.var) == before
    assert [path.name for path in records.var.iterdir() if path.name.startswith("copy-")] == []


@pytest.mark.parametrize("name", ["../key", "/etc/x", "documents/../../key", "other/file", "documents"])
def test_a_part_that_names_other_files_is_refused(tmp_path: Path, name: str) -> None:
    settings = Settings(var=tmp_path / "var")
    write(settings.documents[-1] / "plan" / "clauses.yml", "ours")
    with tarfile.open(tmp_path / "part.tar", "w") as archive:
        about = tarfile.TarInfo(name)
        about.size = 1
        archive.addfile(about, io.BytesIO(b"x"))
    (tmp_path / "room").mkdir()

    with pytest.raises(BackupError, match="has no place in a backup"):
        put_documents_back(tmp_path / "part.tar", settings, tmp_path / "room")
    assert documents(settings.var) == {"documents/plan/clauses.yml": "ours"}


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "broken", ["missing", "no backup", "cut", "changed", "without records", "of another kind", "newer"]
)
def test_what_is_no_whole_backup_is_named_and_what_is_there_stays(
    zhuyetong: CommandLine, records: Records, file: Path, broken: str
) -> None:
    number = records.register()
    zhuyetong("backup", str(file))
    reasons = {
        "missing": "is no whole backup (FileNotFoundError); take another one",
        "no backup": "is no whole backup (BadGzipFile); take another one",
        "cut": "is no whole backup (EOFError); take another one",
        "changed": "was changed after it was written; take another backup",
        "without records": "was changed after it was written; take another backup",
        "of another kind": "the backup is of postgresql and the records are in sqlite; set ZHUYETONG_DATABASE",
        "newer": "has format 3 and this program knows 2; use the newer program",
    }
    if broken == "missing":
        file.unlink()
    elif broken == "no backup":
        file.write_text("甲")
    elif broken == "cut":
        file.write_bytes(file.read_bytes()[:1000])
    else:
        parts = dict(unpacked(file))
        if broken == "changed":
            parts["records"] = parts["records"][:-1] + b"!"
        elif broken == "without records":
            del parts["records"]
        elif broken == "of another kind":
            parts["about.json"] = signed_anew(records, parts["about.json"], kind="postgresql")
        else:
            parts["about.json"] = parts["about.json"].replace(b'"format": 1', b'"format": 3')
        repack(file, parts)
    ran = zhuyetong("restore", str(file), "--force")

    assert (ran.status, ran.out, ran.error.endswith(f"{reasons[broken]}\n")) == (1, [], True), ran.error
    assert [each.number for each in records.registrations.all()] == [number]


def unpacked(file: Path) -> Mapping[str, bytes]:
    with tarfile.open(file) as archive:
        return {name: archive.extractfile(name).read() for name in archive.getnames()}  # type: ignore[union-attr]


def repack(file: Path, parts: Mapping[str, bytes]) -> None:
    with tarfile.open(file, "w:gz") as archive:
        for name, content in parts.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            archive.addfile(about, io.BytesIO(content))


def signed_anew(records: Records, about: bytes, **changes: object) -> bytes:
    """What a backup says of itself, as somebody with the key says it."""
    told = {**json.loads(about), **changes}
    del told["signature"]
    signature = records.cipher.signer("backup")(json.dumps(told, sort_keys=True, separators=(",", ":")))
    return json.dumps({**told, "signature": signature}).encode()


# who made it ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("changed", ["about.json", "records", "conversations.db"])
def test_a_backup_that_somebody_without_the_key_changed_is_refused_though_its_digests_fit(
    zhuyetong: CommandLine, records: Records, file: Path, changed: str
) -> None:
    filled(records)
    zhuyetong("backup", str(file))
    parts = dict(unpacked(file))
    about = json.loads(parts["about.json"])
    if changed == "about.json":
        about["made_at"] = "2099-01-01T00:00:00+00:00"
    else:
        parts[changed] = parts[changed] + b"\0"
        about["digests"][changed] = hashlib.sha256(parts[changed]).hexdigest()
    repack(file, {**parts, "about.json": json.dumps(about).encode()})

    for options in ([], ["--unsigned"]):
        assert zhuyetong("restore", str(file), "--force", *options).error == (
            f"zhuyetong: {file}: was changed after it was written; take another backup\n"
        )


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_backup_from_before_they_were_signed_is_put_back_only_when_that_is_said(
    zhuyetong: CommandLine, records: Records, file: Path
) -> None:
    number = records.register()
    zhuyetong("backup", str(file))
    parts = dict(unpacked(file))
    about = json.loads(parts["about.json"])
    del about["signature"]
    repack(file, {**parts, "about.json": json.dumps(about).encode()})
    refused = zhuyetong("restore", str(file), "--force")

    assert (refused.status, refused.error) == (
        1,
        f"zhuyetong: {file}: is not signed, as backups were not before; "
        "where you know who made it, restore with --unsigned\n",
    )
    assert zhuyetong("restore", str(file), "--force", "--unsigned").status == 0
    assert [each.number for each in records.registrations.all()] == [number]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_backup_made_before_a_new_key_is_still_known_as_ours(
    zhuyetong: CommandLine, records: Records, file: Path
) -> None:
    records.register()
    zhuyetong("backup", str(file))
    zhuyetong("key", "rotate")

    assert zhuyetong("restore", str(file), "--force").status == 0


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("part", ["records", "about.json", "../../key", "a pax header"])
def test_an_archive_that_unpacks_to_more_than_a_backup_has_fills_no_disk(
    zhuyetong: CommandLine, records: Records, file: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr("bot.cli.backup_archive.LARGEST", 4 << 20)
    with tarfile.open(file, "w:gz") as archive:
        about = tarfile.TarInfo("records" if part == "a pax header" else part)
        about.size = 8 << 20
        if part == "a pax header":
            about.size, about.pax_headers = 0, {"comment": "x" * (8 << 20)}
        archive.addfile(about, io.BytesIO(bytes(about.size)))
    ran = zhuyetong("restore", str(file))

    assert (ran.status, f"{file}: " in ran.error, "take another one" in ran.error) == (1, True, True), ran.error
    assert [path.name for path in records.var.iterdir() if path.name.startswith("copy-")] == []


def test_records_whose_audit_is_broken_are_not_put_in_the_place_of_others(
    zhuyetong: CommandLine, records: Records, file: Path
) -> None:
    records.register(1)
    with records.database.writing() as session:
        session.execute(text("update audit_head set count = 7"))
    zhuyetong("backup", str(file))
    ran = zhuyetong("restore", str(file), "--force")

    assert (ran.status, ran.out) == (1, [])
    assert ran.error.endswith("; compare with an older backup before you trust it\n")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_file_that_is_there_is_not_written_over(zhuyetong: CommandLine, records: Records, file: Path) -> None:
    file.write_text("甲")

    assert zhuyetong("backup", str(file)).error == (
        f"zhuyetong: {file}: is there already; name another file, or move that one away\n"
    )
    assert file.read_text() == "甲"


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_broken_database_is_to_be_moved_away_first(zhuyetong: CommandLine, records: Records, file: Path) -> None:
    number = records.register()
    zhuyetong("backup", str(file))
    records.database.engine.dispose()
    place = Path(records.database.engine.url.database or "")
    # A file of its own: the commands of this test have the old one open.
    for old in place.parent.glob("records.db*"):
        old.unlink()
    place.write_bytes(b"\xff" * 10_000)
    refused = zhuyetong("restore", str(file), "--force").error
    place.unlink()

    assert refused.endswith("; move that away, or set ZHUYETONG_DATABASE, and restore again\n")
    assert zhuyetong("restore", str(file)).status == 0
    assert [each.number for each in records.registrations.all()] == [number]


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_without_the_programs_of_postgresql_it_is_said_what_to_install(
    zhuyetong: CommandLine, records: Records, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    assert zhuyetong("backup", str(file)).error == (
        "zhuyetong: pg_dump: is not installed; install PostgreSQL's client programs, at least as new as the server\n"
    )
    assert not file.exists()


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_password_is_told_to_nobody(records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from registry.errors import BackupError
    from registry.upkeep.backup_copies import save

    program = tmp_path / "pg_dump"
    program.write_text('#!/bin/sh\necho "$@" >&2\nenv >&2\nexit 1\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    records.database.engine.url = records.database.engine.url.set(password="se:c\\ret")

    with pytest.raises(BackupError, match="passfile=") as caught:
        save(records.database, tmp_path / "copy")
    assert [form for form in ("se:c", "se%3Ac") if form in str(caught.value)] == []
