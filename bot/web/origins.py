"""Lets no page but our own send anything with a visitor's cookies."""

import json
from collections.abc import Collection
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from knowledge.yaml_files import read_yaml

_READS = {"GET", "HEAD", "OPTIONS"}
_OURS = {"same-origin", "none"}
"""Sec-Fetch-Site of what our own page sends, and of what a person opens themselves."""
_POLICY = 1008


def is_ours(headers: Headers, embedding: Collection[str] = ()) -> bool:
    """Whether our own page sends it, or one of the origins `embedding`, or no browser at all."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if origin in embedding:
        return True
    # No page can write this header; browsers on plain http leave it out.
    if site is not None:
        return site in _OURS
    # Not taken apart as an address: what is none, such as "http://[", would be an error.
    return origin is None or origin.partition("://")[2].lower() == headers.get("host", "").lower()


class OwnOrigin:
    """Refuses whatever changes something and comes from elsewhere, over HTTP and WebSocket."""

    def __init__(self, app: ASGIApp, embedding: Collection[str] = ()) -> None:
        self._app = app
        self._embedding = frozenset(embedding)
        self._sentence: str = read_yaml(Path(__file__).with_name("errors.yml"))["elsewhere"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        changes = scope["type"] == "websocket" or (scope["type"] == "http" and scope["method"] not in _READS)
        if not changes or is_ours(Headers(scope=scope), self._embedding):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _POLICY})
        else:
            body = json.dumps({"error": self._sentence}, ensure_ascii=False)
            await Response(body, 403, media_type="application/json")(scope, receive, send)
