"""Runs the custom actions inside the service's own process."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection as SdkRejection

_FAULTS: ContextVar[list[Exception]] = ContextVar("faults")


class InProcessActions(EndpointConfig):
    """An action endpoint without a server: same requests, same answers, no network."""

    def __init__(self, package: str = "actions") -> None:
        """`package` holds the actions; it is imported here, and Rasa's check of a server's answers is turned off."""
        # Rasa checks every answer against a JSON schema, and the schema against its own, which takes 30 ms: three
        # times the rest of the turn. These answers never left the process.
        # Rasa has no public way to turn it off.
        RemoteAction._validate_action_result = _trust  # noqa: SLF001
        # A "selective domain" is not sent with each call; no action of ours asks for the domain.
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Runs the action that `kwargs["json"]` names."""
        try:
            return await self._executor.run(kwargs["json"])
        except SdkRejection as rejection:
            raise ClientResponseError(400, "rejected", f'{{"action_name": "{rejection.action_name}"}}') from rejection
        except Exception as fault:
            _FAULTS.get([]).append(fault)
            raise


@contextmanager
def raising_faults() -> Iterator[None]:
    """Raises what an action raised inside; Rasa itself goes on, and half an answer would be told as if it were all."""
    faults: list[Exception] = []
    before = _FAULTS.set(faults)
    try:
        yield
    finally:
        _FAULTS.reset(before)
    if faults:
        raise faults[0]


def _trust(action: RemoteAction, result: dict[str, Any]) -> bool:
    return True
