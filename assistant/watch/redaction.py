"""Takes secrets and questions out of what is logged: by the name of the field, by the shape of the text."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

from assistant.watch.call import current

__all__ = ["GONE", "clean", "redact"]

GONE = "[ẩn]"
_SHORTEST = 6
"""Characters from which a private text is looked for in other texts; shorter ones stand in any word."""

_FIELDS = frozenset(
    {
        *("api_key", "apikey", "authorization", "client_secret", "cookie", "key", "passwd", "password", "private"),
        *("refresh_token", "secret", "session", "set_cookie", "token"),
        *("answer", "body", "code", "comment", "history", "q", "query", "query_string", "question", "request_body"),
        *("standalone", "text"),
    }
)
_OURS = frozenset(("at", "level", "logger", "method", "request", "route"))
"""Fields that the pipe fills itself, with nothing that a caller wrote as they liked."""
_MAYBE = re.compile(r"[=:?&\s]|.{16}", re.DOTALL)
"""What every secret has that a shape finds: a sign before it, or some length."""
_SHAPES = tuple(
    (re.compile(shape, re.IGNORECASE), gap)
    for shape, gap in (
        (r"\b(bearer|basic)\s+[\w.~+/=-]{6,}", rf"\1 {GONE}"),
        (r"\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*", GONE),
        (r"(://)[^\s/@:]*:[^\s/@]+@", rf"\1{GONE}@"),
        (r"([?&](?:q|query|question|code|state)=)[^&\s\"'<>]*", rf"\1{GONE}"),
        (
            r"(\b[\w-]*(?:token|secret|passwo?r?d|api[_-]?key|authorization|cookie|signature|chitieu_admin|(?<!session\.)\bkey)"
            r"[\"']?\s*[=:]\s*)([\"']?)(?!\[ẩn\]|bearer |basic )[^\s&\"',;}]+",
            rf"\1\2{GONE}",
        ),
        (r"\b(?:sk|pk|ghp|glpat|ct|chitieu|ctk)[-_](?=[\w-]*\d)[\w-]{16,}", GONE),
    )
)


def clean(text: str) -> str:
    """`text` without secrets by their shape, and without the private texts of the request in hand."""
    call = current()
    for said in call.private if call and len(text) >= _SHORTEST else ():
        if len(said) >= _SHORTEST and _folded(said) in _folded(text):
            text = _wording(said).sub(GONE, text)
    if not _MAYBE.search(text):
        return text
    for shape, gap in _SHAPES:
        text = shape.sub(gap, text)
    return text


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor of structlog: the same for every field, and nothing of fields whose name says that it is secret."""
    for name in [name for name in event if name not in _OURS]:
        event[name] = _cleaned(name, event[name])
    return event


def _cleaned(name: str, value: Any, depth: int = 4) -> Any:
    if value is None or isinstance(value, bool | int | float) or name.startswith("_"):
        return value
    if value and name.lower().replace("-", "_") in _FIELDS:
        return GONE
    if isinstance(value, str):
        return clean(value)
    if depth and isinstance(value, Mapping):
        return {str(key): _cleaned(str(key), one, depth - 1) for key, one in value.items()}
    if depth and isinstance(value, list | tuple | set | frozenset):
        return [_cleaned("", one, depth - 1) for one in value]
    return clean(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value))


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()


def _wording(said: str) -> re.Pattern[str]:
    """`said` in any case, with any blanks between its words, quoted or not."""
    return re.compile(r"\s+".join(re.escape(word) for word in said.split()), re.IGNORECASE)
