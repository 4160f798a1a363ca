"""Which address needs which permission. What is not listed is the administrator's."""

from __future__ import annotations

from typing import Literal, NamedTuple

from assistant.access.roles import Permission

__all__ = ["OPEN", "Need", "need"]

Need = Permission | Literal["open", "own", "known"]
"""`open`: anybody; `own`: the page asks for itself; `known`: somebody, whatever they may do; else that permission."""
OPEN: Need = "open"


class Rule(NamedTuple):
    """Addresses that begin with `path` (that are `path`, with `exact`), for `methods`; empty: for all."""

    path: str
    need: Need
    exact: bool = False
    methods: frozenset[str] = frozenset()


_READING = frozenset({"GET", "HEAD"})

_RULES = (
    Rule("/healthz", "open", True),
    Rule("/readyz", "open", True),
    Rule("/health", "open"),
    Rule("/metrics", "open", True),
    Rule("/static/", "open"),
    Rule("/widget.js", "open", True),
    Rule("/favicon.ico", "open", True),
    Rule("/favicon.svg", "open", True),
    Rule("/login", "open"),
    Rule("/logout", "own", True),
    Rule("/admin", "own"),
    Rule("/openapi.json", "known", True),
    Rule("/api/me", "known", True),
    Rule("/", Permission.ASK, True),
    Rule("/api/ask", Permission.ASK),
    Rule("/api/suggestions", Permission.ASK, True),
    Rule("/api/feedback", Permission.ASK, True),
    Rule("/v1/", Permission.ASK),
    Rule("/mcp", "known", True),
    Rule("/api/search", Permission.READ, True),
    Rule("/api/documents", Permission.READ, methods=_READING),
    Rule("/api/documents", Permission.STORE, True, frozenset({"POST"})),
    Rule("/api/targets", Permission.READ),
    Rule("/documents", Permission.READ),
    Rule("/targets", Permission.READ),
    Rule("/vn/", Permission.READ),
    Rule("/api/extract", Permission.TRY, True),
    Rule("/workbench/corrections", Permission.CORRECT, True),
    Rule("/workbench", Permission.TRY),
)
"""The first that fits counts."""


def need(method: str, path: str) -> Need | None:
    """What a request needs; None where no rule speaks of its address."""
    for rule in _RULES:
        if (path == rule.path if rule.exact else _under(path, rule.path)) and (
            not rule.methods or method in rule.methods
        ):
            return rule.need
    return None


def _under(path: str, start: str) -> bool:
    return path == start or path.startswith(start if start.endswith("/") else f"{start}/")
