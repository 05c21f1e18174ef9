"""docs/architecture.md names every room, with what it says of itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
DOCUMENT = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGES = ("bot", "bot/console", "actions", "dialogue", "knowledge", "registry", "voice")


def rooms(package: str) -> Iterator[tuple[str, Path]]:
    """The name of each room of `package` and the file that says what it is."""
    for path in (PROJECT / package).iterdir():
        if (path / "__init__.py").exists():
            yield f"{path.name}/", path / "__init__.py"
        elif path.suffix == ".py" and path.name != "__init__.py":
            yield path.name, path


@pytest.mark.parametrize("package", PACKAGES)
def test_every_room_is_described_as_it_describes_itself(package: str) -> None:
    described = {}
    for name, path in rooms(package):
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert docstring, f"{path} says nothing of itself"
        described[name] = " ".join(docstring.split("\n\n")[0].split())
    section = DOCUMENT.partition(f"### {package}/\n")[2].partition("\n###")[0]

    assert dict(re.findall(r"^\| `([\w./]+)` \| (.*) \|$", section, re.M)) == described


def test_every_path_that_it_names_is_there() -> None:
    named = set(re.findall(r"`((?:bot|actions|dialogue|knowledge|registry|voice|nlu_data|tests)/[\w./]*)`", DOCUMENT))
    assert named
    assert {name for name in named if not (PROJECT / name).exists()} == set()
