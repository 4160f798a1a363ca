"""Metadata: identification (FRBR), lifecycle, what the document does to others, references."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from corpus.akn.inline import Reference
from corpus.akn.names import NAMESPACE, Names, work_uri
from corpus.document import Document, RelationKind
from corpus.permalink import slug

__all__ = ["Acting", "component", "described"]

_MAKER = "#chitieu"
_UNKNOWN_DAY = "0001-01-01"
_MODS = {
    RelationKind.REPLACES: "replacement",
    RelationKind.REPEALS: "repeal",
    RelationKind.AMENDS: "substitution",
}


class Acting(NamedTuple):
    """A document that does `kind` to the one that is written."""

    kind: RelationKind
    number: str
    issued_on: str | None = None
    issuer: str | None = None


def described(
    document: Document, names: Names, references: list[Reference], passive: tuple[Acting, ...]
) -> etree._Element:
    """The `meta` of `document`, whose text holds `references` and which `passive` documents act on."""
    meta = etree.Element(f"{{{NAMESPACE}}}meta")
    _identification(meta, document, names)
    _lifecycle(meta, document)
    _modifications(meta, names, references)
    if document.effective_from:
        _interval(meta, document)
    _references(meta, document, names, references, passive)
    return meta


def component(names: Names, count: int) -> etree._Element:
    """The `meta` of the annex `count` of the document with these names."""
    meta = etree.Element(f"{{{NAMESPACE}}}meta")
    identification = _add(meta, "identification", source=_MAKER)
    for level, uri, language in (
        ("FRBRWork", names.uri, False),
        ("FRBRExpression", names.expression, True),
        ("FRBRManifestation", f"{names.expression}.xml", False),
    ):
        each = _add(identification, level)
        _add(each, "FRBRthis", value=_component(uri, f"annex_{count}"))
        _add(each, "FRBRuri", value=uri)
        _dated(each, names.expression.partition("@")[2] or None, "generation")
        _add(each, "FRBRauthor", href="#issuer")
        if language:
            _add(each, "FRBRlanguage", language="vie")
        elif level == "FRBRWork":
            _add(each, "FRBRcountry", value="vn")
    return meta


def _identification(meta: etree._Element, document: Document, names: Names) -> None:
    identification = _add(meta, "identification", source=_MAKER)
    work = _level(identification, "FRBRWork", names.uri, document, "#issuer")
    _add(work, "FRBRcountry", value="vn")
    if document.kind:
        _add(work, "FRBRsubtype", value=slug(document.kind))
    if document.number:
        _add(work, "FRBRnumber", value=document.number)
    if document.title:
        _add(work, "FRBRname", value=_clean(document.title))
    _add(work, "FRBRprescriptive", value="true" if names.form == "act" else "false")
    expression = _level(identification, "FRBRExpression", names.expression, document, "#issuer")
    _add(expression, "FRBRlanguage", language="vie")
    manifestation = _level(identification, "FRBRManifestation", f"{names.expression}.xml", document, _MAKER)
    _add(manifestation, "FRBRformat", value="application/akn+xml")


def _level(parent: etree._Element, tag: str, uri: str, document: Document, author: str) -> etree._Element:
    level = _add(parent, tag)
    _add(level, "FRBRthis", value=_component(uri, "main"))
    _add(level, "FRBRuri", value=uri)
    if tag == "FRBRWork":
        _add(level, "FRBRalias", value=document.id, name="id")
    _dated(level, document.issued_on, "generation")
    _add(level, "FRBRauthor", href=author)
    return level


def _component(uri: str, name: str) -> str:
    """The URI of a component; the format of a manifestation stays last."""
    whole = uri.removesuffix(".xml")
    return f"{whole}/!{name}{uri[len(whole) :]}"


def _dated(level: etree._Element, day: str | None, name: str) -> None:
    _add(
        level,
        "FRBRdate",
        date=_whole(day),
        name=name if day and len(day) == 10 else "approximate" if day else "unknown",
    )


def _lifecycle(meta: etree._Element, document: Document) -> None:
    """Events: issued, in force, no longer in force; those whose date is known."""
    days = (
        ("ban_hanh", document.issued_on, "generation"),
        ("co_hieu_luc", document.effective_from, None),
        ("het_hieu_luc", document.effective_to, "repeal"),
    )
    known = [(eid, day, type_) for eid, day, type_ in days if day]
    if not known:
        return
    lifecycle = _add(meta, "lifecycle", source=_MAKER)
    for eid, day, type_ in known:
        _add(lifecycle, "eventRef", eId=eid, date=_whole(day), source="#original", **({"type": type_} if type_ else {}))


def _interval(meta: etree._Element, document: Document) -> None:
    group = _add(_add(meta, "temporalData", source=_MAKER), "temporalGroup", eId="hieu_luc")
    end = {"end": "#het_hieu_luc"} if document.effective_to else {}
    _add(group, "timeInterval", refersTo="#inForce", start="#co_hieu_luc", **end)


def _modifications(meta: etree._Element, names: Names, references: list[Reference]) -> None:
    """What this document changes; whole documents, and provisions where the text names them."""
    changing = [r for r in references if r.relation.kind in _MODS and r.href.partition("~")[0] != names.uri]
    if not changing:
        return
    active = _add(_add(meta, "analysis", source=_MAKER), "activeModifications")
    for n, reference in enumerate(changing, start=1):
        kind = reference.relation.kind
        change = _add(active, "textualMod", eId=f"mod_{n}", type=_MODS[kind])
        _add(change, "source", href=f"#{reference.eid}" if reference.eid else names.expression)
        _add(change, "destination", href=reference.href)


def _references(
    meta: etree._Element, document: Document, names: Names, found: list[Reference], passive: tuple[Acting, ...]
) -> None:
    references = _add(meta, "references", source=_MAKER)
    shown = _clean(document.number or document.title or document.id)
    _add(references, "original", eId="original", href=names.expression, showAs=shown)
    seen: set[str] = set()
    for acting in passive:
        href = work_uri(acting.number, acting.issued_on, acting.issuer)
        if href not in seen:
            seen.add(href)
            _add(references, "passiveRef", eId=f"passive_{len(seen)}", href=href, showAs=_clean(acting.number))
    named: set[tuple[str, RelationKind]] = set()
    for reference in found:
        relation = reference.relation
        href = reference.href.partition("~")[0]
        if (href, relation.kind) in named:
            continue
        named.add((href, relation.kind))
        active = relation.kind in _MODS or relation.kind is RelationKind.GUIDES
        label = {"name": slug(relation.kind)} if not active else {}
        tag = "activeRef" if active else "TLCReference"
        _add(references, tag, eId=f"to_{len(named)}", href=href, showAs=_clean(relation.number), **label)
    _concepts(references, document)


def _concepts(references: etree._Element, document: Document) -> None:
    issuer = document.issuer or "không rõ cơ quan ban hành"
    _add(references, "TLCOrganization", eId="issuer", href=_ontology("organization", issuer), showAs=_clean(issuer))
    if document.signer:
        href = _ontology("person", document.signer)
        _add(references, "TLCPerson", eId="signer", href=href, showAs=_clean(document.signer))
    if document.about:
        _add(
            references, "TLCReference", eId="about", name="noi-ve", href=work_uri(document.about), showAs=document.about
        )
    _add(references, "TLCConcept", eId="inForce", href=_ontology("concept", "in force"), showAs="có hiệu lực")
    _add(references, "TLCOrganization", eId="chitieu", href=_ontology("organization", "chitieu"), showAs="chitieu")


def _ontology(sort: str, name: str) -> str:
    return f"/akn/ontology/{sort}/vn/{slug(name) or 'unknown'}"


def _whole(day: str | None) -> str:
    """A whole date, as the schema wants: the first of the month or year where no more is known."""
    return (day or "") + _UNKNOWN_DAY[len(day or "") :] if day else _UNKNOWN_DAY


def _clean(words: str) -> str:
    """`words` on one line, without the characters that XML does not allow."""
    return re.sub("[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+", " ", " ".join(words.split()))


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", **attributes)
