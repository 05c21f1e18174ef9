"""Numbers of registrations have ten digits; those of eight stay."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_COLUMNS = (
    ("registrations", "number"),
    ("consents", "number"),
    ("cases", "number"),
    ("cases", "merged_into"),
    ("milestones", "number"),
    ("case_notes", "number"),
    ("audit_entries", "subject"),
    ("telegram_notices", "number"),
    ("calls", "number"),
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, column in _COLUMNS:
            op.alter_column(table, column, type_=sa.String(10))
        return
    _relabel()


def _relabel() -> None:
    """Changes what SQLite says of the columns. It never looks at the length of a text, so no row changes.

    That way is SQLite's own for what does not touch the rows (sqlite.org/lang_altertable.html, 7); a copy of each table
    would lose the triggers of the audit and what refers to it.
    """
    execute = op.get_bind().exec_driver_sql
    version = execute("PRAGMA schema_version").scalar_one()
    execute("PRAGMA writable_schema = ON")
    tables = ", ".join(f"'{table}'" for table in sorted({table for table, _ in _COLUMNS}))
    execute(
        "UPDATE sqlite_master SET sql = replace(sql, 'VARCHAR(8)', 'VARCHAR(10)') "
        f"WHERE type = 'table' AND name IN ({tables})"
    )
    execute(f"PRAGMA schema_version = {version + 1}")
    execute("PRAGMA writable_schema = OFF")
