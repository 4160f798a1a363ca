"""`/vn/...@date#unit`: the address of a work, which outlives file names; the browser keeps the unit behind `#`."""

from __future__ import annotations

from urllib.parse import quote, unquote

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from assistant.service.desk import Desk
from assistant.service.routes.common import At
from assistant.service.words import say
from corpus.errors import NotFound
from corpus.permalink import work
from corpus.store import Summary

__all__ = ["router"]

router = APIRouter()


@router.get("/vn/{address:path}")
def resolve(address: str, at: At) -> RedirectResponse:
    """Leads to the viewer of the document that has this permalink."""
    id = _find(at.desk, f"vn/{address}")
    return RedirectResponse(f"/documents/{quote(id, safe='')}", status_code=302)


def _own(summary: Summary) -> str:
    """The permalink of the document, with its id as it reads: the server has decoded the address as well."""
    return unquote(work(summary.id, summary.number, summary.issued_on, summary.issuer, summary.kind))


def _find(desk: Desk, link: str) -> str:
    """The id of the document with the permalink `link`; without a date, the newest version of the work."""
    named, _, date = link.rpartition("@") if "@" in link else (link, "", "")
    found = []
    for summary in desk.documents():
        own, _, own_date = _own(summary).rpartition("@") if summary.issued_on else (_own(summary), "", "")
        if own == named and (not date or date == own_date):
            found.append((own_date, summary.id))
    if not found:
        raise NotFound(say("error.permalink", link=link))
    return max(found)[1]
