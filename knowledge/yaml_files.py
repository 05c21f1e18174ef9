"""YAML files that remember where each value stands, so that an error can name its line."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from knowledge.errors import DocumentError


def read_yaml(path: Path) -> Any:
    """The file's content as plain lists, dicts and scalars.

    Raises DocumentError with file and line where it is missing or is not YAML.
    """
    return _load(path, YAML(typ="safe"))


def line_of(path: Path, *keys: str | int) -> int:
    """The line, from 1, where the value under `keys` begins; the nearest enclosing one where it is absent."""
    node = _load(path, YAML(typ="rt"))  # The round-trip loader is slow and only needed once there is an error.
    line = 1
    for key in keys:
        try:
            line = (node.lc.item(key) if isinstance(key, int) else node.lc.key(key))[0] + 1
            node = node[key]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line


def _load(path: Path, yaml: YAML) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DocumentError(f"{path}: the file is missing; restore it or run `zhuyetong documents add`") from error
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{path}: not UTF-8 text ({error.reason} at byte {error.start}); save it as UTF-8"
        ) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark is not None else 1
        raise DocumentError(f"{path}:{line}: not valid YAML: {error.problem}; mend this line") from error
