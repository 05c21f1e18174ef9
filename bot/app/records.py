"""Opens the records for a command: nothing of them is imported before a command needs it."""

from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.engine.conversation_rows import ConversationRows
    from bot.forgetting import Forgetting
    from registry.cases.cases import Cases
    from registry.registrations.registrations import Registrations
    from registry.store.database import Database
    from registry.store.encryption import Cipher


def open_records(settings: Settings) -> "tuple[Database, Cipher]":
    from registry.store.database import Database
    from registry.store.encryption import Cipher

    return Database(settings.database_url), Cipher.load(settings.key_file)


def open_registrations(settings: Settings) -> "tuple[Registrations, Cases]":
    from registry.cases.cases import Cases
    from registry.registrations.registrations import Registrations

    database, cipher = open_records(settings)
    return Registrations(database, cipher), Cases(database, cipher)


def open_conversations(settings: Settings) -> "ConversationRows | None":
    """What the bot keeps of conversations; None where it never had one."""
    from bot.engine.conversation_rows import ConversationRows
    from registry.store.encryption import Cipher

    if not settings.conversations.exists():
        return None
    return ConversationRows(settings.conversations, Cipher.load(settings.key_file))


def open_forgetting(settings: Settings) -> "Forgetting":
    """What forgets a person in everything that the service keeps."""
    from bot.forgetting import Forgetting

    database, cipher = open_records(settings)
    return Forgetting(database, cipher, open_conversations(settings), settings.kept_audio)
