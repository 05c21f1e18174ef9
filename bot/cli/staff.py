"""The staff commands: who may sign in at the console, as what."""

import sys
from getpass import getpass
from typing import TYPE_CHECKING

import click

from bot.app.records import open_records
from bot.cli.command_group import CommandGroup
from bot.cli.options import as_actor, name, pass_settings
from bot.errors import ServiceError
from bot.printing import minute, plain
from bot.settings import Settings

if TYPE_CHECKING:
    from registry.staff.accounts import Staff


_login = click.argument("login", type=name)
_generate = click.option(
    "--generate", is_flag=True, help="make one to be changed at the first sign-in, and show it once"
)


@click.group(cls=CommandGroup)
def staff() -> None:
    """Accounts for the console: who may sign in, as what."""


@staff.command("list")
@pass_settings
def list_accounts(settings: Settings) -> None:
    """Login, role, whether they may sign in, name."""
    for each in _opened(settings).all():
        state = "active" if each.active else "disabled"
        codes = "codes" if each.has_codes else "-"
        about = f"{each.role.value:10}  {state:8}  {codes:5}  {minute(each.added_at)}"
        print(f"{plain(each.login):20}  {about}  {plain(each.name)}")


@staff.command("add")
@_login
@click.option("--name", "called", type=name, metavar="NAME", help="what colleagues see (default: the login name)")
@click.option("--role", default="agent", metavar="ROLE", help="agent (the default), supervisor or admin")
@_generate
@as_actor
@pass_settings
def add(settings: Settings, login: str, called: str | None, role: str, generate: bool, actor: str) -> None:
    """Make an account; its password is asked for, or made and shown once."""
    from registry.staff.account_rules import check_names, role_of

    accounts = _opened(settings)
    # Before anybody thinks of a password in vain.
    check_names(login, called or login)
    role_of(role)
    new = _new_password(generate)
    accounts.add(login, called or login, role, new, actor, first=generate)
    print(f"staff {login}: may sign in at /console as {role}")


@staff.command("disable")
@_login
@as_actor
@pass_settings
def disable(settings: Settings, login: str, actor: str) -> None:
    """Let somebody sign in no more, and sign them out everywhere."""
    _opened(settings).set_active(login, False, actor)
    print(f"staff {login}: signs in no more")


@staff.command("enable")
@_login
@as_actor
@pass_settings
def enable(settings: Settings, login: str, actor: str) -> None:
    """Let somebody sign in again."""
    _opened(settings).set_active(login, True, actor)
    print(f"staff {login}: may sign in again")


@staff.command("password")
@_login
@_generate
@as_actor
@pass_settings
def password(settings: Settings, login: str, generate: bool, actor: str) -> None:
    """Give another password, and sign them out everywhere."""
    accounts = _opened(settings)
    accounts.set_password(login, _new_password(generate), actor, first=generate)
    print(f"staff {login}: has another password and is signed out everywhere")


@staff.command("role")
@_login
@click.argument("role")
@as_actor
@pass_settings
def role(settings: Settings, login: str, role: str, actor: str) -> None:
    """Give another role, and sign them out everywhere: agent, supervisor or admin."""
    _opened(settings).set_role(login, role, actor)
    print(f"staff {login}: is {role} and signs in anew")


@staff.command("codes-off")
@_login
@as_actor
@pass_settings
def codes_off(settings: Settings, login: str, actor: str) -> None:
    """Ask for no one-time code until they set it up anew, as after a lost phone."""
    _opened(settings).drop_codes(login, actor)
    print(f"staff {login}: signs in without a one-time code")


@staff.command("recovery-codes")
@_login
@as_actor
@pass_settings
def recovery_codes(settings: Settings, login: str, actor: str) -> None:
    """Make ten other recovery codes and show them once."""
    codes = _opened(settings).new_recovery_codes(login, actor)
    print("recovery codes, shown this once:", *codes, sep="\n")


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
