"""The backup and restore commands: one file with records, conversations and documents, without the key."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.app.records import open_conversations, open_forgetting, open_records
from bot.cli.options import as_actor, pass_settings
from bot.errors import ServiceError
from bot.printing import minute
from bot.settings import Settings
from registry.errors import BackupError, EncryptionError, RegistrationError, RegistrationNotFound, RegistryError

if TYPE_CHECKING:
    from bot.cli.backup_archive import Backup
    from registry.records import Records
    from registry.store.audit import AuditEntry

_ENDED = ("delete", "withdraw_consent", "forget_talk", "end_talk")


@click.command
@click.argument("file", type=click.Path(path_type=Path))
@as_actor
@pass_settings
def backup(settings: Settings, file: Path, actor: str) -> None:
    """Copy records, conversations and documents to one file; the service goes on."""
    from bot.cli.backup_archive import CONVERSATIONS, PLAIN, RECORDS, WITH_DOCUMENTS, Backup, own_folder, pack
    from bot.cli.backup_documents import DOCUMENTS, have_documents, save_documents
    from registry.upkeep.backup_copies import copy_sqlite, save

    if file.exists():
        raise ServiceError(f"{file}: is there already; name another file, or move that one away")
    records = open_records(settings)
    made_at = records.now()
    _note(records, actor, "backup", {"made_at": made_at.isoformat()})
    with own_folder(settings) as folder:
        save(records.database, folder / RECORDS)
        if settings.conversations.exists():
            copy_sqlite(settings.conversations, folder / CONVERSATIONS)
        if have_documents(settings):
            save_documents(settings, folder / DOCUMENTS)
        kind = WITH_DOCUMENTS if (folder / DOCUMENTS).exists() else PLAIN
        names = " and ".join(sorted(path.stem for path in folder.iterdir()))
        made = Backup(made_at, records.database.kind, records.cipher.encrypt("backup"), kind)
        pack(folder, made, file, records.cipher)
    print(f"{file}: {names} as of {minute(made_at)}; what people told is encrypted in it")
    print(f"The key is not in it: keep a copy of {settings.key_file} in another place, or nobody can read the backup.")


@click.command
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="write over the records that are there")
@click.option("--unsigned", is_flag=True, help="take a backup from before they were signed; anybody may have made it")
@as_actor
@pass_settings
def restore(settings: Settings, file: Path, force: bool, unsigned: bool, actor: str) -> None:
    """Put a backup back and check it; stop the service before."""
    from bot.cli.backup_archive import CONVERSATIONS, RECORDS, own_folder, unpack
    from bot.cli.backup_documents import DOCUMENTS, put_documents_back
    from registry.records import Records
    from registry.store.database import Database
    from registry.upkeep.backup_copies import check, copy_sqlite, put_back

    with own_folder(settings) as folder:
        made = unpack(file, folder, settings.key_file, unsigned=unsigned)
        records = _to_write_over(settings, made, force)
        check(made.kind, folder / RECORDS)
        if made.kind == "sqlite":
            # Before anything is written over; a dump of PostgreSQL can be looked into only once it is put back.
            _check_audit(file, Records(Database(f"sqlite:///{folder / RECORDS}"), records.cipher))
        before = records.audit
        ended = [each for each in before.entries() if each.action in _ENDED and each.at > made.made_at]
        count, last = before.head()
        put_back(records.database, folder / RECORDS)
        if (folder / CONVERSATIONS).exists():
            copy_sqlite(folder / CONVERSATIONS, settings.conversations)
        if (folder / DOCUMENTS).exists():
            with own_folder(settings) as room:
                put_documents_back(folder / DOCUMENTS, settings, room)
    # Opened anew: where an older program made the backup, its tables are brought up to date.
    records = open_records(settings)
    _check_audit(file, records)
    made_at = made.made_at.isoformat()
    _note(records, actor, "restore", {"made_at": made_at, "entries_before": count, "last_before": last})
    again = _end_again(settings, records, ended, actor)
    print(f"the records are those of {minute(made.made_at)}, and their audit is whole")
    print(f"{again:6}  deleted or withdrawn since then, and so again now")
    print("Next: delete again what else was deleted since then; `zhuyetong retention`; start the service again.")


def _to_write_over(settings: Settings, backup: "Backup", force: bool) -> "Records":
    """The records as they are; raises BackupError where the backup must not take their place."""
    from bot.cli.backup_documents import have_documents
    from registry.upkeep.backup_copies import holds_records

    try:
        records = open_records(settings)
    except EncryptionError:
        raise
    except RegistryError as error:
        raise BackupError(f"{error}; move that away, or set ZHUYETONG_DATABASE, and restore again") from error
    if records.database.kind != backup.kind:
        raise BackupError(
            f"the backup is of {backup.kind} and the records are in {records.database.kind}; set ZHUYETONG_DATABASE"
        )
    conversations = open_conversations(settings, records.cipher)
    talked = bool(conversations and conversations.count())
    if (talked or have_documents(settings) or holds_records(records.database)) and not force:
        raise BackupError(
            "there are records, conversations or documents already; back them up, then restore with --force"
        )
    return records


def _check_audit(file: Path, records: "Records") -> None:
    problems = records.audit.verify()
    records.database.engine.dispose()
    if problems:
        raise BackupError(f"{file}: {problems[0]}; compare with an older backup before you trust it")


def _end_again(settings: Settings, records: "Records", ended: "Sequence[AuditEntry]", actor: str) -> int:
    """Deletes, forgets and withdraws once more what was after the backup; gives how many that were."""
    from registry.registrations.receipts import Receipt

    registrations, forgetting = records.registrations, open_forgetting(settings, records)
    marked = forgetting.senders_by_mark()
    count = 0
    for each in ended:
        try:
            if each.action == "delete":
                forgetting.forget_person(registrations.delete(str(each.subject), actor), actor)
            elif each.action == "withdraw_consent":
                registrations.withdraw_consent(str(each.subject), each.detail["purpose"], actor)
            else:
                # Also of who registered after the backup: they may have talked before it.
                senders = [marked[mark] for mark in each.detail["senders"].split() if mark in marked]
                if senders:
                    receipt = Receipt(each.subject, each.at, senders=senders)
                    forgetting.forget_person(receipt, actor, finished=each.action == "end_talk")
                if not senders or each.subject is not None:
                    continue
        except (RegistrationNotFound, RegistrationError):
            # Registered after the backup, so it is not there; or deleted after it was withdrawn.
            continue
        count += 1
    return count


def _note(records: "Records", actor: str, action: str, detail: Mapping[str, object]) -> None:
    with records.database.writing() as session:
        records.audit.note(session, actor, action, None, detail)
