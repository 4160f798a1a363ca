"""How the search grows: vectors and tables of more and more passages, their size, build time, memory, speed and recall.

Sizes beyond the corpus are made by resampling: a vector drawn from the real ones, with Gaussian noise of a fifth of its
length, so that it has the neighbours of its kind; a passage drawn from the real ones, one word in ten left out.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from corpus.document import Frozen
from corpus.errors import InputError
from eval.stats import percentile
from indexer import dense
from indexer.build import current
from indexer.embedding import encoder
from indexer.files import load, mapped
from indexer.fusion import TUNED
from indexer.generation import Manifest
from indexer.lexical import Lexical
from indexer.tables import Entry, Tables

__all__ = ["SIZES", "Row", "run", "show"]

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
_NOISE = 0.2
_BLOCK = 50_000
_DROPPED = 10

Vectors = npt.NDArray[np.float32]


class Row(Frozen):
    """What one size took: seconds of processor time, bytes on disk and in memory, milliseconds a question.

    `recall` is the share of the 10 and of the 100 nearest vectors that are found; the tables are exact.
    """

    part: str
    passages: int
    build_s: float
    disk_mb: float
    memory_mb: float
    milliseconds: tuple[float, float]
    recall: tuple[float, float] | None = None


def run(cache: Path, queries: Path, sizes: Sequence[int] = SIZES, tables: int = 100_000, limit: int = 200) -> list[Row]:
    """One row for each of `sizes` of vectors and, up to `tables` passages, of tables; the same questions each time.

    `cache` is the folder that `chitieu eval retrieval --cache` filled.

    Raises:
        InputError: nothing is there.
    """
    generation = current(cache)
    if generation is None:
        raise InputError(f"{cache}: chưa có chỉ mục; chạy trước: chitieu eval retrieval --cache {cache} ...")
    asked = [json.loads(line)["question"] for line in queries.read_text("utf-8").splitlines() if line.strip()][:limit]
    made = Manifest.read(generation)
    real = dense.stored(generation, made.dimension)
    vectors = encoder(made.encoder, made.query_prefix, made.passage_prefix).queries(asked)
    rows = []
    for size in sizes:
        with TemporaryDirectory(dir=cache) as folder:
            rows.append(_dense(Path(folder), real, size, vectors))
        if size <= tables:
            with TemporaryDirectory(dir=cache) as folder:
                rows.append(_tables(Path(folder), generation, size, asked))
    return rows


def show(rows: Sequence[Row], as_json: bool = False) -> str:
    """The rows as a table; `as_json` adds a last line that programs read."""
    heads = ("phần", "đoạn", "lập, s CPU", "đĩa, MB", "bộ nhớ, MB", "p50, ms", "p95, ms", "recall@10", "recall@100")
    lines = ["".join(f"{head:>13}" for head in heads)]
    for row in rows:
        figures = (row.build_s, row.disk_mb, row.memory_mb, *row.milliseconds)
        cells = [row.part, f"{row.passages}", *(f"{f:.1f}" for f in figures), *(f"{r:.4f}" for r in row.recall or ())]
        lines.append("".join(f"{cell:>13}" for cell in cells))
    if as_json:
        lines.append(json.dumps([row.model_dump() for row in rows], ensure_ascii=False))
    return "\n".join(lines)


def _dense(folder: Path, real: npt.NDArray[np.float16], size: int, asked: Vectors) -> Row:
    with (folder / dense.VECTORS).open("wb") as file:
        for block in _resampled(real, size):
            file.write(dense.encode(block))
    before, start = _resident(), time.process_time()
    dense.index(folder, real.shape[1])
    built = time.process_time() - start
    found = dense.Dense(folder, real.shape[1])
    found.nearest(asked[0], 100)
    held = _resident() - before
    times, places = [], []
    for query in asked:
        start = time.process_time()
        places.append(found.nearest(query, 100)[0])
        times.append(1000 * (time.process_time() - start))
    right = _exact(folder, real.shape[1], asked)
    recall = [
        float(np.mean([len({*p[:k]} & {*r[:k]}) / k for p, r in zip(places, right, strict=True)])) for k in (10, 100)
    ]
    return Row(
        part="véc-tơ",
        passages=size,
        build_s=built,
        disk_mb=_megabytes(folder),
        memory_mb=held,
        milliseconds=(percentile(times, 50), percentile(times, 95)),
        recall=(recall[0], recall[1]),
    )


def _tables(folder: Path, generation: Path, size: int, asked: Sequence[str]) -> Row:
    before, start = _resident(), time.process_time()
    tables = Tables(folder, TUNED.lexical)
    for context, text in _entries(generation, size):
        tables.add(context, text)
    tables.close()
    built = time.process_time() - start
    held = _resident() - before
    found = Lexical(folder, size, TUNED.lexical)
    found.scores(asked[0])
    times = []
    for question in asked:
        start = time.process_time()
        found.scores(question)
        times.append(1000 * (time.process_time() - start))
    return Row(
        part="bảng từ",
        passages=size,
        build_s=built,
        disk_mb=_megabytes(folder),
        memory_mb=held,
        milliseconds=(percentile(times, 50), percentile(times, 95)),
    )


def _resampled(real: npt.NDArray[np.float16], size: int) -> Iterator[Vectors]:
    """`size` vectors in blocks: the real ones first, then drawn ones with noise."""
    chance = np.random.default_rng(20261121)
    for at in range(0, size, _BLOCK):
        count = min(_BLOCK, size - at)
        own = real[at : at + count].astype(np.float32)
        drawn = real[np.sort(chance.integers(0, len(real), count - len(own)))].astype(np.float32)
        noise = chance.standard_normal(drawn.shape).astype(np.float32) * np.float32(_NOISE / real.shape[1] ** 0.5)
        block = np.concatenate([own, drawn + noise])
        yield block / np.maximum(np.linalg.norm(block, axis=1, keepdims=True), 1e-6)


def _exact(folder: Path, width: int, asked: Vectors) -> npt.NDArray[np.int64]:
    """The places of the 100 nearest vectors to each question, all compared."""
    stored = dense.stored(folder, width)
    best = np.full((len(asked), 100), -2, np.float32)
    places = np.zeros((len(asked), 100), np.int64)
    for at in range(0, len(stored), _BLOCK):
        block = stored[at : at + _BLOCK].astype(np.float32)
        cosines = np.concatenate([best, asked @ block.T], axis=1)
        names = np.concatenate(
            [places, np.broadcast_to(np.arange(at, at + len(block)), (len(asked), len(block)))], axis=1
        )
        top = np.argpartition(-cosines, 99, axis=1)[:, :100]
        best, places = np.take_along_axis(cosines, top, 1), np.take_along_axis(names, top, 1)
    return np.take_along_axis(places, np.argsort(-best, axis=1), 1)


def _entries(generation: Path, size: int) -> Iterator[tuple[Entry, Entry]]:
    """Headings and texts of `size` passages with their words: the real ones first, then drawn ones, thinned out."""
    chance = np.random.default_rng(20261121)
    offsets = load(generation / "offsets.npy")
    texts = mapped(generation / "passages.jsonl")
    lines = (generation / "words.txt").read_bytes().split(b"\n")
    for at in range(size):
        place = at if at < len(lines) else int(chance.integers(len(lines)))
        passage = json.loads(texts[offsets[place] : offsets[place + 1]].tobytes())
        context, words = (half.split() for half in lines[place].decode().split("\t"))
        text = passage["text"]
        if at >= len(lines):
            text = " ".join(w for i, w in enumerate(text.split()) if (i + at) % _DROPPED)
            words = [w for i, w in enumerate(words) if (i + at) % _DROPPED]
        yield Entry(passage.get("context", ""), context), Entry(text, words)


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6


def _resident() -> float:
    """Megabytes of this process that no file stands behind."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1000
