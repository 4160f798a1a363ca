"""The store: what is put comes back, nothing counts twice, old versions stay until nothing needs them."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert, select, text

import corpus.migrations
from corpus import schema
from corpus.document import Document, Provenance, Provision, ProvisionKind, Relation, RelationKind, Span
from corpus.errors import NotFound, StoreError
from corpus.store import Store, Summary


def made(text: str = "Điều 1. Phê duyệt đề án.", id: str = "de-an", **fields) -> Document:
    whole = Provision(kind=ProvisionKind.DIEU, label="1", span=Span(start=0, end=len(text)), path="Điều 1")
    relation = Relation(kind=RelationKind.BASIS, number="64/2007/NĐ-CP", span=Span(start=0, end=4), issued_on="2007")
    return Document(
        id=id,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        **{
            "provisions": (whole,),
            "relations": (relation,),
            "number": "12/QĐ-UBND",
            "issued_on": "2020-03-04",
            "provenance": {"number": Provenance(source="text", span=Span(start=0, end=4))},
        }
        | fields,
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/chitieu.db"
    return request.getfixturevalue("postgres")()


@pytest.fixture
def store(url) -> Iterator[Store]:
    opened = Store(url)
    yield opened
    opened.close()


def test_what_is_put_comes_back_equal(store):
    document = made()
    assert store.put(document) is True
    assert store.get("de-an") == document


def test_putting_the_same_again_changes_nothing(store, tmp_path):
    document = made()
    store.put(document, b"raw", tmp_path / "de-an.txt")
    before = store.summaries()
    assert store.put(document, b"raw", tmp_path / "de-an.txt") is False
    assert store.summaries() == before
    assert store.original("de-an").content == b"raw"
    assert store.original("de-an").name == "de-an.txt"


@pytest.mark.parametrize(
    "change",
    [
        {"number": "13/QĐ-UBND"},
        {"title": "Về việc khác"},
        {"provisions": ()},
        {"relations": ()},
        {"provenance": {"number": Provenance(source="sidecar")}},
    ],
)
def test_new_metadata_for_the_same_text_is_a_change(store, change):
    store.put(made())
    changed = made(**change)
    assert store.put(changed) is True
    assert store.get("de-an") == changed
    assert store.put(changed) is False


def test_a_new_text_supersedes_and_the_old_one_stays_until_pruned(store):
    old, new = made(), made("Điều 1. Sửa đề án.")
    store.put(old, b"old")
    store.put(new, b"new")
    assert store.get("de-an") == new
    assert store.get("de-an", old.sha256) == old
    assert len(store.summaries()) == 1
    assert store.prune(keep={("de-an", old.sha256)}) == 0
    assert store.get("de-an", old.sha256) == old
    assert store.prune() == 1
    with pytest.raises(NotFound):
        store.get("de-an", old.sha256)
    with store.reading() as connection:
        assert connection.execute(select(schema.originals.c.content)).scalars().all() == [b"new"]
        assert len(connection.execute(select(schema.relations)).all()) == 1


def test_going_back_to_an_older_text_is_a_change(store):
    old, new = made(), made("Điều 1. Sửa đề án.")
    assert [store.put(d) for d in (old, new, old, old)] == [True, True, True, False]
    assert store.get("de-an") == old


def test_the_same_text_under_two_ids_is_two_documents(store):
    assert store.put(made(id="mot"))
    assert store.put(made(id="hai"))
    assert [s.id for s in store.summaries()] == ["hai", "mot"]
    store.remove("mot")
    store.prune()
    assert store.get("hai").text == made().text


def test_removed_documents_do_not_count_but_their_text_stays_until_pruned(store):
    document = made()
    store.put(document)
    store.remove("de-an")
    assert store.summaries() == []
    with pytest.raises(NotFound):
        store.get("de-an")
    assert store.get("de-an", document.sha256) == document
    assert store.put(document) is True


def test_an_unknown_id_is_answered_with_near_ones(store):
    for id in ("1605-qd-ttg-2010", "48-2009-qd-ttg", "ke-hoach"):
        store.put(made(id=id))
    with pytest.raises(NotFound, match="1605-qd-ttg-2010"):
        store.get("1605-qd-ttg")
    with pytest.raises(NotFound, match="chitieu list"):
        store.remove("@@@@")


@pytest.mark.parametrize("asked", ["7/QĐ-UBND", "07/qd-ubnd", " 7 / QĐ - UBND", "7/QÐ-ubnd"])
def test_find_reads_numbers_as_people_write_them(store, asked):
    store.put(made(id="goc", number="07/QĐ-UBND"))
    store.put(made(id="bai", number=None, about="7/QĐ-UBND"))
    store.put(made(id="khac", number="70/QĐ-UBND"))
    assert [s.id for s in store.find(asked)] == ["goc", "bai"]


def test_missing_lists_what_is_cited_but_absent(store):
    def cites(*numbers):
        return tuple(
            Relation(kind=RelationKind.REFERS, number=n, issued_on=d, span=Span(start=0, end=4)) for n, d in numbers
        )

    store.put(made(id="a", relations=cites(("5/NQ-CP", None), ("9/KH-UBND", "2024-01-01"))))
    store.put(made(id="b", relations=cites(("05/NQ-CP", "2021"), ("12/QĐ-UBND", "2020"))))
    store.put(made(id="c", number="9/KH-UBND", issued_on="2025-06-01", relations=()))
    assert [(m.number, m.cited_by) for m in store.missing()] == [("5/NQ-CP", ("a", "b")), ("9/KH-UBND", ("a",))]


def test_pruning_takes_the_targets_of_a_version_along(store):
    old = made()
    store.put(old)
    row = {c.name: None for c in schema.targets.c} | {
        "id": old.id,
        "sha256": old.sha256,
        "ordinal": 0,
        "indicator": "tỷ lệ",
        "indicator_key": "ty le",
        "comparator": ">=",
        "status": "target",
        "target_class": "numeric",
        "start": 0,
        "end": 4,
        "payload": "{}",
    }
    with store.writing() as connection:
        connection.execute(insert(schema.targets).values(row))
    store.put(made("Văn bản mới."))
    store.prune()
    with store.reading() as connection:
        assert connection.execute(select(schema.targets)).all() == []


def test_a_transaction_that_fails_leaves_nothing(store):
    def failing() -> None:
        with store.writing() as connection:
            connection.execute(insert(schema.originals).values(sha256="0" * 64, content=b"x"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    with store.reading() as connection:
        assert connection.execute(select(schema.originals)).all() == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    title=st.none() | st.text(st.characters(exclude_categories=["Cs"])),
)
def test_any_text_and_title_survive(store, text, title):
    document = made(text, title=title)
    store.put(document)
    assert store.get("de-an") == document


def test_many_threads_put_and_read_at_once(store):
    wrong: list[str] = []

    def work(worker: int) -> None:
        for n in range(8):
            document = made(f"Văn bản {worker}-{n}", id=f"v{worker}-{n}")
            if not store.put(document) or store.get(document.id) != document:
                wrong.append(document.id)

    threads = [threading.Thread(target=work, args=(w,)) for w in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(store.summaries()) == 48


def test_many_stores_may_open_a_new_database_at_once(url):
    opened: list[object] = []

    def work() -> None:
        try:
            opened.append(Store(url))
        except StoreError as error:
            opened.append(str(error))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [o for o in opened if isinstance(o, str)] == []
    assert len(opened) == 8


def test_the_migrations_end_at_the_schema(url):
    Store(url).close()
    engine = create_engine(url)
    with engine.connect() as connection:
        options = {"include_name": lambda name, kind, _: kind != "table" or name in schema.metadata.tables}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, schema.metadata)
    engine.dispose()
    if url.startswith("postgresql"):
        differences = [d for d in differences if getattr(d[1], "name", None) != "fk_versions_originals"]
    assert differences == []
    scripts = ScriptDirectory(str(Path(corpus.migrations.__file__).parent))
    assert scripts.get_current_head() == schema.REVISION


def test_the_migrations_can_be_taken_back(url):
    from alembic import command
    from alembic.config import Config

    Store(url).close()
    config = Config()
    config.set_main_option("script_location", str(Path(corpus.migrations.__file__).parent))
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    engine.dispose()
    store = Store(url)
    store.put(made())
    assert store.get("de-an") == made()
    store.close()


def test_sqlite_runs_in_wal_mode_with_foreign_keys(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/chitieu.db")
    with store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_store_of_a_newer_program_is_refused_in_one_line(url):
    Store(url).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="9999") as caught:
        Store(url)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / "chitieu.db").write_text("đây không phải cơ sở dữ liệu " * 100)
    with pytest.raises(StoreError, match="không phải cơ sở dữ liệu") as caught:
        Store(f"sqlite:///{tmp_path}/chitieu.db")
    assert "chitieu.db" in str(caught.value)


@pytest.mark.parametrize("url", ["", "không phải", "nosuchdb://x", "sqlite:////no/such/folder/chitieu.db"])
def test_a_url_that_opens_nothing_is_explained(url):
    with pytest.raises(StoreError) as caught:
        Store(url)
    assert "\n" not in str(caught.value)


def test_summaries_carry_no_text(store):
    store.put(made())
    (summary,) = store.summaries()
    assert isinstance(summary, Summary)
    assert "text" not in Summary.model_fields
    assert (summary.number, summary.characters) == ("12/QĐ-UBND", len(made().text))
