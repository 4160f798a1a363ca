"""`/admin`: documents, index generations, questions without an answer, health, and who did what."""

from __future__ import annotations

import asyncio
import shutil
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Path, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from assistant.access.names import collection_names
from assistant.amendments import EDITABLE
from assistant.service import questions
from assistant.service.admin.access import COOKIE, LASTS
from assistant.service.admin.gate import Admin, Visit, admin_of, changing, visiting
from assistant.service.admin.jobs import Job
from assistant.service.catalogue import matching
from assistant.service.pages.layout import page
from assistant.service.uploads import file_name
from assistant.service.words import doing, say
from assistant.watch import audit
from assistant.watch.call import uploaded
from assistant.watch.watching import Watch
from corpus.errors import UnreadableFile

__all__ = ["router"]

router = APIRouter(prefix="/admin")

Visiting = Annotated[Visit, Depends(visiting)]
Changing = Annotated[Visit, Depends(changing)]
SHOWN = 50
UPLOADS = "uploads"


def _page(request: Request, visit: Visit, section: str, **values: Any) -> HTMLResponse:
    last = visit.admin.jobs.last
    shown = page(
        request, "admin.html", section=section, who=visit.who, token=visit.token, job=last, **values
    )  # fmt: skip
    shown.headers["Cache-Control"] = "no-store"
    return shown


def _back(section: str = "") -> RedirectResponse:
    return RedirectResponse(f"/admin{section}", status_code=303)


@router.get("")
def documents(
    request: Request,
    admin: Annotated[Admin, Depends(admin_of)],
    q: Annotated[str, Query(max_length=200)] = "",
    p: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Documents to add, remove and put right, and those that are cited but missing; else the form to enter."""
    try:
        visit = visiting(request, admin)
    except HTTPException:
        return _door(request) if admin.service.options.admin_token else RedirectResponse("/login?next=/admin", 303)
    found = matching(admin.desk, q)
    pages = max(1, -(-len(found) // SHOWN))
    p = min(p, pages)
    return _page(
        request, visit, "documents", q=q, total=len(found), page_number=p, pages=pages,
        documents=found[(p - 1) * SHOWN : p * SHOWN], missing=admin.desk.missing(),
    )  # fmt: skip


def _door(request: Request, problem: str = "", status: int = 200) -> HTMLResponse:
    shown = page(request, "admin_door.html", status, problem=problem)
    shown.headers["Cache-Control"] = "no-store"
    return shown


@router.post("/session")
async def enter(
    request: Request,
    admin: Annotated[Admin, Depends(admin_of)],
    secret: Annotated[str, Form(max_length=500)] = "",
    who: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Lets in who knows the secret and says a name for the log; each wrong try costs a second."""
    name = " ".join(who.split())
    home = admin.service.home
    if not admin.access.right(secret) or not name:
        await asyncio.sleep(1)
        audit.note(home, name, "enter", request.client.host if request.client else "", "refused")
        return _door(request, say("admin.refused"), 403)
    audit.note(home, name, "enter", request.client.host if request.client else "")
    reply = _back()
    secure = request.url.scheme == "https"
    reply.set_cookie(
        COOKIE, admin.access.session(name), LASTS, path="/admin", httponly=True, samesite="strict", secure=secure
    )
    return reply


@router.post("/leave")
def leave(visit: Changing) -> Response:
    """Ends the session in this browser."""
    audit.note(visit.admin.service.home, visit.who, "leave")
    reply = _back()
    reply.delete_cookie(COOKIE, path="/admin")
    return reply


@router.post("/documents")
def add(request: Request, visit: Changing, files: Annotated[list[UploadFile], File()]) -> Response:
    """Takes in the files; each is kept under its name, so that the same name later is a new version."""
    folder = visit.admin.service.home / UPLOADS
    folder.mkdir(exist_ok=True)
    watch: Watch = request.app.state.watch
    paths = []
    for file in files:
        path = folder / file_name(file.filename)
        if file.size == 0:
            raise UnreadableFile(path.name, say("error.empty"))
        with path.open("wb") as out:
            shutil.copyfileobj(file.file, out)
        uploaded(path.stat().st_size)
        paths.append(path)

    def work(job: Job) -> str:
        report = visit.admin.desk.add(paths, progress=job.tell)
        for failure in report.failed:
            (folder / failure.name).unlink(missing_ok=True)
        job.failed = bool(report.failed)
        watch.metrics.took_in(len(report.added), len(report.unchanged), len(report.failed))
        wrong = "".join(f" {f.name}: {f.reason}." for f in (*report.failed, *report.incomplete))
        return say("admin.added", added=len(report.added), unchanged=len(report.unchanged)) + wrong

    visit.admin.jobs.run("add", ", ".join(p.name for p in paths), visit.who, work)
    return _back()


@router.get("/documents/{id}")
def metadata(request: Request, visit: Visiting, id: Annotated[str, Path(max_length=255)]) -> HTMLResponse:
    """The metadata of one document as a form, with where each field comes from."""
    document = visit.admin.desk.document(id)
    own = visit.admin.desk.amended(id)
    groups = ", ".join(sorted(visit.admin.service.access.collections.of(id)))
    return _page(request, visit, "metadata", document=document, own=own, fields=EDITABLE, groups=groups)


@router.post("/collections")
def group(
    visit: Changing, id: Annotated[str, Form(max_length=255)], names: Annotated[str, Form(max_length=2000)] = ""
) -> Response:
    """Makes `names`, separated by commas, the collections of the document; with none, everybody sees it."""
    given = collection_names([names])
    document = visit.admin.desk.document(id).id

    def work(_: Job) -> str:
        visit.admin.service.access.collections.put([document], given)
        return say("admin.grouped", id=document, names=", ".join(given) or say("admin.everybody"))

    visit.admin.jobs.run("collections", f"{document}: {', '.join(given)}", visit.who, work)
    return _back(f"/documents/{quote(document, safe='')}")


@router.post("/documents/{id}")
async def amend(request: Request, visit: Changing, id: Annotated[str, Path(max_length=255)]) -> Response:
    """Puts metadata right; a field that says what the document says anyway is not stated again."""
    form = await request.form()
    own = visit.admin.desk.amended(id)
    document = visit.admin.desk.document(id)
    given = {f: str(form.get(f, "")).strip() for f in EDITABLE}
    stated = {f: v for f, v in given.items() if v and (f in own or v != (getattr(document, f) or ""))}

    def work(job: Job) -> str:
        visit.admin.desk.amend(id, stated, job.tell)
        return say("admin.amended", id=id, fields=", ".join(say(f"field.{f}") for f in stated) or say("admin.none"))

    await asyncio.to_thread(visit.admin.jobs.run, "amend", id, visit.who, work)
    return _back()


@router.post("/remove")
def remove(visit: Changing, id: Annotated[str, Form(max_length=255)], sure: Annotated[str, Form()] = "") -> Response:
    """Takes a document out, where its box was ticked."""
    if sure:

        def work(job: Job) -> str:
            visit.admin.desk.remove([id], job.tell)
            return say("admin.removed", id=id)

        visit.admin.jobs.run("remove", id, visit.who, work)
    return _back()


@router.get("/index")
def generations(request: Request, visit: Visiting) -> HTMLResponse:
    """The index generations on disk."""
    return _page(request, visit, "index", generations=visit.admin.desk.generations())


@router.post("/index")
def build(visit: Changing, name: Annotated[str, Form(max_length=20)] = "") -> Response:
    """Builds a new generation or, with `name`, lets that one serve."""

    def work(job: Job) -> str:
        if name:
            visit.admin.desk.switch(name)
            return say("admin.switched", name=name)
        visit.admin.desk.reindex(job.tell)
        return say("admin.built")

    visit.admin.jobs.run("switch" if name else "build", name, visit.who, work)
    return _back("/index")


@router.get("/questions")
def unanswered(request: Request, visit: Visiting) -> HTMLResponse:
    """Questions that were declined and answers that readers found wrong, as long as the settings keep them."""
    service = visit.admin.service
    questions.forget(service.home, service.options.keep_questions_days)
    return _page(
        request, visit, "questions", declined=questions.declined(service.home),
        disliked=questions.disliked(service.home), days=service.options.keep_questions_days,
    )  # fmt: skip


@router.get("/health")
def health(request: Request, visit: Visiting) -> HTMLResponse:
    """What `chitieu doctor` finds."""
    from assistant.doctor import check

    return _page(request, visit, "health", findings=check(visit.admin.service.home))


@router.get("/log")
def log(request: Request, visit: Visiting) -> HTMLResponse:
    """The newest lines of the audit log."""
    lines = [line | {"does": doing(str(line.get("action", "")))} for line in audit.last(visit.admin.service.home)]
    return _page(request, visit, "log", lines=lines)
