"""Hears what staff say into the search field: the words alone, without an answer, and nothing of it is kept."""

import asyncio

from starlette.responses import JSONResponse, Response

from bot.console.permissions import Permission
from bot.console.requests import ConsoleRequest, ConsoleRoute
from bot.speech.error_sentences import SpeechErrors, status_of
from voice.errors import VoiceError
from voice.sound.audio import read_audio

_AT_ONCE = 4
"""Recordings that are listened to at a time; who comes on top is asked to come back."""
_RECORDING = "file"


class HeardDoor:
    """Answers a recording with its words."""

    def __init__(self) -> None:
        self._errors = SpeechErrors()
        self._busy = 0

    def console_routes(self) -> list[ConsoleRoute]:
        return [ConsoleRoute("/api/heard", Permission.ASSIST, do=self._hear)]

    async def _hear(self, request: ConsoleRequest) -> Response:
        if self._busy >= _AT_ONCE:
            return self._refused(503, "busy")
        self._busy += 1
        try:
            pcm = await asyncio.to_thread(read_audio, request.files.get(_RECORDING, b""))
            if request.context.speech is None:
                return self._refused(503, "library_missing")
            hearing = await request.context.speech.hearing()
            # Not Speech.hear, which may keep the sound: a caller on the telephone did not agree to that.
            heard = await hearing.hear(pcm, await request.context.speech.hints(None))
        except VoiceError as error:
            return self._refused(status_of(error), error.code)
        finally:
            self._busy -= 1
        return JSONResponse({"text": heard.text, "confidence": round(heard.confidence, 2)})

    def _refused(self, status: int, code: str) -> Response:
        return JSONResponse({"error": self._errors.sentence(code), "code": code}, status)
