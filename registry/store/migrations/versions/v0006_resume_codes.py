"""Going on with a conversation on another device."""

import sqlalchemy as sa
from alembic import op

from registry.tables.utc_datetime import UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "resume_codes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(64), nullable=False, unique=True),
        sa.Column("sender_index", sa.String(64), nullable=False, unique=True),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("ends_at", UtcDateTime, nullable=False, index=True),
    )
