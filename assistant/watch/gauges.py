"""How things stand now: index, store, disk, models, audit; looked up when somebody scrapes."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.document import Frozen

if TYPE_CHECKING:
    from assistant.watch.metrics import Metrics
    from indexer.searching import Indexes

__all__ = ["Disk", "Generation", "Standing", "disk_of", "generation_of", "memory", "store_answers"]

_LOW = 500 * 1024 * 1024
"""Bytes of free disk under which an index can no longer be built; the same limit as that of `chitieu doctor`."""


class Generation(Frozen):
    """The index generation that serves: when it was made (ISO 8601, UTC), its age in seconds, what it holds."""

    name: str
    hash: str
    made_at: str
    age_seconds: int
    documents: int
    passages: int
    encoder: str


class Disk(Frozen):
    """The disk of the home, in bytes; `low` when a new index might not fit."""

    free_bytes: int
    total_bytes: int
    low: bool


def generation_of(home: Path, now: float | None = None) -> Generation | None:
    """The generation that serves, None where there is none or it cannot be read."""
    from assistant.settings import Settings
    from corpus.database import clustered
    from corpus.errors import ChitieuError, IndexDamaged
    from indexer.generation import Manifest, current

    try:
        url = Settings.load(home).url(home)
        if clustered(url):
            return _in_database(home, url, now)
    except ChitieuError:
        return None
    try:
        directory = current(home)
        if directory is None:
            return None
        content = (directory / "manifest.json").read_bytes()
        made, manifest = (directory / "manifest.json").stat().st_mtime, Manifest.read(directory)
    except (IndexDamaged, OSError):
        return None
    return Generation(
        name=directory.name,
        hash=hashlib.sha256(content).hexdigest()[:12],
        made_at=datetime.fromtimestamp(made).astimezone().isoformat(timespec="seconds"),
        age_seconds=max(0, int((now or time.time()) - made)),
        documents=manifest.documents,
        passages=manifest.passages,
        encoder=manifest.encoder,
    )


def _in_database(home: Path, url: str, now: float | None) -> Generation | None:
    indexes = _indexes(home, url)
    name = indexes.current()
    if name is None:
        return None
    held = indexes.held(name)
    age = (now or time.time()) - datetime.fromisoformat(held.made_at).timestamp()
    state = (indexes.state(name) or "")[:12]
    return Generation(name=name, hash=state, age_seconds=max(0, int(age)), **held.model_dump())


@lru_cache(maxsize=4)
def _indexes(home: Path, url: str) -> Indexes:
    """Kept, since connections are dear and this is asked every few seconds."""
    from indexer.searching import indexes

    return indexes(home, url)


def disk_of(home: Path) -> Disk | None:
    """The disk that `home` lies on, or would."""
    try:
        usage = shutil.disk_usage(next(p for p in (home, *home.parents) if p.exists()))
    except OSError:
        return None
    return Disk(free_bytes=usage.free, total_bytes=usage.total, low=usage.free < _LOW)


def store_answers(desk: Any) -> bool:
    """Whether the store answers; without a store of its own the desk is asked for its documents."""
    try:
        store = getattr(desk, "store", None)
        if store is None or not hasattr(store, "reading"):
            desk.documents()
            return True
        from sqlalchemy import text

        with store.reading() as connection:
            connection.execute(text("SELECT 1"))
        return True
    except Exception:
        return False


def memory() -> int:
    """Resident bytes of this process, 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


class Standing:
    """A collector of one scrape over the home of a service."""

    def __init__(self, home: Path, desk: Any, version: str, phraser: str | None, ready: bool) -> None:
        self._home, self._desk, self._version = home, desk, version
        self._phraser, self._ready = phraser, ready

    def collect(self) -> Iterator[Any]:
        """The metrics, each with one sample."""
        from prometheus_client.core import GaugeMetricFamily as Gauge

        python = platform.python_version()
        yield _labelled("chitieu_build_info", "What runs.", {"version": self._version, "python": python})
        yield Gauge("chitieu_ready", "1 where the last check of /readyz found nothing missing.", float(self._ready))
        answers = float(store_answers(self._desk))
        yield Gauge("chitieu_store_up", "1 where the store answers.", answers)
        generation = generation_of(self._home)
        named = {"generation": generation.hash if generation else "", "name": generation.name if generation else ""}
        yield _labelled("chitieu_index_info", "The index generation that serves.", named, float(bool(generation)))
        if generation:
            held = generation.documents, generation.passages
            yield Gauge("chitieu_index_age_seconds", "Since the generation was made.", generation.age_seconds)
            yield Gauge("chitieu_index_documents", "Documents that the generation holds.", held[0])
            yield Gauge("chitieu_index_passages", "Passages that the generation holds.", held[1])
        models = {"encoder": generation.encoder if generation else "", "phraser": self._phraser or ""}
        yield _labelled("chitieu_model_info", "The models that search and phrase.", models)
        disk = disk_of(self._home)
        if disk:
            yield Gauge("chitieu_disk_free_bytes", "Free on the disk of the home.", disk.free_bytes)
            yield Gauge("chitieu_disk_total_bytes", "Size of the disk of the home.", disk.total_bytes)
        yield from self._audit()

    def _audit(self) -> Iterator[Any]:
        from prometheus_client.core import GaugeMetricFamily as Gauge

        from assistant.watch.ledger import Ledger

        last = Ledger(self._home).last()
        yield Gauge(
            "chitieu_audit_records", "Number of the newest audit record; it must never fall.", last.n if last else 0
        )


def refresh(metrics: Metrics, limiters: Sequence[Any]) -> None:
    """Sets the gauges of this process; `limiters` are those of its worker threads, none before the service starts."""
    metrics.memory.set(memory())
    if limiters:
        metrics.threads_busy.set(sum(one.borrowed_tokens for one in limiters))
        metrics.threads_limit.set(sum(one.total_tokens for one in limiters))
        metrics.threads_waiting.set(sum(one.statistics().tasks_waiting for one in limiters))


def _labelled(name: str, meaning: str, labels: dict[str, str], value: float = 1.0) -> Any:
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily(name, meaning, labels=list(labels))
    family.add_metric(list(labels.values()), value)
    return family
