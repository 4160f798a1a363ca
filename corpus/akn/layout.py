"""Layout: the parts of a document written out as preface, preamble, body, conclusions and attachments."""

from __future__ import annotations

from lxml import etree

from corpus.akn.inline import Reference, Scribe
from corpus.akn.meta import component
from corpus.akn.names import NAMESPACE, Names
from corpus.akn.parts import Parts, is_ground
from corpus.akn.units import CONTAINERS, Units
from corpus.document import Document
from corpus.document import ProvisionKind as Kind

__all__ = ["written"]


def written(work: etree._Element, document: Document, parts: Parts, names: Names) -> list[Reference]:
    """Writes the parts of `document` into `work`; returns the references that stand in its text."""
    units = Units(document, Scribe(document))
    _preface(work, units, parts.preface)
    _preamble(work, document, units, parts.preamble)
    if names.form == "act":
        units.inside(_child(work, "body"), parts.body, "than")
    else:
        units.among_blocks(_child(work, "mainBody"), parts.body)
    _conclusions(work, units, parts.conclusions)
    if parts.attachments:
        attachments = _child(work, "attachments")
        for n, at in enumerate(parts.attachments, start=1):
            _attachment(attachments, units, at, names, n)
    return units.scribe.references


def _preface(work: etree._Element, units: Units, places: list[int]) -> None:
    if not places:
        return
    preface = _child(work, "preface")
    for at in places:
        span = units.of[at].span
        units.scribe.paragraphs(preface, span.start, span.end)
    _filled(preface)


def _preamble(work: etree._Element, document: Document, units: Units, places: list[int]) -> None:
    """Grounds next to one another become one `citations`, each in a `citation`."""
    if not places:
        return
    preamble = _child(work, "preamble")
    citations: etree._Element | None = None
    count = 0
    for at in places:
        span = units.of[at].span
        if not is_ground(document, at):
            citations = None
            units.scribe.paragraphs(preamble, span.start, span.end)
            continue
        if citations is None:
            citations = _child(preamble, "citations", eId=f"can_cu_tu_{count + 1}")
        count += 1
        units.scribe.paragraphs(_child(citations, "citation", eId=f"can_cu_{count}"), span.start, span.end)
    _filled(preamble)


def _conclusions(work: etree._Element, units: Units, places: list[int]) -> None:
    if not places:
        return
    conclusions = _child(work, "conclusions")
    for at in places:
        unit = units.of[at]
        parent = conclusions
        if unit.kind is not Kind.PARAGRAPH:
            parent = _child(conclusions, "container", name=CONTAINERS[unit.kind], eId=units.eid(at))
        units.scribe.paragraphs(parent, unit.span.start, unit.span.end)
        _filled(parent)


def _attachment(attachments: etree._Element, units: Units, at: int, names: Names, count: int) -> None:
    """An annex: its number and title, then a document of its own, which is a component of this one."""
    attachment = _child(attachments, "attachment", eId=units.eid(at) or f"dinh_kem_{count}")
    start, end, others = units.opened(attachment, at)
    inner = _child(attachment, "doc", name="phu-luc")
    inner.append(component(names, count))
    body = _child(inner, "mainBody")
    units.scribe.paragraphs(body, start, end)
    units.among_blocks(body, others)


def _filled(element: etree._Element) -> None:
    """An empty paragraph where the schema wants one and the text has no words."""
    if not len(element):
        _child(element, "p")


def _child(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", **attributes)
