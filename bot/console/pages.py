"""Renders the templates in this folder; everything put into one is escaped."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.printing import minute
from knowledge.language.writing import written_date
from knowledge.yaml_files import read_yaml

_PAGES = Path(__file__).parent / "pages"
_FILES = {path.name: path for path in sorted(_PAGES.iterdir()) if path.suffix in {".css", ".js", ".svg"}}
"""What a browser may fetch besides pages, by name: no other path is ever looked at."""
_CHARTS = "chart"
"""The kind of words.yml that has several words by name, for templates alone."""


def page(name: str, status: int = 200, /, **values: object) -> HTMLResponse:
    """The page of the template `name`."""
    return HTMLResponse(_environment().get_template(name).render(values), status)


def file_of(name: str) -> Path | None:
    """The style sheet, script or picture `name`; None where there is none."""
    return _FILES.get(name)


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """What the console calls things, by kind and name (words.yml)."""
    return {kind: titles for kind, titles in _all_words().items() if isinstance(titles, dict) and kind != _CHARTS}


@cache
def _all_words() -> Mapping[str, object]:
    content: Mapping[str, object] = read_yaml(Path(__file__).parent / "words.yml")
    return content


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
    environment.globals["words"] = _all_words()
    return environment


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
