"""Where in the tables a token is kept, so that it is decrypted nowhere else."""

import json
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import Column
from sqlalchemy.orm import InstrumentedAttribute

from registry.store.encryption import Place


def place_of(column: Column | InstrumentedAttribute, row: Any, record: str | None = None) -> Place:
    """Where the token in `column` of `row` is kept; `row` has at least the columns that it is bound to.

    `record` is what errors name; table and key where it is None.
    """
    column = column.property.columns[0] if isinstance(column, InstrumentedAttribute) else column
    bound = [_canonical(getattr(row, name)) for name in column.info["bound_to"]]
    (key,) = column.table.primary_key.columns
    return Place(
        record or f"{column.table.name} {getattr(row, key.name, bound[0])}",
        json.dumps([column.table.name, column.name, *bound], ensure_ascii=False),
    )


def _canonical(value: Any) -> Any:
    # As it comes back from the database, whatever time zone it went in with.
    return value.astimezone(timezone.utc).isoformat() if isinstance(value, datetime) else value
