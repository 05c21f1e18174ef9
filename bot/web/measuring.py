"""Who may read what machines measure: this machine itself, or whoever has the token."""

from hmac import compare_digest
from ipaddress import ip_address

from starlette.requests import Request


def may_measure(request: Request, token: str) -> bool:
    """Whether it comes from this machine or with `token`, where there is one, as `Authorization: Bearer TOKEN`."""
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and compare_digest(given.encode(), token.encode()):
        return True
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False
