"""`/workbench`: a file dropped in, its targets beside its text, what changed, and a file to take away."""

from __future__ import annotations

import json
from collections import Counter
from itertools import zip_longest
from typing import Annotated, Any, NamedTuple, get_args

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from pydantic import TypeAdapter, ValidationError

from assistant.service import corrections
from assistant.service.catalogue import matching, targets_of
from assistant.service.downloads import Format, attachment
from assistant.service.pages.layout import page
from assistant.service.pages.prose import Mark, prose
from assistant.service.pages.viewer import blocks, target_marks
from assistant.service.routes.common import At, own_form
from assistant.service.state import Service
from assistant.service.uploads import kept_briefly
from assistant.service.words import say
from assistant.targets import extract
from assistant.targets.changes import Change, ChangeKind, changes
from assistant.targets.export.columns import FIELDS
from assistant.targets.standing import name_of
from assistant.targets.target import Target
from assistant.watch import audit
from corpus.document import Document, Span
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
    request: Request,
    at: At,
    file: Annotated[UploadFile, File()],
    against: Annotated[str, Form(max_length=255)] = "",
    form_token: Annotated[str, Form(max_length=200)] = "",
) -> HTMLResponse:
    """The targets of the uploaded file, and what changed against the stored document `against`."""
    own_form(request, at, form_token)
    try:
        return page(request, "worked.html", **_worked(at, file, against))
    except ChitieuError as error:
        return page(request, "workbench.html", error.http_status, documents=matching(at.desk), problem=str(error))


def _worked(at: Service, file: UploadFile, against: str) -> dict[str, Any]:
    with kept_briefly(file) as path:
        document = at.desk.read(path)
    audit.did(at.home, "extract", path.name)
    targets = sorted(extract(document), key=lambda t: t.citation.start)
    inherited = [_inherited(document, number, t) for number, t in enumerate(targets, 1)]
    earlier = at.desk.document(against) if against else None
    changed = [_shown(c) for c in changes(targets_of(at.desk, against), targets)] if earlier else []
    return {
        "document": document,
        "targets": targets,
        "inherited": inherited,
        "blocks": blocks(prose(document, [*target_marks(targets), *_sources(inherited)]), targets),
        "payload": _TARGETS.dump_json(targets).decode(),
        "citation": json.dumps({"document": document.id, "number": document.number, "title": document.title}),
        "text": json.dumps(document.text, ensure_ascii=False),
        "changes": [c for c in changed if c is not None],
        "against": name_of(earlier) if earlier else "",
    }


class Inherited(NamedTuple):
    """A field that was taken from words outside the quote."""

    id: str
    field: str
    words: str
    span: Span


def _inherited(document: Document, number: int, target: Target) -> list[Inherited]:
    """Where the row's fields come from, in the order of the text; blanks around the words are left out."""
    found = []
    for field, span in sorted(target.inherited.items(), key=lambda item: item[1].start):
        words = span.of(document.text)
        start = span.start + len(words) - len(words.lstrip())
        shown = Span(start=start, end=max(start, span.start + len(words.rstrip())))
        if shown.end > shown.start:
            found.append(Inherited(f"i-{number}-{field}", FIELDS.get(field, field), " ".join(words.split()), shown))
    return found


def _sources(inherited: list[list[Inherited]]) -> list[Mark]:
    return [Mark(one.span, "source", one.id) for row in inherited for one in row]


def _shown(change: Change) -> Change | None:
    return None if change.kinds == (ChangeKind.UNCHANGED,) else change


@router.post("/workbench/export")
async def export(request: Request, at: At) -> Response:
    """The rows that were kept, as a file; the rows come from the page, since uploads are not stored."""
    sent = await _sent(request, at.options.max_upload)
    own_form(request, at, sent.fields.get("form_token", ""))
    return await run_in_threadpool(_file, at, sent)


@router.post("/workbench/corrections")
async def correct(request: Request, at: At) -> HTMLResponse:
    """Keeps the rows as they were checked, with their text, as a case for measuring extraction."""
    sent = await _sent(request, at.options.max_upload)
    own_form(request, at, sent.fields.get("form_token", ""))
    return await run_in_threadpool(_kept, request, at, sent)


class _Sent(NamedTuple):
    """What the form of the workbench holds."""

    decisions: list[corrections.Decision]
    fields: dict[str, str]


async def _sent(request: Request, limit: int) -> _Sent:
    async with request.form(max_part_size=limit) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        numbers = {int(n) for n in form.getlist("keep") if isinstance(n, str) and n.isdecimal()}
    try:
        targets = _TARGETS.validate_json(fields.get("targets", ""))
        found = _TARGETS.validate_json(fields.get("found") or "[]")
    except ValidationError as error:
        raise InputError(say("work.rows.wrong")) from error
    rows = zip_longest(targets, found[: len(targets)])
    return _Sent([corrections.Decision(t, f, n in numbers) for n, (t, f) in enumerate(rows, 1)], fields)


def _file(at: Service, sent: _Sent) -> Response:
    format = sent.fields.get("format", "xlsx")
    known: Format | None = next((f for f in get_args(Format) if f == format), None)
    if known is None:
        raise InputError(say("work.format.wrong", format=format, formats=", ".join(get_args(Format))))
    kept, name = [d.target for d in sent.decisions if d.kept], sent.fields.get("name", "chi-tieu")[:200]
    audit.did(at.home, "export", f"{name}.{known}", str(len(kept)))
    return attachment(kept, known, name)


def _kept(request: Request, at: Service, sent: _Sent) -> HTMLResponse:
    who = " ".join(sent.fields.get("who", "").split())[:200]
    if not who:
        raise InputError(say("work.who.missing"))
    try:
        text = TypeAdapter(str).validate_json(sent.fields.get("text", ""))
    except ValidationError as error:
        raise InputError(say("work.text.wrong")) from error
    name, counts = sent.fields.get("name", ""), Counter(decision.name for decision in sent.decisions)
    audit.did(at.home, "correct", name, f"{who}: " + ", ".join(f"{word} {n}" for word, n in sorted(counts.items())))
    case = corrections.keep(at.home, name, text, sent.decisions, who)
    kept = sum(d.kept for d in sent.decisions)
    return page(request, "corrected.html", case=case, who=who, kept=kept, rejected=len(sent.decisions) - kept)
