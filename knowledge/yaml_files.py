"""YAML files that remember where each value stands, so that an error can name its line."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import ConstructorError, SafeConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import Node
from ruamel.yaml.reader import ReaderError

from knowledge.errors import DocumentError


def read_yaml(path: Path) -> Any:
    """The file's content as plain lists, dicts and scalars.

    Raises DocumentError with file and line where it is missing or is not YAML.
    """
    yaml = YAML(typ="safe")
    yaml.Constructor = _Constructor
    return _load(path, yaml)


def text_of(path: Path) -> str:
    """The file's content. Raises DocumentError where it is missing, cannot be read or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DocumentError(f"{path}: the file is missing; restore it or run `zhuyetong documents add`") from error
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{path}: not UTF-8 text ({error.reason} at byte {error.start}); save it as UTF-8"
        ) from error
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}); make it a file you may read") from error


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


class _Constructor(SafeConstructor):
    """Names the place of a value that looks like a date or a number and is none, such as 2025-13-45."""

    def construct_object(self, node: Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, LookupError, ArithmeticError) as error:
            raise ConstructorError(None, None, str(error), node.start_mark) from error


def _load(path: Path, yaml: YAML) -> Any:
    text = text_of(path)
    try:
        return yaml.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark is not None else 1
        raise DocumentError(f"{path}:{line}: not valid YAML: {error.problem}; mend this line") from error
    except ReaderError as error:
        # Its position counts bytes or characters, as the parser is written in C or in Python.
        line = text[: text.index(chr(error.character))].count("\n") + 1
        raise DocumentError(
            f"{path}:{line}: holds the invisible character {error.character:#04x}; delete it or type the line again"
        ) from error
    except RecursionError as error:
        raise DocumentError(f"{path}:1: not valid YAML: too many brackets within brackets; close them") from error
