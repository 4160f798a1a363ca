"""Counters of several processes: any of them tells the sum, and what ended processes counted is not lost."""

from __future__ import annotations

import json
import subprocess
import sys

SCRIPT = """
import json, os, signal, sys
from pathlib import Path
from assistant.watch.metrics import share
share(Path(sys.argv[1]))

def work(count):
    from assistant.watch.call import Call
    from assistant.watch.gauges import refresh
    from assistant.watch.metrics import Metrics
    metrics = Metrics()
    refresh(metrics, ())
    for _ in range(count):
        metrics.begun()
        call = Call(id="a" * 16, stages={"search": 0.01}, answered=True, kind="date")
        metrics.ended(call, "POST", "/api/ask", 200, 0.02)
    metrics.begun()
    return metrics

pids = []
for count in (3, 4):
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        work(count)
        os.write(write, b"x")
        signal.pause()
    os.read(read, 1)
    pids.append(pid)
own = work(5)

def told():
    text = own.exposed()[0].decode()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in text.splitlines() if line[0] != "#"}

before = told()
os.kill(pids[0], signal.SIGKILL)
os.waitpid(pids[0], 0)
after = told()
os.kill(pids[1], signal.SIGKILL)
os.waitpid(pids[1], 0)
print(json.dumps([pids, os.getpid(), before, after]))
"""


def test_any_worker_tells_the_sum_of_all(tmp_path):
    (tmp_path / "left-behind.db").write_bytes(b"of an earlier start")
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    pids, own, before, after = json.loads(done.stdout)
    requests = 'chitieu_requests_total{method="POST",route="/api/ask",status="200"}'
    answers = 'chitieu_answers_total{abstained="false",kind="date",reason="none"}'
    assert before[requests] == before[answers] == before['chitieu_stage_seconds_count{stage="search"}'] == 12
    assert before["chitieu_requests_in_progress"] == 3
    memory = {f'chitieu_memory_bytes{{pid="{pid}"}}' for pid in (*pids, own)}
    assert memory <= set(before)
    assert all(before[name] > 1_000_000 for name in memory)
    assert after[requests] == 12
    assert after["chitieu_requests_in_progress"] == 2
    assert f'chitieu_memory_bytes{{pid="{pids[0]}"}}' not in after
