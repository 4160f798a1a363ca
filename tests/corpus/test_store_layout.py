"""The tables in PostgreSQL can be laid out by document: it is in every key, and references stay within one."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, inspect

from corpus.store import Store

BY_DOCUMENT = {
    "documents": "id",
    "versions": "id",
    "relations": "id",
    "targets": "id",
    "sources": "document",
    "passages": "document",
    "accented": "document",
    "plain": "document",
    "drafts": "document",
    "draft_sources": "document",
    "wanted": "document",
}
BY_ANOTHER_KEY = {"originals": "sha256", "frequencies": "term", "changes": "term"}
ON_EVERY_NODE = {"editions", "generations", "serving", "syllables", "alembic_version"}


@pytest.fixture(scope="module")
def looked(postgres):
    url = postgres()
    Store(url).close()
    engine = create_engine(url)
    yield inspect(engine)
    engine.dispose()


def test_every_table_has_its_place(looked):
    """A new table must say where its rows lie; `docs/scale.md` has the same list."""
    assert set(looked.get_table_names()) - {*BY_DOCUMENT, *BY_ANOTHER_KEY, *ON_EVERY_NODE} == set()


def test_the_key_that_places_a_row_is_in_its_primary_key(looked):
    for table, column in {**BY_DOCUMENT, **BY_ANOTHER_KEY}.items():
        assert column in looked.get_pk_constraint(table)["constrained_columns"], table


def test_references_stay_within_a_document(looked):
    for table in looked.get_table_names():
        for key in looked.get_foreign_keys(table):
            pairs = set(zip(key["constrained_columns"], key["referred_columns"], strict=True))
            own = BY_DOCUMENT.get(table), BY_DOCUMENT.get(key["referred_table"])
            assert own in pairs, f"{table} refers to {key['referred_table']} across documents"


def test_ids_sort_by_their_bytes(postgres):
    store = Store(postgres())
    with store.reading() as connection:
        found = connection.exec_driver_sql(
            "SELECT collation_name FROM information_schema.columns WHERE table_name = 'versions' AND column_name = 'id'"
        ).scalar()
    store.close()
    assert found == "C"
