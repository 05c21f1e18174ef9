"""The tables of requests, transcripts and unanswered questions, or those that a database had before it had versions."""

import sqlalchemy as sa
from alembic import op

from registry.tables.utc_datetime import UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    there = set(sa.inspect(op.get_bind()).get_table_names())
    for name, make in (
        ("person_requests", _make_person_requests),
        ("transcript_turns", _make_transcript_turns),
        ("unanswered_questions", _make_unanswered_questions),
    ):
        if name not in there:
            make()


def _make_person_requests() -> None:
    op.create_table(
        "person_requests",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("live_sender", sa.String(64), unique=True),
        sa.Column("sender_index", sa.String(64), nullable=False, index=True),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("door", sa.String, nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("owner", sa.String),
        sa.Column("since", UtcDateTime, nullable=False),
        sa.Column("known", sa.Text, nullable=False),
        sa.Column("transcript", sa.Text, nullable=False),
    )


def _make_transcript_turns() -> None:
    op.create_table(
        "transcript_turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender", sa.String(64), nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("heard", sa.Text, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
    )
    op.create_index("ix_transcript_turns_sender_id", "transcript_turns", ["sender", "id"])


def _make_unanswered_questions() -> None:
    op.create_table(
        "unanswered_questions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("text", sa.String(300), nullable=False, unique=True),
        sa.Column("nearest", sa.String(120), nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("last_asked", sa.Date, nullable=False),
    )
