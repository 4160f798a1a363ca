"""Who issued a document, and who signed it."""

from __future__ import annotations

import re
from collections import Counter

from corpus.document import ProvisionKind as Kind
from corpus.document import Span
from corpus.metadata.found import Found
from corpus.metadata.layout import Layout
from corpus.numbers import MINISTRIES
from corpus.structure.zones import is_name, is_upper

__all__ = ["adopted", "issuer", "signer"]

_MOTTO = re.compile(r"CỘNG\s+H|Độc\s+lập|ĐẢNG\s+CỘNG\s+SẢN|(?:^|\s)S[ốỐ]\s*:", re.IGNORECASE)
_LOCAL = re.compile(r"(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|UBND|HĐND)$")
_PLACE = re.compile(r"(?:TỈNH|THÀNH PHỐ|TP\.?|QUẬN|HUYỆN|THỊ XÃ|PHƯỜNG|XÃ|ĐẶC KHU|THỊ TRẤN)\s")
_AGENCY = re.compile(
    r"(?:BỘ|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|[ỦU]Y BAN|UỶ BAN|HỘI ĐỒNG|NGÂN HÀNG|THANH TRA|KIỂM TOÁN|T[ÒO][ÀA]? ÁN|VIỆN|"
    r"VĂN PHÒNG|TỔNG|CỤC|VỤ|SỞ|BAN|UBND|HĐND|ĐÀI|TRƯỜNG|ĐẠI HỌC|HỌC VIỆN|BẢO HIỂM|CHỦ TỊCH|CÔNG AN|CHI CỤC|TRUNG TÂM|"
    r"THÔNG TẤN|LIÊN ĐOÀN|ĐOÀN)"
)
_BY_CODE = (
    (re.compile(r"TTg$"), "Thủ tướng Chính phủ"),
    (re.compile(r"UBTVQH\d*$"), "Ủy ban Thường vụ Quốc hội"),
    (re.compile(r"/QH\d*$"), "Quốc hội"),
    (re.compile(r"(?:NĐ|NQ|CT)-CP$"), "Chính phủ"),
)
_ENACTS = re.compile(
    r"^(?:Bộ\s+trưởng|Thống\s+đốc|Chủ\s+nhiệm|Tổng\s+Thanh\s+tra|Tổng\s+Kiểm\s+toán|Chánh\s+án|Viện\s+trưởng|Chủ\s+tịch)?\s*"
    r"(?P<who>(?:Bộ|Chính\s+phủ|Quốc\s+hội|Ủy\s+ban|Uỷ\s+ban|Ngân\s+hàng|Thủ\s+tướng|Thanh\s+tra|Kiểm\s+toán|Tòa\s+án|Viện|Hội\s+đồng)"
    r"(?:[^\S\n][^\W\d_]+,?){0,10}?)\s+ban\s+hành\s+(?:Luật|Bộ\s+luật|Nghị\s+định|Thông\s+tư|Quyết\s+định|Nghị\s+quyết|Pháp\s+lệnh|Chỉ\s+thị|"
    r"Kế\s+hoạch)",
    re.MULTILINE,
)
_ADOPTED = re.compile(r"thông\s+qua\s+(?P<date>ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})", re.IGNORECASE)


def issuer(layout: Layout, own: Found | None) -> Found | None:
    """The agency named at the head, spelt as the text mostly spells it in running words.

    Without a head it is the one of the enacting words ("Bộ trưởng Bộ Y tế ban hành Thông tư"), else of the number.
    """
    named = _named(layout)
    if named is not None:
        return Found(value=_cased(layout, " ".join(named.of(layout.text).split())), span=named)
    enacting = _ENACTS.search(layout.text, layout.opening.start, layout.opening.end)
    if enacting is not None:
        span = Span(start=enacting.start("who"), end=enacting.end("who"))
        return Found(value=" ".join(span.of(layout.text).split()), span=span)
    if own is None:
        return None
    by_code = next((name for code, name in _BY_CODE if code.search(own.value)), None)
    name = by_code or next((MINISTRIES[part] for part in re.split(r"[/-]", own.value) if part in MINISTRIES), None)
    return Found(value=name, span=own.span) if name else None


def signer(layout: Layout) -> Found | None:
    """The full name under the office in the first signature block outside annexes."""
    for span in layout.part(Kind.SIGNATURE):
        for cell in layout.cells(span):
            found = _last_name(layout, cell)
            if found is not None:
                return found
    return None


def adopted(layout: Layout) -> re.Match[str] | None:
    """Where the text says on which day it was passed ("thông qua ngày ..."), as laws do at their end."""
    ends = layout.part(Kind.SIGNATURE)
    stop = ends[0].start if ends else len(layout.text)
    matches = list(_ADOPTED.finditer(layout.text, max(0, stop - 600), stop))
    return matches[-1] if matches else None


def _named(layout: Layout) -> Span | None:
    found: Span | None = None
    for cell in layout.cells(layout.header):
        words = cell.of(layout.text)
        motto = _MOTTO.search(words)
        head = words[: motto.start()] if motto else words
        head = re.split(r"[-–_*]{3,}", head)[0].rstrip(" -–_*\t")
        if head and is_upper(head) and len(head) < 200:
            span = Span(start=cell.start, end=cell.start + len(head))
            if found is not None and _joins(found.of(layout.text), head):
                found = Span(start=found.start, end=span.end)
            elif _AGENCY.match(head):
                found = span
        if motto:
            break
    return found


def _joins(above: str, below: str) -> bool:
    """Whether a header line goes on with the next: "ỦY BAN NHÂN DÂN / TỈNH ...", or a name broken in two."""
    return bool(_LOCAL.search(above) and _PLACE.match(below)) or (not _AGENCY.match(below) and not _PLACE.match(below))


def _cased(layout: Layout, upper: str) -> str:
    """`upper` in the letters that the body of the text writes it in; with place names capitalised, else."""
    pattern = re.compile(r"\s+".join(re.escape(part) for part in upper.split()), re.IGNORECASE)
    written = (" ".join(m.group().split()) for m in pattern.finditer(layout.text, layout.header.end))
    usual = Counter(words for words in written if not is_upper(words) and words[0].isupper()).most_common(1)
    if usual:
        return usual[0][0]
    place = _PLACE.search(upper + " ")
    if place is None:
        return upper.capitalize()
    head, unit, name = upper[: place.start()], place.group().strip().lower(), upper[place.end() :]
    return f"{head.capitalize()}{unit} {name.title()}".strip()


def _last_name(layout: Layout, cell: Span) -> Found | None:
    """The name that ends a cell: the last run of words that are capitalised but not in capitals."""
    words = cell.of(layout.text)
    parts = list(re.finditer(r"\S+", re.sub(r"[(\[][^)\]]*[)\]]|[.;:,|]", lambda m: " " * len(m.group()), words)))
    tail: list[re.Match[str]] = []
    for part in reversed(parts):
        token = part.group()
        if not token.isalpha() or is_upper(token) or not token[0].isupper():
            break
        tail.insert(0, part)
    name = " ".join(part.group() for part in tail)
    if not 2 <= len(tail) <= 6 or not is_name(name):
        return None
    return Found(value=name, span=Span(start=cell.start + tail[0].start(), end=cell.start + tail[-1].end()))
