"""Registers what job somebody needs, and lets them see, change and delete what is kept."""
