"""The audit log as `/admin` and the doors to the service use it; `assistant.watch.audit` keeps it."""

from __future__ import annotations

from assistant.watch.audit import last, note

__all__ = ["last", "note"]
