"""`POST /api/speech`: a recording in, the reply with what was heard and its sound out."""

import asyncio
import base64
import json
import logging
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.http.body import read_body
from bot.http.multipart import FormError, read_form
from bot.http.slow_bodies import TooSlow
from bot.messages import Turn
from bot.requests import RequestError, parse_turn
from bot.senders import Sender
from bot.speech.engines_and_recordings import Answered, Recordings
from bot.speech.error_sentences import SpeechErrors, status_of
from bot.web.callers import Caller, Callers
from bot.web.limiting import Limiting, TooMany
from bot.web.places import Places
from dialogue.mark import Status
from voice.errors import AudioError, EngineMissing, VoiceError
from voice.sound.audio import Pcm, read_audio, write_opus, write_wav

logger = logging.getLogger(__name__)

LARGEST_RECORDING = 12 * 1024 * 1024
"""Bytes; a minute of stereo at 48 kHz as WAV."""
_UPLOAD_SECONDS = 120.0
_AT_ONCE = 8
"""Recordings in memory at a time; who comes on top is asked to come back."""
_OF_ADDRESS = 2
"""Of them from one address, so that one client does not take them all."""
_OF_PROGRAM = 4
"""Of them from one that has a key of ours, and asks for many people."""
_CHANNEL = "voice"
_WRITERS: dict[str, Callable[[Pcm], bytes]] = {"audio/wav": write_wav, "audio/ogg": write_opus}
_FIELDS = ("sender", "mode", "script")


class SpeechDoor:
    """Answers recordings sent over HTTP."""

    def __init__(
        self,
        recordings: Recordings,
        errors: SpeechErrors,
        callers: Callers,
        limiting: Limiting,
    ) -> None:
        self._recordings = recordings
        self._errors = errors
        self._callers = callers
        self._limiting = limiting
        self._places = Places(_AT_ONCE, _OF_ADDRESS, _OF_PROGRAM)

    async def answer(self, request: Request) -> Response:
        """The reply to one recording, or why there is none."""
        caller = self._callers.of(request)
        try:
            await self._limiting.check("speech")
            with self._places.place() as free:
                return await self._answer(request, caller) if free else self._refused(503, "busy")
        except TooMany as error:
            return self._refused(429, "too_many", seconds=error.seconds)
        except RequestError as error:
            return self._refused(422, "malformed", str(error))
        except FormError as error:
            return self._refused(400, "malformed", str(error))
        except VoiceError as error:
            if not isinstance(error, AudioError):
                logger.warning("a recording was not answered: %s", error)
            return self._refused(status_of(error), error.code)

    async def _answer(self, request: Request, caller: Caller) -> Response:
        try:
            body = await asyncio.wait_for(read_body(request, LARGEST_RECORDING), _UPLOAD_SECONDS)
        except (asyncio.TimeoutError, TooSlow):
            return self._refused(408, "too_slow")
        if body is None:
            return self._refused(413, "too_large")
        turn, data = _read(request, body, caller)
        await self._limiting.check_sender("speech", turn.sender)
        pcm = await asyncio.to_thread(read_audio, data)
        answered = await self._recordings.answer(turn, pcm)
        wanted = next((kind for kind in _WRITERS if kind in request.headers.get("accept", "")), None)
        if wanted is not None:
            sound = await self._recordings.sound(turn.sender, answered.reply)
            response = Response(await asyncio.to_thread(_WRITERS[wanted], sound), media_type=wanted)
        else:
            response = JSONResponse({**_told(answered), "audio": await self._audio(turn.sender, answered)})
        return caller.keep(response, turn.sender, answered.reply.status is Status.ENDED)

    async def _audio(self, sender: Sender, answered: Answered) -> dict[str, str] | None:
        """The reply's sound; None where there is no voice, as the words are there all the same."""
        try:
            sound = await self._recordings.sound(sender, answered.reply)
        except EngineMissing:
            return None
        data = await asyncio.to_thread(write_wav, sound)
        return {"type": "audio/wav", "base64": base64.b64encode(data).decode("ascii")}

    def _refused(self, status: int, code: str, detail: str = "", seconds: int = 30) -> Response:
        """With how many `seconds` to wait where waiting helps."""
        headers = {"retry-after": str(seconds)} if status in {429, 503} else {}
        sentence = self._errors.sentence(code, seconds=seconds)
        return JSONResponse({"error": sentence + detail, "code": code}, status, headers)


def _told(answered: Answered) -> dict[str, Any]:
    heard = {"text": answered.heard.text, "confidence": round(answered.heard.confidence, 2)}
    return {**answered.reply.to_json(), "heard": heard}


def _read(request: Request, body: bytes, caller: Caller) -> tuple[Turn, bytes]:
    """Who speaks, and the recording; raises RequestError for a field and FormError for a form that cannot be read."""
    kind = request.headers.get("content-type", "")
    if kind.lower().startswith("multipart/form-data"):
        parts = read_form(kind, body)
        told = {name: parts[name].decode("utf-8", "replace") for name in _FIELDS if name in parts}
        unknown = sorted(parts.keys() - {*_FIELDS, "audio"})
        if unknown or "audio" not in parts:
            raise RequestError(f"{unknown[0]}: no such field" if unknown else "audio: the recording is missing")
        data = parts["audio"]
    else:
        told, data = {name: request.query_params[name] for name in _FIELDS if name in request.query_params}, body
    turn = parse_turn(json.dumps({**told, "text": ""}).encode(), _CHANNEL, caller.whose)
    return turn, data
