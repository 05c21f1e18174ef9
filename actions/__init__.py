"""Rasa's custom actions: slots in, one call into knowledge or registry, one response out."""
