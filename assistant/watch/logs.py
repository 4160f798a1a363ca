"""One pipe for every line that the service logs: structlog's, the standard library's and uvicorn's.

A line has the time (UTC), level, logger, event and, while a request is in hand, its id and who sent it. It is redacted
last, so that no logger gets round that.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, Literal, TextIO

from assistant.watch.call import current
from assistant.watch.redaction import redact

__all__ = ["REQUESTS", "Format", "Level", "configure"]

Format = Literal["text", "json"]
Level = Literal["debug", "info", "warning", "error"]
_Event = MutableMapping[str, Any]
_FOREIGN = ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi", "py.warnings")
REQUESTS = "chitieu.request"
"""The logger of requests, whose event says method, route and status already."""
_TERMINAL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_LOUD = ("httpx", "httpx2", "httpcore", "urllib3", "opentelemetry", "asyncio", "multipart", "python_multipart")
"""Loggers that say what they send and receive; only what goes wrong with them is let through."""


def configure(format: Format = "text", level: Level = "info", stream: TextIO | None = None) -> None:
    """Sends the log of this process to `stream`, the standard error by default, one line a record.

    With `text` a traceback follows its line; with `json` it is a field of it. Safe to call again.
    """
    import structlog
    from structlog.stdlib import BoundLogger, ExtraAdder, LoggerFactory, ProcessorFormatter, add_logger_name

    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        _in_hand,
    ]
    rendered = _as_json if format == "json" else _as_text
    last: list[Any] = [
        ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        _plain,
        redact,
        rendered,
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setLevel(level.upper())
    handler.setFormatter(ProcessorFormatter(foreign_pre_chain=[*shared, ExtraAdder()], processors=last))
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, ProcessorFormatter.wrap_for_formatter],
        logger_factory=LoggerFactory(),
        wrapper_class=BoundLogger,
        cache_logger_on_first_use=False,
    )
    _take_over(handler, level)


def _take_over(handler: logging.Handler, level: Level) -> None:
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.captureWarnings(True)
    for name in _FOREIGN:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.getLogger("uvicorn.access").disabled = True
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)


def _in_hand(_logger: Any, _method: str, event: _Event) -> _Event:
    """Adds which request the line belongs to."""
    call = current()
    if call is not None:
        event.setdefault("request", call.id)
        if call.identity:
            event.setdefault("who", call.identity)
    return event


def _plain(_logger: Any, _method: str, event: _Event) -> _Event:
    """Drops what only colours the terminal."""
    event.pop("color_message", None)
    event.pop("taskName", None)
    return event


def _as_json(_logger: Any, _method: str, event: _Event) -> str:
    """One object; Vietnamese stays readable, what a terminal would obey is escaped."""
    line = json.dumps(event, ensure_ascii=False, default=str)
    return _TERMINAL.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def _as_text(_logger: Any, _method: str, event: _Event) -> str:
    """`TIME LEVEL LOGGER: EVENT name=value...`, a traceback on the lines after it."""
    at, level = event.pop("at", ""), str(event.pop("level", "")).upper()
    name, said, trace = event.pop("logger", ""), str(event.pop("event", "")), event.pop("exception", "")
    if name == REQUESTS:
        event = {key: value for key, value in event.items() if key not in ("method", "route", "status")}
    fields = " ".join(f"{key}={_word(value)}" for key, value in event.items())
    line = _shown(f"{at} {level:<7} {name}: {said}" + (f"  {fields}" if fields else ""))
    return f"{line}\n{_TERMINAL.sub(_escaped, trace)}" if trace else line


def _shown(text: str) -> str:
    """`text` in one line that a terminal only shows: what a caller wrote moves no cursor and hides nothing."""
    return _TERMINAL.sub(_escaped, text.replace("\n", "\\n"))


def _escaped(match: re.Match[str]) -> str:
    return repr(match[0])[1:-1]


def _word(value: Any) -> str:
    if isinstance(value, Mapping):
        return ",".join(f"{key}:{_word(one)}" for key, one in value.items())
    said = "" if value is None else str(value)
    return repr(said) if not said or any(c.isspace() or c in "\"'=" for c in said) else said
