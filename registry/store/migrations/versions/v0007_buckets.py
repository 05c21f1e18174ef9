"""How much somebody may still ask for."""

import sqlalchemy as sa
from alembic import op

from registry.tables.utc_datetime import UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "buckets",
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("full_at", UtcDateTime, nullable=False, index=True),
    )
