"""A Bot API on this machine, as strict as Telegram's, that can be told to fail."""

import asyncio
import itertools
import json
import re
import socket
import time
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

TOKEN = "123456:" + "A" * 35
BOT = {"id": 123456, "is_bot": True, "first_name": "助业通", "username": "zhuyetong_bot"}
# Telegram never gives one twice, whichever test asks.
_NUMBERS = itertools.count(1001)
_TAG = re.compile(r"</?(?:b|i|u|s|code|pre|blockquote(?: expandable)?)>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot);")


@dataclass(frozen=True)
class Sent:
    """What Telegram shows in a chat."""

    chat: int
    text: str
    """Without tags."""
    html: str
    buttons: Sequence[tuple[str, str]]
    at: float
    """Seconds of the monotonic clock."""
    voice: bytes = b""
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """How one call fails."""

    status: int = 0
    """Of HTTP; 0 where the connection breaks off."""
    retry_after: int = 0
    done: bool = False
    """Whether Telegram does what was asked before it fails."""
    description: str = "Internal Server Error"
    migrate_to: int = 0
    seconds: float = 0.0
    """After which it fails."""


Faults = Callable[[str, Mapping[str, Any]], Fault | None]


class BotApi:
    """Telegram, as a bot sees it."""

    def __init__(self, faults: Faults | None = None, strict: bool = False) -> None:
        """With `strict`, whoever writes faster than Telegram allows is told to wait."""
        self.faults = faults
        self.strict = strict
        self.sent: list[Sent] = []
        self.calls: Counter[str] = Counter()
        self.answered_queries: list[Mapping[str, Any]] = []
        self.webhook: Mapping[str, Any] = {}
        self.menu: Sequence[Mapping[str, str]] = ()
        self.files: dict[str, bytes] = {}
        self.repeats = 1
        """How often each update is delivered."""
        self.url = ""
        self._updates: dict[int, Mapping[str, Any]] = {}
        self._delivered: Counter[int] = Counter()
        self._new = asyncio.Event()
        self._latest: dict[int, float] = defaultdict(float)
        self._all: deque[float] = deque(maxlen=30)
        self._changed = asyncio.Event()

    def push(self, **update: Any) -> int:
        """Delivers an update, and gives its number."""
        number = next(_NUMBERS)
        self._updates[number] = {"update_id": number, **update}
        self._new.set()
        return number

    def to(self, chat: int) -> list[str]:
        """The texts in a chat."""
        return [each.text for each in self.sent if each.chat == chat and not each.voice]

    async def until(self, reached: Callable[[], object], seconds: float = 10.0) -> None:
        """Waits until something was sent; fails after so many seconds."""
        deadline = time.monotonic() + seconds
        while not reached():
            left = deadline - time.monotonic()
            assert left > 0, f"not reached in {seconds} s; sent: {[(each.chat, each.text) for each in self.sent]}"
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), min(left, 0.05))
            except asyncio.TimeoutError:
                continue

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["BotApi"]:
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app = Starlette(
            routes=[
                Route(f"/bot{TOKEN}/{{method}}", self._call, methods=["GET", "POST"]),
                Route(f"/file/bot{TOKEN}/{{name:path}}", self._file),
            ]
        )
        config = uvicorn.Config(
            app,
            log_level="critical",
            access_log=False,
            lifespan="off",
            ws="none",
            # On a busy machine a connection is idle for longer than the usual 5 s, and the door would write into one
            # that is just being closed.
            timeout_keep_alive=3_600,
        )
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            await asyncio.sleep(0.01)
        try:
            yield self
        finally:
            server.should_exit = server.force_exit = True
            self._new.set()
            await task

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        about = _form(request.headers.get("content-type", ""), await request.body())
        self.calls[method] += 1
        fault = self.faults(method, about) if self.faults else None
        if fault is not None:
            if fault.done:
                await self._do(method, about)
            await asyncio.sleep(fault.seconds)
            return _failing(fault)
        try:
            return JSONResponse({"ok": True, "result": await self._do(method, about)})
        except _Refusal as refusal:
            return _failing(refusal.fault)

    async def _do(self, method: str, about: Mapping[str, Any]) -> Any:
        if method == "getMe":
            return BOT
        if method == "getUpdates":
            return await self._get_updates(int(about.get("offset", 0)), float(about.get("timeout", 0)))
        if method in {"sendMessage", "sendVoice"}:
            return self._send(about)
        if method == "getFile":
            return {"file_id": about["file_id"], "file_unique_id": "u", "file_path": f"voice/{about['file_id']}.oga"}
        if method == "answerCallbackQuery":
            self.answered_queries.append(about)
        elif method == "setMyCommands":
            self.menu = about["commands"]
        elif method == "setWebhook":
            self.webhook = about
        return True

    async def _get_updates(self, offset: int, timeout: float) -> list[Mapping[str, Any]]:
        for number in [each for each in self._updates if each < offset]:
            if self._delivered[number] >= self.repeats:
                del self._updates[number]
        deadline = time.monotonic() + min(timeout, 1.0)
        while not self._updates and time.monotonic() < deadline:
            self._new.clear()
            try:
                await asyncio.wait_for(self._new.wait(), deadline - time.monotonic())
            except asyncio.TimeoutError:
                break
        given = [self._updates[number] for number in sorted(self._updates)][:100]
        self._delivered.update(each["update_id"] for each in given)
        return given

    def _send(self, about: Mapping[str, Any]) -> Mapping[str, Any]:
        chat, now = int(about["chat_id"]), time.monotonic()
        html = str(about.get("text", ""))
        text = _shown(html)
        voice = next((value for value in about.values() if isinstance(value, bytes)), b"")
        if not voice and not 0 < len(text.encode("utf-16-le")) // 2 <= 4096:
            raise _Refusal(Fault(400, description="Bad Request: message is too long or empty"))
        rows = (about.get("reply_markup") or {}).get("inline_keyboard", [])
        buttons = [(each["text"], each.get("callback_data", "")) for row in rows for each in row]
        if any(not 0 < len(data.encode()) <= 64 for _, data in buttons):
            raise _Refusal(Fault(400, description="Bad Request: BUTTON_DATA_INVALID"))
        if self.strict:
            self._check_pace(chat, now)
        self._latest[chat] = now
        self._all.append(now)
        self.sent.append(Sent(chat, text, html, buttons, now, voice, about))
        self._changed.set()
        return {"message_id": len(self.sent), "date": 1, "chat": {"id": chat, "type": "private"}}

    def _check_pace(self, chat: int, now: float) -> None:
        # What was on its way for longer or shorter than the one before is nobody's fault.
        if now - self._latest[chat] < 0.9 or (len(self._all) == 30 and now - self._all[0] < 0.9):
            raise _Refusal(Fault(429, retry_after=1, description="Too Many Requests: retry after 1"))

    async def _file(self, request: Request) -> Response:
        name = request.path_params["name"].removeprefix("voice/").removesuffix(".oga")
        return Response(self.files[name]) if name in self.files else Response(status_code=404)


class _Refusal(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def _form(kind: str, body: bytes) -> dict[str, Any]:
    """What a call sends along; files as bytes."""
    if not kind.startswith("multipart/"):
        return {name: _parsed(value) for name, value in parse_qsl(body.decode(), keep_blank_values=True)}
    whole = message_from_bytes(f"content-type: {kind}\r\n\r\n".encode() + body)
    form: dict[str, Any] = {}
    parts: Any = whole.get_payload()
    for part in parts:
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        form[str(name)] = content if part.get_filename() else _parsed(content.decode())
    return form


def _parsed(value: Any) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def _shown(html: str) -> str:
    """The text as people see it; raises where Telegram would not take the tags."""
    without = _TAG.sub("", html)
    if "<" in without or ">" in without or "&" in _ENTITY.sub("", without):
        raise _Refusal(Fault(400, description="Bad Request: can't parse entities"))
    if html.count("<blockquote expandable>") != html.count("</blockquote>"):
        raise _Refusal(Fault(400, description="Bad Request: can't parse entities: unclosed"))
    return unescape(without)


def _failing(fault: Fault) -> Response:
    if not fault.status:

        async def broken_off() -> AsyncIterator[bytes]:
            yield b'{"ok"'

        # More is announced than comes: the connection breaks off in the middle of the answer.
        return StreamingResponse(broken_off(), headers={"content-length": "100"})
    parameters: dict[str, int] = {}
    if fault.retry_after:
        parameters["retry_after"] = fault.retry_after
    if fault.migrate_to:
        parameters["migrate_to_chat_id"] = fault.migrate_to
    about: dict[str, Any] = {"ok": False, "error_code": fault.status, "description": fault.description}
    return JSONResponse(about | ({"parameters": parameters} if parameters else {}), fault.status)
