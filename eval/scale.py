"""How time, memory and disk grow with the number of passages: the embedded index and the one in PostgreSQL.

Each size is built and asked in processes of its own, so that their memory can be told apart. Words and vectors come
from an index of the same corpus where one is given (`cache`, as `chitieu eval retrieval --cache` leaves it): cutting
words takes ten times as long as everything else together and is the same for both.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from corpus.document import Document, Frozen
from corpus.errors import InputError
from eval.stats import percentile

__all__ = ["BACKENDS", "Row", "parsed", "run", "show"]

BACKENDS = ("embedded", "cluster")
_COMPARED = 10
_WARMING = 5
_POSTGRES = ("shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=30min", "autovacuum=off")


class Row(Frozen):
    """One backend at one size; seconds and milliseconds of the clock, sizes in bytes.

    `cpu` are the seconds of processor time of the build, `cpu_asked` the milliseconds of it that a question takes, the
    server's included: what else the machine does changes these little.
    `builder` and `asker` are the most memory that the process held, `server` what the server's processes hold.
    `agreed` is the share of the ten best that both the embedded index and this one find, `recall` that of the ten
    nearest vectors that the graph finds; where `exact`, everything is scored.
    """

    backend: str
    passages: int
    seconds: float
    cpu: float
    builder: int
    asker: int
    disk: int
    p50: float
    p95: float
    cpu_asked: float
    questions: int
    server: int = 0
    agreed: float | None = None
    agreed_exact: float | None = None
    recall: float | None = None


class _Version(NamedTuple):
    id: str
    sha256: str
    fingerprint: str


def run(
    corpus: Path, queries: Path, sizes: Sequence[int], backends: Sequence[str] = BACKENDS, cache: Path | None = None,
    limit: int = 100, compared: int = 20,
) -> Iterator[Row]:  # fmt: skip
    """A row for each size and backend, the embedded index first; `limit` questions are timed, `compared` compared.

    Raises:
        InputError: a backend or a size is not one.
        MissingPart: there is no PostgreSQL here.
    """
    if not sizes or min(sizes) < 1 or not set(backends) <= set(BACKENDS):
        raise InputError(f"cần các cỡ từ 1 trở lên và các cách trong {', '.join(BACKENDS)}")
    for size in sizes:
        folder = Path(tempfile.mkdtemp(prefix="chitieu-scale-"))
        folder.chmod(0o711)
        try:
            best: list[list[tuple[str, int]]] = []
            for backend in [b for b in BACKENDS if b in backends]:
                measure = _embedded if backend == "embedded" else _cluster
                row, best = measure(folder, _Task(corpus, queries, size, cache, limit, compared), best)
                yield row
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def parsed(sizes: str) -> list[int]:
    """The sizes in a list of numbers.

    Raises:
        InputError: one of them is none.
    """
    try:
        return [int(size) for size in sizes.split(",")]
    except ValueError as error:
        raise InputError(f"{sizes!r}: cần các số cách nhau dấu phẩy, ví dụ 10000,30000") from error


def show(rows: Iterable[Row], as_json: bool = False) -> str:
    """The rows as a table; `as_json` adds a last line that programs read."""
    listed = list(rows)
    head = (
        f"{'':10}{'đoạn':>9}{'lập, s':>9}{'CPU, s':>8}{'đĩa, MB':>9}{'lập, MB':>9}{'hỏi, MB':>9}{'máy chủ':>9}"
        f"{'p50, ms':>9}{'p95, ms':>9}{'CPU, ms':>9}{'cùng 10':>9}{'đủ, 10':>8}{'HNSW':>7}"
    )
    lines = [head]
    for r in listed:
        sizes = "".join(f"{size / 1e6:>9.0f}" for size in (r.disk, r.builder, r.asker, r.server))
        shares = (f"{'' if s is None else format(s, '.3f'):>{w}}" for s, w in _shares(r))
        lines.append(
            f"{r.backend:10}{r.passages:>9}{r.seconds:>9.1f}{r.cpu:>8.1f}{sizes}"
            f"{r.p50:>9.1f}{r.p95:>9.1f}{r.cpu_asked:>9.1f}{''.join(shares)}"
        )
    if as_json:
        lines.append(json.dumps([r.model_dump() for r in listed]))
    return "\n".join(lines)


def _shares(row: Row) -> tuple[tuple[float | None, int], ...]:
    return (row.agreed, 9), (row.agreed_exact, 8), (row.recall, 7)


class _Task(NamedTuple):
    corpus: Path
    queries: Path
    size: int
    cache: Path | None
    limit: int
    compared: int


class _Built(NamedTuple):
    """What a process that builds brings back."""

    passages: int
    seconds: float
    cpu: float
    builder: int


class _Asked(NamedTuple):
    """What a process that asks brings back."""

    milliseconds: list[float]
    cpu: float
    memory: int
    best: list[list[tuple[str, int]]]


_Best = list[list[tuple[str, int]]]


def _embedded(folder: Path, task: _Task, _best: _Best) -> tuple[Row, _Best]:
    home = folder / "home"
    built = _apart(_build_embedded, home, task)
    asked = _apart(_ask_embedded, home, task)
    serving = home / "index" / (home / "index" / "current").read_text().strip()
    disk = sum(p.stat().st_size for p in serving.rglob("*") if p.is_file())
    row = Row(backend="embedded", disk=disk, **built._asdict(), **_times(asked, asked.cpu))
    shutil.rmtree(home)
    return row, asked.best


def _cluster(folder: Path, task: _Task, best: _Best) -> tuple[Row, _Best]:
    from eval.nodes import node

    with node(folder / "node", _POSTGRES) as server:
        before = server.cpu()
        built = _apart(_build_cluster, server.url(), task)
        between = server.cpu()
        asked = _apart(_ask_cluster, server.url(), task, False)
        cpu, built = asked.cpu + server.cpu() - between, built._replace(cpu=built.cpu + between - before)
        held = server.memory()
        exact = _apart(_ask_cluster, server.url(), task, True)
        recall = _apart(_recall, server.url(), task)
        disk = _taken(server.url())
    row = Row(
        backend="cluster", disk=disk, server=held, recall=recall, agreed=_agreed(best, asked.best),
        agreed_exact=_agreed(best, exact.best), **built._asdict(), **_times(asked, cpu),
    )  # fmt: skip
    return row, best


def _times(asked: _Asked, cpu: float) -> dict[str, Any]:
    return {
        "p50": percentile(asked.milliseconds, 50),
        "p95": percentile(asked.milliseconds, 95),
        "asker": asked.memory,
        "questions": len(asked.milliseconds),
        "cpu_asked": 1000 * cpu / (_WARMING + len(asked.milliseconds)),
    }


def _agreed(ours: _Best, others: _Best) -> float | None:
    """The share of the best that both found, over the questions that both were asked."""
    pairs = list(zip(ours, others, strict=False))
    return sum(len(set(a) & set(b)) for a, b in pairs) / sum(len(a) for a, _ in pairs) if pairs else None


def _apart(work: Any, *arguments: Any) -> Any:
    """`work` in a new process, which takes its memory along when it ends."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _build_embedded(home: Path, task: _Task) -> _Built:
    from indexer.embedded import EmbeddedIndexes
    from indexer.embedding import encoder

    if task.cache:
        from indexer.generation import current

        serving = current(task.cache)
        if serving is None:
            raise InputError(f"{task.cache}: không có chỉ mục; hãy chạy: chitieu eval retrieval --cache")
        (home / "index").mkdir(parents=True)
        shutil.copytree(serving, home / "index" / "1", copy_function=os.link)
        (home / "index" / "current").write_text("1\n")
    documents = {d.id: d for d in _documents(task)}
    indexes = EmbeddedIndexes(home)
    start, cpu = time.perf_counter(), _cpu()
    name = indexes.build(_versions(documents), lambda id, _: documents[id], encoder(), os.cpu_count() or 1)
    seconds = time.perf_counter() - start
    return _Built(indexes.held(name).passages, seconds, _cpu() - cpu, _memory())


def _build_cluster(url: str, task: _Task) -> _Built:
    from corpus.database import open_engine
    from corpus.store import Store
    from indexer.cluster.indexes import ClusterIndexes
    from indexer.cluster.staging import source_of, stage
    from indexer.embedding import encoder

    Store(url).close()
    documents = {d.id: d for d in _documents(task)}
    versions, used = _versions(documents), encoder()
    engine = open_engine(url)
    start, cpu = time.perf_counter(), _cpu()
    if task.cache:
        wanted = ((source_of(v), documents[v.id]) for v in versions)
        stage(engine, wanted, used, None, os.cpu_count() or 1, _cached(task.cache))
    indexes = ClusterIndexes(engine)
    name = indexes.build(versions, lambda id, _: documents[id], used, os.cpu_count() or 1)
    seconds = time.perf_counter() - start
    return _Built(indexes.held(name).passages, seconds, _cpu() - cpu, _memory())


def _cached(cache: Path) -> Any:
    """What an embedded index knows of passages, by their keys."""
    import numpy as np

    from indexer import dense
    from indexer.cluster import wire
    from indexer.cluster.staging import Known
    from indexer.generation import Manifest, current

    directory = current(cache)
    if directory is None:
        raise InputError(f"{cache}: không có chỉ mục; hãy chạy: chitieu eval retrieval --cache")
    rows = {key.tobytes(): row for row, key in enumerate(np.load(directory / "keys.npy"))}
    words = (directory / "words.txt").read_bytes().split(b"\n")
    vectors = dense.stored(directory, Manifest.read(directory).dimension)

    def known(key: bytes) -> Known | None:
        row = rows.get(key)
        return None if row is None else Known(words[row].decode(), wire.halfvec(vectors[row].astype(np.float32)))

    return known


def _taken(url: str) -> int:
    """The bytes of the index's tables with everything that belongs to them."""
    from sqlalchemy import text

    from corpus.database import open_engine, reading

    sizes = text(
        "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relkind = 'r' AND relname ~ :name"
    )
    with reading(open_engine(url)) as connection:
        return int(connection.execute(sizes, {"name": "^(passages|frequencies|sources)"}).scalar_one())


def _ask_embedded(home: Path, task: _Task) -> _Asked:
    from indexer.embedded import EmbeddedIndexes
    from indexer.embedding import encoder

    indexes = EmbeddedIndexes(home)
    return _ask(indexes.open(indexes.current() or "", encoder()), task, False)


def _ask_cluster(url: str, task: _Task, exact: bool) -> _Asked:
    return _ask(_opened(url, exact), task, exact)


def _ask(index: Any, task: _Task, exact: bool) -> _Asked:
    """Each question once; a few before, so that the first pages are in memory."""
    asked = _questions(task)[: task.compared if exact else task.limit]
    index.search("làm nóng", 1)
    cpu = _cpu()
    for question in asked[:_WARMING]:
        index.search(question, _COMPARED)
    taken, best = [], []
    for question in asked:
        start = time.perf_counter()
        hits = index.search(question, _COMPARED)
        taken.append(1000 * (time.perf_counter() - start))
        best.append([(hit.passage.document, hit.passage.start) for hit in hits])
    return _Asked(taken, _cpu() - cpu, _memory(), best[: task.compared])


def _recall(url: str, task: _Task) -> float:
    """The share of the nearest vectors that the graph finds."""
    graph, all_of_them = _opened(url, False), _opened(url, True)
    asked = _questions(task)[: task.compared]
    found = [len(set(graph.nearest(q, _COMPARED)) & set(all_of_them.nearest(q, _COMPARED))) for q in asked]
    return sum(found) / (_COMPARED * max(1, len(asked)))


def _opened(url: str, exact: bool) -> Any:
    from corpus.database import open_engine
    from indexer.cluster.generations import Generations
    from indexer.cluster.index import ClusterIndex

    engine = open_engine(url)
    generation = Generations(engine).current()
    assert generation is not None
    return ClusterIndex(engine, generation, exact=exact)


def _documents(task: _Task) -> Iterator[Document]:
    """As many of the corpus' articles as make `size` passages; round again under other names where it is smaller."""
    from eval.retrieval import documents
    from indexer.passages import passages

    left, turn = task.size, 0
    while left > 0:
        before = left
        for document in documents(task.corpus):
            yield document if turn == 0 else document.model_copy(update={"id": f"{document.id} ({turn + 1})"})
            left -= len(passages(document))
            if left <= 0:
                return
        turn += 1
        if left == before:
            raise InputError(f"{task.corpus}: không có văn bản nào")


def _versions(documents: dict[str, Document]) -> list[_Version]:
    from corpus.rows import fingerprint

    return sorted(_Version(d.id, d.sha256, fingerprint(d)) for d in documents.values())


def _questions(task: _Task) -> list[str]:
    from eval.retrieval import questions

    return [q.question for q in islice(questions(task.queries), task.limit)]


def _cpu() -> float:
    """The seconds of processor time that this process and those it waited for have taken."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _memory() -> int:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
