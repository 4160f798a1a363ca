"""What one running service holds: its workspace, whether it is ready, what it suggests to ask."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import Request

from assistant.access import Access, Identity, View
from assistant.access.identity import NOBODY
from assistant.service.desk import Desk
from assistant.service.failures import Problem, without_folders
from assistant.service.options import Options
from assistant.service.suggestions import suggest
from assistant.service.thinking import Thinking
from assistant.service.words import say
from corpus.errors import ChitieuError, IndexDamaged, MissingPart

__all__ = ["Readiness", "Seen", "Service", "service_of"]

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
    access: Access = field(init=False)
    thinking: Thinking = field(init=False)
    suggested_without: frozenset[str] = frozenset()
    """The hidden documents that the suggested questions were found without."""

    def __post_init__(self) -> None:
        self.readiness = Readiness(self.desk)
        self.thinking = Thinking(phrased=self.options.llm_model is not None)
        stated = self.options.access
        token = self.options.admin_token or stated.admin_token
        address = self.options.public_url or stated.public_url
        given = stated.model_copy(update={"admin_token": token, "public_url": address})
        self.access = Access(self.home, lambda: getattr(self.desk, "store", None), given)

    @property
    def whole(self) -> Desk:
        """The workspace with every document, for what has asked who is there."""
        return self.desk

    def warm(self) -> None:
        """Loads what the first question needs and finds questions that the corpus does answer."""
        if self.readiness.check():
            return
        try:
            self.suggest()
        except Exception:
            log.exception("no suggested questions")

    def suggest(self) -> None:
        """Finds questions that are answered from what everybody may see."""
        hidden = self.access.hidden(NOBODY)
        self.suggestions = suggest(View(self.desk, hidden) if hidden else self.desk)
        self.suggested_without = hidden


class Seen(Service):
    """The service as somebody sees it: no hidden document can be reached through it."""

    identity: Identity

    def __init__(self, service: Service, identity: Identity) -> None:
        self.__dict__.update(service.__dict__)
        self._service = service
        self._desk: Desk | None = None
        self.identity = identity

    @property
    def whole(self) -> Desk:
        """The workspace with every document, for what has asked who is there."""
        return self._service.desk

    @property
    def desk(self) -> Desk:  # type: ignore[override]
        """The workspace, without the documents that are hidden from them; the same throughout a request."""
        if self._desk is None:
            hidden = self.access.hidden(self.identity)
            self._desk = View(self._service.desk, hidden) if hidden else self._service.desk
        return self._desk

    @property
    def suggestions(self) -> tuple[str, ...]:  # type: ignore[override]
        """Questions from what everybody may see; none while that has just changed."""
        try:
            current = self.access.hidden(NOBODY) == self._service.suggested_without
        except ChitieuError:
            return ()
        if current:
            return self._service.suggestions
        self._service.suggestions = ()
        if _suggesting.acquire(blocking=False):
            threading.Thread(target=self._again, name="chitieu-suggest", daemon=True).start()
        return ()

    def _again(self) -> None:
        try:
            self._service.suggest()
        except Exception:
            log.exception("no suggested questions")
        finally:
            _suggesting.release()


_suggesting = threading.Lock()


async def service_of(request: Request) -> Service:
    """The state of the application that serves `request`, as whoever sent it may see it; needs no thread."""
    service: Service = request.app.state.service
    return Seen(service, request.scope.get("state", {}).get("identity") or service.access.visitor)
