"""Server-sent events of `/api/ask/stream` as typed values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.answers.answer import Answer, Claim
from assistant.client import errors
from assistant.targets.target import Target
from corpus.document import Citation

__all__ = ["Citations", "Done", "Event", "Lines", "Restart", "Said", "Searching", "Targets", "event"]


@dataclass(frozen=True, slots=True)
class Searching:
    """The service has begun."""


@dataclass(frozen=True, slots=True)
class Citations:
    """What the claims to come refer to, by place."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the answer."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class Restart:
    """The claims so far are taken back."""


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets that the answer states."""

    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The whole answer: what stands."""

    answer: Answer


Event = Searching | Citations | Said | Restart | Targets | Done
"""What `ask_stream` yields; `Done` is the last."""

_CITATIONS: TypeAdapter[tuple[Citation, ...]] = TypeAdapter(tuple[Citation, ...])
_TARGETS: TypeAdapter[tuple[Target, ...]] = TypeAdapter(tuple[Target, ...])


def event(name: str, data: str) -> Event | None:
    """The event `name`; None for one that this client does not know.

    Raises:
        StatusError: the service says that it failed.
        BadReply: the data are not what the event carries.
    """
    try:
        value = json.loads(data)
        return _made(name, value)
    except (ValueError, ValidationError) as error:
        raise errors.BadReply(f"event {name!r} cannot be read: {' '.join(str(error).split())[:200]}") from error


def _made(name: str, value: Any) -> Event | None:
    match name:
        case "status":
            return Searching()
        case "citations":
            return Citations(_CITATIONS.validate_python(value, extra="ignore"))
        case "claim":
            return Said(Claim.model_validate(value, extra="ignore"))
        case "restart":
            return Restart()
        case "targets":
            return Targets(_TARGETS.validate_python(value, extra="ignore"))
        case "done":
            return Done(Answer.model_validate(value, extra="ignore"))
        case "error":
            raise errors.of(503 if value.get("error", {}).get("code") == "not_ready" else 500, {}, value)
    return None


@dataclass(slots=True)
class Lines:
    """Puts a stream together; `last` is the id to resume behind.

    Lines end with a line feed and nothing else: a quote may hold other separators that Unicode counts as line ends.
    """

    last: str = ""
    _rest: str = ""
    _name: str = "message"
    _data: list[str] = field(default_factory=list)

    def feed(self, text: str) -> Iterator[Event]:
        """The events that `text` completes."""
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            made = self._line(line.removesuffix("\r"))
            if made is not None:
                yield made

    def again(self) -> None:
        """Forgets what was begun when the connection broke."""
        self._rest, self._name, self._data = "", "message", []

    def _line(self, line: str) -> Event | None:
        if not line:
            name, data = self._name, "\n".join(self._data)
            self._name, self._data = "message", []
            return event(name, data) if data else None
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            self._name = value
        elif name == "data":
            self._data.append(value)
        elif name == "id":
            self.last = value
        return None
