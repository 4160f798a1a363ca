"""The chain of audit records: what breaks it shows, and nothing that happens by itself breaks it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.watch import ledger
from assistant.watch.ledger import GENESIS, Ledger, hash_of, segments
from assistant.watch.verify import Fault, verify


def record(number: int, **more: str) -> dict[str, str]:
    return {"who": "lan", "action": "ask", "subject": f"việc {number}", "outcome": "", **more}


def filled(home: Path, count: int = 6, **limits: int) -> Path:
    home.mkdir(exist_ok=True)
    for number in range(count):
        Ledger(home, **limits).append(record(number))
    return home


def lines(home: Path) -> list[bytes]:
    return (home / "audit.jsonl").read_bytes().splitlines(keepends=True)


def rewrite(home: Path, made: list[bytes]) -> None:
    (home / "audit.jsonl").write_bytes(b"".join(made))


def test_each_record_holds_the_hash_of_the_line_before(tmp_path):
    filled(tmp_path)
    kept = [json.loads(line) for line in lines(tmp_path)]
    assert [r["n"] for r in kept] == list(range(1, 8))
    assert (kept[0]["action"], kept[0]["previous"]) == ("begin", GENESIS)
    for before, after in zip(lines(tmp_path), kept[1:], strict=False):
        assert after["previous"] == hash_of(before.rstrip(b"\n"))
    verdict = verify(tmp_path)
    assert verdict.whole
    assert (verdict.records, verdict.head) == (7, hash_of(lines(tmp_path)[-1].rstrip(b"\n")))


def test_two_homes_never_begin_with_the_same_record(tmp_path):
    assert lines(filled(tmp_path / "a"))[0] != lines(filled(tmp_path / "b"))[0]


def edited(made):
    made[3] = made[3].replace("việc 2".encode(), "việc 9".encode())
    return made, Fault.CHANGED, 5


def renamed(made):
    made[0] = made[0].replace(b"chitieu", b"khacten")
    return made, Fault.CHANGED, 2


def removed(made):
    return made[:3] + made[4:], Fault.MISSING, 4


def beheaded(made):
    return made[2:], Fault.BEGINNING, 1


def swapped(made):
    return [*made[:2], made[3], made[2], *made[4:]], Fault.MISSING, 3


def copied(made):
    return [*made[:3], made[2], *made[3:]], Fault.MOVED, 4


def garbled(made):
    return [*made[:4], made[4][:20] + b"\n", *made[5:]], Fault.UNREADABLE, 5


def cut(made):
    return [*made[:-1], made[-1][:-9]], Fault.TORN, 7


@pytest.mark.parametrize("harm", [edited, renamed, removed, beheaded, swapped, copied, garbled, cut])
def test_tampering_is_found_at_its_place(tmp_path, harm):
    filled(tmp_path)
    made, fault, number = harm(lines(tmp_path))
    rewrite(tmp_path, made)
    verdict = verify(tmp_path)
    assert not verdict.whole
    assert (verdict.first_break.fault, verdict.first_break.n) == (fault, number)
    assert verdict.first_break.file == "audit.jsonl"
    assert verdict.records == number - 1


def test_a_cut_end_and_a_new_chain_show_against_a_noted_head_alone(tmp_path):
    filled(tmp_path)
    noted = verify(tmp_path).head
    rewrite(tmp_path, lines(tmp_path)[:-2])
    assert verify(tmp_path).whole
    assert verify(tmp_path, noted).first_break.fault is Fault.HEAD
    (tmp_path / "audit.jsonl").unlink()
    filled(tmp_path, 20)
    assert verify(tmp_path).whole
    assert not verify(tmp_path, noted).whole


def test_a_noted_head_holds_for_all_that_came_after(tmp_path):
    filled(tmp_path)
    noted = verify(tmp_path).head
    filled(tmp_path, 3)
    assert verify(tmp_path, noted).whole
    assert verify(tmp_path, noted[:12].upper()).whole


def test_the_last_record_can_be_changed_unseen_until_another_follows(tmp_path):
    """What a chain cannot show by itself; the documents say so."""
    filled(tmp_path)
    made = lines(tmp_path)
    noted = verify(tmp_path).head
    rewrite(tmp_path, [*made[:-1], made[-1].replace(b"lan", b"mai")])
    assert verify(tmp_path).whole
    assert not verify(tmp_path, noted).whole


@pytest.mark.parametrize("number", [-1, 0, 1, 99])
def test_a_number_that_does_not_follow_is_found_even_where_the_hashes_fit(tmp_path, number):
    filled(tmp_path)
    made = lines(tmp_path)
    last = json.loads(made[-1])
    rewrite(tmp_path, [*made[:-1], json.dumps({**last, "n": number}, ensure_ascii=False).encode() + b"\n"])
    assert verify(tmp_path).first_break.n == last["n"]


def test_a_torn_end_is_set_aside_and_told(tmp_path):
    filled(tmp_path)
    with (tmp_path / "audit.jsonl").open("ab") as file:
        file.write(b'{"n": 8, "at": "2026-')
    assert verify(tmp_path).first_break.fault is Fault.TORN
    Ledger(tmp_path).append(record(7))
    verdict = verify(tmp_path)
    assert (verdict.whole, verdict.torn, verdict.records) == (True, 1, 9)
    told = json.loads(lines(tmp_path)[-2])
    assert told["action"] == "torn"
    parts = list((tmp_path / "audit" / "torn").iterdir())
    assert [p.read_bytes() for p in parts] == [b'{"n": 8, "at": "2026-']
    assert hash_of(parts[0].read_bytes()) in told["subject"]


def test_a_torn_first_line_begins_the_chain_anew(tmp_path):
    (tmp_path / "audit.jsonl").write_bytes(b"\0\0\0")
    Ledger(tmp_path).append(record(1))
    verdict = verify(tmp_path)
    assert (verdict.whole, verdict.torn, verdict.records) == (True, 1, 3)


def test_a_broken_last_line_stays_broken_and_the_chain_goes_on(tmp_path):
    filled(tmp_path)
    rewrite(tmp_path, [*lines(tmp_path)[:-1], b"hong\n"])
    Ledger(tmp_path).append(record(8))
    assert (verify(tmp_path).first_break.fault, verify(tmp_path).first_break.n) == (Fault.UNREADABLE, 7)
    assert json.loads(lines(tmp_path)[-1])["n"] == 8


def test_a_full_disk_takes_the_half_line_back(tmp_path, monkeypatch):
    filled(tmp_path)
    before = (tmp_path / "audit.jsonl").read_bytes()
    real = os.write
    monkeypatch.setattr(ledger.os, "write", lambda handle, content: real(handle, content[:11]))
    with pytest.raises(OSError, match="short"):
        Ledger(tmp_path).append(record(8))
    monkeypatch.undo()
    assert (tmp_path / "audit.jsonl").read_bytes() == before
    Ledger(tmp_path).append(record(8))
    assert verify(tmp_path).whole


LIMITED = """
import resource, signal, sys
from pathlib import Path
from assistant.watch.ledger import Ledger
home = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
Ledger(home).append({"who": "lan", "action": "ask", "subject": "trước"})
size = (home / "audit.jsonl").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40, resource.RLIM_INFINITY))
for _ in range(3):
    try:
        Ledger(home).append({"who": "lan", "action": "ask", "subject": "x" * 300})
        print("written")
    except OSError as error:
        print(error.errno)
    print((home / "audit.jsonl").stat().st_size == size)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
Ledger(home).append({"who": "lan", "action": "ask", "subject": "sau"})
"""


def test_a_file_that_may_not_grow_keeps_no_half_line(tmp_path):
    """The kernel itself cuts the write short here."""
    done = subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["28", "True"] * 3, done.stderr
    verdict = verify(tmp_path)
    assert (verdict.whole, verdict.records, verdict.torn) == (True, 3, 0)


def test_files_that_grew_too_large_are_closed_and_the_chain_goes_on(tmp_path):
    filled(tmp_path, 40, largest=1500)
    files = segments(tmp_path)
    assert len(files) > 3
    assert files[-1].name == "audit.jsonl"
    assert all(json.loads(f.read_bytes().split(b"\n")[0])["n"] == int(f.stem) for f in files[:-1])
    verdict = verify(tmp_path)
    assert (verdict.whole, verdict.records, verdict.files) == (True, 41, len(files))
    assert Ledger(tmp_path).last().n == 41
    files[1].write_bytes(files[1].read_bytes().replace(b"lan", b"mai", 1))
    assert verify(tmp_path).first_break.fault is Fault.CHANGED
    files[1].unlink()
    assert verify(tmp_path).first_break.fault is Fault.MISSING


def test_a_crash_between_closing_and_the_next_record_loses_nothing(tmp_path):
    filled(tmp_path)
    (tmp_path / "audit.jsonl").rename(tmp_path / "audit" / "000000000001.jsonl")
    ledger._known.clear()
    assert Ledger(tmp_path).last().n == 7
    Ledger(tmp_path).append(record(9))
    assert (verify(tmp_path).whole, verify(tmp_path).records) == (True, 8)


def test_a_log_without_a_chain_is_kept_and_the_chain_is_tied_to_it(tmp_path):
    old = json.dumps({"at": "2026-01-02T03:04:05+00:00", "who": "An", "action": "add", "subject": "a", "outcome": ""})
    (tmp_path / "audit.jsonl").write_text(old + "\n", "utf-8")
    Ledger(tmp_path).append(record(1))
    kept = tmp_path / "audit" / "unchained.jsonl"
    assert kept.read_text("utf-8") == old + "\n"
    assert json.loads(lines(tmp_path)[0])["previous"] == hash_of(kept.read_bytes())
    assert verify(tmp_path).whole
    kept.write_text(old.replace("An", "Ba") + "\n", "utf-8")
    assert verify(tmp_path).first_break.fault is Fault.BEGINNING


def test_the_tail_is_read_anew_where_another_process_wrote(tmp_path):
    filled(tmp_path)
    known = dict(ledger._known)
    Ledger(tmp_path).append(record(7))
    ledger._known.clear()
    ledger._known.update(known)
    Ledger(tmp_path).append(record(8))
    assert (verify(tmp_path).whole, verify(tmp_path).records) == (True, 9)


def test_threads_write_one_after_another(tmp_path):
    tmp_path.mkdir(exist_ok=True)
    work = [threading.Thread(target=filled, args=(tmp_path, 20), kwargs={"largest": 4000}) for _ in range(6)]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    verdict = verify(tmp_path)
    assert (verdict.whole, verdict.records) == (True, 121)


WRITER = """
import sys
from pathlib import Path
from assistant.watch.ledger import Ledger
home, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
for number in range(count):
    made = Ledger(home, 9000).append({"who": name, "action": "ask", "subject": f"{number} " + "x" * 300})
    print(made.n, made.hash, flush=True)
"""


def writer(home: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(home), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_processes_write_one_after_another(tmp_path):
    said = [work.communicate(timeout=60)[0].split("\n")[1:-1] for work in [writer(tmp_path, n, 40) for n in "abc"]]
    verdict = verify(tmp_path)
    assert (verdict.whole, verdict.records) == (True, 121)
    assert len({line.split()[0] for part in said for line in part}) == 120


KILLED = """
import os, random, signal, sys, time
from pathlib import Path
from assistant.watch.ledger import Ledger
home, kills, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(7)

def write(said):
    while True:
        subject = "x" * random.randrange(600)
        made = Ledger(home, 9000).append({"who": "lan", "action": "ask", "subject": subject})
        os.write(said, f"{made.hash}\\n".encode())

for _ in range(kills // 2):
    read, said = os.pipe()
    pids = []
    for _ in range(2):
        pid = os.fork()
        if not pid:
            write(said)
        pids.append(pid)
    os.close(said)
    time.sleep(chance.uniform(0.005, 0.12))
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    with os.fdopen(read) as promised:
        print(promised.read().rpartition("\\n")[0])
Ledger(home).append({"who": "lan", "action": "ask", "subject": "sau"})
"""


def test_killed_writers_leave_a_whole_chain_with_all_that_they_said(tmp_path):
    """`kill -9` at random moments of two writers at once; `CHITIEU_TEST_KILLS` makes it 500 kills."""
    kills = 500 if os.environ.get("CHITIEU_TEST_KILLS") else 24
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(kills)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    promised = done.stdout.split()
    verdict = verify(tmp_path)
    assert verdict.whole, verdict.first_break
    kept = {hash_of(line) for path in segments(tmp_path) for line in path.read_bytes().split(b"\n") if line}
    assert len(promised) > 5
    assert set(promised) <= kept
