"""`POST /api/chat`: a turn in, the reply out."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.conversation import Conversation
from bot.http.body import read_body
from bot.requests import RequestError, parse_turn
from bot.web.callers import Callers
from bot.web.limiting import Limiting
from dialogue.mark import Status
from knowledge.yaml_files import read_yaml

LARGEST_BODY = 64 * 1024
"""Bytes of a request; a turn is a few hundred."""
_CHANNEL = "web"


class ChatDoor:
    """Answers what is written, by our own page or by a program."""

    def __init__(
        self,
        conversation: Conversation,
        callers: Callers,
        limiting: Limiting,
    ) -> None:
        self._conversation = conversation
        self._callers = callers
        self._limiting = limiting
        self._errors: dict[str, str] = read_yaml(Path(__file__).with_name("errors.yml"))

    async def answer(self, request: Request) -> Response:
        """The reply to one turn, or why there is none."""
        caller = self._callers.of(request)
        body = await read_body(request, LARGEST_BODY)
        if body is None:
            return JSONResponse({"error": self._errors["too_large"]}, 413)
        try:
            turn = parse_turn(body, _CHANNEL, caller.whose)
        except RequestError as error:
            return JSONResponse({"error": f"{self._errors['malformed']}{error}"}, 422)
        await self._limiting.check("chat", turn.sender, turn.text)
        reply = await self._conversation.handle(turn)
        return caller.keep(JSONResponse(reply.to_json()), turn.sender, reply.status is Status.ENDED)
