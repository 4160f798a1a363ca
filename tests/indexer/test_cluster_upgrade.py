"""An index of the release before is brought up to date in place, with all that it held."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config

from corpus import database
from corpus.database import open_engine
from corpus.store import Store
from indexer.cluster.indexes import ClusterIndexes


@pytest.fixture
def url(postgres):
    made = postgres()
    Store(made).close()
    return made


def moved_back(url: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(database.Path(database.__file__).parent / "migrations"))
    engine = open_engine(url)
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()


def texts(numbers):
    return [
        (f"d{i}", f"Điều 2. Xã {i} lắp {i} trạm bơm và {i % 3} cống dưới đê {'ven sông ' * (i % 4)}") for i in numbers
    ]


def told(index):
    asked = ("lắp bao nhiêu trạm bơm", "cong duoi de", "Điều 2 ven sông")
    return [[(h.passage.document, pytest.approx(h.score, abs=1e-5)) for h in index.search(q, 8)] for q in asked]


def test_an_index_of_the_release_before_answers_as_it_did(url, made, hashed, opened):
    indexes = ClusterIndexes(open_engine(url))
    opened(indexes, [made(*t) for t in texts(range(30))], hashed)
    before = opened(indexes, [made(*t) for t in texts(range(31))], hashed)
    asked = told(before)
    moved_back(url, "0003")
    Store(url).close()
    again = ClusterIndexes(open_engine(url))
    index = again.open(again.current() or "", hashed)
    assert told(index) == asked
    index.budget = 3
    assert {d for d, _ in told(index)[0]} <= {f"d{i}" for i in range(31)}
    assert again.held(again.current() or "", full=True).documents == 31
    grown = opened(again, [made(*t) for t in texts(range(33))], hashed, exact=False)
    assert grown.search("Xã 32 lắp bao nhiêu trạm bơm", 1)[0].passage.document == "d32"


def test_an_empty_store_of_the_release_before_takes_an_index(url, made, hashed, opened):
    moved_back(url, "0003")
    Store(url).close()
    index = opened(ClusterIndexes(open_engine(url)), [made(*t) for t in texts(range(5))], hashed)
    assert len(index) == 5
