"""Runs the revisions on the connection that `corpus.store` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from corpus.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
