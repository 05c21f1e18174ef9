"""What reaches the log: our own lines, and from libraries only what goes wrong."""

import logging
from types import TracebackType

from registry.values.masking import masked

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class MaskingFormatter(logging.Formatter):
    """Takes telephone numbers, ID numbers and names that somebody gives out of what is logged, tracebacks too.

    Nothing of ours logs what people say; an error of a library may quote it.
    """

    def format(self, record: logging.LogRecord) -> str:
        safe = logging.makeLogRecord(record.__dict__ | {"msg": masked(record.getMessage()), "args": ()})
        return super().format(safe)

    def formatException(self, ei: _ExcInfo) -> str:
        return masked(super().formatException(ei))


def quieten_libraries() -> None:
    """Keeps libraries' progress and debug lines, some of which hold what people wrote, out of the log."""
    import jieba  # noqa: F401  # It sets its own log level when imported; after that ours holds.
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    logging.basicConfig(level=logging.INFO)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(MaskingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for name in (
        "rasa",
        "rasa_sdk",
        "jieba",
        "tensorflow",
        "matplotlib",
        "apscheduler",
        "pykwalify",
        "sanic",
        "dask",
        "alembic",
        # Their lines hold addresses, which hold the token of Telegram's bot.
        "httpx",
        "httpcore",
        "telegram",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)
    # It calls an error what a form does with every question it lets be answered first; a real one is logged elsewhere.
    logging.getLogger("rasa.core.actions.action").setLevel(logging.CRITICAL)
    # What Rasa's own requirements deprecate is nothing a person at the terminal can mend; some of them reset the
    # filters when imported, so warnings are caught where they are shown.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
