"""Alembic's door to the records: runs the versions on the connection that registry.store.upgrading opened.

A new version is a file of `versions/`, named by its number; tests/registry/store/test_upgrading.py compares what the
versions make with registry.tables.all.
"""

from alembic import context

from registry.tables.all import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
