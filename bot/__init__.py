"""The service: one conversation behind every door."""
