"""Limits hold over all processes of a home, also when they are killed at any moment."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.access.desk import AccessOptions
from assistant.access.limits import Buckets
from assistant.access.tally import _ROW, ROWS, Held, Own, Shared
from assistant.service import create_app
from assistant.service.options import Options

_FORK = multiprocessing.get_context("fork")


def _still() -> float:
    return 5000.0


def _taken(path: Path, tries: int, passed) -> None:
    buckets = Buckets(60, _still, Shared(path))
    passed.put(sum(buckets.wait("lan") == 0 for _ in range(tries)))


def _hammered(path: Path) -> None:
    buckets = Buckets(60, _still, Shared(path))
    n = 0
    while True:
        buckets.wait(f"ai đó {n % 50}")
        n += 1


def test_processes_together_let_through_what_one_would(tmp_path):
    passed = _FORK.SimpleQueue()
    asking = [_FORK.Process(target=_taken, args=(tmp_path / "limits" / "key", 40, passed)) for _ in range(4)]
    for one in asking:
        one.start()
    for one in asking:
        one.join(60)
    assert sum(passed.get() for _ in asking) == 60


def test_a_process_that_is_killed_holds_nobody_up_and_gives_nobody_more(tmp_path):
    path = tmp_path / "limits" / "key"
    chance = random.Random(5)
    for _ in range(12):
        one = _FORK.Process(target=_hammered, args=(path,))
        one.start()
        time.sleep(chance.uniform(0.01, 0.1))
        os.kill(one.pid, signal.SIGKILL)
        one.join(30)
    buckets = Buckets(60, _still, Shared(path))
    for n in range(50):
        assert sum(buckets.wait(f"ai đó {n}") == 0 for _ in range(70)) <= 60
    assert buckets.wait("ai khác") == 0


def test_a_row_that_was_half_written_counts_as_unused(tmp_path):
    path = tmp_path / "limits" / "key"
    buckets = Buckets(2, _still, Shared(path))
    assert [buckets.wait("lan") for _ in range(3)] == [0, 0, 30]
    content = bytearray(path.read_bytes())
    assert len(content) == ROWS * _ROW.size
    at = next(n for n in range(0, len(content), _ROW.size) if any(content[n : n + 16]))
    content[at + 20] ^= 0xFF
    path.write_bytes(content)
    assert Buckets(2, _still, Shared(path)).wait("lan") == 0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.floats(0, 20)), max_size=60))
def test_shared_rows_do_what_those_of_a_process_do(tmp_path_factory, calls):
    at = [100.0]
    path = tmp_path_factory.mktemp("tally") / "limits" / "key"
    shared, own = (Buckets(7, lambda: at[0], rows) for rows in (Shared(path), Own()))
    for name, pause in calls:
        at[0] += pause
        assert shared.wait(str(name)) == own.wait(str(name))
        assert shared.empty(str(name)) == own.empty(str(name))


def test_many_names_take_no_more_room_and_the_newest_are_known(tmp_path):
    rows = Shared(tmp_path / "limits" / "key")
    for n in range(3000):
        rows.change(f"{n}", lambda _held, n=n: (Held(1.0, float(n)), None))
    assert (tmp_path / "limits" / "key").stat().st_size == ROWS * _ROW.size
    assert all(rows.change(f"{n}", lambda held: (None, held)) for n in range(2990, 3000))


def test_a_restart_of_the_machine_fills_all_buckets(tmp_path):
    path = tmp_path / "limits" / "key"
    before, after = (Buckets(1, clock, Shared(path)) for clock in (lambda: 90_000.0, lambda: 12.0))
    assert [before.wait("lan"), before.wait("lan")] == [0, 60]
    assert [after.wait("lan"), after.wait("lan")] == [0, 60]


def test_where_no_file_can_be_made_each_process_counts_for_itself(tmp_path, caplog):
    (tmp_path / "limits").write_text("no folder", "utf-8")
    buckets = Buckets(2, _still, Shared(tmp_path / "limits" / "key"))
    assert [buckets.wait("lan") for _ in range(3)] == [0, 0, 30]
    assert "each process for itself" in caplog.text


def test_two_workers_of_one_home_count_together(tmp_path):
    options = Options(access=AccessOptions(mode="keys", rate_per_address=6))
    workers = [TestClient(create_app(tmp_path, options=options), raise_server_exceptions=False) for _ in range(2)]
    statuses = [workers[n % 2].get("/api/me").status_code for n in range(10)]
    assert statuses == [401] * 6 + [429] * 4
    assert oct((tmp_path / "limits" / "address").stat().st_mode & 0o777) == "0o600"
