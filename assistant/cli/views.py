"""Documents, answers and hits as people read them in a terminal."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from corpus.document import Document, Provision, ProvisionKind, RelationKind
from corpus.store import Citing, Missing, Summary

if TYPE_CHECKING:
    from assistant.answers.answer import Answer
    from indexer.search import Hit

__all__ = ["absent", "answered", "found", "line", "portrait", "validity"]

_FIELDS = {
    "number": "Số, ký hiệu",
    "about": "Nói về văn bản",
    "kind": "Loại",
    "title": "Trích yếu",
    "issuer": "Cơ quan ban hành",
    "signer": "Người ký",
    "issued_on": "Ngày ban hành",
    "effective_from": "Có hiệu lực từ",
    "effective_to": "Có hiệu lực đến hết",
}
_ORIGINS = {"text": "theo văn bản", "sidecar": "theo manifest", "command": "theo lệnh", "name": "theo tên tệp"}
_OUTLINED = {
    ProvisionKind.PHAN,
    ProvisionKind.CHUONG,
    ProvisionKind.MUC,
    ProvisionKind.TIEU_MUC,
    ProvisionKind.DIEU,
    ProvisionKind.PHU_LUC,
}
_ENDING = {RelationKind.REPLACES, RelationKind.REPEALS}


def line(summary: Summary) -> str:
    """One line of the list."""
    number = summary.number or (f"về {summary.about}" if summary.about else "")
    return "  ".join(p for p in (summary.id, number, summary.issued_on, _short(summary.title or "", 80)) if p)


def absent(missing: Iterable[Missing]) -> Iterator[str]:
    """One line a number that is cited but absent."""
    return (f"{m.number}  (được dẫn trong {len(m.cited_by)} văn bản: {_few(m.cited_by)})" for m in missing)


def answered(answer: Answer) -> Iterator[str]:
    """The answer, then each citation: decision, place, quote."""
    yield answer.answer
    for at, cited in enumerate(answer.citations, start=1):
        place = ", ".join(p for p in (cited.number or cited.document, cited.path) if p)
        yield f"\n[{at}] {place} ({cited.document})\n    “{' '.join(cited.quote.split())}”"
    if answer.suggestions:
        yield "\nCó thể hỏi:"
        yield from (f"  - {question}" for question in answer.suggestions)


def found(hits: Sequence[Hit], numbers: Mapping[str, str]) -> Iterator[str]:
    """Each hit: rank, score, decision, place, and how its text begins. `numbers` are by document id."""
    for at, hit in enumerate(hits, start=1):
        passage = hit.passage
        place = ", ".join(p for p in (numbers.get(passage.document), passage.path) if p)
        yield f"{at:2}. {hit.score:.3f}  {passage.document}  {place}"
        yield f"    {_short(passage.text, 240)}"


def portrait(document: Document, citing: Sequence[Citing] = ()) -> Iterator[str]:
    """Metadata with their origin, validity, structure and relations of one document."""
    yield f"{document.id}  ({len(document.text)} ký tự, sha256 {document.sha256[:12]}...)"
    for name, words in _FIELDS.items():
        value = getattr(document, name)
        if value is not None:
            origin = document.provenance.get(name)
            yield f"  {words}: {value}" + (f"  ({_ORIGINS[origin.source]})" if origin else "")
    if document.source:
        yield f"  Nguồn: {document.source}"
    yield f"  Hiệu lực: {validity(document, citing)}"
    yield from _outline(document)
    if document.relations:
        yield f"Quan hệ ({len(document.relations)}):"
        for r in document.relations:
            where = f", {r.provision}" if r.provision else ""
            yield f"  {r.kind} {r.number}{where}" + (f" ({r.issued_on})" if r.issued_on else "")
    if citing:
        yield f"Được dẫn bởi ({len(citing)}):"
        yield from (f"  {c.document}: {c.relation.kind}" for c in citing)


def validity(document: Document, citing: Sequence[Citing] = (), today: str | None = None) -> str:
    """Whether the document is in force on `today`, as far as its dates and the stored documents tell."""
    day = today or datetime.date.today().isoformat()
    ended = [c.document for c in citing if c.relation.kind in _ENDING and c.relation.provision is None]
    extended = [c.document for c in citing if c.relation.kind is RelationKind.EXTENDS and c.relation.provision is None]
    if document.effective_to and document.effective_to < day[: len(document.effective_to)] and not extended:
        return f"hết hiệu lực, ngày cuối có hiệu lực là {document.effective_to}"
    if ended:
        return f"bị thay thế hoặc bãi bỏ theo {_few(ended)}"
    start = document.effective_from or document.issued_on
    if start is None:
        return "không rõ (văn bản không nêu ngày)"
    if start > day:
        return f"chưa có hiệu lực, có hiệu lực từ {start}"
    if extended:
        return f"có hiệu lực từ {start}, được kéo dài theo {_few(extended)}"
    if document.effective_to:
        return f"có hiệu lực từ {start} đến hết {document.effective_to}"
    return f"có hiệu lực từ {start}, chưa thấy văn bản nào chấm dứt"


def _outline(document: Document) -> Iterator[str]:
    counts: dict[str, int] = {}
    for p in document.provisions:
        counts[p.kind] = counts.get(p.kind, 0) + 1
    if not counts:
        return
    yield "Cấu trúc: " + ", ".join(f"{n} {kind}" for kind, n in counts.items())
    for p in document.provisions:
        if p.kind in _OUTLINED:
            name = f"{p.kind[0].upper()}{p.kind[1:]} {p.label}".strip()
            yield "  " * (1 + _depth(document, p)) + name + (f". {_short(p.heading, 90)}" if p.heading else "")


def _depth(document: Document, provision: Provision) -> int:
    depth, at = 0, provision.parent
    while at is not None:
        depth += document.provisions[at].kind in _OUTLINED
        at = document.provisions[at].parent
    return depth


def _short(text: str, limit: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 3].rstrip() + "..."


def _few(names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    return ", ".join(distinct[:3]) + (f" và {len(distinct) - 3} văn bản khác" if len(distinct) > 3 else "")
