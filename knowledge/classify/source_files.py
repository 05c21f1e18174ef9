"""Which files of the project something is made from: its module, every module of ours that is imported from there, and
the data files they name.

What was learnt, or trained, is worthless once any of them changed; a list kept by hand would miss some.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from knowledge import policy_files

PROJECT = Path(__file__).parents[2]
_DATA = (".yml", ".tsv")
_POLICY = policy_files.__name__
_EDITED = policy_files.DOCUMENTS
"""Documents are edited while the service runs; whoever learns from them says which of their files count."""


def source_files(modules: Iterable[Path], project: Path = PROJECT) -> list[Path]:
    """`modules` of `project`, and every module and data file that they depend on, sorted."""
    found: set[Path] = set()
    waiting = list(modules)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        imported, data = _named_in(path, project)
        found |= data
        waiting += imported - found
    return sorted(found)


@lru_cache(maxsize=512)
def _named_in(module: Path, project: Path) -> tuple[frozenset[Path], frozenset[Path]]:
    """The modules of `project` that `module` imports, and the data files that it names."""
    imported, data = set[Path](), set[Path]()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"), module.name)):
        if isinstance(node, ast.Import):
            imported |= {path for each in node.names for path in _modules(each.name, project)}
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == _POLICY:
                data |= {path for each in node.names for path in _policy(each.name, project)}
                continue
            names = (node.module, *(f"{node.module}.{each.name}" for each in node.names))
            imported |= {path for name in names for path in _modules(name, project)}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            data |= set(_data(module, node.value))
    return frozenset(imported), frozenset(data)


def _modules(name: str, project: Path) -> Iterator[Path]:
    path = project.joinpath(*name.split(".")).with_suffix(".py")
    # It names every file of the policy; who imports it says which.
    if path.is_file() and name != _POLICY:
        yield path


def _policy(name: str, project: Path) -> Iterator[Path]:
    path = getattr(policy_files, name)
    if path != _EDITED:
        yield from _files(project / path.relative_to(PROJECT))


def _data(module: Path, text: str) -> Iterator[Path]:
    """The data files that `text`, a literal in `module`, names in the module's folder or next to it."""
    if not text or "\n" in text or text.startswith((".", "/")) or len(text) > 60:
        return
    for folder in (module.parent, module.parent.parent):
        yield from _files(folder / text)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir() and not (path / "__init__.py").exists():
        yield from (each for suffix in _DATA for each in path.glob(f"*{suffix}"))
    elif path.suffix in _DATA and path.is_file():
        yield path
