"""What those who work on the project run; nothing of it is part of the service."""
