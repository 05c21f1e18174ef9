"""Whole turns that are commands: stop, skip, again, a person."""
