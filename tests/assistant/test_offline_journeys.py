"""Offline by proof: the main journeys run once, and nothing in them tries to reach another machine.

Two witnesses. In every Python process that inherits the environment, an audit hook records and refuses any connection,
datagram or name look-up that does not stay on this machine. Where strace is there, the kernel's calls of all processes are
recorded as well: native libraries, the readers' children, LibreOffice, tesseract. No variable that keeps model libraries
offline is set, and no proxy.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

GUARD = """
import os, sys

def outside(address):
    if not isinstance(address, tuple) or not address:
        return False
    host = address[0].decode() if isinstance(address[0], bytes) else str(address[0])
    return not (host in ("localhost", "::1", "0.0.0.0", "::") or host.startswith("127."))

def told(event, what):
    with open(os.environ["OFFLINE_RECORD"], "a") as record:
        record.write(f"{sys.argv[:2]} {event} {what!r}\\n")
    raise PermissionError(f"{event} {what!r} leaves this machine")

def hook(event, given):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg") and outside(given[1]):
        told(event, given[1])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr") and outside((given[0] or "::1",)):
        told(event, given[0])

sys.addaudithook(hook)
"""

JOURNEYS = """
import json, os, socket, subprocess, sys, time, urllib.request
from pathlib import Path
from assistant.cli import app
from assistant.cli.edge import home_first, run

def chitieu(*words):
    status = run(app, home_first([str(w) for w in words]))
    print(json.dumps({"journey": words[0], "status": status}), file=sys.stderr, flush=True)

def fetch(port, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as reply:
        return reply.status, reply.read()

def served(home):
    command = [Path(sys.executable).with_name("chitieu"), "serve", "--port", "0", "--home", home]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    port = int(server.stdout.readline().split("  ")[0].rsplit(":", 1)[1])
    for _ in range(300):
        try:
            fetch(port, "/readyz")
            break
        except OSError:
            time.sleep(0.1)
    question = {"question": "Đến năm 2029 bao nhiêu phần trăm vườn nhãn có mã số?"}
    for path, body in (("/api/ask", question), ("/api/ask/stream", question), ("/", None), ("/documents", None),
                       ("/widget.js", None), ("/targets", None), ("/workbench", None), ("/openapi.json", None),
                       ("/api/suggestions", None), ("/api/targets", None)):
        status, data = fetch(port, path, body)
        fine = status == 200 and (body is None or "45%".encode() in data)
        print(json.dumps({"journey": path, "status": 0 if fine else 1}), file=sys.stderr, flush=True)
    server.terminate()
    server.wait(30)

if __name__ == "__main__":
    room = Path(sys.argv[1])
    home, source = room / "home", room / "in"
    chitieu("init", "--home", home)
    chitieu("add", source, "--home", home)
    chitieu("ask", "Den nam 2029 bao nhieu phan tram vuon nhan co ma so?", "--home", home)
    chitieu("ask", "--batch", room / "in.jsonl", "--output", room / "out.jsonl", "--home", home)
    chitieu("search", "vườn nhãn", "--json", "--home", home)
    chitieu("extract", source / "nhan.txt", "--format", "xlsx", "-o", room / "nhan.xlsx")
    chitieu("targets", "vườn nhãn", "--timeline", "--home", home)
    chitieu("changes", source / "nhan.txt", source / "buoi.docx")
    chitieu("show", "nhan", "--json", "--home", home)
    chitieu("doctor", "--home", home)
    chitieu("backup", room / "b.tar.gz", "--home", home)
    chitieu("restore", room / "b.tar.gz", "--home", room / "again")
    chitieu("eval", "retrieval", "--corpus", room / "c.jsonl", "--queries", room / "q.jsonl", "--json")
    served(home)
"""

PLAN = "KẾ HOẠCH\nVề vườn {0}\n\nI. CHỈ TIÊU\n1. Đến năm 2029, {1}% vườn {0} có mã số vùng trồng.\n"
ADDRESS = re.compile(r'inet_(?:addr|pton)\((?:AF_INET6, )?"([^"]+)"')
HERE = re.compile(r"127\.|::1$|::ffff:127\.|0\.0\.0\.0$|::$")
KEPT = ("PATH", "LANG", "TMPDIR", "VIRTUAL_ENV")


@pytest.fixture(scope="module")
def guard(tmp_path_factory) -> Path:
    """A folder whose `sitecustomize` watches every Python process that has it on its path."""
    folder = tmp_path_factory.mktemp("guard")
    (folder / "sitecustomize.py").write_text(GUARD, "utf-8")
    return folder


def watched(guard: Path, record: Path, home: Path) -> dict[str, str]:
    """The environment of a watched process: none of ours that would keep anything offline."""
    plain = {name: os.environ[name] for name in KEPT if name in os.environ}
    return plain | {"PYTHONPATH": str(guard), "OFFLINE_RECORD": str(record), "HOME": str(home), "PYTHONUTF8": "1"}


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Path:
    """Files of several kinds to take in, a batch of questions, a tiny test collection."""
    room = tmp_path_factory.mktemp("offline")
    source = room / "in"
    source.mkdir()
    (source / "nhan.txt").write_text(PLAN.format("nhãn", 45), "utf-8")
    (source / "vai.html").write_text(f"<html><body><p>{PLAN.format('vải', 50)}</p></body></html>", "utf-8")
    from docx import Document

    paper = Document()
    for line in PLAN.format("bưởi", 55).splitlines():
        paper.add_paragraph(line)
    paper.save(str(source / "buoi.docx"))
    if shutil.which("soffice"):
        (source / "cam.rtf").write_bytes(rb"{\rtf1\ansi KE HOACH\par 1. Den nam 2029, 45% vuon cam co ma so.\par}")
    ask = {"id": 1, "question": "Đến năm 2029 bao nhiêu phần trăm vườn vải có mã số?"}
    (room / "in.jsonl").write_text(json.dumps(ask) + "\n", "utf-8")
    texts = ["giấy phép lái xe", "thuế nhà đất", "bảo hiểm y tế", "khai sinh", "hộ chiếu", "căn cước"]
    corpus = [json.dumps({"id": str(i), "text": f"Quy định về {t} của công dân."}) for i, t in enumerate(texts)]
    (room / "c.jsonl").write_text("\n".join(corpus) + "\n", "utf-8")
    asked = [
        json.dumps({"qid": str(i), "question": f"{t} thế nào?", "relevant": [str(i)]}) for i, t in enumerate(texts)
    ]
    (room / "q.jsonl").write_text("\n".join(asked) + "\n", "utf-8")
    (room / "journeys.py").write_text(JOURNEYS, "utf-8")
    return room


def traced(log: Path) -> list[str]:
    """The words before a command that record its network calls and take its network away; none where neither is there."""
    strace = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", str(log)]
    wall = ["unshare", "--net", "sh", "-c", 'ip link set lo up 2>/dev/null || ifconfig lo up; exec "$@"', "sh"]
    words: list[str] = []
    for part in (wall, strace):
        if shutil.which(part[0]):
            probe = [*words, *part, sys.executable, "-c", "import socket; socket.create_server(('127.0.0.1', 0))"]
            if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
                words += part
    return words


@pytest.fixture(scope="module")
def seen(room, guard) -> dict:
    """What the journeys said, what the hook recorded, what the kernel saw."""
    record, log = room / "record", room / "trace"
    record.touch()
    words = traced(log)
    log.unlink(missing_ok=True)
    command = [*words, sys.executable, room / "journeys.py", room]
    environment = watched(guard, record, room)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    steps = [json.loads(line) for line in done.stderr.splitlines() if line.startswith('{"journey"')]
    calls = log.read_text("utf-8", "replace").splitlines() if "strace" in words else None
    return {"done": done, "steps": steps, "recorded": record.read_text("utf-8"), "calls": calls}


def test_every_journey_reaches_its_end(seen, room):
    assert seen["done"].returncode == 0, seen["done"].stderr[-2000:]
    failed = [step for step in seen["steps"] if step["status"]]
    assert failed == [], seen["done"].stderr[-2000:]
    assert len(seen["steps"]) >= 23
    assert "50%" in (room / "out.jsonl").read_text("utf-8")
    assert (room / "nhan.xlsx").read_bytes().startswith(b"PK")


def test_no_python_process_tries_to_leave_the_machine(seen):
    assert seen["recorded"] == ""


def test_no_process_at_all_tries_to_leave_the_machine(seen):
    if seen["calls"] is None:
        pytest.skip("strace is not on this machine, or may not trace here")
    named = [(line, found[1]) for line in seen["calls"] if (found := ADDRESS.search(line))]
    assert any(host.startswith("127.") for _, host in named), "the journeys ask a server on this machine"
    assert [line for line, host in named if not HERE.match(host)] == []


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket().connect(('192.0.2.1', 80))",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "import socket; socket.getaddrinfo('models.example.org', 443)",
        "import urllib.request as u; u.urlopen('https://models.example.org/')",
        "import httpx; httpx.get('http://models.example.org/')",
    ],
)
def test_the_hook_sees_who_tries(guard, tmp_path, attempt):
    record = tmp_path / "record"
    command = [sys.executable, "-c", attempt]
    done = subprocess.run(command, env=watched(guard, record, tmp_path), capture_output=True, timeout=120, check=False)
    assert done.returncode != 0
    assert record.is_file()


def test_the_trace_is_read_as_the_kernel_writes_it():
    lines = [
        '7 connect(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.0.2.1")}, 16) = -1 ENETUNREACH',
        '7 connect(3, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28)',
        '7 sendto(3, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.1")}, 16) = 1',
    ]
    hosts = [found[1] for line in lines if (found := ADDRESS.search(line))]
    assert hosts == ["192.0.2.1", "2001:db8::1", "10.0.0.1"]
    assert not any(HERE.match(host) for host in hosts)
    assert all(HERE.match(host) for host in ("127.0.0.1", "127.0.1.1", "::1", "::ffff:127.0.0.1", "::"))
