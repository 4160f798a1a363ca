"""`/workbench`: a file dropped in, its targets beside its text, what changed, and a file to take away."""

from __future__ import annotations

import json
from typing import Annotated, Any, NamedTuple, get_args

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from pydantic import TypeAdapter, ValidationError

from assistant.service import corrections
from assistant.service.catalogue import matching, targets_of
from assistant.service.downloads import Format, attachment
from assistant.service.pages.layout import page
from assistant.service.pages.prose import prose
from assistant.service.pages.viewer import blocks, target_marks
from assistant.service.routes.common import At
from assistant.service.state import Service
from assistant.service.uploads import kept_briefly
from assistant.service.words import say
from assistant.targets import extract
from assistant.targets.changes import Change, ChangeKind, changes
from assistant.targets.export.columns import FIELDS
from assistant.targets.standing import name_of
from assistant.targets.target import Target
from corpus.errors import ChitieuError, InputError

__all__ = ["router"]

router = APIRouter()

_TARGETS = TypeAdapter(list[Target])


@router.get("/workbench")
def start(request: Request, at: At) -> HTMLResponse:
    """A place to drop a file."""
    return page(request, "workbench.html", documents=matching(at.desk), problem="")


@router.post("/workbench")
def work(
    request: Request, at: At, file: Annotated[UploadFile, File()], against: Annotated[str, Form(max_length=255)] = ""
) -> HTMLResponse:
    """The targets of the uploaded file, and what changed against the stored document `against`."""
    try:
        return page(request, "worked.html", **_worked(at, file, against))
    except ChitieuError as error:
        return page(request, "workbench.html", error.http_status, documents=matching(at.desk), problem=str(error))


def _worked(at: Service, file: UploadFile, against: str) -> dict[str, Any]:
    with kept_briefly(file) as path:
        document = at.desk.read(path)
    targets = sorted(extract(document), key=lambda t: t.citation.start)
    earlier = at.desk.document(against) if against else None
    changed = [_shown(c) for c in changes(targets_of(at.desk, against), targets)] if earlier else []
    return {
        "document": document,
        "targets": targets,
        "inherited": [", ".join(FIELDS.get(f, f) for f in t.inherited) for t in targets],
        "blocks": blocks(prose(document, target_marks(targets)), targets),
        "payload": _TARGETS.dump_json(targets).decode(),
        "text": json.dumps(document.text, ensure_ascii=False),
        "changes": [c for c in changed if c is not None],
        "against": name_of(earlier) if earlier else "",
    }


def _shown(change: Change) -> Change | None:
    return None if change.kinds == (ChangeKind.UNCHANGED,) else change


@router.post("/workbench/export")
async def export(request: Request, at: At) -> Response:
    """The rows that were kept, as a file; the rows come from the page, since uploads are not stored."""
    sent = await _sent(request, at.options.max_upload)
    return await run_in_threadpool(_file, sent)


@router.post("/workbench/corrections")
async def correct(request: Request, at: At) -> HTMLResponse:
    """Keeps the rows as they were checked, with their text, as a case for measuring extraction."""
    sent = await _sent(request, at.options.max_upload)
    return await run_in_threadpool(_kept, request, at, sent)


class _Sent(NamedTuple):
    """What the form of the workbench holds."""

    targets: list[Target]
    found: int
    fields: dict[str, str]


async def _sent(request: Request, limit: int) -> _Sent:
    form = await request.form(max_part_size=limit)
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    numbers = {int(n) for n in form.getlist("keep") if isinstance(n, str) and n.isdecimal()}
    try:
        targets = _TARGETS.validate_json(fields.get("targets", ""))
    except ValidationError as error:
        raise InputError(say("work.rows.wrong")) from error
    return _Sent([t for n, t in enumerate(targets, 1) if n in numbers], len(targets), fields)


def _file(sent: _Sent) -> Response:
    format = sent.fields.get("format", "xlsx")
    known: Format | None = next((f for f in get_args(Format) if f == format), None)
    if known is None:
        raise InputError(say("work.format.wrong", format=format, formats=", ".join(get_args(Format))))
    return attachment(sent.targets, known, sent.fields.get("name", "chi-tieu")[:200])


def _kept(request: Request, at: Service, sent: _Sent) -> HTMLResponse:
    who = " ".join(sent.fields.get("who", "").split())[:200]
    if not who:
        raise InputError(say("work.who.missing"))
    try:
        text = TypeAdapter(str).validate_json(sent.fields.get("text", ""))
    except ValidationError as error:
        raise InputError(say("work.text.wrong")) from error
    case = corrections.keep(at.home, sent.fields.get("name", ""), text, sent.targets, who, sent.found)
    return page(request, "corrected.html", case=case, who=who, kept=len(sent.targets))
