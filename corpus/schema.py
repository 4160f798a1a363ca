"""The tables of the store: SQLAlchemy Core, nothing that only SQLite has, so that PostgreSQL is a URL.

The id of the document is in every primary key, and references stay within a document, so that a cluster can lay the
rows out by it; only `originals`, found by the hash of their bytes, stand apart, and PostgreSQL does not check that one
reference. Ids sort by their bytes everywhere.

A document has versions, one for each canonical text that it ever had; `documents` names the one that counts now.
Dates are ISO 8601 text, as in `Document`; times are ISO 8601 UTC text. Offsets count characters of the version's text.
A `*_key` column holds `number_key` of its neighbour, so that "1605/qd-ttg" finds "1605/QĐ-TTg".
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import (
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    TypeDecorator,
)
from sqlalchemy import Text as Unbounded

from corpus.permalink import slug

__all__ = ["REVISION", "documents", "metadata", "number_key", "originals", "relations", "targets", "versions"]

REVISION = "0004"
"""The newest revision in `migrations/versions`: a store at this revision needs no migration."""

_MARK = "\uf8fe"


class Text(TypeDecorator[str]):
    """Text of any characters: PostgreSQL holds no U+0000, which is written there as a private mark and a digit."""

    impl = Unbounded
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """`value` as the database holds it."""
        if value is None or dialect.name != "postgresql" or not ("\x00" in value or _MARK in value):
            return value
        return value.replace(_MARK, f"{_MARK}1").replace("\x00", f"{_MARK}0")

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        """The text that was bound."""
        if value is None or dialect.name != "postgresql" or _MARK not in value:
            return value
        return value.replace(f"{_MARK}0", "\x00").replace(f"{_MARK}1", _MARK)


DocumentId = String(255).with_variant(String(255, collation="C"), "postgresql")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

originals = Table(
    "originals",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""Files as they came, by the hash of their bytes."""

versions = Table(
    "versions",
    metadata,
    Column("id", DocumentId, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("number", Text),
    Column("number_key", String(255)),
    Column("kind", Text),
    Column("issuer", Text),
    Column("signer", Text),
    Column("issued_on", String(10)),
    Column("effective_from", String(10)),
    Column("effective_to", String(10)),
    Column("title", Text),
    Column("about", Text),
    Column("about_key", String(255)),
    Column("source", Text),
    Column("text", Text, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("structure", Text, nullable=False),
    Column("original", String(64)),
    Column("file_name", Text),
    Column("added_at", String(20), nullable=False),
    Column("targets_by", String(64)),
    PrimaryKeyConstraint("id", "sha256"),
    ForeignKeyConstraint(["original"], ["originals.sha256"]).ddl_if(dialect="sqlite"),
    Index(None, "number_key"),
    Index(None, "about_key"),
)
"""Texts with their metadata. `structure` is JSON of provisions and provenance; `fingerprint` hashes all but the text;
`targets_by` names the extractor that filled `targets` for this version, NULL before that."""

documents = Table(
    "documents",
    metadata,
    Column("id", DocumentId, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("path", Text),
    ForeignKeyConstraint(["id", "sha256"], ["versions.id", "versions.sha256"]),
)
"""The version of each document that counts now, and the file that it was read from."""


def _of_version() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["id", "sha256"], ["versions.id", "versions.sha256"], ondelete="CASCADE")


relations = Table(
    "relations",
    metadata,
    Column("id", DocumentId, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("number_key", String(255), nullable=False),
    Column("issued_on", String(10)),
    Column("provision", Text),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    PrimaryKeyConstraint("id", "sha256", "ordinal"),
    _of_version(),
    Index(None, "number_key"),
)
"""What a version says about other documents, in the order of `Document.relations`."""

targets = Table(
    "targets",
    metadata,
    Column("id", DocumentId, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("indicator_key", Text, nullable=False),
    Column("comparator", String(2), nullable=False),
    Column("value", Float),
    Column("value_max", Float),
    Column("unit", Text),
    Column("qualitative", Text),
    Column("deadline", String(10)),
    Column("scope", Text),
    Column("section", Text),
    Column("status", String(16), nullable=False),
    Column("target_class", String(16), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    PrimaryKeyConstraint("id", "sha256", "ordinal"),
    _of_version(),
    Index(None, "status", "deadline"),
)
"""The register: one extracted target a row, in the order of the text. `indicator_key` is the indicator as it is
compared across documents, `payload` the whole `Target` as JSON, `start` and `end` the span of its quote."""


def number_key(number: str | None) -> str | None:
    """`number` as it is compared: no case, diacritics, blanks or leading zeros. None for None and for no letters."""
    if number is None:
        return None
    plain = slug(number.replace("Ð", "Đ").replace("ð", "đ"))  # the Icelandic letter, common in old scans and typing
    return re.sub(r"^0+(?=\d)", "", plain)[:255] or None
