"""Renders the templates in this folder; everything put into one is escaped."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.printing import minute
from knowledge.language.writing import written_date
from knowledge.yaml_files import read_yaml

_PAGES = Path(__file__).parent / "pages"
_FILES = {path.name: path for path in sorted(_PAGES.iterdir()) if path.suffix in {".css", ".js", ".svg"}}
"""What a browser may fetch besides pages, by name: no other path is ever looked at."""


def page(name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page of the template `name`."""
    return HTMLResponse(_environment().get_template(name).render(values), status)


def file_of(name: str) -> Path | None:
    """The style sheet, script or picture `name`; None where there is none."""
    return _FILES.get(name)


@cache
def words() -> Any:
    """What the console calls things, by kind and name (words.yml)."""
    return read_yaml(Path(__file__).parent / "words.yml")


@cache
def _environment() -> Environment:
    # A misspelt name in a template is an error and not an empty place.
    environment = Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"minute": minute, "day": _day, "long_day": written_date}
    environment.globals["words"] = words()
    return environment


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
