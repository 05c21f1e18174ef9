"""Rasa, and nothing but Rasa: no other part of the project imports it."""
