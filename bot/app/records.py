"""Opens the records for a command or the service: nothing of them is imported before they are needed."""

from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.engine.conversation_rows import ConversationRows
    from bot.forgetting import Forgetting
    from registry.records import Records
    from registry.store.database import Database
    from registry.store.encryption import Cipher


def open_database(settings: Settings) -> "Database":
    """The database alone, for what needs no key."""
    from registry.store.database import Database

    return Database(settings.database_url)


def open_records(settings: Settings) -> "Records":
    from registry.records import Records
    from registry.store.encryption import Cipher

    return Records(open_database(settings), Cipher.load(settings.key_file))


def open_conversations(settings: Settings, cipher: "Cipher") -> "ConversationRows | None":
    """What the bot keeps of conversations; None where it never had one."""
    from bot.engine.conversation_rows import ConversationRows

    return ConversationRows(settings.conversations, cipher) if settings.conversations.exists() else None


def open_forgetting(settings: Settings, records: "Records") -> "Forgetting":
    """What forgets a person in everything that the service keeps."""
    from bot.forgetting import Forgetting

    conversations = open_conversations(settings, records.cipher)
    return Forgetting(records.database, records.cipher, conversations, settings.kept_audio)
