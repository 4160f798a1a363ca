"""What each method asks for and how its reply is read, without any network: both clients send these."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ValidationError

from assistant.answers.answer import Answer, Turn
from assistant.client import errors
from assistant.service.shapes import (
    DocumentList,
    DocumentReply,
    ExtractReply,
    HealthReply,
    SearchReply,
    SuggestionList,
    TargetList,
)
from assistant.targets.target import Status

__all__ = [
    "Call",
    "Upload",
    "ask",
    "document",
    "documents",
    "exported",
    "extract",
    "file",
    "health",
    "original",
    "question",
    "register",
    "search",
    "suggestions",
    "table",
    "targets",
    "wanted",
]

Reply = TypeVar("Reply")
Model = TypeVar("Model", bound=BaseModel)
Upload = Path | str | tuple[str, bytes]
"""A file by its path, or its name and content."""


@dataclass(frozen=True, slots=True)
class Call(Generic[Reply]):
    """One request, and what makes a value of the body of its reply; `patient` calls are tried again."""

    method: str
    path: str
    read: Callable[[bytes], Reply]
    params: Mapping[str, Any] = field(default_factory=dict)
    json: Mapping[str, Any] | None = None
    files: Mapping[str, tuple[str, bytes]] | None = None
    patient: bool = True


def question(text: str, history: Sequence[Turn], as_of: str | None, scope: Sequence[str]) -> dict[str, Any]:
    """The body of a question."""
    turns = [turn.model_dump() for turn in history]
    return {"question": text, "history": turns, "as_of": as_of, "scope": list(scope)}


def ask(body: Mapping[str, Any]) -> Call[Answer]:
    """`POST /api/ask`."""
    return Call("POST", "/api/ask", _model(Answer), json=body)


def search(query: str, k: int, scope: Sequence[str]) -> Call[SearchReply]:
    """`GET /api/search`."""
    return Call("GET", "/api/search", _model(SearchReply), params=_given(q=query, k=k, scope=list(scope) or None))


def extract(upload: Upload) -> Call[ExtractReply]:
    """`POST /api/extract`."""
    return Call("POST", "/api/extract", _model(ExtractReply), files={"file": file(upload)})


def table(upload: Upload, format: str) -> Call[bytes]:
    """`POST /api/extract` for a file to keep."""
    return Call("POST", "/api/extract", bytes, params={"format": format}, files={"file": file(upload)})


def documents(q: str, limit: int, offset: int) -> Call[DocumentList]:
    """`GET /api/documents`."""
    return Call("GET", "/api/documents", _model(DocumentList), params=_given(q=q, limit=limit, offset=offset))


def document(id: str) -> Call[DocumentReply]:
    """`GET /api/documents/{id}`."""
    return Call("GET", f"/api/documents/{quote(id, safe='')}", _model(DocumentReply))


def original(id: str) -> Call[bytes]:
    """`GET /api/documents/{id}/original`."""
    return Call("GET", f"/api/documents/{quote(id, safe='')}/original", bytes)


def exported(id: str, format: str) -> Call[bytes]:
    """`GET /api/documents/{id}/export`."""
    return Call("GET", f"/api/documents/{quote(id, safe='')}/export", bytes, params={"format": format})


def targets(wanted: Mapping[str, Any], limit: int, offset: int) -> Call[TargetList]:
    """`GET /api/targets`."""
    return Call("GET", "/api/targets", _model(TargetList), params=_given(**wanted, limit=limit, offset=offset))


def register(wanted: Mapping[str, Any], format: str) -> Call[bytes]:
    """`GET /api/targets/export`."""
    return Call("GET", "/api/targets/export", bytes, params=_given(**wanted, format=format))


def suggestions() -> Call[SuggestionList]:
    """`GET /api/suggestions`."""
    return Call("GET", "/api/suggestions", _model(SuggestionList))


def health() -> Call[HealthReply]:
    """`GET /readyz`."""
    return Call("GET", "/readyz", _model(HealthReply), patient=False)


def wanted(q: str, document: str | None, status: Status | None, year: int | None) -> dict[str, Any]:
    """Which targets."""
    return {"q": q, "document": document, "status": status, "year": year}


def file(upload: Upload) -> tuple[str, bytes]:
    """Name and content of a file.

    Raises:
        OSError: it cannot be read.
    """
    if isinstance(upload, tuple):
        return upload
    path = Path(upload)
    return path.name, path.read_bytes()


def _model(kind: type[Model]) -> Callable[[bytes], Model]:
    def read(body: bytes) -> Model:
        try:
            return kind.model_validate_json(body, extra="ignore")
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "body"
            raise errors.BadReply(
                f"{kind.__name__}: {where}: {first['msg']}; is this the address of chitieu?"
            ) from error

    return read


def _given(**params: Any) -> dict[str, Any]:
    return {name: value for name, value in params.items() if value not in (None, "")}
