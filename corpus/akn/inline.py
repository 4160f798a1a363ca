"""Inline elements: the words of a line with the references and facts that stand in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from lxml import etree

from corpus.akn.names import NAMESPACE, fragment, work_uri
from corpus.document import Document, Relation

__all__ = ["Reference", "Scribe"]

_FACTS = {
    "number": "docNumber",
    "kind": "docType",
    "title": "docTitle",
    "issuer": "docAuthority",
    "signer": "signature",
}
_WHOLE_DATE = 10
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow in a text (section 2.2)."""


class Reference(NamedTuple):
    """A relation and the URI it leads to; `eid` is that of its element, empty where other words enclose it."""

    eid: str
    href: str
    relation: Relation


class _Mark(NamedTuple):
    start: int
    end: int
    tag: str
    attributes: dict[str, str]


class Scribe:
    """Writes stretches of a document's text into elements, each character once."""

    def __init__(self, document: Document) -> None:
        self.text = _FORBIDDEN.sub("\ufffd", document.text)
        self.references = [
            Reference(f"ref_{n}", work_uri(r.number, r.issued_on) + fragment(r.provision), r)
            for n, r in enumerate(document.relations, start=1)
        ]
        self._marks = _apart([*_fact_marks(document), *map(_reference_mark, self.references)])
        marked = {mark.attributes.get("eId") for mark in self._marks}
        self.references = [r if r.eid in marked else r._replace(eid="") for r in self.references]
        self._starts = [mark.start for mark in self._marks]
        self._written: set[str] = set()

    def block(self, parent: etree._Element, tag: str, start: int, end: int, **attributes: str) -> etree._Element:
        """A new element `tag` at the end of `parent` that holds the text from `start` to `end`, its ends stripped."""
        element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", **attributes)
        start, end = self.stripped(start, end)
        at = start
        for mark in self._between(start, end):
            self._say(element, max(at, start), mark.start)
            inner = etree.SubElement(element, f"{{{NAMESPACE}}}{mark.tag}", **self._once(mark.attributes))
            inner.text = self.text[max(mark.start, start) : min(mark.end, end)]
            at = min(mark.end, end)
        self._say(element, max(at, start), end)
        return element

    def paragraphs(self, parent: etree._Element, start: int, end: int) -> int:
        """One `p` a printed line; returns how many were written."""
        lines = self.lines(start, end)
        for line in lines:
            self.block(parent, "p", *line)
        return len(lines)

    def lines(self, start: int, end: int) -> list[tuple[int, int]]:
        """The lines from `start` to `end` that print something."""
        found: list[tuple[int, int]] = []
        at = start
        while at < end:
            stop = self.text.find("\n", at, end)
            stop = end if stop < 0 else stop
            line = self.stripped(at, stop)
            if line[0] < line[1]:
                found.append(line)
            at = stop + 1
        return found

    def stripped(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without the white space at its ends."""
        words = self.text[start:end]
        lead = len(words) - len(words.lstrip())
        return start + lead, start + max(lead, len(words.rstrip()))

    def _between(self, start: int, end: int) -> list[_Mark]:
        first = max(0, bisect_right(self._starts, start) - 1)
        return [mark for mark in self._marks[first : bisect_right(self._starts, end - 1)] if mark.end > start]

    def _say(self, element: etree._Element, start: int, end: int) -> None:
        words = self.text[start:end]
        if not words:
            return
        if len(element):
            element[-1].tail = (element[-1].tail or "") + words
        else:
            element.text = (element.text or "") + words

    def _once(self, attributes: dict[str, str]) -> dict[str, str]:
        """`attributes` without an eId that was given before: words that are broken over two lines keep one."""
        eid = attributes.get("eId")
        if eid is None or eid not in self._written:
            self._written.add(eid or "")
            return attributes
        return {name: value for name, value in attributes.items() if name != "eId"}


def _fact_marks(document: Document) -> list[_Mark]:
    """Where the text states number, kind, title, issuer, signer and date of issue."""
    marks: list[_Mark] = []
    for field, origin in document.provenance.items():
        if origin.span is None or not len(origin.span):
            continue
        if field in _FACTS:
            marks.append(_Mark(origin.span.start, origin.span.end, _FACTS[field], {}))
        elif field == "issued_on" and len(document.issued_on or "") == _WHOLE_DATE:
            marks.append(_Mark(origin.span.start, origin.span.end, "docDate", {"date": document.issued_on or ""}))
    return marks


def _reference_mark(reference: Reference) -> _Mark:
    span = reference.relation.span
    return _Mark(span.start, span.end, "ref", {"eId": reference.eid, "href": reference.href})


def _apart(marks: list[_Mark]) -> list[_Mark]:
    """The marks in order of the text; one that overlaps another before it is left out."""
    kept: list[_Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, m.end)):
        if mark.start < mark.end and (not kept or kept[-1].end <= mark.start):
            kept.append(mark)
    return kept
