"""What was freed goes back to the system."""

from __future__ import annotations

import threading
from pathlib import Path

from assistant.service import create_app
from assistant.watch import watching
from assistant.watch.returning import give_back


def _anonymous() -> int:
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("Anonymous")).split()[1])


def test_freed_pieces_between_pieces_that_live_are_given_back():
    held = [b"%d" % (n % 10) * 3000 for n in range(40_000)]
    kept = held[::40]
    give_back()
    full = _anonymous()
    del held
    give_back()
    assert full - _anonymous() > 60_000
    assert len(kept) == 1000


def test_a_running_service_does_so_by_itself(tmp_path, monkeypatch):
    given = threading.Event()
    monkeypatch.setattr(watching, "give_back", lambda: given.set() or True)
    app = create_app(tmp_path)
    watch = app.state.watch
    thread = threading.Thread(target=watch._pulse)
    thread.start()
    assert given.wait(30)
    watch._over.set()
    thread.join(30)
    assert not thread.is_alive()
