"""`/documents/{id}`: a decision as people know it, with its targets in the margin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse

from assistant.service.catalogue import shown_source, targets_of
from assistant.service.desk import Desk
from assistant.service.pages.layout import page
from assistant.service.pages.outline import outline
from assistant.service.pages.prose import Line, Mark, Table, prose
from assistant.service.routes.common import At
from assistant.targets.standing import name_of, standings
from assistant.targets.target import Target
from corpus.document import Document, RelationKind, Span
from corpus.permalink import permalink
from corpus.schema import number_key

__all__ = ["Block", "Related", "blocks", "found_in", "router", "target_marks"]

router = APIRouter()

MOST_HITS = 500


@dataclass(frozen=True)
class Block:
    """A line or a table with the targets stated in it, numbered as in the text."""

    shown: Line | Table
    targets: tuple[tuple[int, Target], ...]
    is_table: bool


@dataclass(frozen=True)
class Related:
    """What the document says about others of one kind: number, address where stored, place in the text."""

    kind: str
    others: tuple[tuple[str, str, Span], ...]


@router.get("/documents/{id}")
def document(
    request: Request,
    at: At,
    id: Annotated[str, Path(max_length=255)],
    c: Annotated[str, Query(max_length=40)] = "",
    q: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:
    """The document; `c=start-end` highlights those characters, `q` the places where words stand."""
    found = at.desk.document(id)
    targets = targets_of(at.desk, id)
    cited = _cited(c, len(found.text))
    hits = found_in(found.text, q)
    citing, standing = _standing(at.desk, found)
    return page(
        request,
        "viewer.html",
        document=found,
        outline=outline(found),
        blocks=blocks(prose(found, _marks(targets, cited, hits)), targets),
        targets=targets,
        cited=cited,
        missing=bool(c) and cited is None,
        source=shown_source(found) or "",
        q=q,
        hits=hits,
        most=MOST_HITS,
        related=_related(at.desk, found),
        citing=citing,
        standing=standing,
        permalink="/" + permalink(found),
    )


def _cited(c: str, length: int) -> Span | None:
    match = re.fullmatch(r"(\d{1,9})-(\d{1,9})", c)
    if match is None:
        return None
    start, end = int(match[1]), min(int(match[2]), length)
    return Span(start=start, end=end) if start < end else None


def target_marks(targets: Sequence[Target]) -> list[Mark]:
    """A mark for the quote of each target, `t-1` and on."""
    spans = (Span(start=t.citation.start, end=t.citation.end) for t in targets)
    return [Mark(span, "target", f"t-{n}") for n, span in enumerate(spans, 1)]


def _marks(targets: Sequence[Target], cited: Span | None, hits: Sequence[Span]) -> list[Mark]:
    marks = target_marks(targets)
    marks += [Mark(span, "hit", f"h-{n}") for n, span in enumerate(hits, 1)]
    if cited:
        marks.append(Mark(cited, "cited", f"c={cited.start}-{cited.end}"))
    return marks


def blocks(shown: Sequence[Line | Table], targets: Sequence[Target]) -> list[Block]:
    """`shown` with each target beside the line or table where its quote begins; `targets` in the order of the text."""
    made: list[Block] = []
    waiting = list(enumerate(targets, 1))
    for part in shown:
        own: list[tuple[int, Target]] = []
        while waiting and waiting[0][1].citation.start < part.end:
            own.append(waiting.pop(0))
        made.append(Block(part, tuple(own), isinstance(part, Table)))
    return made


def _related(desk: Desk, document: Document) -> list[Related]:
    stored = {number_key(s.number): s.id for s in desk.documents() if s.number}
    groups: list[Related] = []
    for kind in RelationKind:
        others: dict[str, tuple[str, str, Span]] = {}
        for relation in document.relations:
            if relation.kind is kind:
                key = number_key(relation.number) or relation.number
                others.setdefault(key, (relation.number, stored.get(key, ""), relation.span))
        if others:
            groups.append(Related(kind.value, tuple(others.values())))
    return groups


def _standing(desk: Desk, document: Document) -> tuple[list[tuple[str, str, str]], str]:
    """What later documents say about this one (kind, id, name), and what became of it in a sentence."""
    said = desk.citing(document)
    others = {c.document: desk.document(c.document) for c in said}
    lines = dict.fromkeys((c.relation.kind.value, c.document, name_of(others[c.document])) for c in said)
    return list(lines), standings({document.id: document, **others})[document.id].note


def _bare(text: str) -> str:
    """`text` without case and diacritics, one character for each, so that offsets stay."""
    return "".join(_letter(c) for c in text)


def _letter(c: str) -> str:
    base = "d" if c in "đĐ" else unicodedata.normalize("NFD", c)[0].lower()
    return base if len(base) == 1 else c


def found_in(text: str, query: str) -> list[Span]:
    """Where `query` stands in `text`, at most `MOST_HITS` places; diacritics count only when the query has some."""
    words = " ".join(unicodedata.normalize("NFC", query).split())
    if not words:
        return []
    plain = _bare(words) == words.lower()
    pattern = r"\s+".join(re.escape(w) for w in (_bare(words) if plain else words.lower()).split())
    folded = _bare(text) if plain else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    spans = (Span(start=m.start(), end=m.end()) for m in re.finditer(pattern, folded))
    return [span for span, _ in zip(spans, range(MOST_HITS), strict=False)]
