"""Which document took another's place: by what later ones state, and for drafts by the figures they share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from assistant.targets.target import Target
from corpus.document import Document, Frozen, RelationKind
from corpus.schema import number_key

__all__ = ["Standing", "name_of", "standings"]

ENDING = (RelationKind.REPLACES, RelationKind.REPEALS)
SHARED_BY_FINAL = 0.5
"""A decision that sets figures for at least this share of a draft's indicators is taken for its final form."""
LEAST_SHARED = 2
YEARS_TO_FINAL = 2


class Standing(Frozen):
    """What became of a document: ids of those that replaced or amended it, and a sentence that says so.

    `inferred` is True where no document states it and only the figures show it.
    """

    draft: bool = False
    replaced_by: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    inferred: bool = False
    note: str = ""


def name_of(document: Document) -> str:
    """How people call it: its number, "bài viết về" the number it speaks of, its title, else its id."""
    if document.number:
        return document.number
    if document.about:
        kind = document.kind or "tài liệu"
        return f"{kind} {document.about}" if " về " in kind else f"{kind} về {document.about}"
    return document.title or document.id


def _decision(document: Document) -> str:
    """The decision that a document is or speaks of."""
    return document.number or document.about or name_of(document)


def standings(documents: Mapping[str, Document], groups: Iterable[Sequence[Target]] = ()) -> dict[str, Standing]:
    """The standing of each document; `groups` of aligned targets lead from drafts to their final forms."""
    rows = [list(group) for group in groups]
    drafts = {t.citation.document for group in rows for t in group if t.status == "draft"}
    finals = _finals(documents, rows, drafts)
    return {id: _standing(document, documents, drafts, finals.get(id, ())) for id, document in documents.items()}


def _standing(
    document: Document, documents: Mapping[str, Document], drafts: set[str], finals: tuple[str, ...]
) -> Standing:
    draft = document.id in drafts
    ended = tuple(d.id for d in documents.values() if _says_of(d, ENDING, document))
    amended = tuple(d.id for d in documents.values() if _says_of(d, (RelationKind.AMENDS,), document))
    stated = tuple(d.id for d in documents.values() if draft and d.id not in drafts and _keys(d) & _keys(document))
    replaced = ended or stated or finals
    inferred = bool(finals) and not ended and not stated
    return Standing(
        draft=draft,
        replaced_by=replaced,
        amended_by=amended,
        inferred=inferred,
        note=_note(draft, _named(replaced, documents), _named(amended, documents), inferred),
    )


def _named(ids: Iterable[str], documents: Mapping[str, Document]) -> str:
    return ", ".join(dict.fromkeys(_decision(documents[id]) for id in ids))


def _note(draft: bool, replaced_by: str, amended_by: str, inferred: bool) -> str:
    if draft and replaced_by:
        return f"dự thảo; bản ban hành: {replaced_by}" + (" (suy từ các chỉ tiêu trùng nhau)" if inferred else "")
    if replaced_by:
        return f"đã được thay thế hoặc bãi bỏ bởi {replaced_by}"
    said = ["dự thảo"] if draft else []
    return "; ".join(said + ([f"đã được sửa đổi, bổ sung bởi {amended_by}"] if amended_by else []))


def _keys(document: Document) -> set[str]:
    return {key for key in (number_key(document.number), number_key(document.about)) if key}


def _says_of(later: Document, kinds: Sequence[RelationKind], earlier: Document) -> bool:
    """Whether `later` states one of `kinds` about the whole of `earlier`, or of what `earlier` reports on."""
    if later.id == earlier.id or (later.issued_on or "9") < (earlier.issued_on or ""):
        return False
    said = (r for r in later.relations if r.kind in kinds and r.provision is None)
    return any(_same_number(r.number, r.issued_on, earlier) for r in said)


def _same_number(number: str, issued_on: str | None, document: Document) -> bool:
    """Numbers start anew each year, so a stated year must agree with a known one."""
    if number_key(number) not in _keys(document):
        return False
    year, known = (issued_on or "")[:4], (document.issued_on or "")[:4]
    return not year or not known or year == known


def _finals(
    documents: Mapping[str, Document], groups: Sequence[Sequence[Target]], drafts: set[str]
) -> dict[str, tuple[str, ...]]:
    """For each draft the decided documents of the next years that set figures for most of its indicators."""
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    indicators: Counter[str] = Counter()
    for group in groups:
        inside = {t.citation.document for t in group}
        for draft in inside & drafts:
            indicators[draft] += 1
            shared[draft].update(inside - drafts)
    return {
        draft: tuple(
            id for id, n in sorted(found.items()) if _enough(n, indicators[draft]) and _follows(id, draft, documents)
        )
        for draft, found in shared.items()
    }


def _enough(shared: int, all_of_draft: int) -> bool:
    return shared >= LEAST_SHARED and shared >= SHARED_BY_FINAL * all_of_draft


def _follows(id: str, draft: str, documents: Mapping[str, Document]) -> bool:
    issued = (documents[id].issued_on if id in documents else None) or ""
    drafted = (documents[draft].issued_on if draft in documents else None) or ""
    if not issued or not drafted:
        return False
    return issued[: len(drafted)] >= drafted[: len(issued)] and int(issued[:4]) - int(drafted[:4]) <= YEARS_TO_FINAL
