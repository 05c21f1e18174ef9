"""The HTTP interface, against its own description."""

import json
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.conversation import Conversation
from bot.messages import Message, Mode, Reply, Script, Turn
from bot.senders import WEB, Sender
from bot.web.app import create_app
from bot.web.chat import LARGEST_BODY
from bot.web.measuring import Measuring
from dialogue.mark import Status
from knowledge.library.documents import Library
from tests.bot.speech.hearing_and_speaking import speech
from tests.bot.test_turned_off import FakeEngine, FakeTranscripts, NobodyTakesOver

DESCRIPTION = YAML(typ="safe").load(
    (Path(__file__).parents[3] / "bot" / "web" / "openapi.yml").read_text(encoding="utf-8")
)
PAGE = Path(__file__).parents[3] / "bot" / "web" / "page"


JSON = {"content-type": "application/json"}


class FakeConversation:
    """Answers every turn alike, and remembers the turns."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []

    async def handle(self, turn: Turn) -> Reply:
        self.turns.append(turn)
        if turn.text == "坏了":
            raise RuntimeError("a secret of the person")
        return Reply((Message("好", "好"),), Status.ANSWERED)


@pytest.fixture
def fake() -> FakeConversation:
    return FakeConversation()


@pytest.fixture
def client(fake: FakeConversation) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(create_app(fake, speech()), raise_app_exceptions=False)  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=transport, base_url="http://test")


@pytest.fixture
def real_client(conversation: Conversation) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(create_app(conversation, speech())), base_url="http://test")


def schema(name: str) -> Draft7Validator:
    text = json.dumps({**DESCRIPTION["components"]["schemas"][name], "components": DESCRIPTION["components"]})
    # OpenAPI 3.0 says nullable where JSON Schema lists null among the types.
    described = json.loads(text, object_hook=lambda each: _nullable(each))
    return Draft7Validator(described)


def _nullable(each: dict[str, Any]) -> dict[str, Any]:
    if each.pop("nullable", False) is True:
        each["type"] = [each["type"], "null"]
    return each


async def test_a_real_reply_is_as_described(real_client: httpx.AsyncClient) -> None:
    reply = await real_client.post("/api/chat", json={"sender": "http-1", "text": "企业招残疾人有奖励吗"})

    assert reply.status_code == 200
    assert list(schema("Reply").iter_errors(reply.json())) == []
    assert reply.json()["messages"][0]["citations"][0]["clause"] == "2.3.4"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"[]", "body"),
        (b"\xff\xfe", "body"),
        (b'{"sender": "a"}', "text"),
        (b'{"sender": "", "text": "x"}', "sender"),
        (b'{"sender": 5, "text": "x"}', "sender"),
        (b'{"sender": "a", "text": ["x"]}', "text"),
        (b'{"sender": "a", "text": "x", "mode": "loud"}', "mode"),
        (b'{"sender": "a", "text": "x", "script": "latin"}', "script"),
        (b'{"sender": "a", "text": "x", "extra": 1}', "extra"),
        (b"[" * 30_000, "body"),
    ],
)
async def test_a_malformed_request_is_told_which_field(client: httpx.AsyncClient, body: bytes, named: str) -> None:
    answer = await client.post("/api/chat", content=body, headers=JSON)

    assert answer.status_code == 422
    assert named in answer.json()["error"]


async def test_too_large_a_request_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/chat", content=b"x" * (LARGEST_BODY + 1), headers=JSON)

    assert (answer.status_code, list(answer.json())) == (413, ["error"])


async def test_mode_and_script_reach_the_conversation(client: httpx.AsyncClient, fake: FakeConversation) -> None:
    await client.post("/api/chat", json={"sender": "a", "text": "x", "mode": "easy", "script": "hant"})

    assert [(turn.mode, turn.script) for turn in fake.turns] == [(Mode.EASY, Script.TRADITIONAL)]


async def test_a_fault_tells_nothing_of_itself(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/chat", json={"sender": "a", "text": "坏了"})

    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "12385" in answer.json()["error"]


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/api/chat", 405), ("/page/none.js", 404)])
async def test_other_addresses_get_a_sentence(client: httpx.AsyncClient, path: str, status: int) -> None:
    answer = await client.get(path)

    assert (answer.status_code, list(answer.json())) == (status, ["error"])


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
async def test_it_says_that_it_is_there(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).json() == {"status": "ok"}


@pytest.mark.parametrize("door", ["web", "telegram", "terminal", "voice"])
async def test_turns_of_every_door_are_measured_once_without_saying_who(door: str) -> None:
    measuring = Measuring()
    conversation = Conversation(
        FakeEngine(),  # type: ignore[arg-type]
        lambda: Library(()),
        FakeTranscripts(),  # type: ignore[arg-type]
        NobodyTakesOver(),  # type: ignore[arg-type]
        count=lambda _, *turn: measuring.note(*turn),
    )
    await conversation.handle(Turn(Sender(WEB, "somebody"), "form", door))
    app = create_app(conversation, speech(), measuring=measuring)
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        metrics = (await client.get("/metrics")).text

    assert f'zhuyetong_turns_total{{channel="{door}",status="form"}} 1.0' in metrics
    assert "zhuyetong_turn_seconds_count 1.0" in metrics
    assert "somebody" not in metrics


@pytest.mark.parametrize(
    ("host", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("203.0.113.5", {}, 403),
        ("203.0.113.5", {"authorization": "Bearer wrong"}, 403),
        ("203.0.113.5", {"authorization": "Bearer "}, 403),
        ("203.0.113.5", {"authorization": "Bearer of-prometheus"}, 200),
        ("testclient", {}, 403),
    ],
)
async def test_only_this_machine_or_a_token_reads_what_is_measured(
    fake: FakeConversation, host: str, headers: dict[str, str], status: int
) -> None:
    app = create_app(fake, speech(), measuring=Measuring("of-prometheus"))  # type: ignore[arg-type]
    transport = httpx.ASGITransport(app, client=(host, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        assert (await client.get("/metrics", headers=headers)).status_code == status


async def test_without_a_token_none_is_taken(fake: FakeConversation) -> None:
    transport = httpx.ASGITransport(create_app(fake, speech()), client=("203.0.113.5", 1))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        assert (await client.get("/metrics", headers={"authorization": "Bearer "})).status_code == 403


async def test_it_describes_every_path_it_serves(client: httpx.AsyncClient) -> None:
    described = (await client.get("/api/openapi.json")).json()

    assert set(described["paths"]) == {
        "/api/chat",
        "/api/feedback",
        "/api/messages",
        "/api/resume-code",
        "/api/resume",
        "/api/session",
        "/api/session/end",
        "/api/speech",
        "/healthz",
        "/readyz",
        "/metrics",
        "/api/openapi.json",
    }


async def test_the_page_may_load_nothing_from_elsewhere(client: httpx.AsyncClient) -> None:
    page = await client.get("/")

    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-security-policy"].startswith("default-src 'self'")


async def test_scripts_are_served_as_scripts(client: httpx.AsyncClient) -> None:
    assert (await client.get("/page/chat.js")).headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("name", ["sw.js", "widget.js"])
@pytest.mark.parametrize(
    "host", ["a//etc/passwd?", "a/../../settings.py?", "a/%2e%2e/app.py#", "a//etc/passwd\\@b", ""]
)
async def test_no_host_header_chooses_what_a_script_is(client: httpx.AsyncClient, name: str, host: str) -> None:
    answer = await client.get(f"/{name}", headers={"Host": host})

    assert answer.content == (PAGE / name).read_bytes()


@pytest.mark.parametrize("name", ["sw.js", "widget.js"])
async def test_no_address_around_the_page_chooses_what_a_script_is(fake: FakeConversation, name: str) -> None:
    app = Starlette(routes=[Mount("/../../web", create_app(fake, speech()))])  # type: ignore[arg-type]

    answer = await ask(app, f"/../../web/{name}")

    assert answer == (PAGE / name).read_bytes()


async def ask(app: Starlette, path: str) -> bytes:
    """The body at `path`, which no client tidies on the way."""
    sent: list[bytes] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message.get("body", b""))

    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"host", b"a")], "query_string": b""}
    await app(scope, receive, send)
    return b"".join(sent)


async def test_answers_are_not_kept_by_caches(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/chat", json={"sender": "a", "text": "x"})

    assert answer.headers["cache-control"] == "no-store"
