"""The memory of a process and its children as the kernel counts it: what they share, and what each has for itself."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from pathlib import Path

from corpus.document import Frozen

__all__ = ["Memory", "memory_of", "slope", "slope_within"]

_MB = 1024
_T95 = 2.1
"""Student's t for about 20 blocks."""


class Memory(Frozen):
    """Sums over processes, in MB: `pss` counts a page that n of them share n-th to each, so it is what they all take.

    `at` is in seconds since the epoch.
    """

    at: float
    processes: int
    rss: float
    pss: float
    private: float
    shared: float
    threads: int
    files: int

    def __str__(self) -> str:
        return f"{self.pss:.0f} MB ({self.private:.0f} private, {self.threads} threads, {self.files} files)"


def memory_of(pid: int) -> Memory:
    """The memory of `pid` and all processes below it; those that end meanwhile are left out."""
    sums = dict.fromkeys(("Rss", "Pss", "Private_Clean", "Private_Dirty", "Shared_Clean", "Shared_Dirty"), 0.0)
    processes = threads = files = 0
    for one in _family(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()[1:]
            threads += len(list(Path(f"/proc/{one}/task").iterdir()))
            files += len(list(Path(f"/proc/{one}/fd").iterdir()))
        except OSError:
            continue
        processes += 1
        for name, _, value in (line.partition(":") for line in lines):
            if name in sums:
                sums[name] += int(value.split()[0]) / _MB
    return Memory(
        at=round(time.time(), 1),
        processes=processes,
        rss=round(sums["Rss"], 1),
        pss=round(sums["Pss"], 1),
        private=round(sums["Private_Clean"] + sums["Private_Dirty"], 1),
        shared=round(sums["Shared_Clean"] + sums["Shared_Dirty"], 1),
        threads=threads,
        files=files,
    )


def _family(pid: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def slope(samples: Sequence[Memory]) -> float:
    """MB an hour: the least-squares line through the private memory of the samples."""
    times = [s.at / 3600 for s in samples]
    middle, level = sum(times) / len(times), sum(s.private for s in samples) / len(samples)
    spread = sum((t - middle) ** 2 for t in times)
    rise = sum((t - middle) * (s.private - level) for t, s in zip(times, samples, strict=True))
    return round(rise / spread, 2) if spread else 0.0


def slope_within(samples: Sequence[Memory]) -> tuple[float, float]:
    """Between which values the slope lies, with 95%.

    Samples ten seconds apart are no independent ones: each block of two minutes counts as one, by its mean.
    """
    blocks: dict[int, list[Memory]] = {}
    for sample in samples:
        blocks.setdefault(int((sample.at - samples[0].at) // 120), []).append(sample)
    if len(blocks) < 4:
        return -math.inf, math.inf
    means = [
        one[0].model_copy(update={name: sum(getattr(s, name) for s in one) / len(one) for name in ("at", "private")})
        for one in blocks.values()
    ]
    rise = slope(means)
    middle, level = (sum(getattr(m, name) for m in means) / len(means) for name in ("at", "private"))
    left = sum((m.private - level - rise * (m.at - middle) / 3600) ** 2 for m in means)
    spread = sum(((m.at - middle) / 3600) ** 2 for m in means)
    error = _T95 * math.sqrt(left / (len(means) - 2) / spread)
    return round(rise - error, 1), round(rise + error, 1)
