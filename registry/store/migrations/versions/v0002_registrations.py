"""Registrations with their consents and cases, the audit, and how far requests and unanswered questions have come."""

import sqlalchemy as sa
from alembic import op

from registry.tables.utc_datetime import UtcDateTime

revision = "0002"
down_revision = "0001"

_REFUSAL = "audit_entries: entries are added, never changed or deleted"


def upgrade() -> None:
    op.add_column("person_requests", sa.Column("handed_back_at", UtcDateTime))
    op.add_column("unanswered_questions", sa.Column("state", sa.String(20), nullable=False, server_default="open"))
    op.add_column("unanswered_questions", sa.Column("owner", sa.String))
    _make_registrations()
    _make_cases()
    _make_audit()


def _make_registrations() -> None:
    op.create_table(
        "registrations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.String(8), nullable=False, unique=True),
        sa.Column("request_index", sa.String(64), nullable=False, unique=True),
        sa.Column("sender_index", sa.String(64), index=True),
        sa.Column("phone_index", sa.String(64), index=True),
        sa.Column("name_index", sa.String(64), index=True),
        sa.Column("door", sa.String, nullable=False),
        sa.Column("registered_by", sa.String(10), nullable=False),
        sa.Column("registered_at", UtcDateTime, nullable=False),
        sa.Column("personal", sa.Text),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.String(8), sa.ForeignKey("registrations.number"), nullable=False, index=True),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("given", sa.Boolean, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
    )


def _make_cases() -> None:
    op.create_table(
        "cases",
        sa.Column("number", sa.String(8), sa.ForeignKey("registrations.number"), primary_key=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("owner", sa.String),
        sa.Column("next_on", sa.Date, index=True),
        sa.Column("next_what", sa.Text),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.Column("merged_into", sa.String(8), sa.ForeignKey("cases.number"), index=True),
    )
    op.create_table(
        "milestones",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.String(8), sa.ForeignKey("cases.number"), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("due", sa.Date, index=True),
        sa.Column("done", UtcDateTime),
        sa.Column("by", sa.String),
        sa.Column("result", sa.Text),
        sa.UniqueConstraint("number", "name", name="uq_milestones_number_name"),
    )
    op.create_table(
        "case_notes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.String(8), sa.ForeignKey("cases.number"), nullable=False, index=True),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )


def _make_audit() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(8), index=True),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )
    # One row from the start: writers wait for each other by locking it.
    op.bulk_insert(head, [{"id": 1, "count": 0, "hash": "", "seal": ""}])
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entries_refuse_{change.lower()} BEFORE {change} ON audit_entries "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_entries_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse()"
        )
