"""What is counted and timed, for Prometheus: names, labels, and how a finished request goes into them.

No label holds a word of a question, a document's name or an address: routes are templates, the rest comes from lists.
With several worker processes `share` comes first, before the first `Metrics` of the process is made; each scrape then
adds up what all workers counted.
"""

from __future__ import annotations

import os
import re
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.watch.call import Call

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

__all__ = ["SHARED", "Metrics", "share"]

SHARED = "PROMETHEUS_MULTIPROC_DIR"
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TIMES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0, 10.0, 30.0, 60.0)
_STAGE_TIMES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 20.0)


class Metrics:
    """The counters of one application; safe for many threads."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        counter, histogram = partial(Counter, registry=self.registry), partial(Histogram, registry=self.registry)
        gauge = partial(Gauge, registry=self.registry)
        self._requests = counter(
            "chitieu_requests_total", "Requests that ended, by template of the route.", ("method", "route", "status")
        )
        self._seconds = histogram(
            "chitieu_request_seconds",
            "From the first byte of a request to the last of its response.",
            ("method", "route"),
            buckets=_TIMES,
        )
        self._running = gauge(
            "chitieu_requests_in_progress", "Requests that have not ended.", multiprocess_mode="livesum"
        )
        self._answers = counter(
            "chitieu_answers_total",
            "Questions, by kind, whether they were declined, and why.",
            ("kind", "abstained", "reason"),
        )
        self._phrased = counter("chitieu_phrased_answers_total", "Answers given in the words of the language model.")
        self._stages = histogram(
            "chitieu_stage_seconds", "Time of a request in one stage.", ("stage",), buckets=_STAGE_TIMES
        )
        self._uploads = counter("chitieu_uploads_total", "Files that were sent in.", ("outcome",))
        self._upload_bytes = counter("chitieu_upload_bytes_total", "Size of the files that were sent in.")
        self._taken = counter("chitieu_documents_taken_in_total", "Documents added on /admin.", ("outcome",))
        self._refused = counter("chitieu_refused_total", "Requests turned away before their route.", ("cause",))
        self._unrecorded = counter("chitieu_audit_failures_total", "Audit records that could not be written.")
        self.memory = gauge("chitieu_memory_bytes", "Resident memory of a worker.", multiprocess_mode="liveall")
        self.threads_busy = gauge(
            "chitieu_threads_busy", "Worker threads that serve a request.", multiprocess_mode="livesum"
        )
        self.threads_limit = gauge("chitieu_threads_limit", "Worker threads there may be.", multiprocess_mode="livesum")
        self.threads_waiting = gauge(
            "chitieu_threads_waiting", "Requests that wait for a thread.", multiprocess_mode="livesum"
        )

        for outcome in ("read", "failed"):
            self._uploads.labels(outcome)
        for outcome in ("added", "unchanged", "failed"):
            self._taken.labels(outcome)

    def begun(self) -> None:
        """A request came in."""
        self._running.inc()

    def ended(self, call: Call, method: str, route: str, status: int, seconds: float) -> None:
        """A request ended with `status` after `seconds`."""
        method = method if method in _METHODS else "OTHER"
        self._running.dec()
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)
        for name, spent in dict(call.stages).items():
            self._stages.labels(name).observe(spent)
        if call.answered is not None:
            abstained = "false" if call.answered else "true"
            self._answers.labels(_word(call.kind) or "unknown", abstained, _word(call.reason) or "none").inc()
            if call.phrased:
                self._phrased.inc()
        for size in call.uploads:
            self._uploads.labels("read" if status < 400 else "failed").inc()
            self._upload_bytes.inc(size)
        if call.unrecorded:
            self._unrecorded.inc(call.unrecorded)
        for cause in call.refusals or _causes(status):
            self._refused.labels(_word(cause) or "other").inc()

    def took_in(self, added: int = 0, unchanged: int = 0, failed: int = 0) -> None:
        """Documents went in, or did not."""
        for outcome, count in (("added", added), ("unchanged", unchanged), ("failed", failed)):
            if count:
                self._taken.labels(outcome).inc(count)

    def exposed(self, *more: Any) -> tuple[bytes, str]:
        """All of it in the text format of Prometheus, with its media type; `more` are collectors of this scrape."""
        from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

        shown: CollectorRegistry = CollectorRegistry()
        if os.environ.get(SHARED):
            from prometheus_client.multiprocess import MultiProcessCollector

            _bury(Path(os.environ[SHARED]))
            MultiProcessCollector(shown)  # type: ignore[no-untyped-call]
        else:
            shown.register(_Whole(self.registry))
        for collector in more:
            shown.register(collector)
        return generate_latest(shown), CONTENT_TYPE_LATEST


class _Whole:
    """A registry as a collector of another one."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

    def collect(self) -> Any:
        return self._registry.collect()


def share(folder: Path | None = None) -> Path:
    """Lets all worker processes that this one starts count together, in files in `folder`, a new one by default.

    Must come before the workers and before anything imports `prometheus_client`, which looks for the folder only then.
    """
    made = folder or Path(tempfile.mkdtemp(prefix="chitieu-metrics-"))
    made.mkdir(parents=True, exist_ok=True)
    for left in made.glob("*.db"):
        left.unlink()
    os.environ[SHARED] = str(made)
    return made


def _bury(folder: Path) -> None:
    """Drops the gauges of workers that are no more; what they counted stays."""
    from prometheus_client.multiprocess import mark_process_dead

    pids = {int(path.stem.rpartition("_")[2]) for path in folder.glob("gauge_live*_*.db")}
    for pid in pids:
        if not Path(f"/proc/{pid}").exists() and Path("/proc/self").exists():
            mark_process_dead(pid)  # type: ignore[no-untyped-call]


def _causes(status: int) -> tuple[str, ...]:
    """Why a request was turned away where nobody said it."""
    named = {401: "unauthenticated", 403: "forbidden", 413: "too_large", 429: "rate"}.get(status)
    return (named,) if named else ()


def _word(label: str) -> str:
    """`label` where it is a short word of a list, so that no text gets into a label."""
    lowered = label.lower()
    return lowered if _WORD.fullmatch(lowered) else ""
