"""A foreign file is taken apart in a process of its own, which may use little and knows no secret."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from pypdf.generic import NameObject

from knowledge.errors import DocumentError, FileBeyondLimits
from knowledge.intake import extraction
from knowledge.intake.extraction import ReadingLimits, read_text
from tests.knowledge.intake.test_extraction import pdf, printed, saved, stream, written

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(folder: Path, paragraphs: str) -> Path:
    """A Word file with these paragraphs in place of its own."""
    plain = BytesIO()
    docx.Document().save(plain)
    path = folder / "a.docx"
    with ZipFile(plain) as before, ZipFile(path, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            body = f'<w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>'
            after.writestr(name, body if name == "word/document.xml" else before.read(name))
    return path


def refusal(path: Path, limits: ReadingLimits = ReadingLimits()) -> str:
    """The sentence a file is refused with, without its path."""
    with pytest.raises(FileBeyondLimits) as error:
        read_text(path, limits)
    assert str(error.value).startswith(f"{path}: ")
    return str(error.value).removeprefix(f"{path}: ")


# Files that would hold the service up --------------------------------------------------------------------------------


def test_a_list_of_twenty_thousand_items_is_numbered_to_its_end(tmp_path: Path) -> None:
    page = b"<ol>" + b"<li>x</li>" * 20_000 + b"</ol>"

    assert read_text(written(tmp_path / "a.html", page)).splitlines()[-1] == "20000.x"


def test_lists_in_lists_are_read_in_the_time_of_their_size(tmp_path: Path) -> None:
    page = b"<ol><li>" * 20_000 + b"x"

    assert read_text(written(tmp_path / "a.html", page)).splitlines()[-1].endswith("x")


def test_more_lines_than_any_document_has_are_refused(tmp_path: Path) -> None:
    page = b"<ol>" + b"<li>x</li>" * 30_000 + b"</ol>"

    assert "30000 lines" in refusal(written(tmp_path / "a.html", page))


def test_more_tags_than_any_page_has_are_refused(tmp_path: Path) -> None:
    assert "300000 tags" in refusal(written(tmp_path / "a.html", b"<div>" * 300_000))


def test_a_word_file_that_unpacks_to_a_hundred_times_its_size_is_refused(tmp_path: Path) -> None:
    path = word_file(tmp_path, "<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 600_000)

    assert refusal(path).startswith("unpacks to 20 MB in ")


def test_pictures_count_in_what_a_word_file_unpacks_to(tmp_path: Path) -> None:
    path = saved(docx.Document(), tmp_path)
    with ZipFile(path, "a", ZIP_DEFLATED) as more:
        for number in range(60):
            more.writestr(f"word/media/{number}.png", bytes(1024 * 1024))

    assert "unpacks to 60 MB" in refusal(path)


def test_more_paragraphs_than_any_document_has_are_refused(tmp_path: Path) -> None:
    paragraphs = "".join(f"<w:p><w:r><w:t>{number * 7919}</w:t></w:r></w:p>" for number in range(20_001))

    assert "20001 paragraphs" in refusal(word_file(tmp_path, paragraphs))


def test_a_pdf_that_takes_the_processor_for_long_is_given_up(tmp_path: Path) -> None:
    writer = pdf(("一",))
    endless = stream("BT /F1 16 Tf 80 700 Td " + "<4e00> Tj " * 400_000 + "ET").flate_encode(9)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(endless)
    path = printed(writer, tmp_path)

    assert path.stat().st_size < 131_000
    assert refusal(path, ReadingLimits(seconds=1)).startswith("takes longer than 1 s of the processor")


def test_more_pages_than_any_document_has_are_refused(tmp_path: Path) -> None:
    assert "1001 pages" in refusal(printed(pdf(*[("一",)] * 1001), tmp_path))


def test_elements_nested_without_end_are_refused(tmp_path: Path) -> None:
    writer = pdf(("一",))
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream("[ " * 100_000))

    assert refusal(printed(writer, tmp_path)).startswith("nested deeper")


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS sets no limit on memory")
def test_a_file_that_needs_much_memory_is_given_up(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", b"1.\n" * 1_000_000)

    assert refusal(path, ReadingLimits(memory=96 * 1024 * 1024)).startswith("needs more memory")


def test_a_file_that_takes_long_by_the_clock_is_given_up(tmp_path: Path) -> None:
    assert refusal(written(tmp_path / "a.txt", b"x"), ReadingLimits(patience=0.001)).startswith("takes longer than")


def test_a_larger_file_is_not_read_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)

    assert refusal(path).startswith("larger than 20 MB")


# The process ---------------------------------------------------------------------------------------------------------


def answering(folder: Path, lines: str) -> Path:
    """A program in the place of Python."""
    program = folder / "python"
    program.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    program.chmod(0o700)
    return program


def test_the_process_is_told_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "110201543:secret")
    told = """printf '{"text": "%s"}' "$(env | tr '\\n' ' ')" """
    monkeypatch.setattr(sys, "executable", str(answering(tmp_path, told)))

    given = read_text(written(tmp_path / "a.txt", b"x"))

    assert "PWD=" in given
    assert {each.split("=")[0] for each in given.split()} <= {"PWD", "SHLVL", "_", "OLDPWD"}


def test_a_process_that_breaks_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(answering(tmp_path, "kill -SEGV $$")))

    assert refusal(written(tmp_path / "a.txt", b"x")).startswith("cannot be taken apart (the reader ended with -11)")


def test_two_files_are_read_at_once_and_no_more(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", b"x")
    with extraction._places, extraction._places, pytest.raises(DocumentError, match="other files are being"):
        read_text(path, ReadingLimits(patience=0.001))

    assert read_text(path) == "x\n"


def test_the_limits_hold_and_cannot_be_lifted() -> None:
    said = run(
        "import resource",
        "from knowledge.intake.parsers.confinement import confine",
        "confine(7, 2**29)",
        "named = [resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_CORE]",
        "print(*(resource.getrlimit(each)[0] for each in named))",
    )

    assert said == "7 4194304 64 0"


def test_the_service_itself_loads_none_of_those_who_read_foreign_files(tmp_path: Path) -> None:
    path = written(tmp_path / "a.html", b"<p>x</p>")

    said = run(
        "import pathlib, sys",
        "import knowledge.intake.drafting",
        f"knowledge.intake.extraction.read_text(pathlib.Path({str(path)!r}))",
        "print(*{'docx', 'bs4', 'lxml', 'pypdf', 'knowledge.intake.parsers'} & set(sys.modules))",
    )

    assert said == ""


def run(*lines: str) -> str:
    """What a Python of its own prints."""
    command = [sys.executable, "-c", "\n".join(lines)]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=extraction._HOME).stdout.strip()
