"""The tables in PostgreSQL can be laid out by document: it is in every key, and references stay within one.

The rules are those of Citus for distributed tables: whatever is unique holds the column that places a row, references
stay among rows of the same place, and rows that are joined are placed by columns of one type and collation.
"""

from __future__ import annotations

import re
from pathlib import Path

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


def test_whatever_else_is_unique_holds_that_column_too(looked):
    for table, column in {**BY_DOCUMENT, **BY_ANOTHER_KEY}.items():
        indexes = [i["column_names"] for i in looked.get_indexes(table) if i["unique"]]
        for columns in [*indexes, *(c["column_names"] for c in looked.get_unique_constraints(table))]:
            assert column in columns, f"{table}: unique over {columns}"


def test_rows_that_lie_together_are_placed_by_one_type(postgres):
    """Colocation hashes the value: another type or collation would be another place."""
    store = Store(postgres())
    with store.reading() as connection:
        columns = connection.exec_driver_sql(
            "SELECT table_name, column_name, data_type, character_maximum_length, collation_name"
            " FROM information_schema.columns WHERE table_schema = 'public'"
        ).fetchall()
    store.close()
    kinds = {tuple(c[2:]) for c in columns if BY_DOCUMENT.get(c[0]) == c[1]}
    assert kinds == {("character varying", 255, "C")}
    assert len({tuple(c[2:]) for c in columns if c[0] in ("frequencies", "changes") and c[1] == "term"}) == 1


def test_partitions_divide_rows_of_each_place_alike(looked):
    """An edition is a partition; the column that places a row is not what divides it into partitions."""
    for table in ("passages", "accented", "plain", "frequencies"):
        key = looked.get_pk_constraint(table)["constrained_columns"]
        assert {"edition", {**BY_DOCUMENT, **BY_ANOTHER_KEY}[table]} <= set(key)


def test_the_page_for_operators_places_the_same_tables():
    page = (Path(__file__).parents[2] / "docs" / "scale.md").read_text("utf-8")
    commands = page[page.index("SELECT create_distributed_table('versions'") :]
    commands = commands[: commands.index("Every primary key")]
    named = set(re.findall(r"'([a-z_]+)'(?=[,\]])|\['([a-z_]+)'", commands))
    tables = {name for pair in named for name in pair if name} - {"id", "document", "term", "sha256", "none"}
    assert tables == {*BY_DOCUMENT, *BY_ANOTHER_KEY, *ON_EVERY_NODE} - {"alembic_version"}


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
