"""What reaches the log: our own lines, and of the libraries only what is wrong."""

import logging


def quieten_libraries() -> None:
    """Keeps libraries' progress and debug lines, some of which hold what people wrote, out of the log."""
    import jieba  # noqa: F401  # It sets its own log level when imported; after that ours holds.
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
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
    ):
        logging.getLogger(name).setLevel(logging.WARNING)
    # It calls an error what a form does with every question it lets be answered first; a real one is logged elsewhere.
    logging.getLogger("rasa.core.actions.action").setLevel(logging.CRITICAL)
    # What Rasa's own requirements deprecate is nothing a person at the terminal can mend; some of them reset the
    # filters when imported, so warnings are caught where they are shown.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
