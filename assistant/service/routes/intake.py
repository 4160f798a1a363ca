"""Documents put into the store by programs of editors."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from assistant.access import Identity, Permission
from assistant.access.identity import PUBLIC
from assistant.access.names import collection_names
from assistant.service.admin.desk import Keeper
from assistant.service.failures import documented, without_folders
from assistant.service.routes.common import At, MultipartBody, own_form
from assistant.service.state import Service
from assistant.service.uploads import file_name
from assistant.service.words import say
from assistant.watch import audit
from corpus.errors import InputError, UnreadableFile

__all__ = ["Stored", "router"]

router = APIRouter(tags=["documents"])

_FOLDER = "uploads"


class Stored(BaseModel):
    """What became of a file: the document's id, whether anything changed, what the reader had to say."""

    id: str
    changed: bool
    collections: list[str]
    notes: list[str]


@router.post(
    "/api/documents",
    status_code=201,
    dependencies=[MultipartBody],
    responses={
        201: {
            "content": {
                "application/json": {"example": {"id": "vi-du", "changed": True, "collections": [], "notes": []}}
            }
        },
        **documented(401, 403, 413, 415, 422),
    },
)
def store(
    at: At,
    request: Request,
    file: Annotated[UploadFile, File(description="txt, html, md, docx or pdf with a text layer")],
    collection: Annotated[list[str] | None, Form(description="collections that may see it; none: everybody")] = None,
    form_token: Annotated[str, Form(max_length=200, description="only for sessions of browsers")] = "",
) -> Stored:
    """Puts a document into the store and the index; the same name later is a new version of it."""
    identity: Identity = request.scope.get("state", {}).get("identity") or at.access.visitor
    keeper = at.whole
    if not identity.may(Permission.STORE) or not isinstance(keeper, Keeper):
        raise HTTPException(403)
    own_form(request, at, form_token)
    names = _allowed(identity, collection or [])
    path = _place(at, identity, file_name(file.filename))
    if file.size == 0:
        raise UnreadableFile(path.name, say("error.empty"))
    path.parent.mkdir(parents=True, exist_ok=True)
    audit.note(at.home, identity.name, "add", path.name)
    with path.open("wb") as out:
        shutil.copyfileobj(file.file, out)
    report = keeper.add([path], collections=names)
    for failure in report.failed:
        path.unlink(missing_ok=True)
        raise UnreadableFile(path.name, without_folders(failure.reason))
    notes = [line for note in report.notes for line in note.said]
    id = next(iter((*report.added, *report.unchanged)))
    return Stored(id=id, changed=bool(report.added), collections=sorted(at.access.collections.of(id)), notes=notes)


def _allowed(identity: Identity, given: list[str]) -> tuple[str, ...]:
    """The collections that were asked for, all of them the editor's own or everybody's."""
    names = collection_names(given)
    strange = [n for n in names if n != PUBLIC and not identity.sees_all and n not in identity.collections]
    if strange:
        raise InputError(say("error.collection", names=", ".join(strange)))
    return names


def _place(at: Service, identity: Identity, name: str) -> Path:
    """Where the file is kept; what the editor may not see is neither replaced nor found to be the same."""
    own = Path(name)
    taken = own.stem in at.access.hidden(identity)
    return at.home / _FOLDER / (f"{own.stem}-{secrets.token_hex(4)}{own.suffix}" if taken else name)
