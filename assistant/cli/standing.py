"""What `chitieu show` says beyond the fields: addressees, notes of the reader, provisions on a day, contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.document import Document, RelationKind
from corpus.metadata import addressees
from corpus.provisions_as_of import Standing, provisions_as_of
from corpus.validity import contradictions, in_force, interval

__all__ = ["addressed", "noted", "standing"]

_DONE = {
    RelationKind.REPLACES: "bị thay thế",
    RelationKind.REPEALS: "bị bãi bỏ",
    RelationKind.AMENDS: "được sửa đổi, bổ sung",
    RelationKind.EXTENDS: "được kéo dài",
}


def addressed(document: Document) -> Iterator[str]:
    """One line with the addressees, where the text names any."""
    names = [found.value for found in addressees(document.text, document.provisions)]
    if names:
        yield f"Kính gửi, nơi nhận ({len(names)}): {'; '.join(names)}"


def noted(notes: Iterable[str]) -> Iterator[str]:
    """One line a note of the reader."""
    return (f"Lưu ý khi đọc tệp: {note}" for note in notes)


def standing(document: Document, others: Sequence[Document], day: str | None) -> Iterator[str]:
    """How the document and its changed provisions stand on `day` (ISO), then dates that contradict each other."""
    if day is not None:
        held = interval(document, others)
        known = f"từ {held.start or 'ngày không rõ'}" + (f" đến hết {held.end}" if held.end else "")
        says = "có hiệu lực" if in_force(document, day, others) else "không có hiệu lực"
        yield f"Ngày {day}: {says} ({known})"
        yield from (f"  {_changed(one, day)}" for one in provisions_as_of(document, day, others))
    yield from (f"Ngày tháng mâu thuẫn: {said}" for said in contradictions(document, others))


def _changed(one: Standing, day: str) -> str:
    done = [c for c in one.changes if c.effective_from and c.effective_from[: len(day)] <= day]
    if not done:
        return f"{one.path}: còn nguyên, các văn bản khác sẽ thay đổi sau ngày này"
    acts = "; ".join(f"{_DONE[c.kind]} theo {c.number} từ {c.effective_from}" for c in done)
    return f"{one.path}: {'còn hiệu lực' if one.in_force else 'không còn hiệu lực'}, {acts}"
