"""What machines measure: the turns of every door and how long they took, for this machine or whoever has the token."""

from hmac import compare_digest
from ipaddress import ip_address
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from knowledge.yaml_files import read_yaml

_SECONDS = (0.005, 0.01, 0.015, 0.025, 0.04, 0.06, 0.1, 0.25, 0.5, 1, 2.5)


class Measuring:
    """Counts, and tells."""

    def __init__(self, token: str = "") -> None:
        """With `token`, where there is one, other machines are told too."""
        self._token = token
        self._registry = CollectorRegistry()
        self._turns = Counter(
            "zhuyetong_turns", "Turns answered, by door and status.", ("channel", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "zhuyetong_turn_seconds", "Time to answer a turn.", buckets=_SECONDS, registry=self._registry
        )
        self._refusal: str = read_yaml(Path(__file__).with_name("errors.yml"))["not_here"]

    def note(self, door: str, status: str, seconds: float) -> None:
        """Counts a turn, and how long its answer was waited for."""
        self._turns.labels(door, status).inc()
        self._seconds.observe(seconds)

    async def answer(self, request: Request) -> Response:
        """All of it, as Prometheus reads it."""
        if not may_measure(request, self._token):
            return JSONResponse({"error": self._refusal}, 403)
        return PlainTextResponse(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)


def may_measure(request: Request, token: str) -> bool:
    """Whether it comes from this machine or with `token`, where there is one, as `Authorization: Bearer TOKEN`."""
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and compare_digest(given.encode(), token.encode()):
        return True
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False
