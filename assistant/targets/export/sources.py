"""The sheet of sources: one row a document that was read or quoted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from assistant.targets.export.columns import Cell, as_date
from corpus.document import Citation, Document

__all__ = ["SOURCE_COLUMNS", "SOURCE_LINK", "Sources"]


class SourceColumn(NamedTuple):
    """A column of the sheet of sources; `width` in characters."""

    heading: str
    width: int
    cell: Callable[[Document], Cell]


def _day(iso: str | None) -> Cell:
    return as_date(iso) or (int(iso) if iso else None)


SOURCE_COLUMNS: tuple[SourceColumn, ...] = (
    SourceColumn("Tệp", 30, lambda d: d.id),
    SourceColumn("Số, ký hiệu", 18, lambda d: d.number),
    SourceColumn("Nói về văn bản", 18, lambda d: d.about),
    SourceColumn("Loại", 14, lambda d: d.kind),
    SourceColumn("Trích yếu", 60, lambda d: d.title),
    SourceColumn("Cơ quan ban hành", 26, lambda d: d.issuer),
    SourceColumn("Người ký", 20, lambda d: d.signer),
    SourceColumn("Ngày ban hành", 14, lambda d: _day(d.issued_on)),
    SourceColumn("Có hiệu lực từ", 14, lambda d: _day(d.effective_from)),
    SourceColumn("Hiệu lực đến hết", 14, lambda d: _day(d.effective_to)),
    SourceColumn("Lấy từ", 40, lambda d: d.source),
    SourceColumn("SHA-256 của văn bản", 66, lambda d: d.sha256 or None),
)
COUNT_HEADING = ("Số chỉ tiêu", 11)
SOURCE_LINK = [c.heading for c in SOURCE_COLUMNS].index("Lấy từ")


class Sources:
    """Gives each quoted document a row as it is met; documents read without a target come last."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._met: dict[str, Document] = {}
        self._counts: dict[str, int] = {}

    def place(self, citation: Citation) -> int:
        """The row of the cited document in the sheet, where 1 is the header; counts one more target for it."""
        if citation.document not in self._met:
            self._met[citation.document] = self._documents.get(citation.document) or _known(citation)
        self._counts[citation.document] = self._counts.get(citation.document, 0) + 1
        return list(self._met).index(citation.document) + 2

    def rows(self) -> Iterator[list[Cell]]:
        """One row a document, in the order of `place`."""
        rest = {id: d for id, d in self._documents.items() if id not in self._met}
        for id, document in {**self._met, **rest}.items():
            yield [*(column.cell(document) for column in SOURCE_COLUMNS), self._counts.get(id, 0)]


def _known(citation: Citation) -> Document:
    """What a citation alone says of its document."""
    return Document(id=citation.document, number=citation.number, title=citation.title, text="", sha256="")
