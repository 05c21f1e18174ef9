"""Runs the parts one after another, prints their tables and keeps their figures in benchmarks/results.json."""

import importlib
import os
import signal
import sys
import time

# All look once, when imported: Rasa would report usage to its makers and draw progress bars, and TensorFlow would
# fill the screen. Stock Rasa's servers inherit it: they log less than usual, which speeds them up if anything.
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

from benchmarks.figures import BenchmarkError
from benchmarks.options import read_options
from benchmarks.results import keep, show
from bot.logs import quieten_libraries


def main() -> int:
    """Exit status: 0 measured, whatever the figures are; 1 where a part cannot be measured."""
    options = read_options()
    # Ends the processes that a part has started, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    quieten_libraries()
    failed = False
    for name in options.parts:
        print(f"{name} …", file=sys.stderr, flush=True)
        started = time.monotonic()
        try:
            report = importlib.import_module(f"benchmarks.{name}").measure(options)
        except BenchmarkError as error:
            print(f"{name}: {error}", file=sys.stderr)
            failed = True
            continue
        show(name, report)
        keep(name, report, seconds=time.monotonic() - started, quick=options.quick)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
