"""The commands of the service: serve, train, doctor, and a conversation in the terminal."""

import click

from bot.cli.options import pass_settings
from bot.settings import Settings, SettingsError, read_port


def _port(text: str) -> int:
    try:
        return read_port(text, "")
    except SettingsError as error:
        raise click.BadParameter(str(error)) from error


@click.command
@click.option("--host", metavar="ADDRESS", help="address to listen on (default 127.0.0.1, or ZHUYETONG_HOST)")
@click.option("--port", type=_port, metavar="PORT", help="port to listen on (default 8080, or ZHUYETONG_PORT)")
@pass_settings
def serve(settings: Settings, host: str | None, port: int | None) -> int:
    """Serve the web chat and the HTTP interface."""
    from bot.app.server import serve

    return serve(settings, host=host or settings.host, port=port or settings.port)


@click.command
@click.option("--jsonl", is_flag=True, help="one JSON turn a line in, one JSON reply a line out")
@pass_settings
def chat(settings: Settings, jsonl: bool) -> int:
    """Talk in the terminal."""
    from bot.cli.chat import chat, chat_jsonl

    return (chat_jsonl if jsonl else chat)(settings)


@click.command
@click.option("--force", is_flag=True, help="train even where nothing changed")
@pass_settings
def train(settings: Settings, force: bool) -> int:
    """Train the model where training data, config or domain changed."""
    from bot.app.records import open_database
    from bot.app.taught import taught_by_staff
    from bot.engine.training import model_path
    from knowledge.commands.learn_commands import commands_file
    from knowledge.consent.learn_consent import consent_file
    from knowledge.crisis.learn_crisis import care_file
    from knowledge.search.learn_search import is_learnt
    from knowledge.talk.learn_talk import talk_file

    model = model_path(settings.project, settings.models)
    learnt = (care_file(), commands_file(), consent_file(), talk_file())
    if (
        model.exists()
        and is_learnt(settings.documents, settings.cache, taught_by_staff(open_database(settings))())
        and all((settings.cache / file).exists() for file in learnt)
        and not force
    ):
        print(f"nothing changed since {model.name} was trained")
        return 0
    from bot.cli.train import train_with_progress

    return train_with_progress(settings, force)


@click.command
@pass_settings
def doctor(settings: Settings) -> int:
    """Say what is installed, what is missing and how to mend it."""
    from bot.cli.doctor import report

    return report(settings)
