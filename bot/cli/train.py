"""Trains with one line of progress for each step, instead of a library's hundreds."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console

from bot.app.trusted_files import check_files
from bot.engine.training import TrainingError, model_path, train
from bot.errors import ServiceError
from bot.logs import quieten_libraries
from bot.settings import Settings


def train_with_progress(settings: Settings, force: bool) -> int:
    """Trains the model where it is not as new as its data, or by `force`, and learns the documents.

    Raises ServiceError where training fails, or others may write to what it reads back.
    """
    check_files(settings)
    quieten_libraries()
    console = Console(stderr=True)
    started = time.monotonic()
    # A second processor learns meanwhile what takes as long as the model does.
    beside = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
    with beside, console.status("正在训练（三四分钟）……") as status:
        care = beside.submit(_learn_care, settings.cache)
        handler = _Steps(status.update)
        hooks = logging.getLogger("rasa.engine.training.hooks")
        hooks.setLevel(logging.INFO)
        hooks.propagate = False
        hooks.addHandler(handler)
        try:
            model = model_path(settings.project, settings.models)
            if force or not model.exists():
                model = train(settings.project, settings.models)
        except TrainingError as error:
            raise ServiceError(str(error)) from error
        finally:
            hooks.removeHandler(handler)
        status.update("正在学习文件里的问题……")
        from bot.app.records import open_database
        from bot.app.taught import taught_by_staff
        from knowledge.consent.learn_consent import learn_consent
        from knowledge.facts.learn_facts import learn_facts
        from knowledge.library.loading import load_library
        from knowledge.search.learn_search import learn_aspects, learn_clauses
        from knowledge.search.taught import with_taught
        from knowledge.talk.learn_talk import learn_talk

        learn_clauses(
            with_taught(load_library(settings.documents), taught_by_staff(open_database(settings))()), settings.cache
        )
        learn_aspects(settings.cache)
        learn_facts(settings.cache)
        learn_consent(settings.cache)
        learn_talk(settings.cache)
        care.result()
    console.print(f"训练好了：{model.name}（{time.monotonic() - started:.0f}秒）")
    return 0


def _learn_care(cache: Path) -> None:
    from knowledge.crisis.care import learn_care

    learn_care(cache)


class _Steps(logging.Handler):
    """Shows each step that Rasa logs."""

    def __init__(self, show: Callable[[str], None]) -> None:
        super().__init__()
        self._show = show

    def emit(self, record: logging.LogRecord) -> None:
        self._show(f"训练：{record.getMessage()}")
