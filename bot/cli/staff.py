"""The staff commands: who may sign in at the console, as what."""

import argparse
import sys
from collections.abc import Callable
from getpass import getpass
from typing import TYPE_CHECKING

from bot.app.records import open_records
from bot.cli.options import add_actor, name
from bot.errors import ServiceError
from bot.printing import minute, plain
from bot.settings import Settings

if TYPE_CHECKING:
    from registry.staff.accounts import Staff


def add_staff(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `staff add | list | disable | enable | password | role | codes-off | recovery-codes` to the command line."""
    staff = commands.add_parser("staff", help="accounts for the console: who may sign in, as what")
    actions = staff.add_subparsers(required=True, metavar="ACTION")

    def action(
        called: str, command: Callable[[Settings, argparse.Namespace], int], told: str
    ) -> argparse.ArgumentParser:
        added = actions.add_parser(called, help=told)
        added.set_defaults(command=command)
        return added

    action("list", _list, "login, role, whether they may sign in, name")
    add = action("add", _add, "make an account; its password is asked for, or made and shown once")
    disable = action("disable", _disable, "let somebody sign in no more, and sign them out everywhere")
    enable = action("enable", _enable, "let somebody sign in again")
    password = action("password", _password, "give another password, and sign them out everywhere")
    role = action("role", _role, "give another role, and sign them out everywhere")
    codes = action("codes-off", _codes_off, "ask for no one-time code until they set it up anew, as after a lost phone")
    recovery = action("recovery-codes", _recovery_codes, "make ten other recovery codes and show them once")
    for each in (add, disable, enable, password, role, codes, recovery):
        each.add_argument("login", type=name)
        add_actor(each)
    add.add_argument("--name", type=name, metavar="NAME", help="what colleagues see (default: the login name)")
    add.add_argument("--role", default="agent", metavar="ROLE", help="agent (the default), supervisor or admin")
    role.add_argument("role", metavar="ROLE", help="agent, supervisor or admin")
    for each in (add, password):
        each.add_argument(
            "--generate",
            action="store_true",
            help="make one to be changed at the first sign-in, and show it once",
        )


def _list(settings: Settings, given: argparse.Namespace) -> int:
    for each in _opened(settings).all():
        state = "active" if each.active else "disabled"
        codes = "codes" if each.has_codes else "-"
        about = f"{each.role.value:10}  {state:8}  {codes:5}  {minute(each.added_at)}"
        print(f"{plain(each.login):20}  {about}  {plain(each.name)}")
    return 0


def _add(settings: Settings, given: argparse.Namespace) -> int:
    from registry.staff.account_rules import check_names, role_of

    staff = _opened(settings)
    # Before anybody thinks of a password in vain.
    check_names(given.login, given.name or given.login)
    role_of(given.role)
    password = _new_password(given.generate)
    staff.add(given.login, given.name or given.login, given.role, password, given.actor, first=given.generate)
    print(f"staff {given.login}: may sign in at /console as {given.role}")
    return 0


def _disable(settings: Settings, given: argparse.Namespace) -> int:
    _opened(settings).set_active(given.login, False, given.actor)
    print(f"staff {given.login}: signs in no more")
    return 0


def _enable(settings: Settings, given: argparse.Namespace) -> int:
    _opened(settings).set_active(given.login, True, given.actor)
    print(f"staff {given.login}: may sign in again")
    return 0


def _password(settings: Settings, given: argparse.Namespace) -> int:
    staff = _opened(settings)
    staff.set_password(given.login, _new_password(given.generate), given.actor, first=given.generate)
    print(f"staff {given.login}: has another password and is signed out everywhere")
    return 0


def _role(settings: Settings, given: argparse.Namespace) -> int:
    _opened(settings).set_role(given.login, given.role, given.actor)
    print(f"staff {given.login}: is {given.role} and signs in anew")
    return 0


def _codes_off(settings: Settings, given: argparse.Namespace) -> int:
    _opened(settings).drop_codes(given.login, given.actor)
    print(f"staff {given.login}: signs in without a one-time code")
    return 0


def _recovery_codes(settings: Settings, given: argparse.Namespace) -> int:
    codes = _opened(settings).new_recovery_codes(given.login, given.actor)
    print("recovery codes, shown this once:", *codes, sep="\n")
    return 0


def _new_password(generate: bool) -> str:
    """A password from the terminal, or a line of the standard input; never from the command line, which others see."""
    if generate:
        from registry.staff.passwords import generated

        password = generated()
        print(f"password, shown this once: {password}")
        return password
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass("New password: ")
    if password != getpass("The same again: "):
        raise ServiceError("the two passwords differ; nothing was changed; try again")
    return password


def _opened(settings: Settings) -> "Staff":
    return open_records(settings).staff
