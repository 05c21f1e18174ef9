"""The command line: `zhuyetong COMMAND`, put together from the groups of commands in the modules beside this one."""

import os
import sys
from collections.abc import Sequence

import click

# Rasa would report usage to its makers and log every step, and TensorFlow would fill the screen; they look once, when
# imported.
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("LOG_LEVEL", "ERROR")  # Rasa's: without it, a bar for each step of training.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
from bot.cli.backup import backup, restore
from bot.cli.cases import cases
from bot.cli.command_group import CommandGroup
from bot.cli.documents import documents
from bot.cli.models import models
from bot.cli.persons import persons
from bot.cli.registrations import registrations
from bot.cli.service import chat, doctor, serve, train
from bot.cli.staff import staff
from bot.cli.talk import talk
from bot.cli.unanswered import unanswered
from bot.cli.upkeep import audit, key, retention
from bot.errors import ServiceError
from bot.settings import SettingsError
from knowledge.errors import KnowledgeError
from registry.errors import (
    BackupError,
    CaseError,
    EncryptionError,
    PersonRequestError,
    QuestionError,
    RegistrationError,
    RegistrationNotFound,
    RegistryError,
    StaffError,
)

_SAYS_WHAT_NEXT = (
    SettingsError,
    ServiceError,
    KnowledgeError,
    EncryptionError,
    PersonRequestError,
    RegistrationError,
    RegistrationNotFound,
    CaseError,
    QuestionError,
    BackupError,
    StaffError,
)

zhuyetong = CommandGroup(
    "zhuyetong",
    help="助业通：江西残疾人就业问答助手",
    context_settings={"help_option_names": ["-h", "--help"]},
)
zhuyetong.add_section("Service", (serve, train, doctor, models))
zhuyetong.add_section("Talk in the terminal", (chat, talk))
zhuyetong.add_section("Documents", (documents, unanswered))
zhuyetong.add_section("People", (persons, registrations, cases))
zhuyetong.add_section("Staff and records", (staff, audit, retention, key, backup, restore))


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 done, 1 cannot be done, 130 interrupted.

    Raises SystemExit with status 2 for wrong usage, once that is said on standard error.
    """
    # What people say of their disability is kept in `var`: whatever a command makes is for this user alone.
    os.umask(0o077)
    try:
        return zhuyetong.main(arguments, prog_name="zhuyetong", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        raise SystemExit(error.exit_code) from error
    except click.Abort as abort:
        # click takes any input that ends for the wish to stop, be it a broken file or another process.
        if isinstance(abort.__cause__, EOFError):
            raise abort.__cause__ from None
        return 130
    except _SAYS_WHAT_NEXT as error:
        print(f"zhuyetong: {error}", file=sys.stderr)
        return 1
    except RegistryError as error:
        print(f"zhuyetong: {error}; set ZHUYETONG_DATABASE to a database that can be reached", file=sys.stderr)
        return 1
