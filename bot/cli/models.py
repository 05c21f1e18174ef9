"""The models commands: which models of recognisers are here, and fetching the one that no package has."""

import argparse

from bot.errors import ServiceError
from bot.settings import Settings


def add_models(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `models list | fetch` to the command line."""
    models = commands.add_parser("models", help="see the models of speech, and fetch Vosk's")
    actions = models.add_subparsers(required=True, metavar="ACTION")

    listed = actions.add_parser("list", help="the recognisers that can be used, first choice first")
    listed.set_defaults(command=_list)

    fetch = actions.add_parser("fetch", help="fetch a model; run it again to go on where the connection ended")
    fetch.add_argument("model", choices=["vosk"])
    fetch.add_argument("--from", dest="source", metavar="ADDRESS|ZIP|FOLDER", help="where from, instead of its makers")
    fetch.set_defaults(command=_fetch)


def _list(settings: Settings, given: argparse.Namespace) -> int:
    from voice.recognizers import installed_recognizers

    for name in installed_recognizers(settings.voice_models):
        print(name)
    return 0


def _fetch(settings: Settings, given: argparse.Namespace) -> int:
    """Raises ServiceError where it cannot be fetched or is not what was published."""
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
                given.source or VOSK_ADDRESS,
                lambda done, whole: bar.update(task, completed=done, total=whole or None),
            )
        except VoiceError as error:
            raise ServiceError(error.text) from error
    print(folder)
    return 0
