"""On PostgreSQL: ids in the order of their bytes, and no reference that crosses from one document to another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = ("targets", "relations", "documents", "versions")


def upgrade() -> None:
    """SQLite sorts by bytes already and holds all rows in one file."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.drop_constraint("fk_versions_originals", "versions", type_="foreignkey")
    _collate("C")


def downgrade() -> None:
    """Back to the order of the server's language."""
    if op.get_bind().dialect.name != "postgresql":
        return
    _collate("default")
    op.create_foreign_key("fk_versions_originals", "versions", "originals", ["original"], ["sha256"])


def _collate(name: str) -> None:
    """The references must go first: both of their ends are in one order."""
    keys = [t for t in _TABLES if t != "versions"]
    for table in keys:
        op.drop_constraint(f"fk_{table}_versions", table, type_="foreignkey")
    for table in _TABLES:
        op.alter_column(table, "id", type_=sa.String(255, collation=name), existing_nullable=False)
    for table in keys:
        cascade = None if table == "documents" else "CASCADE"
        own, other = ["id", "sha256"], ["id", "sha256"]
        op.create_foreign_key(f"fk_{table}_versions", table, "versions", own, other, ondelete=cascade)
