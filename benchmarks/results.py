"""Shows a part's figures as tables, and keeps them in results.json with what they were measured on."""

import json
import os
import platform
import subprocess
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from benchmarks.figures import Report, Table
from bot.settings import PROJECT

RESULTS = Path(__file__).parent / "results.json"
_LIBRARIES = ("rasa", "tensorflow", "scikit-learn", "numpy", "scipy", "jieba", "pypinyin", "uvicorn", "starlette")


def show(name: str, report: Report) -> None:
    """Prints the figures with their targets, then the other tables, all in Markdown."""
    figures = tuple(
        (each.name, each.target, each.measured, {None: "", True: "good", False: "BAD"}[each.good])
        for each in report.figures
    )
    tables = [Table(name, ("figure", "target", "measured", ""), figures), *report.tables]
    for table in tables:
        if table.rows:
            print(f"\n### {table.title}\n\n{table.markdown()}")
    print("", *(f"- {note}" for note in report.notes), sep="\n", flush=True)


def keep(name: str, report: Report, *, seconds: float, quick: bool) -> None:
    """Writes a part's figures into results.json; those of the other parts stay, each with its own date."""
    kept: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    kept[name] = {
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
        "quick": quick,
        "measured_on": measured_on(),
        "figures": [
            {
                "name": each.name,
                "value": round(each.value, 3),
                "unit": each.unit,
                "target": each.target,
                "good": each.good,
            }
            for each in report.figures
        ],
        "tables": [{"title": each.title, "columns": each.columns, "rows": each.rows} for each in report.tables],
        "notes": report.notes,
    }
    RESULTS.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def measured_on() -> dict[str, Any]:
    """The machine, how busy it was, and the versions of what was measured."""
    return {
        "cores": psutil.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
        "load_average": [round(each, 2) for each in os.getloadavg()],
        "system": platform.platform(),
        "python": platform.python_version(),
        "commit": _commit(),
        "versions": {name: version(name) for name in _LIBRARIES},
    }


def _commit() -> str:
    """What git calls the state of the project, with "-dirty" where files differ from it; empty outside git."""
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    return described.stdout.strip()
