"""A pickle that somebody else could have written is not loaded, and a key that others can read is not used."""

import stat
import subprocess
from pathlib import Path

import pytest

from bot.app.trusted_files import check_files, examine_files
from bot.errors import ServiceError
from bot.settings import Settings
from registry.errors import EncryptionError
from registry.store.file_modes import NOBODY_ELSE, NOBODY_ELSE_WRITES, problem_of
from registry.store.key_file import load_keys


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A key, a cache behind a link as the tests of the service have it, and models elsewhere."""
    settings = Settings(var=tmp_path / "var", models=tmp_path / "models")
    for folder in (settings.var, tmp_path / "shared" / "cache", settings.models):
        folder.mkdir(parents=True)
    settings.cache.symlink_to(tmp_path / "shared" / "cache")
    (settings.cache / "facts-1.joblib").touch(0o600)
    load_keys(settings.key_file)
    return settings


def test_what_is_ours_alone_is_taken_behind_links_too(settings: Settings) -> None:
    check_files(settings)

    assert [each.good for each in examine_files(settings)] == [True]


@pytest.mark.parametrize(
    ("file", "mode", "mend"),
    [
        ("var/key", 0o640, "chmod go="),
        ("var/key", 0o604, "chmod go="),
        ("var/key", 0o620, "chmod go="),
        ("var", 0o777, "chmod go-w"),
        ("shared/cache", 0o770, "chmod go-w"),
        ("shared", 0o757, "chmod go-w"),
        ("shared/cache/facts-1.joblib", 0o666, "chmod go-w"),
        ("models", 0o775, "chmod go-w"),
    ],
)
def test_what_others_may_use_is_refused_with_the_command_that_mends_it(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, mode: int, mend: str
) -> None:
    model = settings.models / "zhuyetong-1.tar.gz"
    model.touch(0o600)
    monkeypatch.setattr("bot.app.trusted_files.model_path", lambda *_: model)
    path = tmp_path / file
    path.chmod(mode)

    with pytest.raises(ServiceError, match=f"^{path}: others may use it .mode {mode:04o}.; run `{mend} {path}`"):
        check_files(settings)
    assert f"{mend} {path}" in [each.mend for each in examine_files(settings) if not each.good]
    subprocess.run([*mend.split(), str(path)], check=True)
    check_files(settings)


def test_a_key_that_others_may_read_opens_nothing(settings: Settings) -> None:
    settings.key_file.chmod(0o644)

    with pytest.raises(EncryptionError, match="/key: others may use it .mode 0644.; run `chmod go= "):
        load_keys(settings.key_file)


def test_what_belongs_to_another_user_is_refused(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    # Of ours, seen by somebody else who is not root.
    owner = settings.key_file.stat().st_uid
    monkeypatch.setattr("registry.store.file_modes._ROOT", -1)
    monkeypatch.setattr("os.geteuid", lambda: owner + 1)

    with pytest.raises(ServiceError, match=f"/key: belongs to another user .number {owner}.; run `chown "):
        check_files(settings)


def test_a_folder_where_all_may_write_and_nobody_takes_away_is_as_good_as_tmp(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "key").touch(0o600)
    folder.chmod(0o777 | stat.S_ISVTX)

    assert problem_of(folder / "key", NOBODY_ELSE) == ""


def test_a_link_in_a_folder_of_others_is_refused_though_the_file_is_ours(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "model").touch(0o600)
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "model").symlink_to(tmp_path / "ours" / "model")
    (tmp_path / "theirs").chmod(0o777)

    assert problem_of(tmp_path / "theirs" / "model", NOBODY_ELSE_WRITES).startswith(f"{tmp_path / 'theirs'}: others")
