"""The cookies of the console: never sent from another site, never readable by a script."""

from starlette.requests import Request
from starlette.responses import Response

from bot.console.sections import HOME

_SESSION = "zhuyetong_staff"
_SIGNING_IN = "zhuyetong_signing_in"
"""Before there is a session, forms are tied to the browser by this one."""
_DEVICE = "zhuyetong_device_"
"""With the label of a login behind it, since colleagues share a browser."""
_DEVICE_LASTS = 365 * 24 * 60 * 60


def token_of(request: Request) -> str:
    """What the session is known by; "" where there is none."""
    return _value(request, _SESSION)


def signing_in_token_of(request: Request) -> str:
    return _value(request, _SIGNING_IN)


def device_of(request: Request, label: str) -> str:
    """What the browser shows for the login of this `label`; "" where it was never used for it."""
    return _value(request, _DEVICE + label)


def give_token(request: Request, response: Response, token: str) -> None:
    _set(request, response, _SESSION, token)
    _delete(request, response, _SIGNING_IN)


def give_signing_in_token(request: Request, response: Response, token: str) -> None:
    _set(request, response, _SIGNING_IN, token)


def give_device(request: Request, response: Response, label: str, cookie: str) -> None:
    _set(request, response, _DEVICE + label, cookie, _DEVICE_LASTS)


def take_token(request: Request, response: Response) -> None:
    _delete(request, response, _SESSION)


def _name(request: Request, name: str) -> str:
    # With this prefix browsers take a cookie from this host over HTTPS alone, and only for all of its paths.
    return f"__Host-{name}" if _is_safe(request) else name


def _value(request: Request, name: str) -> str:
    return request.cookies.get(_name(request, name), "")


def _set(request: Request, response: Response, name: str, value: str, lasts: int | None = None) -> None:
    # Without a time until the browser is closed: the session itself ends earlier.
    safe = _is_safe(request)
    response.set_cookie(
        _name(request, name), value, lasts, path=_path(safe), httponly=True, samesite="strict", secure=safe
    )


def _delete(request: Request, response: Response, name: str) -> None:
    safe = _is_safe(request)
    response.delete_cookie(_name(request, name), _path(safe), httponly=True, samesite="strict", secure=safe)


def _path(safe: bool) -> str:
    return "/" if safe else HOME


def _is_safe(request: Request) -> bool:
    return request.url.scheme == "https"
