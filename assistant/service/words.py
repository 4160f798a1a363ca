"""The catalogue of everything that the service says to people: `pages/vi.json`, one key a sentence."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

__all__ = ["doing", "say", "strings"]

_CATALOGUE = Path(__file__).parent / "pages" / "vi.json"


@cache
def strings() -> dict[str, str]:
    """All sentences by key; `{x}` in them is filled in by `say`."""
    loaded: dict[str, str] = json.loads(_CATALOGUE.read_text("utf-8"))
    return loaded


def say(key: str, **values: object) -> str:
    """The sentence `key` with its gaps filled."""
    return strings()[key].format(**values)


def doing(action: str) -> str:
    """What an action of the audit log is called, or the action itself where it has no name."""
    return strings().get(f"admin.do.{action}", action)
