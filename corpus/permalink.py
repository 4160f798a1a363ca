"""Permalinks name work, date and unit: `vn/qd-ttg/2010/1605@2010-08-27#dieu_1.khoan_2.diem_c`."""

from __future__ import annotations

import re
import unicodedata

from corpus.document import Document, Provision, Span

__all__ = ["permalink", "slug"]


def slug(text: str) -> str:
    """`text` in lower-case ASCII letters, digits and hyphens; đ counts as d."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def permalink(document: Document, span: Span | None = None) -> str:
    """The address of `document` as of its date or, with `span`, of the narrowest numbered unit that holds it.

    A document without a number of its own is addressed by its id, under `vn/tai-lieu/`.
    """
    date = document.issued_on
    work = _work(document.number, date) if document.number else None
    link = work or f"vn/tai-lieu/{document.id}"
    if date:
        link += f"@{date}"
    unit = _unit(document, span) if span else ""
    return f"{link}#{unit}" if unit else link


def _work(number: str, date: str | None) -> str | None:
    """`1605/QĐ-TTg` and `48/2009/QĐ-TTg` as `qd-ttg/2010/1605` and `qd-ttg/2009/48`; None when not so formed."""
    parts = number.split("/")
    if len(parts) == 3 and re.fullmatch(r"\d{4}", parts[1]):
        return f"vn/{slug(parts[2])}/{parts[1]}/{slug(parts[0])}"
    if len(parts) == 2 and date:
        return f"vn/{slug(parts[1])}/{date[:4]}/{slug(parts[0])}"
    return None


def _unit(document: Document, span: Span) -> str:
    chain: list[Provision] = []
    holding = [p for p in document.provisions if p.label and p.span.holds(span)]
    at = min(holding, key=lambda p: len(p.span), default=None)
    while at is not None:
        if at.label:
            chain.append(at)
        at = document.provisions[at.parent] if at.parent is not None else None
    return ".".join(f"{slug(p.kind).replace('-', '_')}_{slug(p.label)}" for p in reversed(chain))
