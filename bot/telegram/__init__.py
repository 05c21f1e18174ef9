"""The door in Telegram: the messages of a chat in their order, and replies within its limits."""
