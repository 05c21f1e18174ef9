"""How long training from nothing takes."""

import tempfile
import time
from pathlib import Path

from benchmarks.figures import BenchmarkError, Figure, Report
from benchmarks.options import Options
from benchmarks.our_service import zhuyetong
from benchmarks.processes import running

LONGEST = 180


def measure(options: Options) -> Report:
    """`zhuyetong train --force` with folders of its own, so that neither the model in use nor any cache is touched."""
    with tempfile.TemporaryDirectory(prefix="zhuyetong-bench-") as temporary:
        folder = Path(temporary)
        environment = {
            "ZHUYETONG_VAR": str(folder / "var"),
            "ZHUYETONG_MODELS": str(folder / "models"),
            # Rasa keeps the results of earlier trainings here and would not train again.
            "RASA_CACHE_DIRECTORY": str(folder / "cache"),
        }
        log = folder / "training.log"
        started = time.monotonic()
        with running(
            [zhuyetong(), "train", "--force"], folder=options.settings.project, log=log, environment=environment
        ) as process:
            process.wait()
        seconds = time.monotonic() - started
        models = list((folder / "models").glob("*.tar.gz"))
        if not models:
            raise BenchmarkError(f"training made no model:\n{log.read_text(encoding='utf-8')[-2000:]}")
        size = models[0].stat().st_size / 2**20
    return Report((Figure("training from nothing", seconds, "s", at_most=LONGEST), Figure("model file", size, "MB")))
