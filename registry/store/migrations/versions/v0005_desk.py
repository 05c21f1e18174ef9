"""What answering people takes: messages of staff, calls, how often clauses were opened, who read out a consent."""

import sqlalchemy as sa
from alembic import op

from registry.tables.utc_datetime import UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "staff_messages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("request", sa.Integer, sa.ForeignKey("person_requests.id"), nullable=False, index=True),
        sa.Column("sender_index", sa.String(64), nullable=False, index=True),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("delivered_at", UtcDateTime),
    )
    op.create_table(
        "calls",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("by", sa.String, nullable=False, index=True),
        sa.Column("begun_at", UtcDateTime, nullable=False, index=True),
        sa.Column("ended_at", UtcDateTime),
        sa.Column("clauses", sa.Text, nullable=False),
        sa.Column("notes", sa.Text),
        sa.Column("outcome", sa.String(20)),
        sa.Column("number", sa.String(8), index=True),
    )
    op.create_table(
        "clause_uses",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.String(80), nullable=False),
        sa.Column("clause", sa.String(40), nullable=False),
        sa.Column("day", sa.Date, nullable=False, index=True),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("last_at", UtcDateTime, nullable=False),
        sa.UniqueConstraint("document", "clause", "day", name="uq_clause_uses_document_clause_day"),
    )
    op.add_column("consents", sa.Column("channel", sa.String))
    op.add_column("consents", sa.Column("by", sa.String))
