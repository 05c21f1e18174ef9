"""Puts the service together and serves it."""
