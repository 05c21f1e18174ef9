"""The HTTP interface, against its own description."""

import json
from pathlib import Path

import httpx
import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from bot.messages import Message, Mode, Reply, Script, Status, Turn
from bot.web.app import LARGEST_BODY, create_app
from tests.bot.hearing_and_speaking import speech

DESCRIPTION = YAML(typ="safe").load(
    (Path(__file__).parent.parent.parent / "bot" / "web" / "openapi.yml").read_text(encoding="utf-8")
)


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
def real_client(conversation) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(create_app(conversation, speech())), base_url="http://test")


def schema(name: str) -> Draft7Validator:
    text = json.dumps({**DESCRIPTION["components"]["schemas"][name], "components": DESCRIPTION["components"]})
    # OpenAPI 3.0 says nullable where JSON Schema lists null among the types.
    described = json.loads(text, object_hook=lambda each: _nullable(each))
    return Draft7Validator(described)


def _nullable(each: dict) -> dict:
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


async def test_turns_are_counted_without_saying_who(client: httpx.AsyncClient) -> None:
    await client.post("/api/chat", json={"sender": "somebody", "text": "x"})
    metrics = (await client.get("/metrics")).text

    assert 'zhuyetong_turns_total{channel="web",status="answered"} 1.0' in metrics
    assert "somebody" not in metrics


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


async def test_answers_are_not_kept_by_caches(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/chat", json={"sender": "a", "text": "x"})

    assert answer.headers["cache-control"] == "no-store"
