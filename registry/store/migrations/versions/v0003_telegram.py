"""What Telegram needs: chats, updates claimed once, messages on their way out, and notices given."""

import sqlalchemy as sa
from alembic import op

from registry.tables.utc_datetime import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "telegram_chats",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender_index", sa.String(64), nullable=False, unique=True),
        sa.Column("chat", sa.Text, nullable=False),
        sa.Column("voice", sa.String(10), nullable=False),
        sa.Column("easy", sa.Boolean, nullable=False),
        sa.Column("asking", sa.String(40)),
        sa.Column("notices_since", UtcDateTime),
        sa.Column("blocked", sa.Boolean, nullable=False),
        sa.Column("seen_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "telegram_updates",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text),
        sa.Column("taken_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "telegram_messages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender_index", sa.String(64), nullable=False, index=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("begun", sa.Boolean, nullable=False),
    )
    op.create_table(
        "telegram_notices",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.String(8), sa.ForeignKey("cases.number"), nullable=False),
        sa.Column("what", sa.String(80), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.UniqueConstraint("number", "what", name="uq_telegram_notices_number_what"),
    )
