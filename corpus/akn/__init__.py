"""Akoma Ntoso 3.0: a document as the XML in which parliaments and archives exchange law (OASIS LegalDocML)."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from corpus.akn.layout import written
from corpus.akn.meta import Acting, described
from corpus.akn.names import NAMESPACE, names_of
from corpus.akn.parts import parts
from corpus.document import Document

__all__ = ["NAMESPACE", "Acting", "akn"]


def akn(document: Document, passive: Iterable[Acting] = ()) -> bytes:
    """`document` as Akoma Ntoso 3.0 XML in UTF-8, valid against the schema of the OASIS standard.

    All characters of the canonical text stand in it once and in order, but for three things: white space where a
    line or a mark ends, the pipes between the cells of table rows (each cell is a `td`), and characters that XML does
    not allow, which become U+FFFD. An `eId` is the unit's part of the permalink with `__` for each dot.

    Args:
        document: what is written.
        passive: what other documents do to this one; they become passive references.
    """
    names = names_of(document)
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})
    work = etree.SubElement(root, f"{{{NAMESPACE}}}{names.form}", name=names.kind, contains="originalVersion")
    division = parts(document, names.form)
    refs = written(work, document, division, names)
    work.insert(0, described(document, names, refs, tuple(passive)))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
