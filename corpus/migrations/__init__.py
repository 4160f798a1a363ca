"""Alembic revisions of the store; `corpus.store` runs them when it opens a database."""
