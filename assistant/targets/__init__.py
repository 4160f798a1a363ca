"""Targets (chỉ tiêu): from the text of a decision to structured rows."""

from __future__ import annotations

from assistant.targets.assembly import extract
from assistant.targets.target import Comparator, Status, Target, TargetClass

__all__ = ["Comparator", "Status", "Target", "TargetClass", "extract"]
