"""On PostgreSQL: the tables of the index, with pgvector. SQLite keeps its index in files."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = 'varchar(255) COLLATE "C"'

_TABLES = (
    # What passages were weighed with: mean lengths of the channels in headings and text, and the encoder.
    """CREATE TABLE editions (
        edition integer PRIMARY KEY, encoder text NOT NULL, fingerprint text NOT NULL, dimension integer NOT NULL,
        query_prefix text NOT NULL, passage_prefix text NOT NULL, means double precision[] NOT NULL)""",
    # `lengths` sums up the lengths of all passages, in the order of `editions.means`.
    """CREATE TABLE generations (
        generation integer PRIMARY KEY, edition integer NOT NULL, state text NOT NULL, documents integer NOT NULL,
        passages bigint NOT NULL, lengths bigint[] NOT NULL, made_at timestamptz NOT NULL DEFAULT now())""",
    "CREATE TABLE serving (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), generation integer NOT NULL)",
    # A document belongs to the generations from `since` to before `until`.
    f"""CREATE TABLE sources (
        document {_ID} NOT NULL, source bigint NOT NULL, edition integer NOT NULL, since integer NOT NULL,
        until integer, sha256 varchar(64) NOT NULL, fields text NOT NULL, kind text NOT NULL, issuer text NOT NULL,
        year integer NOT NULL, begins text COLLATE "C", ends text COLLATE "C", serials text[] NOT NULL,
        passages integer NOT NULL, lengths bigint[] NOT NULL, PRIMARY KEY (document, edition, since))""",
    "CREATE INDEX ix_sources_serials ON sources USING gin (serials)",
    "CREATE INDEX ix_sources_open ON sources (edition, until)",
    f"""CREATE TABLE passages (
        document {_ID} NOT NULL, edition integer NOT NULL, source bigint NOT NULL, ordinal integer NOT NULL,
        key bytea NOT NULL, body text NOT NULL, words text NOT NULL, vector halfvec NOT NULL,
        accented sparsevec NOT NULL, plain sparsevec NOT NULL, grams integer[] NOT NULL, units bigint[] NOT NULL,
        PRIMARY KEY (document, edition, source, ordinal)) PARTITION BY LIST (edition)""",
    # How many passages hold a term, as of the newest generation not after the one that asks.
    """CREATE TABLE frequencies (
        term bigint NOT NULL, edition integer NOT NULL, generation integer NOT NULL, passages integer NOT NULL,
        PRIMARY KEY (term, edition, generation)) PARTITION BY LIST (edition)""",
    'CREATE TABLE syllables (syllable text COLLATE "C", edition integer, PRIMARY KEY (syllable, edition))',
    # Passages read for the generation to come; not worth a log of changes, since a build can read them again.
    f"""CREATE UNLOGGED TABLE drafts (
        document {_ID} NOT NULL, source bigint NOT NULL, ordinal integer NOT NULL, key bytea NOT NULL,
        body text NOT NULL, words text NOT NULL, vector halfvec NOT NULL, PRIMARY KEY (document, source, ordinal))""",
    f"""CREATE UNLOGGED TABLE draft_sources (
        document {_ID} NOT NULL, source bigint NOT NULL, fingerprint text NOT NULL, fields text NOT NULL,
        passages integer NOT NULL, lengths bigint[] NOT NULL, PRIMARY KEY (document, source))""",
    # What a build is about: its documents, and the terms whose frequency changes. Full during its transaction only.
    f"""CREATE UNLOGGED TABLE wanted (
        document {_ID} PRIMARY KEY, source bigint NOT NULL, kept boolean NOT NULL)""",
    "CREATE UNLOGGED TABLE changes (term bigint PRIMARY KEY, passages integer NOT NULL)",
)


def upgrade() -> None:
    """Makes the tables that all generations share; partitions come with each edition."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("CREATE EXTENSION IF NOT EXISTS vector")
    for statement in _TABLES:
        op.execute(statement)


def downgrade() -> None:
    """Back to a store without an index; the extension stays, others may use it."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in (
        "changes", "wanted", "draft_sources", "drafts", "frequencies", "passages", "sources", "serving", "generations",
        "syllables", "editions",
    ):  # fmt: skip
        op.execute(f"DROP TABLE {table} CASCADE")
