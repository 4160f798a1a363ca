"""On PostgreSQL: what words score moves out of the passages into rows that hold nothing else.

A vector of terms is about 2 kB: in a row with the text it lies in pieces elsewhere, and scoring a passage is mostly
fetching them. In rows of their own, vectors lie in the pages that are read.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import text

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = 'varchar(255) COLLATE "C"'
_BAGS = ("accented", "plain")
_KEY = "document, edition, source, ordinal"


def upgrade() -> None:
    """Makes the tables and moves what editions hold into them."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for bag in _BAGS:
        op.execute(
            f"CREATE TABLE {bag} (document {_ID} NOT NULL, edition integer NOT NULL, source bigint NOT NULL,"
            " ordinal integer NOT NULL, bag sparsevec STORAGE MAIN NOT NULL, grams integer[] NOT NULL,"
            f" PRIMARY KEY ({_KEY})) PARTITION BY LIST (edition)"
        )
        for edition in _editions():
            name = f"{bag}_{edition}"
            op.execute(
                f"CREATE TABLE {name} PARTITION OF {bag} FOR VALUES IN ({edition}) WITH (toast_tuple_target = 8160)"
            )
            op.execute(f"INSERT INTO {name} SELECT {_KEY}, {bag}, grams FROM passages_{edition}")
            op.execute(f"CREATE INDEX {name}_grams ON {name} USING gin (grams)")
            op.execute(f"ANALYZE {name}")
    for column in (*_BAGS, "grams"):
        op.execute(f"ALTER TABLE passages DROP COLUMN {column}")
    op.execute("CREATE INDEX ix_sources_since ON sources (edition, since)")
    op.execute("ANALYZE sources")


def downgrade() -> None:
    """Puts them back among the passages."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("DROP INDEX ix_sources_since")
    for column, kind in (("accented", "sparsevec"), ("plain", "sparsevec"), ("grams", "integer[]")):
        op.execute(f"ALTER TABLE passages ADD COLUMN {column} {kind}")
    op.execute(
        "UPDATE passages p SET accented = a.bag, plain = b.bag, grams = a.grams FROM accented a JOIN plain b"
        f" USING ({_KEY}) WHERE (p.document, p.edition, p.source, p.ordinal) = (a.document, a.edition, a.source,"
        " a.ordinal)"
    )
    for column in ("accented", "plain", "grams"):
        op.execute(f"ALTER TABLE passages ALTER COLUMN {column} SET NOT NULL")
    for edition in _editions():
        op.execute(f"CREATE INDEX passages_{edition}_grams ON passages_{edition} USING gin (grams)")
    for bag in _BAGS:
        op.execute(f"DROP TABLE {bag}")


def _editions() -> list[int]:
    return [row[0] for row in op.get_bind().execute(text("SELECT edition FROM editions ORDER BY edition"))]
