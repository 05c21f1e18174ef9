"""What every table is made of."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import declarative_base

Base: Any = declarative_base()

LONGEST_QUESTION = 300
LARGEST_NUMBER = 2**31 - 1
"""Of an integer in PostgreSQL."""
ENCRYPTED = {"encrypted": True}
"""Marks the columns that a rotation of the key writes anew."""
INDEX = String(64)
"""A blind index, or the hash of an entry."""
NUMBER = String(10)
"""Of a registration and its case."""
