"""Where the turn that is being answered comes from, for what is counted by address; it is never kept."""

from contextvars import ContextVar

address: ContextVar[str] = ContextVar("address", default="")
"""Of whoever asks, an IPv6 network in place of each address in it; "" at doors that have none."""
