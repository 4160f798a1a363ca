"""Units: provisions as elements of the Akoma Ntoso hierarchy, tables as tables."""

from __future__ import annotations

import re

from lxml import etree

from corpus.akn.inline import Scribe
from corpus.akn.names import NAMESPACE, eids
from corpus.document import Document, Provision
from corpus.document import ProvisionKind as Kind
from corpus.structure.lines import Line

__all__ = ["CONTAINERS", "Units"]

_TAGS = {
    Kind.PHAN: "part",
    Kind.CHUONG: "chapter",
    Kind.MUC: "section",
    Kind.TIEU_MUC: "subsection",
    Kind.DIEU: "article",
    Kind.KHOAN: "paragraph",
    Kind.DIEM: "point",
    Kind.ITEM: "indent",
}
CONTAINERS = {
    Kind.HEADER: "phanDau",
    Kind.SIGNATURE: "chuKy",
    Kind.RECIPIENTS: "noiNhan",
    Kind.PHU_LUC: "phuLuc",
}
"""Names of the containers for units that the standard has no element for."""

_HEADED = frozenset((Kind.PHAN, Kind.CHUONG, Kind.MUC, Kind.TIEU_MUC, Kind.DIEU, Kind.PHU_LUC))
_BLOCKS = frozenset((Kind.PARAGRAPH, Kind.TABLE, Kind.ROW))


class Units:
    """The provisions `of` a document, written one by one."""

    def __init__(self, document: Document, scribe: Scribe) -> None:
        self.of = document.provisions
        self.scribe = scribe
        self._text = document.text
        self._eids = eids(document)
        self._inner: list[list[int]] = [[] for _ in self.of]
        for at, unit in enumerate(self.of):
            if unit.parent is not None:
                self._inner[unit.parent].append(at)
        self._loose: dict[str, int] = {}

    def eid(self, at: int) -> str:
        """The eId of the provision at `at`; empty for a paragraph."""
        return self._eids[at]

    def inside(self, parent: etree._Element, places: list[int], eid: str) -> None:
        """Writes provisions where the schema takes units only; a paragraph or table becomes an `alinea`."""
        for at in places:
            if self.of[at].kind in _BLOCKS:
                alinea = _child(parent, "alinea", eId=self._count(f"{eid}__doan"))
                self._block(_child(alinea, "content"), at)
            else:
                self._unit(parent, at)

    def among_blocks(self, parent: etree._Element, places: list[int]) -> None:
        """Writes provisions where the schema takes blocks and units in any order, and one at least."""
        for at in places:
            if self.of[at].kind in _BLOCKS:
                self._block(parent, at)
            else:
                self._unit(parent, at)
        if not len(parent):
            _child(parent, "p")

    def opened(self, element: etree._Element, at: int) -> tuple[int, int, list[int]]:
        """Writes number and heading of a unit into `element`.

        Returns:
            Start and end of the words of the unit itself that are left, and the places of the units in it.
        """
        unit, inner = self.of[at], self._inner[at]
        start, end = unit.span.start, unit.span.end
        if inner:
            first = self.of[inner[0]]
            leads = first.kind is Kind.PARAGRAPH and first.span.start == start
            end = first.span.end if leads else start
            inner = inner[1:] if leads else inner
        stop = self._numbered(element, unit, start, end)
        heading = self._heading(unit, stop, end, bool(inner))
        if heading > stop:
            self.scribe.block(element, "heading", stop, heading)
        return heading, end, inner

    def _numbered(self, element: etree._Element, unit: Provision, start: int, end: int) -> int:
        """Writes the number as printed; returns where it ends."""
        if unit.kind not in _TAGS and unit.kind is not Kind.PHU_LUC:
            return start
        lines = self.scribe.lines(start, end)
        printed = Line.of(self._text, start, lines[0][1]) if lines else None
        if printed is None or printed.unit is None or printed.unit.label != unit.label:
            return start
        stop = printed.begin + printed.unit.size
        self.scribe.block(element, "num", start, stop)
        return stop

    def _heading(self, unit: Provision, start: int, end: int, holds_units: bool) -> int:
        """Where the heading ends that stands at `start` and fills its lines; `start` where there is none."""
        words = unit.heading.split()
        if not words or words[-1].endswith(":") or not (unit.kind in _HEADED or holds_units):
            return start
        match = re.compile(r"\s*" + r"\s+".join(map(re.escape, words)) + r"[^\S\n]*(?=\n|\Z)").match(
            self._text, start, end
        )
        return match.end() if match else start

    def _unit(self, parent: etree._Element, at: int) -> None:
        unit = self.of[at]
        if unit.kind in _TAGS:
            element = _child(parent, _TAGS[unit.kind], eId=self._eids[at])
        else:
            element = _child(parent, "hcontainer", name=CONTAINERS[unit.kind], eId=self._eids[at])
        start, end, inner = self.opened(element, at)
        units = [n for n, each in enumerate(inner) if self.of[each].kind not in _BLOCKS]
        if not units:
            self._blocks(_child(element, "content"), start, end, inner)
            return
        first, last = units[0], units[-1] + 1
        if first or self.scribe.lines(start, end):
            self._blocks(_child(element, "intro"), start, end, inner[:first])
        self.inside(element, inner[first:last], self._eids[at])
        if inner[last:]:
            self._blocks(_child(element, "wrapUp"), 0, 0, inner[last:])

    def _blocks(self, parent: etree._Element, start: int, end: int, places: list[int]) -> None:
        self.scribe.paragraphs(parent, start, end)
        for at in places:
            self._block(parent, at)

    def _block(self, parent: etree._Element, at: int) -> None:
        unit = self.of[at]
        if unit.kind is Kind.PARAGRAPH:
            self.scribe.paragraphs(parent, unit.span.start, unit.span.end)
            return
        rows = self._inner[at] or [at]
        table = _child(parent, "table", eId=self._eids[at])
        for row in rows:
            self._row(table, row, "" if row == at else self._eids[row])
        if not len(table):
            _child(_child(table, "tr"), "td")

    def _row(self, table: etree._Element, at: int, eid: str) -> None:
        span = self.of[at].span
        for n, (start, end) in enumerate(self.scribe.lines(span.start, span.end)):
            row = _child(table, "tr", **({"eId": eid} if eid and n == 0 else {}))
            for cell in _cells(self._text, start, end):
                self.scribe.paragraphs(_child(row, "td"), *cell)

    def _count(self, name: str) -> str:
        self._loose[name] = self._loose.get(name, 0) + 1
        return f"{name}_{self._loose[name]}"


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of the row `text[start:end]`: between pipes, or between tabs in a row that has no pipe."""
    mark = "|" if "|" in text[start:end] else "\t"
    if text.startswith(mark, start):
        start += 1
    if start < end and text[end - 1] == mark:
        end -= 1
    stops = [at for at in range(start, end) if text[at] == mark]
    return list(zip([start, *(stop + 1 for stop in stops)], [*stops, end], strict=True))


def _child(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", **attributes)
