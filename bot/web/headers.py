"""Response headers that keep a page to what it is."""

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = {
    "x-content-type-options": "nosniff",
    # Not no-referrer: with that a form of ours would come from the origin "null".
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=()",
}


_ONLY_HTTPS = "max-age=31536000"
"""For a year browsers ask us for nothing over plain HTTP."""


class SafeHeaders:
    """Adds the headers to every HTTP response; answers about disability are never cached."""

    def __init__(self, app: ASGIApp, embedding: Sequence[str] = ()) -> None:
        """`embedding`: origins of other sites that may show our pages in a frame."""
        self._app = app
        ancestors = " ".join(("'self'", *embedding))
        policy = f"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
        self._headers = {"content-security-policy": policy, **_HEADERS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # A door may be stricter: the console is.
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if scope.get("scheme") == "https":
                    headers.setdefault("strict-transport-security", _ONLY_HTTPS)
                if scope["path"].startswith("/api/"):
                    headers["cache-control"] = "no-store"
            await send(message)

        await self._app(scope, receive, send_with_headers)
