"""What every table is made of."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import declarative_base

Base: Any = declarative_base()


def encrypted(*bound_to: str) -> dict[str, Any]:
    """Marks a column that holds what the cipher made, which a rotation of the key writes anew.

    `bound_to` are the columns that tell its row from all others and never change: moved to a row where they differ,
    the token is not decrypted. They are known before a row is written, as the number that the database gives it is not.
    """
    return {"encrypted": True, "bound_to": bound_to}


LONGEST_QUESTION = 300
LARGEST_NUMBER = 2**31 - 1
"""Of an integer in PostgreSQL."""
INDEX = String(64)
"""A blind index, or the hash of an entry."""
NUMBER = String(10)
"""Of a registration and its case."""
