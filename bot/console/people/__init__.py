"""Accounts of staff, and signing in."""
