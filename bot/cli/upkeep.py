"""The commands that keep the records in order: the audit, what was kept long enough, and the key."""

import argparse
import sys
from datetime import timedelta

from bot.app.records import open_conversations, open_records
from bot.cli.options import add_actor, day
from bot.printing import minute, plain
from bot.settings import Settings
from registry.clock import today


def add_upkeep(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `audit verify | list`, `retention` and `key new | renew | rotate` to the command line."""
    audit = commands.add_parser("audit", help="who read or changed which record, and whether that was tampered with")
    actions = audit.add_subparsers(required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="say whether an entry was changed, taken out or put in; then status 1")
    verify.set_defaults(command=_verify)
    listed = actions.add_parser("list", help="who did what and when, oldest first")
    listed.add_argument("number", nargs="?", help="of one registration (default: all)")
    listed.set_defaults(command=_list)

    retention = commands.add_parser("retention", help="delete what was kept long enough; run it every day")
    retention.add_argument("--dry-run", action="store_true", help="say what would go, and delete nothing")
    retention.add_argument("--on", type=day, default=today(), metavar="DAY", help="as if on DAY (default: today)")
    retention.set_defaults(command=_retention)
    add_actor(retention)

    key = commands.add_parser("key", help="change the key that the records are encrypted with")
    steps = key.add_subparsers(required=True, metavar="ACTION")
    new = steps.add_parser("new", help="put a new key before the others; what is there stays as it is")
    new.set_defaults(command=_new_key)
    renew = steps.add_parser("renew", help="encrypt everything with the newest key")
    renew.set_defaults(command=_renew)
    rotate = steps.add_parser("rotate", help="both at once, while nothing runs")
    rotate.set_defaults(command=_rotate)
    for step in (renew, rotate):
        add_actor(step)


def _verify(settings: Settings, given: argparse.Namespace) -> int:
    audit = open_records(settings).audit
    problems = audit.verify()
    for problem in problems:
        print(problem)
    if problems:
        print(
            "Next: copy the database as it is, find out who can write to it, and compare with a backup.",
            file=sys.stderr,
        )
        return 1
    count, last = audit.head()
    print(f"{count} entries, each as it was written; the last is {last or '-'}")
    print("Note the line above where nobody who can write to the database can: it shows when all was put back.")
    return 0


def _list(settings: Settings, given: argparse.Namespace) -> int:
    for each in open_records(settings).audit.entries(given.number):
        detail = "  ".join(f"{name}={value}" for name, value in each.detail.items())
        line = f"{each.id:6}  {minute(each.at)}  {each.subject or '-':8}  {each.action:16}  {each.actor}  {detail}"
        print(plain(line.rstrip()))
    return 0


def _retention(settings: Settings, given: argparse.Namespace) -> int:
    from registry.upkeep.retention import expire, periods

    records = open_records(settings)
    days = {kind: period.days for kind, period in periods().items()}
    gone = dict(expire(records.database, records.cipher, given.on, given.dry_run, given.actor))
    conversations = open_conversations(settings, records.cipher)
    if conversations:
        # What the bot remembers of a talk is needed no longer than what staff can read of it.
        days["conversations"] = days["transcript_turns"]
        before = given.on - timedelta(days=days["conversations"])
        gone["conversations"] = conversations.forget_before(before, given.dry_run)
        conversations.close()
    for kind, count in gone.items():
        print(f"{count:6}  {kind} {'would go' if given.dry_run else 'went'} after {days[kind]} days")
    return 0


def _new_key(settings: Settings, given: argparse.Namespace) -> int:
    from registry.store.key_file import put_new_key

    put_new_key(settings.key_file)
    print(f"{settings.key_file} begins with a new key; keep a copy of the file elsewhere, and all the keys in it")
    print("Next: start every running service again, then run `zhuyetong key renew`.")
    return 0


def _renew(settings: Settings, given: argparse.Namespace) -> int:
    from registry.upkeep.rotation import rotate

    records = open_records(settings)
    rotation = rotate(records.database, records.cipher, given.actor)
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


def _rotate(settings: Settings, given: argparse.Namespace) -> int:
    from registry.store.key_file import put_new_key

    # Reached before the key is put: a new one that nothing is written with is no help.
    open_records(settings)
    put_new_key(settings.key_file)
    print(f"{settings.key_file} begins with a new key; keep a copy of the file elsewhere, and all the keys in it")
    status = _renew(settings, given)
    print("A service that runs cannot read this: start it again, then run `zhuyetong key renew` for what it wrote.")
    return status
