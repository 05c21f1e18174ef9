"""Answering callers, and people who wait in the chat."""
