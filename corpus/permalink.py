"""Permalinks name work, date and unit: `vn/qd-ttg/2010/1605@2010-08-27#dieu_1.khoan_2.diem_c`.

The form follows Akoma Ntoso's (work, expression, element) with Vietnamese words: the letters of the number, its year,
its count; the date of issue; the units from the article inwards. Numbers of local authorities repeat from province to
province, so theirs name the place too: `vn/kh-ubnd-can-tho/2025/153`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from urllib.parse import quote

from corpus.document import Document, Provision, ProvisionKind, Span
from corpus.errors import NotFound
from corpus.numbers import normal

__all__ = ["addresses", "narrowest", "permalink", "resolve", "slug", "work"]

_LOCAL = re.compile(r"(?:UBND|HĐND|TU|ĐU|HU|TTHĐND)\d*$")
_PLACE = re.compile(
    r"^(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng nhân dân|hđnd|đảng ủy|tỉnh ủy|thành ủy)?\s*"
    r"(?:tỉnh|thành phố|tp\.?|quận|huyện|thị xã|xã|phường|đặc khu)?\s*",
    re.IGNORECASE,
)
_ENCLOSING = (ProvisionKind.PHAN, ProvisionKind.CHUONG, ProvisionKind.MUC, ProvisionKind.TIEU_MUC)
_COUNTED = (ProvisionKind.ITEM, ProvisionKind.ROW)
_REMEMBERED = 64
_seen: dict[int, tuple[tuple[Provision, ...], tuple[str, ...]]] = {}


def slug(text: str) -> str:
    """`text` in lower-case ASCII letters, digits and hyphens; đ counts as d."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def permalink(document: Document, span: Span | None = None) -> str:
    """The address of `document` as of its date or, with `span`, of the narrowest unit that holds it.

    A document without a number of its own is addressed by its id, under `vn/tai-lieu/`, and so is an annex kept in a
    file of its own, which has the number of the document that it belongs to.
    """
    link = work(document.id, document.number, document.issued_on, document.issuer, document.kind)
    at = narrowest(document.provisions, span) if span else None
    units = addresses(document.provisions) if at is not None else ()
    while at is not None and not units[at]:
        at = document.provisions[at].parent
    return link if at is None else f"{link}#{units[at]}"


def work(
    id: str,
    number: str | None = None,
    issued_on: str | None = None,
    issuer: str | None = None,
    kind: str | None = None,
) -> str:
    """The address of a document with these fields, without a unit: `vn/qd-ttg/2010/1605@2010-08-27`."""
    named = _work(number, issued_on, issuer) if number and kind != "phụ lục" else None
    link = named or f"vn/tai-lieu/{quote(id, safe='')}"
    return f"{link}@{issued_on}" if issued_on else link


def addresses(provisions: tuple[Provision, ...]) -> tuple[str, ...]:
    """For each provision the part of its permalink after `#`; empty for paragraphs, which have no name.

    An article is counted through the whole document, so it stands without its part, chapter and section. Units that
    share a name are told apart in document order: `khoan_2`, `khoan_2~2`. Items and rows without a number are named
    by their place: `gach_dau_dong_3`, `dong_bang_thu_1`.
    """
    known = _seen.get(id(provisions))
    if known is not None and known[0] is provisions:
        return known[1]
    made = _addresses(provisions)
    if len(_seen) >= _REMEMBERED:
        _seen.clear()
    _seen[id(provisions)] = (provisions, made)
    return made


def narrowest(provisions: tuple[Provision, ...], span: Span) -> int | None:
    """The place in `provisions` of the narrowest one that holds `span`; None when it crosses all of them.

    O(log n + depth): provisions stand in document order, parents before children.
    """
    at: int | None = bisect_right(provisions, span.start, key=lambda p: p.span.start) - 1
    if at is None or at < 0:
        return None
    while at is not None and not provisions[at].span.holds(span):
        at = provisions[at].parent
    return at


def resolve(link: str, documents: Iterable[Document]) -> tuple[str, Span | None]:
    """The id of the document that `link` names, and the span of its unit (None when the link names none).

    Among several versions of a work the one with the date of the link is taken, else the newest.

    Raises:
        NotFound: none of `documents` is that work, or it has no such unit.
    """
    address, _, unit = link.removeprefix("/").partition("#")
    named, _, date = address.partition("@")
    found: list[tuple[bool, str, Document]] = []
    for document in documents:
        own, _, own_date = permalink(document).partition("@")
        if own == named:
            found.append((bool(date) and own_date == date, own_date, document))
    if not found:
        raise NotFound(f"không có văn bản nào mang địa chỉ {address}; kiểm tra lại liên kết hoặc thêm văn bản vào kho")
    found.sort(key=lambda each: each[:2], reverse=True)
    if not unit:
        return found[0][2].id, None
    for _, _, document in found:
        units = addresses(document.provisions)
        if unit in units:
            return document.id, document.provisions[units.index(unit)].span
    raise NotFound(f"văn bản {address} không có đơn vị {unit}; liên kết có thể thuộc một bản khác")


def _work(number: str, date: str | None, issuer: str | None) -> str | None:
    """`1605/QĐ-TTg` and `48/2009/QĐ-TTg` as `qd-ttg/2010/1605` and `qd-ttg/2009/48`; None when not so formed."""
    parts = normal(number).split("/")
    if len(parts) == 2 and re.fullmatch(r"\d+-[^\W\d]\w*", parts[0]):
        count, _, letters = parts[0].partition("-")
        parts = [count, f"{letters}-{parts[1]}"]
    if len(parts) == 3 and re.fullmatch(r"\d{4}", parts[1]):
        count, year, code = parts
    elif len(parts) == 2 and date:
        count, code, year = parts[0], parts[1], date[:4]
    else:
        return None
    place = slug(_PLACE.sub("", issuer)) if issuer and _LOCAL.search(code) else ""
    return f"vn/{slug(code)}{f'-{place}' if place else ''}/{year}/{slug(count)}"


def _addresses(provisions: tuple[Provision, ...]) -> tuple[str, ...]:
    made: list[str] = []
    times: Counter[tuple[int | None, str]] = Counter()
    for unit in provisions:
        within = _within(provisions, made, unit)
        own = _segment(unit, within, times)
        if not own:
            made.append("")
            continue
        times[within, own] += 1
        count = times[within, own]
        own = own if count == 1 else f"{own}~{count}"
        made.append(f"{made[within]}.{own}" if within is not None else own)
    return tuple(made)


def _within(provisions: tuple[Provision, ...], made: list[str], unit: Provision) -> int | None:
    """The provision whose address `unit`'s goes on from."""
    at = unit.parent
    while at is not None:
        passed_over = unit.kind is ProvisionKind.DIEU and provisions[at].kind in _ENCLOSING
        if made[at] and not passed_over:
            return at
        at = provisions[at].parent
    return None


def _segment(unit: Provision, within: int | None, times: Counter[tuple[int | None, str]]) -> str:
    if unit.kind is ProvisionKind.PARAGRAPH:
        return ""
    kind = slug(unit.kind).replace("-", "_")
    label = slug(unit.label.replace("đ", "dd").replace("Đ", "dd"))
    times[within, f"{kind}#"] += 1
    if label or unit.kind not in _COUNTED:
        return f"{kind}_{label}" if label else kind
    place = times[within, f"{kind}#"]
    return f"{kind}_thu_{place}" if unit.kind is ProvisionKind.ROW else f"{kind}_{place}"
