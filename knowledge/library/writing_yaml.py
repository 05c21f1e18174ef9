"""Writes YAML files so that a reader finds the old or the new one, and comments stay where they are."""

import os
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from knowledge.yaml_files import text_of

_WIDTH = 120


def write_yaml(path: Path, content: Any) -> None:
    """Replaces what `path` holds with `content`, in one step."""
    write_text(path, _dumped(_round_trip(), content))


def write_text(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)


def with_comments(path: Path) -> Any:
    """What `path` holds, to be changed and given to `write_yaml`."""
    return _round_trip().load(text_of(path))


def _round_trip() -> YAML:
    yaml = YAML()
    yaml.width = _WIDTH  # type: ignore[assignment]
    yaml.preserve_quotes = True  # type: ignore[assignment]
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dumped(yaml: YAML, content: Any) -> str:
    stream = StringIO()
    yaml.dump(content, stream)
    return stream.getvalue()
