"""Conversations in which somebody asked for a person: who waits, reading, taking over, writing, handing back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.responses import JSONResponse, Response

from bot.console.permissions import Action
from bot.console.visits import Place, Visit, refused
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


def live() -> list[Place]:
    return [
        Place("/live", Action.TALK, show=_queue),
        Place("/live/queue", Action.TALK, show=_queue_alone, background=True),
        # Also from a page that locked itself: somebody in danger cannot wait for a password.
        Place("/live/waiting", Action.TALK, show=_who_waits, background=True, while_locked=True),
        Place("/live/{number}", Action.TALK, show=_show),
        Place("/live/{number}/talk", Action.TALK, show=_talk, background=True),
        Place("/live/{number}/open", Action.TALK, do=_open),
        Place("/live/{number}/take", Action.TALK, do=_take),
        Place("/live/{number}/write", Action.TALK, do=_write),
        Place("/live/{number}/hand-back", Action.TALK, do=_hand_back),
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


def _queue(visit: Visit) -> Response:
    return visit.page("live.html", **_waiting(visit))


def _queue_alone(visit: Visit) -> Response:
    return visit.page("live_queue.html", **_waiting(visit))


def _who_waits(visit: Visit) -> Response:
    return JSONResponse(waiting_for(visit.context, visit.actor).to_json())


def _show(visit: Visit) -> Response:
    request = _request(visit)
    if request is None:
        return refused(visit, 404, "no_talk")
    return _page(visit, request)


def _talk(visit: Visit) -> Response:
    request = _request(visit)
    if request is None:
        return Response(status_code=404)
    if not visit.context.records.reading.may_read(request, visit.actor):
        return Response(status_code=403)
    visit.context.records.reading.note_staying(request.number, visit.actor)
    return visit.page("live_talk.html", lines=_lines(visit, request), names=_names(visit))


def _open(visit: Visit) -> Response:
    request = _request(visit)
    if request is None:
        return refused(visit, 404, "no_talk")
    visit.context.records.reading.open(request.number, visit.form.get("reason", ""), visit.actor)
    return visit.go(f"/live/{request.number}")


def _take(visit: Visit) -> Response:
    number = _number(visit)
    visit.context.records.persons.take(number, visit.actor)
    return visit.go(f"/live/{number}", "talk_taken")


def _hand_back(visit: Visit) -> Response:
    number = _number(visit)
    visit.context.records.persons.hand_back(number, visit.actor)
    return visit.go("/live", "talk_given_back")


def _write(visit: Visit) -> Response:
    number, text = _number(visit), visit.form.get("text", "").replace("\r\n", "\n").strip()
    if not 0 < len(text) <= LONGEST_MESSAGE:
        return _kept(visit, text, 422, "too_long")
    try:
        visit.context.records.messages.write(number, text, visit.actor)
    except PersonRequestError:
        return _kept(visit, text, 409, "taken_by_other")
    return visit.go(f"/live/{number}", "sent")


def _kept(visit: Visit, text: str, status: int, problem: str) -> Response:
    """The page again with what was written, which did not go out."""
    request = _request(visit)
    return refused(visit, 404, "no_talk") if request is None else _page(visit, request, status, text, problem)


def _page(
    visit: Visit, request: PersonRequestInFull, status: int = 200, written: str = "", problem: str = ""
) -> Response:
    about = {"request": request, "names": _names(visit), "written": written, "problem": problem}
    if not visit.context.records.reading.may_read(request, visit.actor):
        return visit.page("live_closed.html", status, longest=LONGEST_REASON, **about)
    visit.context.records.reading.note(request.number, visit.actor)
    return visit.page(
        "live_one.html",
        status,
        lines=_lines(visit, request),
        mine=request.owner == visit.actor,
        reaches=request.door in _REACHED,
        longest=LONGEST_MESSAGE,
        **about,
    )


def _lines(visit: Visit, request: PersonRequestInFull) -> Sequence[Line]:
    # Once it is handed back, what they say is the assistant's again.
    since = visit.context.records.transcripts.of(request.sender) if request.waits else ()
    turns = [*request.transcript, *(turn for turn in since if turn not in request.transcript)]
    return lines(turns, visit.context.records.messages.of_request(request.number))


def _waiting(visit: Visit) -> dict[str, Any]:
    return {"waiting": visit.context.records.persons.waiting(), "names": _names(visit)}


def _names(visit: Visit) -> Mapping[str, str]:
    return {each.login: each.name for each in visit.context.records.staff.all()}


def _number(visit: Visit) -> int:
    told = visit.told("number")
    return int(told) if told.isdecimal() and len(told) < 12 else 0


def _request(visit: Visit) -> PersonRequestInFull | None:
    """None where there is none of this number."""
    try:
        return visit.context.records.persons.show(_number(visit))
    except PersonRequestError:
        return None
