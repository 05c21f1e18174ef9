"""The models commands: which models of recognisers are here, and fetching the one that no package has."""

import click

from bot.cli.command_group import CommandGroup
from bot.cli.options import pass_settings
from bot.errors import ServiceError
from bot.settings import Settings


@click.group(cls=CommandGroup)
def models() -> None:
    """See the models of speech, and fetch Vosk's."""


@models.command("list")
@pass_settings
def list_recognizers(settings: Settings) -> None:
    """The recognisers that can be used, first choice first."""
    from voice.recognizers import installed_recognizers

    for name in installed_recognizers(settings.voice_models):
        print(name)


@models.command("fetch")
@click.argument("model", type=click.Choice(("vosk",)))
@click.option("--from", "source", metavar="ADDRESS|ZIP|FOLDER", help="where from, instead of its makers")
@pass_settings
def fetch(settings: Settings, model: str, source: str | None) -> None:
    """Fetch a model; run it again to go on where the connection ended."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TransferSpeedColumn

    from voice.errors import VoiceError
    from voice.models import VOSK_ADDRESS, VOSK_FOLDER, fetch_vosk

    with Progress(
        "{task.description}", BarColumn(), DownloadColumn(), TransferSpeedColumn(), console=Console(stderr=True)
    ) as bar:
        task = bar.add_task(VOSK_FOLDER, total=None)
        try:
            folder = fetch_vosk(
                settings.voice_models,
                source or VOSK_ADDRESS,
                lambda done, whole: bar.update(task, completed=done, total=whole or None),
            )
        except VoiceError as error:
            raise ServiceError(error.text) from error
    print(folder)
