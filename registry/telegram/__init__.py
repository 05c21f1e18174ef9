"""What is kept for the door in Telegram."""
