"""How well the search finds the right articles: BM25 alone, vectors alone, and the search as shipped.

The corpus is indexed and searched by the code that serves users: each article is a document, cut into passages, and
found by the best of them.
"""

from __future__ import annotations

import gzip
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import numpy as np
from pydantic import BaseModel, Field, ValidationError

from corpus.canonical import canonicalise
from corpus.document import Document, Frozen
from corpus.errors import UnreadableFile
from eval.stats import Estimate, mean, percentile
from indexer.build import build
from indexer.embedding import Encoder, encoder
from indexer.fusion import TUNED
from indexer.generation import generations
from indexer.reranking import Reranking
from indexer.search import Index

__all__ = ["DEPTH", "PIPELINES", "Question", "Report", "evaluate", "questions", "show"]

DEPTH = 100
"""How many articles are ranked for each question."""

PIPELINES = {
    "bm25": replace(TUNED, dense=0.0, ranked=0),
    "dense": replace(TUNED, dense=1.0, number=0.0, provision=0.0, ranked=0),
    "default": TUNED,
}
_ACCURACY = (1, 3, 5, 10)
_RECALL = (10, 20, 100)


class _Article(BaseModel):
    id: str = Field(min_length=1)
    title: str | None = None
    text: str


class Question(BaseModel):
    """A question and the ids of the articles that answer it."""

    qid: str
    question: str
    relevant: list[str] = Field(min_length=1)


class Report(Frozen):
    """What was measured: for each pipeline the metrics, each averaged over the questions; speeds in units a second.

    `passages_per_second` counts all indexing: cutting, words, vectors, tables; where words and vectors of `copied`
    passages came from the cache, it says little. `milliseconds` are the 50th and 95th percentile of one question.
    `reranker` gives its name, depth and weight.
    """

    pipelines: dict[str, dict[str, Estimate]]
    encoder: str
    reranker: str | None = None
    articles: int
    passages: int
    copied: int
    questions: int
    unknown: int
    queries_per_second: float
    milliseconds: tuple[float, float]
    passages_per_second: float


def evaluate(
    corpus: Path, queries: Path, cache: Path | None = None, model: str | Encoder | None = None,
    limit: int | None = None, reranking: Reranking | None = None,
) -> Report:  # fmt: skip
    """Indexes `corpus`, asks all of `queries` (the first `limit`), and scores the rankings.

    `cache` keeps the index, so that words and vectors are computed once; `model` is the encoder to use in place of
    the bundled one. With `reranking` there is a fourth pipeline, `rerank`, and the speeds are its own.

    Raises:
        UnreadableFile: naming the line of either file that is not as it should be.
    """
    asked = list(islice(questions(queries), limit))
    if not asked:
        raise UnreadableFile(queries.name, "không có câu hỏi nào")
    used = (encoder(model) if model else encoder()) if not isinstance(model, Encoder) else model
    with _home(cache) as home:
        known = set(_keys(home))
        start = time.perf_counter()
        directory = build(home, documents(corpus), used, processes=os.cpu_count() or 1)
        index = Index(directory, used)
        built = time.perf_counter() - start
        copied = sum(key in known for key in _keys(home))
        tunings = PIPELINES | ({"rerank": replace(TUNED, reranking=reranking)} if reranking else {})
        runs = {name: Index(directory, used, tuning) for name, tuning in tunings.items()}
        rankings = {name: _ranked(run, asked) for name, run in runs.items()}
    seconds = rankings["rerank" if reranking else "default"][1]
    ids = set(index.sources.versions())
    return Report(
        pipelines={name: _measured(found, asked) for name, (found, _) in rankings.items()},
        encoder=used.name,
        reranker=f"{reranking.reranker.name}, {reranking.depth}, {reranking.weight:g}" if reranking else None,
        articles=len(ids),
        passages=len(index),
        copied=copied,
        questions=len(asked),
        unknown=sum(not ids.intersection(q.relevant) for q in asked),
        queries_per_second=len(asked) / sum(seconds),
        milliseconds=(1000 * percentile(seconds, 50), 1000 * percentile(seconds, 95)),
        passages_per_second=len(index) / built,
    )


def questions(path: Path) -> Iterator[Question]:
    """The questions in the lines of `path`."""
    for number, fields in _lines(path):
        yield _checked(Question, fields, path, number)


def show(report: Report, as_json: bool = False) -> str:
    """The report as a table; `as_json` adds a last line that programs read."""
    names = list(report.pipelines["default"])
    lines = [
        f"{report.articles} điều luật, {report.passages} đoạn, {report.questions} câu hỏi; mô hình {report.encoder}"
        + (f"; xếp lại {report.reranker}" if report.reranker else ""),
        "",
        f"{'':12}" + "".join(f"{name:>24}" for name in report.pipelines),
    ]
    for metric in names:
        cells = (f"{e.value:.3f} [{e.low:.3f}; {e.high:.3f}]" for e in (p[metric] for p in report.pipelines.values()))
        lines.append(f"{metric:12}" + "".join(f"{cell:>24}" for cell in cells))
    lines += [
        "",
        f"{report.queries_per_second:.1f} câu hỏi/giây (p50 {report.milliseconds[0]:.0f} ms, "
        f"p95 {report.milliseconds[1]:.0f} ms); lập chỉ mục {report.passages_per_second:.0f} đoạn/giây"
        + (f", {report.copied} đoạn lấy từ bộ đệm" if report.copied else ""),
    ]
    if report.unknown:
        lines.append(f"{report.unknown} câu hỏi không có điều luật đúng nào trong kho")
    if as_json:
        lines.append(json.dumps(_plain(report), ensure_ascii=False))
    return "\n".join(lines)


def _plain(report: Report) -> dict[str, Any]:
    scores = {
        name: {m: round(e.value, 4) for m, e in found.items()}
        | {"interval": {m: [round(e.low, 4), round(e.high, 4)] for m, e in found.items()}}
        for name, found in report.pipelines.items()
    }
    kept = {"encoder", "reranker", "articles", "passages", "copied", "questions", "unknown", "queries_per_second"}
    rest = report.model_dump(include=kept | {"milliseconds", "passages_per_second"})
    return {**scores, **rest}


def _ranked(index: Index, asked: list[Question]) -> tuple[list[list[str]], list[float]]:
    """For each question the ids of the best articles, and the seconds that it took."""
    index.search("làm nóng", 1)
    found, seconds = [], []
    for question in asked:
        start = time.perf_counter()
        hits = index.search(question.question, DEPTH, per_document=1)
        seconds.append(time.perf_counter() - start)
        found.append([hit.passage.document for hit in hits])
    return found, seconds


def _measured(rankings: list[list[str]], asked: list[Question]) -> dict[str, Estimate]:
    each = [_scored(ranking, set(q.relevant)) for ranking, q in zip(rankings, asked, strict=True)]
    return {metric: mean([scores[metric] for scores in each]) for metric in each[0]}


def _scored(ranking: list[str], relevant: set[str]) -> dict[str, float]:
    """The metrics of one ranking.

    Accuracy asks for one right article among the first k, recall for all of them; the reciprocal rank and the
    discounted gain (binary, log2) look at the first ten.
    """
    right = [article in relevant for article in ranking]
    first = next((1 / rank for rank, hit in enumerate(right[:10], start=1) if hit), 0.0)
    gain = sum(1 / log2(rank + 1) for rank, hit in enumerate(right[:10], start=1) if hit)
    best = sum(1 / log2(rank + 1) for rank in range(1, min(10, len(relevant)) + 1))
    return {
        **{f"acc@{k}": float(any(right[:k])) for k in _ACCURACY},
        **{f"recall@{k}": sum(right[:k]) / len(relevant) for k in _RECALL},
        "mrr@10": first,
        "ndcg@10": gain / best,
    }


def documents(path: Path) -> Iterator[Document]:
    """The articles in the lines of `path`, each a document."""
    for number, fields in _lines(path):
        article = _checked(_Article, fields, path, number)
        text, _ = canonicalise(article.text)
        title = canonicalise(article.title)[0] if article.title else None
        yield Document(id=article.id, title=title, text=text, sha256=sha256(text.encode()).hexdigest())


def _lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The numbered JSON lines of a file, which may be gzipped."""
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, json.loads(line)
    except json.JSONDecodeError as error:
        raise UnreadableFile(path.name, f"dòng {number} không phải JSON: {error.msg}") from error
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UnreadableFile(path.name, f"không đọc được: {error}") from error


M = TypeVar("M", bound=BaseModel)


def _checked(model: type[M], fields: Any, path: Path, number: int) -> M:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        wrong = ", ".join(".".join(map(str, e["loc"])) or "dòng" for e in error.errors())
        raise UnreadableFile(path.name, f"dòng {number} thiếu hoặc sai: {wrong}") from error


def _keys(home: Path) -> list[bytes]:
    """The keys of the passages that the newest index in `home` holds."""
    newest = generations(home)[-1:]
    return [key.tobytes() for made in newest for key in np.load(made / "keys.npy")]


@contextmanager
def _home(cache: Path | None) -> Iterator[Path]:
    if cache:
        cache.mkdir(parents=True, exist_ok=True)
        yield cache
        return
    with TemporaryDirectory(prefix="chitieu-") as made:
        yield Path(made)
