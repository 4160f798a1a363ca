"""What the service lets its keepers see: metrics, logs, traces, health, and who did what.

`call` knows the request in hand and times its stages, `middleware` opens and ends it, `metrics` counts, `logs` writes
lines, `tracing` sends spans where a setting asks for it, `audit` keeps the chained record of who did what.
"""

from __future__ import annotations

from assistant.watch.call import Call, acting, current, stage, unwatched

__all__ = ["Call", "acting", "current", "stage", "unwatched"]
