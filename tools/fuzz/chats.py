"""Chats nobody writes: odd characters, odd JSON, odd encodings, and journeys for them to fall into."""

import json
from collections.abc import Callable, Iterator
from itertools import cycle
from random import Random
from typing import Any

from tests.knowledge.hostile import UNITS
from tools.fuzz.requests import Garbage, pick

PATH = "/api/chat"
_JSON = {"Content-Type": "application/json"}
_SENDERS = 24
_SAID = (
    *(
        "帮我登记",
        "同意",
        "我要登记就业需求",
        "查一下我的登记",
        "删除我的登记",
        "我叫李小红",
        "13800138000",
        "南昌进贤",
        "是",
        "跳过",
    ),
    *(
        "帮我算一下单位要安排几个残疾人",
        "我能享受什么",
        "三十个",
        "说错了",
        "再说一遍",
        "转人工",
        "低保会停吗",
        "取消",
        "返回",
    ),
)
_ODD = (
    *("\u202e", "\u202d", "\u2066", "\u200f", "\u061c", "שלום", "مرحبا", "ﷺ"),
    *("\u200b", "\u200d", "\u2060", "\ufeff", "\u180e", "\u00ad", "\u034f", "\ufe0f", "\U000e0041"),
    *("\x00", "\x01", "\x07", "\x08", "\x1b[2J", "\x7f", "\x85", "\r", "\n", "\u2028", "\t", "\v"),
    *("\u0301" * 30, "👩‍🦽", "🇨🇳", "𠮷", "İ", "ß", "ǆ", "ﬁ", "Ⅷ", "㈠", "½", "٣", "\ufffd", "\uffff", "\U0010ffff"),
)
_HALVES = ("\\ud83d", "\\ude00", "\\udfff", "\\ud800", "\\ud83d\\ude00", "\\ude00\\ud83d", "\\u0000", "\\u202e")
_NUMERALS = "0123456789零〇一二两三四五六七八九十百千万亿点半几元个．，％%-+./①⑩²½"
_PAYLOADS = (
    *("/restart", "/delete_data", "/back", "/session_start", "/crisis", "/silence", "/too_long", "/none_of_these"),
    *(
        '/inform{"name":"x"}',
        '/ask_clause{"clause":"../../x/1"}',
        '/ask{"a":[]}',
        "/ask@0.99",
        "EXTERNAL: x",
        "／restart",
    ),
    *("\u200b/restart", "\x00/restart", "\\/restart", "//restart", "/restart{", "/ restart", "/inform{{}}", "/" * 300),
    *(
        "{0.__class__}",
        "{{7*7}}",
        "${jndi:ldap://127.0.0.1/a}",
        "%s%n%x",
        "<script>alert(1)</script>",
        "'; DROP TABLE cases;--",
    ),
    *(
        "' OR '1'='1",
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "=HYPERLINK(1)",
        "$(id)",
        "`id`",
        "\r\nSet-Cookie: a=b",
    ),
)
_WRONG: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1e308,
    [],
    {},
    [[]],
    "",
    " ",
    {"a": 1},
    ["低保"],
    "x" * 200,
    "\u202e",
    "a\u0000b",
    10**40,
)
_ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "utf-8-sig", "gb18030", "big5", "utf-7")


def chats(count: int, seed: int, key: str = "") -> Iterator[Garbage]:
    """`count` of them, the same for a seed; some come with the `key` of a program, so that forms open for them."""
    chance = Random(seed)
    kinds = cycle(_KINDS.items())
    for number in range(count):
        # Every third is what a person would say, so that garbage also answers the questions of forms.
        kind, make = ("a person's words", _a_person) if number % 3 == 0 else next(kinds)
        body, headers = make(chance)
        if key and chance.random() < 0.7:
            headers = {**headers, "Authorization": f"Bearer {key}"}
        yield Garbage(kind, PATH, body, headers)


def _turn(chance: Random, text: Any, **about: Any) -> bytes:
    # Escapes, as of the halves of characters, stand in the JSON as they were written.
    told = json.dumps({"sender": f"f-{chance.randrange(_SENDERS)}", "text": text, **about}, ensure_ascii=False)
    return told.encode("utf-8", "surrogatepass")


def _a_person(chance: Random) -> tuple[bytes, dict[str, str]]:
    return _turn(chance, chance.choice(_SAID)), _JSON


def _odd_characters(chance: Random) -> tuple[bytes, dict[str, str]]:
    return _turn(chance, pick(chance, *_ODD, *_SAID, *UNITS, most=40)), _JSON


def _any_characters(chance: Random) -> tuple[bytes, dict[str, str]]:
    # Every plane, the halves of characters too: as bytes these are no UTF-8.
    return _turn(chance, "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randint(1, 80)))), _JSON


def _halves(chance: Random) -> tuple[bytes, dict[str, str]]:
    halves = pick(chance, *_HALVES, most=6)
    sender, text = (halves + "a", "低保会停吗") if chance.random() < 0.3 else ("f-1", pick(chance, *_SAID) + halves)
    return f'{{"sender": "{sender}", "text": "{text}"}}'.encode(), _JSON


def _numerals(chance: Random) -> tuple[bytes, dict[str, str]]:
    return _turn(chance, chance.choice(("", "最低工资", "我是", "有", "13")) + pick(chance, *_NUMERALS, most=20)), _JSON


def _repeated(chance: Random) -> tuple[bytes, dict[str, str]]:
    unit = chance.choice((*UNITS, *_ODD, *_SAID))
    length = chance.choice((1_000, 1_000, 999, 1_001, 5_000))
    return _turn(chance, (unit * length)[:length]), _JSON


def _payloads(chance: Random) -> tuple[bytes, dict[str, str]]:
    payload = chance.choice(_PAYLOADS)
    return _turn(chance, payload + chance.choice(("", "", " ", "\n", "低保", payload))), _JSON


def _deep(chance: Random) -> tuple[bytes, dict[str, str]]:
    depth = chance.choice((50, 900, 1_100, 5_000, 30_000))
    opened, closed = chance.choice((("[", "]"), ('{"a":', "}"), ('[{"text":', "}]")))
    ends = closed * depth if chance.random() < 0.5 else ""
    return f'{{"text": {opened * (depth // len(opened))}1{ends}}}'.encode(), _JSON


def _wrong_types(chance: Random) -> tuple[bytes, dict[str, str]]:
    fields: dict[str, Any] = {}
    names = ("sender", "text", "mode", "script", "__pydantic_self__", "", "sender ", "metadata", "\u202etext")
    for name in chance.sample(names, chance.randint(0, 5)):
        fields[name] = chance.choice(_WRONG)
    whole = chance.choice((fields, fields, fields, chance.choice(_WRONG)))
    return json.dumps(whole).encode(), _JSON


def _no_json(chance: Random) -> tuple[bytes, dict[str, str]]:
    texts = (
        "",
        "{",
        "null",
        "NaN",
        "[1e999]",
        '{"text": Infinity}',
        '{"text": "a", "text": 1}',
        '{"text": "\\u12"}',
        "'a'",
    )
    body = chance.choice(texts).encode() if chance.random() < 0.5 else chance.randbytes(chance.randint(1, 300))
    return body, _JSON


def _large(chance: Random) -> tuple[bytes, dict[str, str]]:
    size = chance.choice((60_000, 65_000, 65_536, 65_537, 70_000, 300_000, 1_000_000))
    return _turn(chance, chance.choice(("低", "a", "\\", '"', "\x00")) * (size // 3)), _JSON


def _encodings(chance: Random) -> tuple[bytes, dict[str, str]]:
    encoding = chance.choice(_ENCODINGS)
    text = json.dumps({"sender": "f-2", "text": pick(chance, *_SAID)}, ensure_ascii=chance.random() < 0.3)
    kind = chance.choice(("application/json", f"application/json; charset={encoding}"))
    return text.encode(encoding, "replace"), {"Content-Type": kind}


def _headers(chance: Random) -> tuple[bytes, dict[str, str]]:
    headers = chance.choice(
        (
            {
                "Content-Type": chance.choice(
                    ("", "text/plain", "application/json" * 300, "application/json;;;=", "\xff/\xfe")
                )
            },
            {**_JSON, "Content-Encoding": chance.choice(("gzip", "br", "deflate"))},
            {**_JSON, "Authorization": chance.choice(("Bearer", "Bearer \xe9", "Basic Og==", "Bearer " + "a" * 5_000))},
            {
                **_JSON,
                "Cookie": chance.choice(
                    ("zhuyetong=a.b.c", "zhuyetong=" + "." * 3_000, "zhuyetong=\xe9.9.\xe9", "=;=;")
                ),
            },
            {**_JSON, "Origin": chance.choice(("null", "https://evil.example", "http://[", "\xff"))},
            {
                **_JSON,
                "X-Forwarded-For": chance.choice(("a", "::1%", "1.1.1.1," * 200, "")),
                "X-Forwarded-Proto": "javascript",
            },
            {**_JSON, "Host": chance.choice(("a//etc/passwd?", "[", "a:b:c", "\xff", ""))},
        )
    )
    return _turn(chance, chance.choice(_SAID)), headers


_KINDS: dict[str, Callable[[Random], tuple[bytes, dict[str, str]]]] = {
    "controls, RTL, zero width": _odd_characters,
    "any code points": _any_characters,
    "halves of characters": _halves,
    "mixed numerals": _numerals,
    "1,000 of one unit": _repeated,
    "payloads": _payloads,
    "deep JSON": _deep,
    "wrong types": _wrong_types,
    "no JSON": _no_json,
    "large bodies": _large,
    "other encodings": _encodings,
    "odd headers": _headers,
}
