"""The commands that keep the records in order: the audit, what was kept long enough, and the key."""

import sys
from datetime import date, timedelta

import click

from bot.app.records import open_conversations, open_records
from bot.cli.command_group import CommandGroup
from bot.cli.options import as_actor, day, pass_settings
from bot.printing import minute, plain
from bot.settings import Settings
from registry.clock import today


@click.group(cls=CommandGroup)
def audit() -> None:
    """Who read or changed which record, and whether that was tampered with."""


@click.group(cls=CommandGroup)
def key() -> None:
    """Change the key that the records are encrypted with."""


@audit.command("verify")
@pass_settings
def verify(settings: Settings) -> int:
    """Say whether an entry was changed, taken out or put in; then status 1."""
    entries = open_records(settings).audit
    problems = entries.verify()
    for problem in problems:
        print(problem)
    if problems:
        print(
            "Next: copy the database as it is, find out who can write to it, and compare with a backup.",
            file=sys.stderr,
        )
        return 1
    count, last = entries.head()
    print(f"{count} entries, each as it was written; the last is {last or '-'}")
    print("Note the line above where nobody who can write to the database can: it shows when all was put back.")
    return 0


@audit.command("list")
@click.argument("number", required=False)
@pass_settings
def list_entries(settings: Settings, number: str | None) -> None:
    """Who did what and when, oldest first; of one registration, or of all."""
    for each in open_records(settings).audit.entries(number):
        detail = "  ".join(f"{name}={value}" for name, value in each.detail.items())
        line = f"{each.id:6}  {minute(each.at)}  {each.subject or '-':8}  {each.action:16}  {each.actor}  {detail}"
        print(plain(line.rstrip()))


@click.command
@click.option("--dry-run", is_flag=True, help="say what would go, and delete nothing")
@click.option("--on", type=day, metavar="DAY", help="as if on DAY (default: today)")
@as_actor
@pass_settings
def retention(settings: Settings, dry_run: bool, on: date | None, actor: str) -> None:
    """Delete what was kept long enough; run it every day."""
    from registry.upkeep.retention import expire, periods

    records = open_records(settings)
    on = on or today()
    days = {kind: period.days for kind, period in periods().items()}
    gone = dict(expire(records.database, records.cipher, on, dry_run, actor))
    conversations = open_conversations(settings, records.cipher)
    if conversations:
        # What the bot remembers of a talk is needed no longer than what staff can read of it.
        days["conversations"] = days["transcript_turns"]
        before = on - timedelta(days=days["conversations"])
        gone["conversations"] = conversations.forget_before(before, dry_run)
        conversations.close()
    for kind, count in gone.items():
        print(f"{count:6}  {kind} {'would go' if dry_run else 'went'} after {days[kind]} days")


@key.command("new")
@pass_settings
def new_key(settings: Settings) -> None:
    """Put a new key before the others; what is there stays as it is."""
    from registry.store.key_file import put_new_key

    put_new_key(settings.key_file)
    print(f"{settings.key_file} begins with a new key; keep a copy of the file elsewhere, and all the keys in it")
    print("Next: start every running service again, then run `zhuyetong key renew`.")


@key.command("renew")
@as_actor
@pass_settings
def renew_key(settings: Settings, actor: str) -> int:
    """Encrypt everything with the newest key."""
    return _renew(settings, actor)


def _renew(settings: Settings, actor: str) -> int:
    from registry.upkeep.rotation import rotate

    records = open_records(settings)
    rotation = rotate(records.database, records.cipher, actor)
    renewed, unreadable = dict(rotation.renewed), [*rotation.unreadable]
    conversations = open_conversations(settings, records.cipher)
    if conversations:
        renewed["conversations"], more = conversations.renew()
        conversations.close()
        unreadable += more
    for table, count in renewed.items():
        print(f"{count:6}  {table} encrypted anew")
    for record in unreadable:
        print(f"{record}: no key decrypts it; take it from a backup", file=sys.stderr)
    return 1 if unreadable else 0


@key.command("rotate")
@as_actor
@pass_settings
def rotate_key(settings: Settings, actor: str) -> int:
    """Both at once, while nothing runs."""
    from registry.store.key_file import put_new_key

    # Reached before the key is put: a new one that nothing is written with is no help.
    open_records(settings)
    put_new_key(settings.key_file)
    print(f"{settings.key_file} begins with a new key; keep a copy of the file elsewhere, and all the keys in it")
    status = _renew(settings, actor)
    print("A service that runs cannot read this: start it again, then run `zhuyetong key renew` for what it wrote.")
    return status
