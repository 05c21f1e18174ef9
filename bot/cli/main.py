"""The command line: `zhuyetong COMMAND`; the commands about records stand in their own modules."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

# Rasa would report usage to its makers and log every step, and TensorFlow would fill the screen; they look once, when
# imported.
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("LOG_LEVEL", "ERROR")  # Rasa's: without it, a bar for each step of training.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
from bot.cli.backup import add_backups
from bot.cli.cases import add_cases
from bot.cli.models import add_models
from bot.cli.persons import add_persons
from bot.cli.registrations import add_registrations
from bot.cli.staff import add_staff
from bot.cli.talk import add_talk
from bot.cli.unanswered import add_unanswered
from bot.cli.upkeep import add_upkeep
from bot.errors import ServiceError
from bot.settings import Settings, SettingsError, read_port, read_settings
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 done, 1 cannot be done, 2 wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    command: Callable[[Settings, argparse.Namespace], int] = given.command
    # What people say of their disability is kept in `var`: whatever a command makes is for this user alone.
    os.umask(0o077)
    try:
        return command(read_settings(), given)
    except _SAYS_WHAT_NEXT as error:
        print(f"zhuyetong: {error}", file=sys.stderr)
        return 1
    except RegistryError as error:
        print(f"zhuyetong: {error}; set ZHUYETONG_DATABASE to a database that can be reached", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="zhuyetong", description="助业通：江西残疾人就业问答助手")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="serve the web chat and the HTTP interface")
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1, or ZHUYETONG_HOST)")
    serve.add_argument("--port", type=_port, help="port to listen on (default 8080, or ZHUYETONG_PORT)")
    serve.set_defaults(command=_serve)

    chat = commands.add_parser("chat", help="talk in the terminal")
    chat.add_argument("--jsonl", action="store_true", help="one JSON turn a line in, one JSON reply a line out")
    chat.set_defaults(command=_chat)

    add_talk(commands)

    train = commands.add_parser("train", help="train the model where training data, config or domain changed")
    train.add_argument("--force", action="store_true", help="train even where nothing changed")
    train.set_defaults(command=_train)

    doctor = commands.add_parser("doctor", help="say what is installed, what is missing and how to mend it")
    doctor.set_defaults(command=_doctor)

    _add_documents(commands)
    add_models(commands)
    add_persons(commands)
    add_registrations(commands)
    add_cases(commands)
    add_unanswered(commands)
    add_staff(commands)
    add_upkeep(commands)
    add_backups(commands)
    return parser


def _port(text: str) -> int:
    try:
        return read_port(text, "")
    except SettingsError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _add_documents(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    documents = commands.add_parser("documents", help="list, check and add documents")
    actions = documents.add_subparsers(required=True, metavar="ACTION")

    listed = actions.add_parser("list", help="every document with its status today")
    listed.set_defaults(command=_list_documents)

    check = actions.add_parser("check", help="prove that answers say nothing their clauses do not")
    check.add_argument("id", nargs="*", help="documents to check (default: all)")
    check.set_defaults(command=_check_documents)

    add = actions.add_parser("add", help="take in a txt, docx, html or pdf file")
    add.add_argument("file", type=Path)
    add.add_argument("--id", help="folder name, e.g. jiangxi-2025-2027 (default: made from the title)")
    add.add_argument("--title", help="as printed (default: read from the file)")
    add.add_argument("--number", help="e.g. 赣府厅字〔2022〕90号 (default: read from the file)")
    add.add_argument("--issuer", help="(default: read from the file)")
    add.add_argument("--place", default="", help="where it applies, e.g. 江西")
    add.add_argument("--issued", help="date of issue, e.g. 2025-06-25 (default: read from the file)")
    add.add_argument("--from", dest="in_force_from", help="first day in force (default: the day of issue)")
    add.add_argument("--until", dest="in_force_until", help="last day in force (default: from the title's years)")
    add.set_defaults(command=_add_document)

    unanswered = actions.add_parser("unanswered", help="questions no document answered, most frequent first")
    unanswered.add_argument("--limit", type=int, default=100)
    unanswered.set_defaults(command=_list_unanswered)


def _serve(settings: Settings, given: argparse.Namespace) -> int:
    from bot.app.server import serve

    return serve(settings, host=given.host or settings.host, port=given.port or settings.port)


def _chat(settings: Settings, given: argparse.Namespace) -> int:
    from bot.cli.chat import chat, chat_jsonl

    return (chat_jsonl if given.jsonl else chat)(settings)


def _train(settings: Settings, given: argparse.Namespace) -> int:
    from bot.app.records import open_database
    from bot.app.taught import taught_by_staff
    from bot.engine.training import model_path
    from knowledge.commands.learning import commands_file
    from knowledge.consent.learning import consent_file
    from knowledge.crisis.learning import care_file
    from knowledge.search.learning import is_learnt

    model = model_path(settings.project, settings.models)
    learnt = (care_file(), commands_file(), consent_file())
    if (
        model.exists()
        and is_learnt(settings.documents, settings.cache, taught_by_staff(open_database(settings))())
        and all((settings.cache / file).exists() for file in learnt)
        and not given.force
    ):
        print(f"nothing changed since {model.name} was trained")
        return 0
    from bot.cli.train import train_with_progress

    return train_with_progress(settings, given.force)


def _doctor(settings: Settings, given: argparse.Namespace) -> int:
    from bot.cli.doctor import report

    return report(settings)


def _list_documents(settings: Settings, given: argparse.Namespace) -> int:
    from bot.cli.documents import list_documents

    return list_documents(settings)


def _check_documents(settings: Settings, given: argparse.Namespace) -> int:
    from bot.cli.documents import check_documents

    return check_documents(settings, given.id)


def _add_document(settings: Settings, given: argparse.Namespace) -> int:
    from bot.cli.documents import add_document

    names = ("id", "title", "number", "issuer", "place", "issued", "in_force_from", "in_force_until")
    return add_document(settings, given.file, {name: getattr(given, name) for name in names})


def _list_unanswered(settings: Settings, given: argparse.Namespace) -> int:
    from bot.cli.documents import list_unanswered

    return list_unanswered(settings, given.limit)
