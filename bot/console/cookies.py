"""The cookies of the console: never sent from another site, never readable by a script."""

from starlette.requests import Request
from starlette.responses import Response

from bot.console.sections import HOME

_SESSION = "zhuyetong_staff"
_SIGNING_IN = "zhuyetong_signing_in"
"""Before there is a session, forms are tied to the browser by this one."""


def token_of(request: Request) -> str:
    """What the session is known by; "" where there is none."""
    return request.cookies.get(_SESSION, "")


def signing_in_token_of(request: Request) -> str:
    return request.cookies.get(_SIGNING_IN, "")


def give_token(request: Request, response: Response, token: str) -> None:
    _set(request, response, _SESSION, token)
    response.delete_cookie(_SIGNING_IN, path=HOME)


def give_signing_in_token(request: Request, response: Response, token: str) -> None:
    _set(request, response, _SIGNING_IN, token)


def take_token(response: Response) -> None:
    response.delete_cookie(_SESSION, path=HOME)


def _set(request: Request, response: Response, name: str, value: str) -> None:
    # Until the browser is closed: the session itself ends earlier.
    response.set_cookie(name, value, path=HOME, httponly=True, samesite="strict", secure=request.url.scheme == "https")
