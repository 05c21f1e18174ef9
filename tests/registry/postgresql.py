"""A PostgreSQL server for the tests: the one installed, or the one that comes with the package pgserver."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import create_engine

from registry.store.database import Database

_PROGRAMS = ("postgres", "initdb", "pg_ctl", "pg_dump", "pg_restore")

_MEMORY, _ROOM = Path("/dev/shm"), 2**30


class Server:
    """Listens on a Unix socket in a temporary folder, and is gone with it at the end."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="zhuyetong-postgresql-", dir=_fastest_place()))
        # PostgreSQL refuses to run as root.
        nobody = pwd.getpwnam("nobody")
        self._user: dict[str, Any] = {"user": nobody.pw_uid, "group": nobody.pw_gid} if os.geteuid() == 0 else {}
        self.binaries = _binaries(self._folder)
        """Where its programs are."""
        self._databases = self._schemas = 0
        self._statements = ""
        """That make the tables of the newest version in the schema "newest"."""
        # Looks before each use whether it is still connected: tests stop the server.
        self._engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT", pool_pre_ping=True)

    def __enter__(self) -> "Server":
        try:
            if self._user:
                shutil.chown(self._folder, **self._user)
            self._run(
                "initdb", "--auth=trust", "--username=tests", "--encoding=UTF8", "--no-sync", f"--pgdata={self._data}"
            )
            self.start()
        except RuntimeError:
            shutil.rmtree(self._folder)
            raise
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._engine.dispose()
        self.stop()
        shutil.rmtree(self._folder)

    def start(self) -> None:
        # The tests kill clients and stop the server; nobody pulls the plug, so it need not wait for the disk.
        options = f"-c listen_addresses='' -k {self._folder} -c fsync=off -c max_connections=200"
        log = self._folder / "log"
        self._run("pg_ctl", "start", "--wait", f"--pgdata={self._data}", f"--log={log}", f"--options={options}")

    def stop(self) -> None:
        """Ends every connection, as a machine that goes down does."""
        self._run("pg_ctl", "stop", "--wait", "--mode=immediate", f"--pgdata={self._data}")

    def new_database(self) -> str:
        """The URL of an empty one."""
        self._databases += 1
        self._execute(f"CREATE DATABASE test_{self._databases}")
        return self._url(f"test_{self._databases}")

    def new_schema(self) -> str:
        """The URL of an empty one: for one program as good as a database of its own, and there sooner."""
        self._schemas += 1
        self._execute(f"CREATE SCHEMA test_{self._schemas}")
        return self._url_of_schema(f"test_{self._schemas}")

    def newest_schema(self) -> str:
        """The URL of one with the tables of the newest version, and without records."""
        if not self._statements:
            self._execute("CREATE SCHEMA newest")
            Database(self._url_of_schema("newest")).engine.dispose()
            dump = self._run(
                "pg_dump", "--schema=newest", "--inserts", "--no-owner", f"--dbname={self._url('postgres')}"
            )
            # Newer versions begin and end it with commands to psql.
            self._statements = "\n".join(line for line in dump.splitlines() if not line.startswith("\\"))
        self._schemas += 1
        self._execute(self._statements.replace("newest", f"test_{self._schemas}"))
        return self._url_of_schema(f"test_{self._schemas}")

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _url(self, database: str) -> str:
        return f"postgresql://tests@/{database}?host={self._folder}"

    def _url_of_schema(self, schema: str) -> str:
        return f"{self._url('postgres')}&options=-csearch_path%3D{schema}"

    def _execute(self, statements: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statements)
            # A dump changes settings of whoever reads it in.
            connection.exec_driver_sql("DISCARD ALL")

    def _run(self, program: str, *options: str) -> str:
        """What it says."""
        # Not a pipe: the server keeps it open, and whoever reads it would wait for its end.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                [self.binaries / program, *options],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env={**os.environ, "LC_ALL": "C"},
                **self._user,
            )
            said.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program}: ended with {done.returncode}: {said.read().decode(errors='replace')}")
            return said.read().decode()


def _fastest_place() -> Path | None:
    """Memory where there is room in it: each test makes fifty files. None for wherever temporary files go."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM else None


def _binaries(folder: Path) -> Path:
    """Where the programs are."""
    places = [Path(found).resolve().parent for found in (shutil.which("postgres"),) if found]
    if shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
        places.append(Path(told.stdout.strip()))
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if all((place / program).exists() for program in _PROGRAMS):
            return place
    import pgserver

    # Copied, because the packages may be where only root can read; the libraries lie beside the package.
    packages = Path(pgserver.__file__).parent.parent
    for part in packages.glob("pgserver*"):
        shutil.copytree(part, folder / part.name)
    return folder / "pgserver" / "pginstall" / "bin"
