"""Conversations in which somebody asked for a person: who waits, reading, taking over, writing, handing back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import JSONResponse, Response

from bot.console.permissions import Permission
from bot.console.requests import ConsoleRequest, ConsoleRoute, refused
from bot.console.waiting import waiting_for
from registry.cases.unmasking import LONGEST_REASON
from registry.errors import PersonRequestError
from registry.talk.person_requests import PersonRequestInFull
from registry.talk.staff_messages import LONGEST_MESSAGE, StaffMessage
from registry.talk.transcripts import TranscriptTurn

_REACHED = frozenset({"web", "voice", "telegram"})
"""Doors through which somebody gets what staff write."""


@dataclass(frozen=True)
class Line:
    """One thing said in a conversation."""

    who: str
    """"theirs" for the person, "ours" for the assistant, "staff"."""
    at: datetime
    text: str
    by: str = ""
    """Who of staff."""
    arrived: bool = True


def live() -> list[ConsoleRoute]:
    return [
        ConsoleRoute("/live", Permission.TALK, show=_queue),
        ConsoleRoute("/live/queue", Permission.TALK, show=_queue_alone, background=True),
        # Also from a page that locked itself: somebody in danger cannot wait for a password.
        ConsoleRoute("/live/waiting", Permission.TALK, show=_who_waits, background=True, while_locked=True),
        ConsoleRoute("/live/{number}", Permission.TALK, show=_show),
        ConsoleRoute("/live/{number}/talk", Permission.TALK, show=_talk, background=True),
        ConsoleRoute("/live/{number}/open", Permission.TALK, do=_open),
        ConsoleRoute("/live/{number}/take", Permission.TALK, do=_take),
        ConsoleRoute("/live/{number}/write", Permission.TALK, do=_write),
        ConsoleRoute("/live/{number}/hand-back", Permission.TALK, do=_hand_back),
    ]


def lines(turns: Sequence[TranscriptTurn], messages: Sequence[StaffMessage]) -> Sequence[Line]:
    """The talk in the order in which it was; of what was said at once, the person comes first."""
    found = []
    for turn in turns:
        if turn.said:
            found.append(Line("theirs", turn.at, turn.said))
        if turn.heard:
            found.append(Line("ours", turn.at, turn.heard))
    found += [Line("staff", each.at, each.text, each.by, each.delivered_at is not None) for each in messages]
    return sorted(found, key=lambda line: line.at)


def _queue(request: ConsoleRequest) -> Response:
    return request.page("live.html", **_waiting(request))


def _queue_alone(request: ConsoleRequest) -> Response:
    return request.page("live_queue.html", **_waiting(request))


def _who_waits(request: ConsoleRequest) -> Response:
    return JSONResponse(waiting_for(request.context, request.actor).to_json())


def _show(request: ConsoleRequest) -> Response:
    person_request = _person_request(request)
    if person_request is None:
        return refused(request, 404, "no_talk")
    return _page(request, person_request)


def _talk(request: ConsoleRequest) -> Response:
    person_request = _person_request(request)
    if person_request is None:
        return Response(status_code=404)
    if not request.context.records.reading.may_read(person_request, request.actor):
        return Response(status_code=403)
    request.context.records.reading.note_staying(person_request.number, request.actor)
    return request.page("live_talk.html", lines=_lines(request, person_request), names=_names(request))


def _open(request: ConsoleRequest) -> Response:
    person_request = _person_request(request)
    if person_request is None:
        return refused(request, 404, "no_talk")
    request.context.records.reading.open(person_request.number, request.form.get("reason", ""), request.actor)
    return request.go(f"/live/{person_request.number}")


def _take(request: ConsoleRequest) -> Response:
    number = _number(request)
    request.context.records.persons.take(number, request.actor)
    return request.go(f"/live/{number}", "talk_taken")


def _hand_back(request: ConsoleRequest) -> Response:
    number = _number(request)
    request.context.records.persons.hand_back(number, request.actor)
    return request.go("/live", "talk_given_back")


def _write(request: ConsoleRequest) -> Response:
    number, text = _number(request), request.form.get("text", "").replace("\r\n", "\n").strip()
    if not 0 < len(text) <= LONGEST_MESSAGE:
        return _kept(request, text, 422, "too_long")
    try:
        request.context.records.messages.write(number, text, request.actor)
    except PersonRequestError:
        return _kept(request, text, 409, "taken_by_other")
    return request.go(f"/live/{number}", "sent")


def _kept(request: ConsoleRequest, text: str, status: int, problem: str) -> Response:
    """The page again with what was written, which did not go out."""
    person_request = _person_request(request)
    return (
        refused(request, 404, "no_talk")
        if person_request is None
        else _page(request, person_request, status, text, problem)
    )


def _page(
    request: ConsoleRequest,
    person_request: PersonRequestInFull,
    status: int = 200,
    written: str = "",
    problem: str = "",
) -> Response:
    about = {"request": person_request, "names": _names(request), "written": written, "problem": problem}
    if not request.context.records.reading.may_read(person_request, request.actor):
        return request.page("live_closed.html", status, longest=LONGEST_REASON, **about)
    request.context.records.reading.note(person_request.number, request.actor)
    return request.page(
        "live_one.html",
        status,
        lines=_lines(request, person_request),
        mine=person_request.owner == request.actor,
        reaches=person_request.door in _REACHED,
        longest=LONGEST_MESSAGE,
        **about,
    )


def _lines(request: ConsoleRequest, person_request: PersonRequestInFull) -> Sequence[Line]:
    # Once it is handed back, what they say is the assistant's again.
    since = request.context.records.transcripts.of(person_request.sender) if person_request.waits else ()
    turns = [*person_request.transcript, *(turn for turn in since if turn not in person_request.transcript)]
    return lines(turns, request.context.records.messages.of_request(person_request.number))


def _waiting(request: ConsoleRequest) -> dict[str, object]:
    return {"waiting": request.context.records.persons.waiting(), "names": _names(request)}


def _names(request: ConsoleRequest) -> Mapping[str, str]:
    return {each.login: each.name for each in request.context.records.staff.all()}


def _number(request: ConsoleRequest) -> int:
    told = request.path_value("number")
    return int(told) if told.isdecimal() and len(told) < 12 else 0


def _person_request(request: ConsoleRequest) -> PersonRequestInFull | None:
    """None where there is none of this number."""
    try:
        return request.context.records.persons.show(_number(request))
    except PersonRequestError:
        return None
