"""Somebody of staff with the console open: how long each page and each suggestion takes to reach them."""

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from pyotp import TOTP

from benchmarks.figures import BenchmarkError
from benchmarks.our_service import Served, our_service
from benchmarks.processes import HOST
from bot.console.sections import HOME
from bot.settings import Settings
from registry.staff.accounts import Staff
from registry.staff.one_time_codes import new_secret
from registry.staff.passwords import generated
from registry.staff.sessions import StaffSessions
from registry.store.database import Database
from registry.store.encryption import Cipher

_LOGIN = "bench"
_COOKIE = "zhuyetong_staff"


class Colleague:
    """One keep-alive connection with the cookie of a session."""

    def __init__(self, port: int, token: str, csrf: str) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=120)
        self._cookie = f"{_COOKIE}={token}"
        self._csrf = csrf

    def opens(self, path: str) -> float:
        """Seconds from asking for the page at `path` below /console to its last byte."""
        return self._seconds("GET", path)

    def sends(self, path: str, **fields: str) -> float:
        """Seconds from sending a form to the last byte of what comes back."""
        return self._seconds("POST", path, urlencode({"csrf": self._csrf, **fields}))

    def close(self) -> None:
        self._connection.close()

    def _seconds(self, method: str, path: str, body: str = "") -> float:
        headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
        started = time.perf_counter()
        self._connection.request(method, HOME + path, body.encode(), headers)
        response = self._connection.getresponse()
        response.read()
        seconds = time.perf_counter() - started
        # A page that says why not is quick: it must not pass for the one that was asked for.
        if response.status != 200:
            raise BenchmarkError(f"{HOME}{path} answered {response.status}; see the log of the service")
        return seconds


@contextmanager
def console_client(settings: Settings) -> Iterator[tuple[Served, Colleague]]:
    """Our service with what `settings.var` holds, and an admin who is signed in there."""
    database, cipher = Database(settings.database_url), Cipher.load(settings.key_file)
    staff, secret = Staff(database, cipher), new_secret()
    staff.add(_LOGIN, _LOGIN, "admin", generated(), _LOGIN)
    staff.use_codes(_LOGIN, secret, TOTP(secret).now(), _LOGIN)
    sessions = StaffSessions(database, cipher)
    token = sessions.begin(_LOGIN)
    session = sessions.of(token)
    if session is None:
        raise BenchmarkError("the session that was begun is not there; is the clock of this machine set?")
    with our_service(settings) as service:
        colleague = Colleague(service.door.port, token, session.csrf)
        try:
            yield service, colleague
        finally:
            colleague.close()
