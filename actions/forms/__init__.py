"""Conversations that collect facts over several turns and end in a result."""
