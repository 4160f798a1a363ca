"""How time, memory and disk grow with the number of passages: the embedded index and the one in PostgreSQL.

Each size is built and asked in processes of its own, so that their memory can be told apart. Words and vectors come
from an index of the same corpus where one is given (`cache`, as `chitieu eval retrieval --cache` leaves it): cutting
words takes ten times as long as everything else together and is the same for both. Sizes beyond the corpus are made of
its articles thinned out (`eval.articles`).
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from corpus.document import Frozen
from corpus.errors import InputError
from eval import scaled
from eval.articles import Articles
from eval.scaled import Asked, Best, Built, Task
from eval.stats import percentile

__all__ = ["BACKENDS", "Row", "parsed", "run", "show"]

BACKENDS = ("embedded", "cluster")
_POSTGRES = ("shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=30min", "autovacuum=off")


class Row(Frozen):
    """One backend at one size; seconds and milliseconds of the clock, sizes in bytes.

    `cpu` are the seconds of processor time of the build, `cpu_asked` the milliseconds of it that a question takes, the
    server's included: what else the machine does changes these little. `own_p50` and `own_p95` are those of the asking
    process alone.
    `builder` and `asker` are the most memory that the process held, `builder_own` without that of mapped files,
    `server` what the server's processes hold.
    `agreed` is the share of the ten best that both the embedded index and this one find, `recall` that of the ten
    nearest vectors that the graph finds; where `exact`, everything is scored. `led` is the share of the ten best with
    everything scored that this index finds as it is asked, which needs no embedded index beside it.
    """

    backend: str
    passages: int
    seconds: float
    cpu: float
    builder: int
    builder_own: int
    asker: int
    disk: int
    p50: float
    p95: float
    own_p50: float
    own_p95: float
    cpu_asked: float
    questions: int
    server: int = 0
    agreed: float | None = None
    agreed_exact: float | None = None
    led: float | None = None
    recall: float | None = None


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
            task = Task(folder / "articles.db", queries, cache, limit, compared)
            _apart(Articles.write, task.articles, corpus, size)
            best: Best = []
            for backend in [b for b in BACKENDS if b in backends]:
                measure = _embedded if backend == "embedded" else _cluster
                row, best = measure(folder, task, best)
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
        f"{'p50, ms':>9}{'p95, ms':>9}{'CPU, ms':>9}{'cùng 10':>9}{'đủ, 10':>8}{'dẫn, 10':>9}{'HNSW':>7}"
    )
    lines = [head]
    for r in listed:
        sizes = "".join(f"{size / 1e6:>9.0f}" for size in (r.disk, r.builder_own, r.asker, r.server))
        shares = (f"{'' if s is None else format(s, '.3f'):>{w}}" for s, w in _shares(r))
        lines.append(
            f"{r.backend:10}{r.passages:>9}{r.seconds:>9.1f}{r.cpu:>8.1f}{sizes}"
            f"{r.p50:>9.1f}{r.p95:>9.1f}{r.cpu_asked:>9.1f}{''.join(shares)}"
        )
    if as_json:
        lines.append(json.dumps([r.model_dump() for r in listed]))
    return "\n".join(lines)


def _shares(row: Row) -> tuple[tuple[float | None, int], ...]:
    return (row.agreed, 9), (row.agreed_exact, 8), (row.led, 9), (row.recall, 7)


def _embedded(folder: Path, task: Task, _best: Best) -> tuple[Row, Best]:
    home = folder / "home"
    built = _apart(scaled.build_embedded, home, task)
    asked = _apart(scaled.ask_embedded, home, task)
    serving = home / "index" / (home / "index" / "current").read_text().strip()
    disk = sum(p.stat().st_size for p in serving.rglob("*") if p.is_file())
    row = Row(backend="embedded", disk=disk, **built._asdict(), **_times(asked, asked.cpu))
    shutil.rmtree(home)
    return row, asked.best


def _cluster(folder: Path, task: Task, best: Best) -> tuple[Row, Best]:
    from eval.nodes import node

    with node(folder / "node", _POSTGRES) as server:
        before = server.cpu()
        built: Built = _apart(scaled.build_cluster, server.url(), task)
        between = server.cpu()
        asked: Asked = _apart(scaled.ask_cluster, server.url(), task, False)
        cpu, built = asked.cpu + server.cpu() - between, built._replace(cpu=built.cpu + between - before)
        held = server.memory()
        exact: Asked = _apart(scaled.ask_cluster, server.url(), task, True)
        recall = _apart(scaled.recall, server.url(), task)
        disk = scaled.taken(server.url())
    row = Row(
        backend="cluster", disk=disk, server=held, recall=recall, agreed=_agreed(best, asked.best),
        agreed_exact=_agreed(best, exact.best), led=_agreed(exact.best, asked.best),
        **built._asdict(), **_times(asked, cpu),
    )  # fmt: skip
    return row, best


def _times(asked: Asked, cpu: float) -> dict[str, Any]:
    return {
        "p50": percentile(asked.milliseconds, 50),
        "p95": percentile(asked.milliseconds, 95),
        "own_p50": percentile(asked.own, 50),
        "own_p95": percentile(asked.own, 95),
        "asker": asked.memory,
        "questions": len(asked.milliseconds),
        "cpu_asked": 1000 * cpu / (scaled.WARMING + len(asked.milliseconds)),
    }


def _agreed(ours: Best, others: Best) -> float | None:
    """The share of the best that both found, over the questions that both were asked."""
    pairs = list(zip(ours, others, strict=False))
    return sum(len(set(a) & set(b)) for a, b in pairs) / sum(len(a) for a, _ in pairs) if pairs else None


def _apart(work: Any, *arguments: Any) -> Any:
    """`work` in a new process, which takes its memory along when it ends."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()
