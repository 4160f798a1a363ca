"""Parsing of untrusted files in a child process with limits of time, memory and output; the parent always lives.

The child is `python -m corpus.sandbox`: it reads one request (JSON) from standard input, limits itself, imports
only the reader that it needs, and writes one header line (JSON) and the text to standard output.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from corpus.errors import MissingPart, UnreadableFile
from corpus.reading import Reading

__all__ = ["LIMITS", "Limits", "read_apart"]

GRACE = 5.0
"""Seconds beyond its limit after which a child that only waits is ended."""
_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Limits:
    """What one parse may use: wall and processor `seconds`, `memory` and `output` in bytes."""

    seconds: int = 120
    memory: int = 3 << 30
    output: int = 96 << 20


LIMITS = Limits()


def read_apart(reader: str, path: Path, limits: Limits = LIMITS, **options: Any) -> Reading:
    """What `corpus.readers.<reader>.read(path, **options)` gives, run in a child process within `limits`.

    Raises:
        UnreadableFile: the reader refused the file, broke on it, or went past a limit.
        MissingPart: the reader needs a program that is not installed.
    """
    request = {"reader": reader, "path": str(path), "limits": asdict(limits), "options": options}
    with tempfile.TemporaryFile() as output:
        status = _child(json.dumps(request).encode(), output, limits)
        if status:
            raise UnreadableFile(path.name, _fate(status, limits))
        output.seek(0)
        return _answer(output, path.name)


def _child(request: bytes, output: BinaryIO, limits: Limits) -> int:
    """Runs the child; its exit status, negative for the signal that ended it."""
    keep = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "SYSTEMROOT")
    variables = {name: os.environ[name] for name in keep if name in os.environ}
    variables |= {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "OMP_THREAD_LIMIT": "1"}
    variables |= {"OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "corpus.sandbox"],
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=subprocess.DEVNULL,
        env=variables,
        start_new_session=True,
    )
    try:
        process.communicate(request, timeout=limits.seconds + GRACE)
    except subprocess.TimeoutExpired:
        return -signal.SIGXCPU
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return process.returncode


def _fate(status: int, limits: Limits) -> str:
    """Why the child ended without an answer, for the person who added the file."""
    if status == -signal.SIGXCPU:
        return f"đọc quá {limits.seconds} giây chưa xong, đã dừng; hãy chia nhỏ tệp"
    if status in (-signal.SIGXFSZ, _Exit.OUTPUT):
        return f"nội dung bung ra quá {limits.output >> 20} MB, đã dừng; hãy chia nhỏ tệp"
    if status == _Exit.MEMORY:
        return f"đọc cần quá {limits.memory >> 20} MB bộ nhớ, đã dừng; hãy chia nhỏ tệp"
    return "bộ đọc dừng đột ngột; tệp bị hỏng hoặc được làm ra để phá"


def _answer(output: BinaryIO, name: str) -> Reading:
    try:
        header = json.loads(output.readline())
        text = output.read().decode("utf-8", "replace")
    except ValueError:
        raise UnreadableFile(name, "bộ đọc trả về kết quả hỏng") from None
    if "missing" in header:
        raise MissingPart(header["missing"])
    if "reason" in header:
        raise UnreadableFile(name, header["reason"])
    return Reading(text, header["media"], tuple(header["notes"]), tuple(header["unread"]))


class _Exit:
    """Exit statuses of the child beside 0."""

    MEMORY = 71
    OUTPUT = 72


def _main() -> None:
    """The child: one request in, one answer out."""
    request = json.loads(sys.stdin.buffer.read())
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limits = Limits(**request["limits"])
    _confine(limits)
    path = Path(request["path"])
    try:
        header, text = _parse(request["reader"], path, request["options"])
        data = text.encode("utf-8", "replace")
        if len(data) > limits.output - 4096:
            os._exit(_Exit.OUTPUT)
        answer.write(json.dumps(header).encode() + b"\n" + data)
        answer.flush()
    except MemoryError:
        os._exit(_Exit.MEMORY)
    os._exit(0)


def _parse(reader: str, path: Path, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
    import importlib

    try:
        reading = importlib.import_module(f"corpus.readers.{reader}").read(path, **options)
    except UnreadableFile as error:
        return {"reason": error.reason}, ""
    except MissingPart as error:
        return {"missing": str(error)}, ""
    except MemoryError:
        raise
    except RecursionError:
        return {"reason": "nội dung lồng nhau quá sâu; tệp bị hỏng hoặc được làm ra để phá"}, ""
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.EFBIG:
            os._exit(_Exit.OUTPUT)
        return {"reason": f"tệp bị hỏng, không đọc được nội dung ({type(error).__name__})"}, ""
    header = {"media": str(reading.media), "notes": list(reading.notes), "unread": list(reading.unread)}
    return header, reading.text


def _confine(limits: Limits) -> None:
    """Sets the limits of this process; where the system knows none, the parent's clock still holds."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: limits.seconds,
        resource.RLIMIT_FSIZE: limits.output,
        resource.RLIMIT_CORE: 0,
    }
    for kind, amount in wanted.items():
        _, hard = resource.getrlimit(kind)
        most = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, hard if kind == resource.RLIMIT_CPU else most))
    _die_with_parent()


def _die_with_parent() -> None:
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(1, signal.SIGKILL)


if __name__ == "__main__":
    _main()
