"""One Jinja environment; what every template may use."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.answers.answer import Reason
from assistant.service import static
from assistant.service.words import say
from assistant.targets import wording
from corpus.document import Citation, Span

__all__ = ["citation_url", "page", "passage_url", "place_name"]

_HERE = Path(__file__).parent


def passage_url(document: str, span: Span) -> str:
    """Where the viewer shows `span` highlighted; works without scripts, for the server marks it too."""
    at = f"c={span.start}-{span.end}"
    return f"/documents/{quote(document, safe='')}?{at}#{at}"


def citation_url(citation: Citation) -> str:
    """Where the viewer shows the words of `citation`."""
    return passage_url(citation.document, Span(start=citation.start, end=citation.end))


def place_name(citation: Citation) -> str:
    """Where the words stand: "điểm a khoản 1 Điều 1, 123/QĐ-TTg"; an article or digest is not taken for the work."""
    name = citation.number or citation.document
    aside = citation.link.startswith("vn/tai-lieu/") and not re.search("phụ lục", citation.path, re.IGNORECASE)
    if citation.number and aside:
        name = say("place.about", number=citation.number)
    return ", ".join(part for part in (citation.path, name) if part)


def day(iso: str | None) -> str:
    """An ISO date as it is written in Vietnamese: 27/8/2010, 8/2010, 2010."""
    parts = [str(int(p)) if p.isdecimal() else p for p in (iso or "").split("-") if p]
    return "/".join(reversed(parts))


def moment(iso: str) -> str:
    """An ISO time as it is written in Vietnamese: 14:05 27/8/2010."""
    date, _, clock = iso.partition("T")
    return f"{clock[:5]} {day(date)}".strip()


def first_words(text: str, count: int = 8) -> str:
    """The first words of an indicator, by which it is found in other documents."""
    return " ".join(text.split()[:count])[:150]


def short(text: str, length: int = 160) -> str:
    """`text` on one line, cut between words behind `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + "…"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        t=say,
        asset=static.url,
        citation_url=citation_url,
        passage_url=passage_url,
        statuses=wording.STATUSES,
        comparators=wording.COMPARATORS,
    )
    environment.filters.update(
        day=day,
        moment=moment,
        figure=wording.figure,
        deadline=wording.deadline,
        number=wording.number,
        quoted=lambda s: quote(s, ""),
        short=short,
        first_words=first_words,
        place_name=place_name,
    )
    environment.tests["reason"] = lambda value: isinstance(value, Reason)
    return environment


def page(request: Request, template: str, status_code: int = 200, **values: Any) -> HTMLResponse:
    """The page that `template` makes of `values`."""
    me, form_token = _inside(request)
    text = _environment().get_template(template).render(
        path=request.url.path, me=me, form_token=form_token, **values
    )  # fmt: skip
    return HTMLResponse(text, status_code=status_code, headers={"Cache-Control": "no-cache"})


def _inside(request: Request) -> tuple[str, str]:
    """Whose session the page belongs to, and what its forms carry; both empty without a session."""
    session = request.scope.get("state", {}).get("session")
    if session is None:
        return "", ""
    return session.name, request.app.state.service.access.sessions.form_token(session)
