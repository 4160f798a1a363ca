"""What `eval.scale` does in processes of their own: an index of so many articles built, then asked, on either side."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from corpus.errors import InputError
from eval.articles import Articles, Longest, compounds
from eval.costs import Most, cpu_seconds, most_memory

__all__ = [
    "Asked",
    "Best",
    "Built",
    "Task",
    "ask_cluster",
    "ask_embedded",
    "build_cluster",
    "build_embedded",
    "opened",
    "recall",
    "taken",
]

COMPARED = 10
"""Passages that are asked for and compared."""

WARMING = 5
"""Questions asked before time is taken."""

Best = list[list[tuple[str, int]]]
"""For each question the documents and places of its best passages."""


class Task(NamedTuple):
    """The articles in the file `articles`, what an index in `cache` knows of their passages, and the questions."""

    articles: Path
    queries: Path
    cache: Path | None
    limit: int
    compared: int


class Built(NamedTuple):
    """What a process that builds brings back: seconds of clock and processor, the most bytes held, and of its own."""

    passages: int
    seconds: float
    cpu: float
    builder: int
    builder_own: int


class Asked(NamedTuple):
    """What a process that asks brings back: milliseconds of clock and of its processor time, one a question."""

    milliseconds: list[float]
    own: list[float]
    cpu: float
    memory: int
    best: Best


def build_embedded(home: Path, task: Task) -> Built:
    """An embedded index in the new folder `home`; words and vectors of the cached index are taken over."""
    from indexer import writing
    from indexer.embedded import EmbeddedIndexes
    from indexer.embedding import encoder

    if task.cache:
        (home / "index").mkdir(parents=True)
        shutil.copytree(_serving(task.cache), home / "index" / "1", copy_function=os.link)
        (home / "index" / "current").write_text("1\n")
    articles, indexes = Articles(task.articles), EmbeddedIndexes(home)
    with _cutting(writing, task), Most() as most:
        start, cpu = time.perf_counter(), cpu_seconds()
        name = indexes.build(articles.versions(), articles.read, encoder(), os.cpu_count() or 1, anew=True)
        seconds = time.perf_counter() - start
    return Built(indexes.held(name).passages, seconds, cpu_seconds() - cpu, most_memory(), most.own)


def build_cluster(url: str, task: Task) -> Built:
    """An index in the empty database at `url`."""
    from corpus.database import open_engine
    from corpus.store import Store
    from indexer.cluster import staging
    from indexer.cluster.indexes import ClusterIndexes
    from indexer.embedding import encoder

    Store(url).close()
    articles, used, engine = Articles(task.articles), encoder(), open_engine(url)
    versions = list(articles.versions())
    with _cutting(staging, task), Most() as most:
        start, cpu = time.perf_counter(), cpu_seconds()
        if task.cache:
            wanted = ((staging.source_of(v), articles.read(v.id)) for v in versions)
            staging.stage(engine, wanted, used, None, os.cpu_count() or 1, _cached(task.cache))
        indexes = ClusterIndexes(engine)
        name = indexes.build(versions, articles.read, used, os.cpu_count() or 1)
        seconds = time.perf_counter() - start
    return Built(indexes.held(name).passages, seconds, cpu_seconds() - cpu, most_memory(), most.own)


def ask_embedded(home: Path, task: Task) -> Asked:
    """Asks the index in `home`."""
    from indexer.embedded import EmbeddedIndexes
    from indexer.embedding import encoder

    indexes = EmbeddedIndexes(home)
    return _ask(indexes.open(indexes.current() or "", encoder()), task, task.limit)


def ask_cluster(url: str, task: Task, exact: bool) -> Asked:
    """Asks the index at `url`; where `exact`, everything is scored, and only what is compared is asked."""
    with opened(url, exact) as index:
        return _ask(index, task, task.compared if exact else task.limit)


def recall(url: str, task: Task) -> float:
    """The share of the nearest vectors that the graph finds."""
    asked = _questions(task)[: task.compared]
    with opened(url, False) as graph, opened(url, True) as whole:
        found = [len(set(graph.nearest(q, COMPARED)) & set(whole.nearest(q, COMPARED))) for q in asked]
    return sum(found) / (COMPARED * max(1, len(asked)))


def taken(url: str) -> int:
    """The bytes of the index's tables with everything that belongs to them."""
    from sqlalchemy import text

    from corpus.database import open_engine, reading

    sizes = text(
        "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relkind = 'r' AND relname ~ :name"
    )
    engine, names = open_engine(url), "^(passages|accented|plain|frequencies|sources|syllables)"
    try:
        with reading(engine) as connection:
            return int(connection.execute(sizes, {"name": names}).scalar_one())
    finally:
        engine.dispose()


@contextmanager
def _cutting(builder: ModuleType, task: Task) -> Iterator[None]:
    """What the cached index does not know is cut into the longest of its words."""
    if task.cache is None:
        yield
        return
    known, usual = compounds(_serving(task.cache) / "words.txt"), builder.Segmenter
    setattr(builder, "Segmenter", lambda _processes: Longest(known))  # noqa: B010
    try:
        yield
    finally:
        setattr(builder, "Segmenter", usual)  # noqa: B010


def _cached(cache: Path) -> Any:
    """What an embedded index knows of passages, by their keys."""
    import numpy as np

    from indexer import dense
    from indexer.cluster import wire
    from indexer.cluster.staging import Known
    from indexer.files import mapped
    from indexer.generation import Manifest

    directory = _serving(cache)
    rows = {key.tobytes(): row for row, key in enumerate(np.load(directory / "keys.npy"))}
    words = mapped(directory / "words.txt")
    ends = np.r_[-1, np.flatnonzero(words == ord("\n")), len(words)]
    vectors = dense.stored(directory, Manifest.read(directory).dimension)

    def known(key: bytes) -> Known | None:
        row = rows.get(key)
        if row is None:
            return None
        line = words[ends[row] + 1 : ends[row + 1]].tobytes().decode()
        return Known(line, wire.halfvec(vectors[row].astype(np.float32)))

    return known


def _serving(cache: Path) -> Path:
    from indexer.generation import current

    found = current(cache)
    if found is None:
        raise InputError(f"{cache}: không có chỉ mục; hãy chạy: chitieu eval retrieval --cache")
    return found


def _ask(index: Any, task: Task, limit: int) -> Asked:
    """Each question once; a few before, so that the first pages are in memory and the ranker is loaded."""
    asked: Sequence[str] = _questions(task)[:limit]
    index.search("quy định về làm nóng máy", COMPARED)
    cpu = cpu_seconds()
    for question in asked[:WARMING]:
        index.search(question, COMPARED)
    clock, own, best = [], [], []
    for question in asked:
        start, began = time.perf_counter(), time.process_time()
        hits = index.search(question, COMPARED)
        clock.append(1000 * (time.perf_counter() - start))
        own.append(1000 * (time.process_time() - began))
        best.append([(hit.passage.document, hit.passage.start) for hit in hits])
    return Asked(clock, own, cpu_seconds() - cpu, most_memory(), best)


@contextmanager
def opened(url: str, exact: bool) -> Iterator[Any]:
    """The index that serves at `url`; where `exact`, everything is scored."""
    from corpus.database import open_engine
    from indexer.cluster.generations import Generations
    from indexer.cluster.index import ClusterIndex

    engine = open_engine(url)
    generation = Generations(engine).current()
    assert generation is not None
    try:
        yield ClusterIndex(engine, generation, exact=exact)
    finally:
        engine.dispose()


def _questions(task: Task) -> list[str]:
    from eval.retrieval import questions

    return [q.question for q in islice(questions(task.queries), task.limit)]
