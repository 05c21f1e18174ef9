"""Alembic's door to the records: runs the versions on the connection that registry.upgrading opened.

A new version is a file of `versions/`, named by its number; tests/registry/test_upgrading.py compares what the
versions make with registry.tables.
"""

from alembic import context

from registry.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
