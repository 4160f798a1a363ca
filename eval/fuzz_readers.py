"""Mutated files thrown at every reader: `python -m eval.fuzz_readers --files DIR --inputs 10000`.

Each input is a real or made file with a few mutations, told by its number and the seed alone, so that any finding
can be made again. Readers run here without their sandbox's mercy: whatever is neither a reading nor a refusal in one
line counts as a fault, a dead process as a crash, and slow inputs are listed.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["main", "mutated", "tried"]

BATCH = 200
SLOW = 20.0
"""Seconds after which an input is listed as slow."""
_MAX_SEED_BYTES = 1_500_000
_TOKENS = (
    b"<table>", b"</td>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&#xD800;", b"\x00", b"\xff\xfe", b"%PDF-1.7",
    b"PK\x03\x04", b"<w:tbl><w:tr><w:tc>", b'w:val="999999999"', b"colspan=99999", b"/Kids[3 0 R 3 0 R]", b"endobj",
    b"{\\rtf1",     b"charset=utf-7", "ế".encode(), b"-1", b"1e309", b"\n" * 50, b"(" * 200,
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """`data` with one to eight mutations; members of a zip package are mutated inside it as often as outside."""
    if data[:2] == b"PK" and chance.random() < 0.6:
        return _repacked(data, chance)
    for _ in range(chance.randint(1, 8)):
        data = chance.choice(_MUTATIONS)(data, chance)
    return data


def _flip(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 4, 64)) if out else 0):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _drop(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice((1, 16, 512, 8192)) :]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start : start + chance.choice((4, 64, 1024))] * chance.choice((2, 8, 50)) + data[start:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + chance.choice(_TOKENS) + data[start:]


def _swap_number(data: bytes, chance: random.Random) -> bytes:
    digits = [i for i in range(0, len(data), max(1, len(data) // 4000)) if data[i : i + 1].isdigit()]
    if not digits:
        return _flip(data, chance)
    at = chance.choice(digits)
    return data[:at] + chance.choice((b"0", b"-1", b"65536", b"4294967296", b"99999999999999999999")) + data[at + 1 :]


_MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip,
    _flip,
    _cut,
    _drop,
    _repeat,
    _insert,
    _swap_number,
)


def _repacked(data: bytes, chance: random.Random) -> bytes:
    """A zip package with one of its members mutated and packed again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()[:200]}
    except Exception:
        return _flip(data, chance)
    likely = [n for n in members if n.endswith((".xml", ".rels"))] or list(members)
    if likely:
        name = chance.choice(likely)
        for _ in range(chance.randint(1, 4)):
            members[name] = chance.choice(_MUTATIONS)(members[name], chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tried(path: Path) -> str:
    """What reading the file at `path` without a sandbox comes to: "read", "refused" or the name of a fault."""
    import importlib

    from corpus.errors import MissingPart, UnreadableFile
    from corpus.readers.kind import Kind, kind_of
    from corpus.readers.router import read

    apart = {Kind.PDF: "pdf", Kind.DOCX: "docx", Kind.XLSX: "xlsx", Kind.MHT: "mht"}
    try:
        kind = kind_of(path)
        if kind in (Kind.DOC, Kind.RTF, Kind.ODT, Kind.IMAGE):
            return "refused"
        text = (
            (importlib.import_module(f"corpus.readers.{apart[kind]}") if kind in apart else _Here(read)).read(path).text
        )
        text.encode("utf-8", "strict" if kind not in apart else "replace")
    except (UnreadableFile, MissingPart) as error:
        return "refused" if "\n" not in str(error) else "refused in two lines"
    except (MemoryError, RecursionError) as error:
        return f"limit: {type(error).__name__}"
    except Exception as error:
        return f"fault: {type(error).__name__}: {str(error)[:80]}"
    return "read"


class _Here:
    def __init__(self, read: Callable[[Path], Any]) -> None:
        self.read = read


def _batch(seeds: list[Path], seed: int, numbers: range, report: Any) -> None:
    """One child's work: each number's input made, tried and reported as a line of JSON."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "input.bin"
        for number in numbers:
            chance = random.Random(f"{seed}:{number}")
            source = chance.choice(seeds)
            path.write_bytes(mutated(source.read_bytes(), chance))
            report.write(json.dumps({"number": number, "source": source.name}) + "\n")
            report.flush()
            signal.alarm(60)
            start = time.monotonic()
            outcome = tried(path)
            signal.alarm(0)
            report.write(json.dumps({"outcome": outcome, "seconds": round(time.monotonic() - start, 2)}) + "\n")
            report.flush()


def _run(seeds: list[Path], seed: int, numbers: range) -> list[dict[str, Any]]:
    """The outcomes of `numbers`, from children that are started anew after each crash."""
    done: list[dict[str, Any]] = []
    at = numbers.start
    while at < numbers.stop:
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.close(reader)
            with os.fdopen(writer, "w") as report:
                _batch(seeds, seed, range(at, numbers.stop), report)
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as report:
            lines = [json.loads(line) for line in report]
        _, status = os.waitpid(child, 0)
        for begun, ended in zip(lines[::2], lines[1::2], strict=False):
            done.append(begun | ended)
        at += len(lines) // 2
        if len(lines) % 2:
            name = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else f"exit {status}"
            done.append(lines[-1] | {"outcome": f"crash: {name}", "seconds": 0.0})
            at += 1
        elif not lines:
            raise SystemExit("the children die before they begin")
    return done


def main() -> None:
    """Runs the campaign and prints what came of it, by kind of outcome and by file; exits 1 on any fault or crash."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=Path, action="append", required=True, help="folders of files to mutate")
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    seeds = sorted(
        p for folder in given.files for p in folder.rglob("*") if p.is_file() and p.stat().st_size < _MAX_SEED_BYTES
    )
    counts: Counter[str] = Counter()
    odd: list[dict[str, Any]] = []
    for start in range(given.first, given.first + given.inputs, BATCH):
        stop = min(start + BATCH, given.first + given.inputs)
        for result in _run(seeds, given.seed, range(start, stop)):
            counts[result["outcome"].split(":")[0]] += 1
            if result["outcome"] not in ("read", "refused") or result["seconds"] > SLOW:
                odd.append(result)
                print(json.dumps(result), file=sys.stderr)  # noqa: T201
        print(f"{stop - given.first} inputs: {dict(counts)}", file=sys.stderr)  # noqa: T201
    print(json.dumps({"inputs": sum(counts.values()), "outcomes": dict(counts), "odd": odd[:50]}, ensure_ascii=False))  # noqa: T201
    if any(key.startswith(("fault", "crash", "refused in")) for key in counts):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
