"""First passwords that have to be changed, and recovery codes of staff."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("staff", sa.Column("first_password", sa.Boolean, nullable=False, server_default=sa.false()))
    # Who read what within the last minutes is asked every few seconds.
    op.create_index("ix_audit_entries_at", "audit_entries", ["at"])
    op.create_table(
        "staff_recovery_codes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("staff", sa.Integer, sa.ForeignKey("staff.id"), nullable=False, index=True),
        sa.Column("code", sa.String(64), nullable=False, unique=True),
    )
