"""The door in Telegram."""
