"""Puts the parts together: settings in, a conversation out."""

import logging
import warnings

from bot.conversation import Conversation
from bot.errors import ServiceError
from bot.settings import Settings


def build_conversation(settings: Settings) -> Conversation:
    """Loads the model and the documents. Raises ServiceError where one of them is missing or broken."""
    from actions.resources import Resources, give
    from bot.engine.agent import Engine, EngineError
    from bot.engine.training import model_path
    from knowledge.base import KnowledgeBase
    from knowledge.errors import KnowledgeError
    from registry.database import Database
    from registry.unanswered import UnansweredQuestions

    try:
        base = KnowledgeBase(settings.documents, settings.cache)
        engine = Engine.load(
            model_path(settings.project, settings.models), settings.project / "endpoints.yml", settings.conversations
        )
    except (EngineError, KnowledgeError) as error:
        raise ServiceError(str(error)) from error
    unanswered = UnansweredQuestions(Database(settings.database_url))
    give(Resources(base, unanswered.note))
    return Conversation(engine, lambda: base.current().library)


def quieten_libraries() -> None:
    """Keeps libraries' progress and debug lines, some of which hold what people wrote, out of the log."""
    import jieba  # noqa: F401  # It sets its own log level when imported; after that ours holds.
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in ("rasa", "rasa_sdk", "jieba", "tensorflow", "matplotlib", "apscheduler", "pykwalify", "sanic", "dask"):
        logging.getLogger(name).setLevel(logging.WARNING)
    warnings.filterwarnings("ignore", module=r"(rasa|tensorflow|sklearn|jieba|pkg_resources|sanic|jax|flax).*")
