"""What the head of a document states: number, kind, title, issuer, place and date."""

from __future__ import annotations

import re

from corpus.dates import DATE, iso
from corpus.document import Span
from corpus.metadata.found import Found
from corpus.metadata.layout import Layout
from corpus.numbers import NUMBER, kind_of, normal
from corpus.structure.zones import is_upper

__all__ = ["issue_date", "kind", "number", "title"]

_NAMES = (
    "NGHỊ QUYẾT LIÊN TỊCH|THÔNG TƯ LIÊN TỊCH|NGHỊ QUYẾT|NGHỊ ĐỊNH|QUYẾT ĐỊNH|THÔNG TƯ|BỘ LUẬT|LUẬT|PHÁP LỆNH|CHỈ THỊ|"
    "KẾ HOẠCH|CHƯƠNG TRÌNH HÀNH ĐỘNG|CHƯƠNG TRÌNH|THÔNG BÁO|BÁO CÁO|TỜ TRÌNH|HƯỚNG DẪN|CÔNG ĐIỆN|KẾT LUẬN|QUY CHẾ|"
    "QUY ĐỊNH|PHƯƠNG ÁN|ĐỀ ÁN|HIẾN PHÁP|LỆNH|VĂN BẢN HỢP NHẤT|CÔNG VĂN|CHIẾN LƯỢC|QUY CHUẨN KỸ THUẬT QUỐC GIA"
)
_NUMBERED = re.compile(
    rf"(?:^(?i:{_NAMES})\s+(?i:số)|(?:^|[\W_])(?:Số|SỐ))(?i:\s+hiệu)?\s*[:.]?\s*(?P<number>{NUMBER})"
)
_ENACTED = re.compile(
    rf"\(\s*(?:được\s+)?(?:ban\s+hành\s+)?kèm\s+theo\s+(?:{_NAMES})\s+(?:số\s*:?\s*)?(?P<number>(?-i:{NUMBER}))"
    rf"(?:\s*,?\s*(?P<date>{DATE}))?",
    re.IGNORECASE,
)
_HEADING = re.compile(rf"(?:(?P<draft>\(?\s*DỰ\s+THẢO\)?)\s*:?\s*)?(?P<name>{_NAMES})(?=\W|$)")
_PLACE = re.compile(rf"(?:[^\W\d][\w.\s]{{1,40}},\s*)(?P<date>{DATE})", re.IGNORECASE)
_DRAFT = re.compile(r"\bDỰ\s+THẢO\b|\b[Dd]ự\s+thảo(?:\s+lần)?\b")
_ABOUT = re.compile(r"(?:^|\s)(?:V/v|V/V)\s*:?\s*|^Về\s+việc\s*:?\s*")
_ENDS_TITLE = re.compile(
    r"(?:Căn\s+cứ|Thực\s+hiện\s+(?:Quyết|Nghị|Kế|Chỉ|Luật|Thông|Công|Chương)|Theo\s+đề\s+nghị|Xét\s|Trên\s+cơ\s+sở|Kính\s+gửi|Để\s|"
    r"Nhằm\s|Nơi\s+nhận|Hôm\s+nay|Ngày\s+\d|\(|Quốc\s+hội\s+ban)|[\s_*=~.–—-]+$"
)
_AUTHORITY = re.compile(
    r"(?:CHÍNH PHỦ|QUỐC HỘI|[ỦU]Y BAN|UỶ BAN|THỦ TƯỚNG|BỘ TRƯỞNG|CHỦ TỊCH|TỔNG KIỂM TOÁN|CHÁNH ÁN|VIỆN TRƯỞNG|"
    r"THỐNG ĐỐC|HỘI ĐỒNG|TỔNG THANH TRA|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CHỦ NHIỆM|BAN CHẤP HÀNH|BỘ CHÍNH TRỊ|BAN BÍ THƯ|"
    r"CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG)\b"
)
_CONSOLIDATED = re.compile(
    rf"(?:(?i:{_NAMES}))\s[^\n]{{0,200}}?\s?số\s+(?P<number>{NUMBER})\s+ngày\s[^\n]{{5,200}}(?:có\s+hiệu\s+lực|được\s+sửa\s+đổi)"
)
_ADDRESSED = re.compile(r"^\W*Kính\s+gửi\b", re.MULTILINE)
_LAST_TITLE_LINE = 12


def number(layout: Layout) -> Found | None:
    """The document's own number: in its header, in the line that a consolidated text (văn bản hợp nhất) opens
    with or, for a text without a header, in "(Kèm theo Quyết định số ...)".
    """
    for cell in layout.cells(layout.header):
        match = _NUMBERED.search(cell.of(layout.text))
        if match:
            return _found(cell.start, match, "number", normal(match.group("number")))
    for line in layout.lines(layout.opening):
        match = _CONSOLIDATED.match(line.of(layout.text))
        if match:
            return _found(line.start, match, "number", normal(match.group("number")))
    if len(layout.header):
        return None
    match = _ENACTED.search(layout.text)
    return _found(0, match, "number", normal(match.group("number"))) if match else None


def issue_date(layout: Layout) -> Found | None:
    """The date of issue printed in the header or with the number of an enacted text."""
    for cell in layout.cells(layout.header):
        match = _PLACE.search(cell.of(layout.text))
        value = iso(match.group("date")) if match else None
        if match and value:
            return _found(cell.start, match, "date", value)
    enacted = None if len(layout.header) else _ENACTED.search(layout.text)
    value = iso(enacted.group("date")) if enacted and enacted.group("date") else None
    return _found(0, enacted, "date", value) if enacted and value else None


def kind(layout: Layout, own: Found | None) -> Found | None:
    """The kind in the heading, else the one that the number tells; "dự thảo ..." where the head says so."""
    heading = _heading(layout)
    if heading is not None:
        span, name = heading
        return Found(value=f"dự thảo {name}" if _is_draft(layout) else name, span=span)
    name_by_number = kind_of(own.value) if own else None
    if own is None or name_by_number is None:
        return _letter(layout)
    return Found(value=f"dự thảo {name_by_number}" if _is_draft(layout) else name_by_number, span=own.span)


def title(layout: Layout) -> Found | None:
    """The trích yếu: the lines between the heading and the grounds, or the words after "V/v" of a letter."""
    heading = _heading(layout)
    if heading is None:
        return _subject(layout)
    start = heading[0].end
    taken: list[Span] = []
    for line in layout.lines(Span(start=start, end=layout.opening.end))[:_LAST_TITLE_LINE]:
        words = line.of(layout.text).strip("|: ")
        if _ENDS_TITLE.match(words) or _CONSOLIDATED.match(words) or _is_authority(layout, line, taken):
            if taken or not re.fullmatch(r"[\s_*=~.–—-]+", words):
                break
            continue
        if taken and taken[-1].of(layout.text).endswith((".", "./.")):
            break
        taken.append(line)
    return _joined(layout, taken)


def _is_authority(layout: Layout, line: Span, taken: list[Span]) -> bool:
    """Whether the line names who decides ("THỦ TƯỚNG CHÍNH PHỦ") and not the end of a title in capitals."""
    words = line.of(layout.text)
    if not taken or not _AUTHORITY.match(words) or not is_upper(words):
        return False
    after = layout.text[line.end :].lstrip()
    return not is_upper(taken[-1].of(layout.text)) or bool(re.match(r"Căn\s+cứ|[\s_*=~.–—-]{3,}|Xét\s|Theo\s", after))


def _heading(layout: Layout) -> tuple[Span, str] | None:
    for line in layout.cells(Span(start=0, end=layout.opening.end)):
        words = line.of(layout.text)
        match = _HEADING.match(words)
        if match and not words.endswith(":") and not _NUMBERED.match(words) and not words.startswith("QUYẾT NGHỊ"):
            at = line.start + match.start("name")
            return Span(start=at, end=line.start + match.end()), match.group("name").lower()
    return None


def _subject(layout: Layout) -> Found | None:
    """The subject of an official letter: from "V/v" to the end of its paragraph."""
    lines = layout.cells(Span(start=0, end=layout.opening.end))
    for at, line in enumerate(lines[:15]):
        match = _ABOUT.search(line.of(layout.text))
        if match is None:
            continue
        taken = [Span(start=line.start + match.end(), end=line.end)]
        for after in lines[at + 1 : at + 5]:
            words = after.of(layout.text)
            if not words[0].islower():
                break
            taken.append(after)
        return _joined(layout, taken)
    return None


def _letter(layout: Layout) -> Found | None:
    """An official letter that has no number yet: it has a subject and addressees."""
    subject = _subject(layout)
    if subject is None or not _ADDRESSED.search(layout.opening.of(layout.text)):
        return None
    return Found(value="công văn", span=subject.span)


def _joined(layout: Layout, lines: list[Span]) -> Found | None:
    words = " ".join(" ".join(line.of(layout.text).strip("|").split()) for line in lines).strip(" :-")
    if not words:
        return None
    return Found(value=words, span=Span(start=lines[0].start, end=lines[-1].end))


def _is_draft(layout: Layout) -> bool:
    head = layout.text[: min(layout.opening.end, layout.header.end + 400)]
    return bool(_DRAFT.search(head[: layout.header.end])) or bool(re.match(r"\W*DỰ\s+THẢO", head[layout.header.end :]))


def _found(offset: int, match: re.Match[str], group: str, value: str) -> Found:
    return Found(value=value, span=Span(start=offset + match.start(group), end=offset + match.end(group)))
