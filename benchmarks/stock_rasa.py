"""Stock Rasa as its documentation has it run: `rasa run`, `rasa run actions`, the REST channel and SQLite."""

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.doors import Door
from benchmarks.figures import BenchmarkError
from benchmarks.our_service import Served
from benchmarks.processes import HOST, free_port, running, wait_until_ready
from benchmarks.stock_project import ACTIONS, write_project
from bot.settings import Settings

_MODEL = "stock.tar.gz"


def trained_project(settings: Settings) -> Path:
    """The folder of the stock project with its model, trained once for each state of our data."""
    with tempfile.TemporaryDirectory(prefix="stock-rasa-") as temporary:
        project = Path(temporary) / "project"
        write_project(project, settings.project)
        kept = settings.cache / f"stock-rasa-{_digest(project)}"
        if (kept / _MODEL).exists():
            return kept
        print("training stock Rasa once, which takes some minutes …", file=sys.stderr, flush=True)
        log = Path(temporary) / "rasa train.log"
        command = [_rasa(), "train", "--out", ".", "--fixed-model-name", _MODEL.removesuffix(".tar.gz")]
        environment = {"RASA_CACHE_DIRECTORY": str(Path(temporary) / "cache")}
        with running(command, folder=project, log=log, environment=environment) as process:
            process.wait()
        if not (project / _MODEL).exists():
            raise BenchmarkError(f"stock Rasa was not trained:\n{log.read_text(encoding='utf-8')[-2000:]}")
        for old in settings.cache.glob("stock-rasa-*"):
            shutil.rmtree(old)
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(project, kept)
        return kept


@contextmanager
def stock_rasa(project: Path) -> Iterator[Served]:
    """Both servers of a trained stock project, with conversations in an SQLite file."""
    port, actions_port = free_port(), free_port()
    with tempfile.TemporaryDirectory(prefix="stock-rasa-") as temporary:
        folder = Path(temporary)
        (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
        (folder / "endpoints.yml").write_text(
            f"action_endpoint:\n  url: http://{HOST}:{actions_port}/webhook\n"
            f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {folder / 'tracker.db'}\n",
            encoding="utf-8",
        )
        log, actions_log = folder / "rasa run.log", folder / "rasa run actions.log"
        actions = [_rasa(), "run", "actions", "--port", str(actions_port), "--actions", ACTIONS]
        server = [_rasa(), "run", "-i", HOST, "-p", str(port), "--model", str(project / _MODEL)]
        server += ["--endpoints", str(folder / "endpoints.yml"), "--credentials", str(folder / "credentials.yml")]
        # The action server listens on every interface unless it is told otherwise.
        loopback = {"SANIC_HOST": HOST}
        with (
            running(actions, folder=project, log=actions_log, environment=loopback) as acting,
            running(server, folder=project, log=log) as serving,
        ):
            wait_until_ready(acting, actions_port, "/health", actions_log)
            seconds = wait_until_ready(serving, port, "/", log)
            yield Served(Door(port, "/webhooks/rest/webhook", "message"), (serving, acting), seconds)


def _rasa() -> str:
    return str(Path(sys.executable).with_name("rasa"))


def _digest(project: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(project.rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
