"""What leading costs and loses in PostgreSQL: the same questions with smaller and larger budgets.

    python -m eval.budgets URL QUERIES [--budgets 2000,5000,20000] [--limit 60]

The server must run on this machine, so that its processor time can be read.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.document import Frozen
from eval.stats import percentile

__all__ = ["BUDGETS", "Row", "run", "show"]

BUDGETS = (1_000, 2_000, 5_000, 10_000, 20_000, 40_000)
_FOUND = 10


class Row(Frozen):
    """One budget: the share of the ten best with everything scored that it finds too, and of the first itself.

    `server` and `own` are milliseconds of processor time a question, of the server and of the asking process;
    `milliseconds` is the 50th and 95th percentile of the clock.
    """

    budget: int
    agreed: float
    first: float
    server: float
    own: float
    milliseconds: tuple[float, float]


def run(url: str, queries: Path, budgets: Sequence[int] = BUDGETS, limit: int = 60) -> Iterator[Row]:
    """A row for each budget, on the generation that serves at `url`; the first `limit` questions."""
    from itertools import islice

    from eval.retrieval import questions
    from eval.scaled import opened

    asked = [q.question for q in islice(questions(queries), limit)]
    with opened(url, True) as index:
        whole = [_best(index, question) for question in asked]
        index.exact = False
        for budget in budgets:
            index.budget = budget
            yield _row(index, asked, whole, budget)


def show(rows: Sequence[Row]) -> str:
    """The rows as a table."""
    head = f"{'ngân sách':>10}{'cùng 10':>9}{'cùng 1':>8}{'máy chủ, ms':>13}{'hỏi, ms':>9}{'p50, ms':>9}{'p95, ms':>9}"
    lines = (
        f"{r.budget:>10}{r.agreed:>9.3f}{r.first:>8.3f}{r.server:>13.1f}{r.own:>9.1f}"
        f"{r.milliseconds[0]:>9.1f}{r.milliseconds[1]:>9.1f}"
        for r in rows
    )
    return "\n".join([head, *lines])


def _row(index: Any, asked: Sequence[str], whole: Sequence[list[tuple[str, int]]], budget: int) -> Row:
    index.search(asked[0], _FOUND)
    server, own, taken, found = _server(index), time.process_time(), [], []
    for question in asked:
        start = time.perf_counter()
        found.append(_best(index, question))
        taken.append(1000 * (time.perf_counter() - start))
    own, server = time.process_time() - own, _server(index) - server
    pairs = list(zip(whole, found, strict=True))
    return Row(
        budget=budget,
        agreed=sum(len(set(a) & set(b)) for a, b in pairs) / max(1, sum(len(a) for a, _ in pairs)),
        first=sum(a[:1] == b[:1] for a, b in pairs) / len(pairs),
        server=1000 * server / len(asked),
        own=1000 * own / len(asked),
        milliseconds=(percentile(taken, 50), percentile(taken, 95)),
    )


def _best(index: Any, question: str) -> list[tuple[str, int]]:
    return [(hit.passage.document, hit.passage.start) for hit in index.search(question, _FOUND)]


def _server(index: Any) -> float:
    """The seconds of processor time that the server's process behind the first connection has taken."""
    with index._engine.connect() as connection:
        pid = connection.connection.driver_connection.info.backend_pid
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Reads the command line and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("queries", type=Path)
    parser.add_argument("--budgets", default=",".join(map(str, BUDGETS)))
    parser.add_argument("--limit", type=int, default=60)
    given = parser.parse_args()
    rows = run(given.url, given.queries, [int(b) for b in given.budgets.split(",")], given.limit)
    sys.stdout.write(show(list(rows)) + "\n")


if __name__ == "__main__":
    main()
