"""Documents with versions, original files and relations, and the register of targets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates all tables of the first release."""
    op.create_table(
        "originals",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_originals"),
    )
    _versions()
    op.create_table(
        "documents",
        sa.Column("id", sa.String(255), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("path", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.ForeignKeyConstraint(["id", "sha256"], ["versions.id", "versions.sha256"], name="fk_documents_versions"),
    )
    _relations()
    _targets()


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("id", sa.String(255), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("number", sa.Text),
        sa.Column("number_key", sa.String(255)),
        sa.Column("kind", sa.Text),
        sa.Column("issuer", sa.Text),
        sa.Column("signer", sa.Text),
        sa.Column("issued_on", sa.String(10)),
        sa.Column("effective_from", sa.String(10)),
        sa.Column("effective_to", sa.String(10)),
        sa.Column("title", sa.Text),
        sa.Column("about", sa.Text),
        sa.Column("about_key", sa.String(255)),
        sa.Column("source", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("characters", sa.Integer, nullable=False),
        sa.Column("structure", sa.Text, nullable=False),
        sa.Column("original", sa.String(64)),
        sa.Column("file_name", sa.Text),
        sa.Column("added_at", sa.String(20), nullable=False),
        sa.Column("targets_by", sa.String(64)),
        sa.PrimaryKeyConstraint("id", "sha256", name="pk_versions"),
        sa.ForeignKeyConstraint(["original"], ["originals.sha256"], name="fk_versions_originals"),
    )
    op.create_index("ix_versions_number_key", "versions", ["number_key"])
    op.create_index("ix_versions_about_key", "versions", ["about_key"])


def _of_version(table: str) -> tuple[sa.ForeignKeyConstraint, sa.PrimaryKeyConstraint]:
    own, other = ["id", "sha256"], ["versions.id", "versions.sha256"]
    return (
        sa.ForeignKeyConstraint(own, other, name=f"fk_{table}_versions", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(*own, "ordinal", name=f"pk_{table}"),
    )


def _relations() -> None:
    op.create_table(
        "relations",
        sa.Column("id", sa.String(255), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("number_key", sa.String(255), nullable=False),
        sa.Column("issued_on", sa.String(10)),
        sa.Column("provision", sa.Text),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        *_of_version("relations"),
    )
    op.create_index("ix_relations_number_key", "relations", ["number_key"])


def _targets() -> None:
    op.create_table(
        "targets",
        sa.Column("id", sa.String(255), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("indicator", sa.Text, nullable=False),
        sa.Column("indicator_key", sa.Text, nullable=False),
        sa.Column("comparator", sa.String(2), nullable=False),
        sa.Column("value", sa.Float),
        sa.Column("value_max", sa.Float),
        sa.Column("unit", sa.Text),
        sa.Column("qualitative", sa.Text),
        sa.Column("deadline", sa.String(10)),
        sa.Column("scope", sa.Text),
        sa.Column("section", sa.Text),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("target_class", sa.String(16), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        *_of_version("targets"),
    )
    op.create_index("ix_targets_status_deadline", "targets", ["status", "deadline"])


def downgrade() -> None:
    """Back to an empty database."""
    for table in ("targets", "relations", "documents", "versions", "originals"):
        op.drop_table(table)
