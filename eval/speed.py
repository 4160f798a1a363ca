"""How fast: start-up, reading, extraction, indexing, search, answers; absolute, and as ratios within one run.

Seconds differ from machine to machine; a ratio to a plain task on the same texts in the same run hardly does. So a
slow machine and a slow program can be told apart.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.document import Document, Frozen
from corpus.errors import InputError
from eval.stats import percentile

if TYPE_CHECKING:
    from assistant.workspace import Workspace

__all__ = ["Measure", "Speed", "run", "show"]

DIGESTS = Path(__file__).parent.parent / "corpus" / "digests"
LONG = 8
"""How many times over the texts are laid end to end to see whether memory grows with the length."""

Clock = Callable[[], float]

_HELP = "import sys; sys.argv = ['chitieu', '--help']; from assistant.cli import main; main()"
PASSAGES = 500
"""A smaller corpus is indexed several times over, so that the rate is not that of opening files."""

_WORD = re.compile(r"\w+")


class Measure(Frozen):
    """One number: `value` in `unit`, and `ratio` of it to the measure or plain task named by `against`."""

    name: str
    label: str
    value: float
    unit: str
    ratio: float | None = None
    against: str | None = None


class Speed(Frozen):
    """What was measured, on what texts and machine."""

    measures: tuple[Measure, ...]
    documents: int
    characters: int
    questions: int
    encoder: str
    machine: str

    def __getitem__(self, name: str) -> Measure:
        return next(m for m in self.measures if m.name == name)


def run(documents: Path | None = None, questions: Path | None = None, repeats: int = 5, limit: int = 60) -> Speed:
    """Measures on the files in `documents` (the bundled digests when not given), each thing `repeats` times.

    `questions` is JSONL with a "question" a line; without it, up to `limit` questions are made from the targets
    that are extracted. Everything happens in a temporary home. Rates of reading and extraction are in seconds of
    one core, latencies in seconds of the clock.

    Raises:
        InputError: if there is no readable document, or the questions cannot be read.
    """
    from assistant.targets import extract
    from corpus.load import load, walk

    folder = documents or DIGESTS
    read = [load(path) for path in walk([folder]) if path.name != "manifest.json"]
    if not read:
        raise InputError(f"{folder}: không có văn bản nào để đo; hãy chọn thư mục khác.")
    asked = list(_asked(questions) if questions else _made(read, limit))[:limit]
    measures = [*_startup(repeats), *_reading(read, repeats), *_extraction(read, extract, repeats)]
    with tempfile.TemporaryDirectory() as home:
        from assistant.workspace import Workspace

        room = Workspace(Path(home))
        measures += [*_indexing(room, folder, read), *_asking(room, asked, repeats)]
        name = room.encoder.name
        room.store.close()
    return Speed(
        measures=tuple(measures),
        documents=len(read),
        characters=sum(len(d.text) for d in read),
        questions=len(asked),
        encoder=name,
        machine=f"{platform.machine()}, {os.cpu_count()} lõi, Python {platform.python_version()}",
    )


def show(speed: Speed, as_json: bool = False) -> str:
    """The measures as a table; `as_json` adds a last line that programs read."""
    lines = [
        f"{speed.documents} văn bản, {speed.characters} ký tự, {speed.questions} câu hỏi; mô hình {speed.encoder}; "
        f"{speed.machine}",
        "",
        *(_line(measure) for measure in speed.measures),
    ]
    if as_json:
        lines.append(json.dumps(_plain(speed), ensure_ascii=False))
    return "\n".join(lines)


def _line(measure: Measure) -> str:
    ratio = f"   = {measure.ratio:.3g} × {measure.against}" if measure.ratio is not None else ""
    return f"{measure.label:42}{measure.value:>12.4g} {measure.unit:10}{ratio}".rstrip()


def _plain(speed: Speed) -> dict[str, Any]:
    numbers = {
        m.name: {"value": m.value, "unit": m.unit, "ratio": m.ratio, "against": m.against} for m in speed.measures
    }
    return {**numbers, **speed.model_dump(exclude={"measures"})}


def _startup(repeats: int) -> Iterator[Measure]:
    bare = _process("pass", repeats)
    yield Measure(name="python", label="Python trống khởi động", value=bare, unit="s")
    for name, label, code in (
        ("start_help", "chitieu --help", _HELP),
        ("start_extract", "Nạp bộ trích chỉ tiêu", "from assistant.targets import extract; extract"),
    ):
        took = _process(code, repeats)
        yield Measure(name=name, label=label, value=took, unit="s", ratio=took / bare, against="Python trống")


def _process(code: str, repeats: int) -> float:
    """Seconds that a new Python takes for `code`: the best of `repeats`, after one that fills the disk cache."""
    command = [sys.executable, "-c", code]

    def once() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    once()
    return _best(once, repeats)


def _reading(read: Sequence[Document], repeats: int) -> Iterator[Measure]:
    from corpus.load import document

    megabytes = _megabytes(read)
    plain = _rate(lambda: [sum(1 for _ in _WORD.finditer(d.text)) for d in read], megabytes, repeats)
    yield Measure(name="words", label="Đếm từ bằng biểu thức chính quy", value=plain, unit="MB/s")
    rate = _rate(lambda: [document(d.text, id=d.id) for d in read], megabytes, repeats)
    yield Measure(
        name="structure",
        label="Đọc cấu trúc, thông tin văn bản",
        value=rate,
        unit="MB/s",
        ratio=rate / plain,
        against="đếm từ",
    )


def _extraction(read: Sequence[Document], extract: Callable[[Document], list[Any]], repeats: int) -> Iterator[Measure]:
    megabytes = _megabytes(read)
    plain = _rate(lambda: [sum(1 for _ in _WORD.finditer(d.text)) for d in read], megabytes, repeats)
    rate = _rate(lambda: [extract(d) for d in read], megabytes, repeats)
    yield Measure(name="extract", label="Trích chỉ tiêu", value=rate, unit="MB/s", ratio=rate / plain, against="đếm từ")
    once, often = _laid(read, 1), _laid(read, LONG)
    rate_once = _rate(lambda: extract(once), _megabytes([once]), repeats)
    rate_often = _rate(lambda: extract(often), _megabytes([often]), repeats)
    yield Measure(
        name="extract_long",
        label=f"Trích một văn bản dài gấp {LONG}",
        value=rate_often,
        unit="MB/s",
        ratio=rate_often / rate_once,
        against="văn bản ngắn",
    )
    short, long = _memory(extract, once), _memory(extract, often)
    yield Measure(name="extract_memory", label="Bộ nhớ khi trích, mỗi ký tự", value=short, unit="byte")
    yield Measure(
        name="extract_memory_long",
        label=f"Bộ nhớ khi trích văn bản dài gấp {LONG}, mỗi ký tự",
        value=long,
        unit="byte",
        ratio=long / short,
        against="văn bản ngắn",
    )


def _laid(read: Sequence[Document], times: int) -> Document:
    from corpus.load import document

    return document("\n\n".join(d.text for d in read) * times, id="dai")


def _memory(extract: Callable[[Document], list[Any]], document: Document) -> float:
    """The most bytes held at once while targets are extracted, for each character of the text."""
    gc.collect()
    tracemalloc.start()
    try:
        extract(document)
        return tracemalloc.get_traced_memory()[1] / len(document.text)
    finally:
        tracemalloc.stop()


def _indexing(room: Workspace, folder: Path, read: Sequence[Document]) -> Iterator[Measure]:
    from indexer.build import build
    from indexer.passages import passages
    from indexer.words import words

    copies = max(1, PASSAGES // sum(len(passages(d)) for d in read))
    many = [d.model_copy(update={"id": f"{d.id}-{at}"}) for at in range(copies) for d in read]
    texts = [p.text for d in many for p in passages(d)]
    words(texts[0])
    room.encoder.passages(texts[:1])
    coded = len(texts) / _best(lambda: room.encoder.passages(texts), 1)
    yield Measure(name="encode", label="Tạo véc-tơ", value=coded, unit="đoạn/s")
    with tempfile.TemporaryDirectory() as other:
        rate = len(texts) / _best(lambda: build(Path(other), many, room.encoder), 1)
    yield Measure(
        name="index", label="Lập chỉ mục", value=rate, unit="đoạn/s", ratio=rate / coded, against="tạo véc-tơ"
    )
    took = _best(lambda: room.add([folder]), 1)
    yield Measure(name="add", label="Thêm văn bản (đọc, lưu, trích, lập chỉ mục)", value=len(read) / took, unit="tệp/s")


def _asking(room: Workspace, asked: Sequence[str], repeats: int) -> Iterator[Measure]:
    if not asked:
        return
    yield Measure(
        name="first_answer", label="Câu trả lời đầu tiên", value=1000 * _best(lambda: room.ask(asked[0]), 1), unit="ms"
    )
    coding = _latencies(lambda q: room.encoder.queries([q]), asked, repeats)
    plain = percentile(coding, 50)
    yield Measure(name="encode_query", label="Véc-tơ câu hỏi, p50", value=plain, unit="ms")
    searching = _latencies(room.search, asked, repeats)
    middle = percentile(searching, 50)
    yield from _percentiles("search", "Tìm kiếm", searching, plain, "véc-tơ câu hỏi")
    yield from _percentiles("ask", "Trả lời", _latencies(room.ask, asked, repeats), middle, "tìm kiếm, p50")


def _percentiles(name: str, label: str, took: Sequence[float], plain: float, against: str) -> Iterator[Measure]:
    for percent in (50, 95):
        value = percentile(took, percent)
        yield Measure(
            name=f"{name}_p{percent}",
            label=f"{label}, p{percent}",
            value=value,
            unit="ms",
            ratio=value / plain,
            against=against,
        )


def _latencies(work: Callable[[str], object], asked: Sequence[str], repeats: int) -> list[float]:
    """Milliseconds for each question, the best of `repeats` rounds."""
    work(asked[0])
    rounds = [[_timed(partial(work, question)) for question in asked] for _ in range(repeats)]
    return [1000 * min(times) for times in zip(*rounds, strict=True)]


def _best(work: Callable[[], object], repeats: int, clock: Clock = time.perf_counter) -> float:
    """The seconds of the fastest of `repeats` runs: what else the machine does only ever adds."""
    return min(_timed(work, clock) for _ in range(repeats))


def _timed(work: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    start = clock()
    work()
    return clock() - start


def _rate(work: Callable[[], object], megabytes: float, repeats: int) -> float:
    """Megabytes a second of one core's time, which other programs on the machine do not share."""
    return megabytes / max(_best(work, repeats, time.process_time), 1e-9)


def _megabytes(read: Iterable[Document]) -> float:
    return sum(len(d.text.encode()) for d in read) / 1e6


def _asked(path: Path) -> Iterator[str]:
    try:
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield json.loads(line)["question"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f'{path}: không đọc được câu hỏi, mỗi dòng phải là {{"question": ...}}.') from error


def _made(read: Sequence[Document], limit: int) -> Iterator[str]:
    """Questions about targets of the documents themselves, spread evenly over them."""
    from assistant.targets import extract

    indicators = [t.indicator for d in read for t in extract(d)]
    for at in range(0, len(indicators), max(1, len(indicators) // limit)):
        yield f"{indicators[at][:1].upper()}{indicators[at][1:]} phải đạt bao nhiêu?"
