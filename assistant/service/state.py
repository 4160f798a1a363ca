"""What one running service holds: its workspace, whether it is ready, what it suggests to ask."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import Request

from assistant.service.desk import Desk
from assistant.service.failures import Problem, without_folders
from assistant.service.options import Options
from assistant.service.suggestions import suggest
from assistant.service.words import say
from corpus.errors import ChitieuError, IndexDamaged, MissingPart

__all__ = ["Readiness", "Service", "service_of"]

log = logging.getLogger("chitieu.service")


class Readiness:
    """Whether the store opens, an index generation is there and its model searches; found by really doing so."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = threading.Lock()
        self._last: list[Problem] = [Problem(where="model", problem=say("ready.loading"))]

    def check(self) -> list[Problem]:
        """What is missing, empty when all is well. While another check runs, what was found last."""
        if not self._turn.acquire(blocking=False):
            return self._last
        try:
            self._last = self._probe()
        finally:
            self._turn.release()
        return self._last

    def _probe(self) -> list[Problem]:
        try:
            if not self._desk.documents():
                return [Problem(where="index", problem=say("ready.empty"))]
        except Exception as error:
            return [_problem("store", error)]
        try:
            self._desk.search("chỉ tiêu", 1)
        except MissingPart as error:
            return [_problem("model", error)]
        except Exception as error:
            return [_problem("index", error)]
        return []


def _problem(where: str, error: Exception) -> Problem:
    if isinstance(error, IndexDamaged | ChitieuError):
        return Problem(where=where, problem=without_folders(str(error)))
    log.error("readiness of %s: %r", where, error)
    return Problem(where=where, problem=say("ready.unusable"))


@dataclass
class Service:
    """The state of one application; `warm` fills it in a thread of its own after the process starts."""

    home: Path
    desk: Desk
    options: Options
    readiness: Readiness = field(init=False)
    suggestions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.readiness = Readiness(self.desk)

    def warm(self) -> None:
        """Loads what the first question needs and finds questions that the corpus does answer."""
        if self.readiness.check():
            return
        try:
            self.suggestions = suggest(self.desk)
        except Exception:
            log.exception("no suggested questions")


def service_of(request: Request) -> Service:
    """The state of the application that serves `request`."""
    service: Service = request.app.state.service
    return service
