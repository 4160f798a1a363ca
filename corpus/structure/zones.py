"""Zones: which lines are the header block, the signature block, the list of recipients, the rows of tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import ProvisionKind as Kind
from corpus.structure.lines import Line
from corpus.structure.marks import mark

__all__ = ["is_name", "is_upper", "split_ending", "zones"]

_MOTTO = re.compile(
    r"C[ỘÔ]NG\s+H(?:ÒA|OÀ)\s+X[ÃĂ]\s+H[ỘÔ]I\s+CH[ỦŨ]|(?i:Độc\s+lập\s*[-–—]\s*Tự\s+do)|ĐẢNG CỘNG SẢN VIỆT NAM|"
    r"^C[ộô]ng\s+h(?:òa|oà)\s+x[ãă]\s+h[ộô]i\s+ch[ủũ]\s+nghĩa\s+Việt\s+Nam$"
)
_RULE = re.compile(r"[\s|*_=~.–—−-]+$")
_NUMBER_LINE = re.compile(r"\|?\s*(?:[^\W\d]+\s+){0,4}s[ốô]\s*:.{0,250}(?:\||$)", re.IGNORECASE)
_PLACE_DATE = re.compile(
    r"\|?.{0,120}\bngày\s[^|]{0,20}\btháng\s[^|]{0,14}\bnăm\s[^|]{0,12}\|?$|[^|\d]{2,60},\s*ngày\s+\d{1,2}/\d{1,2}/\d{4}\s*\|?$",
    re.IGNORECASE,
)
_RECIPIENTS = re.compile(r"[\s|]*[*_(]*n[ơo]i\s+nhận\b", re.IGNORECASE)
_INNER_RECIPIENTS = re.compile(r"[.;/]\s{1,4}(?P<recipients>(?:Nơi|NƠI)\s{1,4}(?:nhận|NHẬN)\s?:)")
_SIDE = re.compile(r"\||[.;,)]\s{1,4}(?=[^\W\d_a-z])")
_ON_BEHALF = re.compile(r"[\s|]*(?:TM|T/M|T\.M|KT|K/T|K\.T|TL|T/L|TUQ|T\.U\.Q|Q)\s*[./]\s*(?=[^\W\d_a-z])")
_OFFICE = re.compile(
    r"[\s|]*(?:QUYỀN\s+)?(?:PHÓ\s+)?(?:TỔNG\s+)?(?:"
    r"BỘ TRƯỞNG|THỨ TRƯỞNG|CHỦ TỊCH|THỦ TƯỚNG|THỐNG ĐỐC|CHỦ NHIỆM|GIÁM ĐỐC|"
    r"CỤC TRƯỞNG|VỤ TRƯỞNG|CHÁNH ÁN|VIỆN TRƯỞNG|KIỂM TOÁN NHÀ NƯỚC|THANH TRA CHÍNH PHỦ|CHÁNH VĂN PHÒNG|HIỆU TRƯỞNG|"
    r"TRƯỞNG BAN|BÍ THƯ|TỔNG THƯ KÝ|CHÁNH THANH TRA|TRƯỞNG ĐOÀN|CHI CỤC TRƯỞNG|TRƯỞNG PHÒNG)\b"
)
_SIGNED = re.compile(r"[\s|]*[(\[]?\s*(?:đã ký|đã kí|ký tên|signed)", re.IGNORECASE)
_RANKED = re.compile(
    r"(?:(?:GS|PGS|TS|ThS|BS|KS|CN|TSKH|LS|NGND|NGƯT|Gs|Pgs|Ts)\s*[.,]\s*|"
    r"(?:Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá)\s+)*"
)
_REACH = 9
_LONGEST_OFFICE = 60
_SCRAP = 10
"""Characters of what scanners and web pages leave of a seal or of "(đã ký)"."""


@dataclass(slots=True)
class _State:
    """What has been seen: `body` once the enacting part has begun, `inside` the zone that is open."""

    body: bool = False
    inside: Kind | None = None
    left: int = 0


def is_upper(words: str) -> bool:
    """Whether the letters of `words` are capitals (one in twelve may be small, as OCR and "QĐ-TTg" leave them)."""
    letters = [c for c in words if c.isalpha()]
    return len(letters) > 1 and sum(c.islower() for c in letters) * 12 <= len(letters)


def is_name(words: str) -> bool:
    """Whether `words` look like the full name of a person: two to six words, each capitalised."""
    rest = words[_RANKED.match(words).end() :] if _RANKED.match(words) else words  # type: ignore[union-attr]
    parts = rest.split()
    if _OFFICE.match(words.upper()):
        return False
    return 2 <= len(parts) <= 6 and all(
        p.isalpha() and p[0].isupper() and (len(p) == 1 or p[1:].islower()) for p in parts
    )


def zones(lines: list[Line]) -> list[Kind | None]:
    """For each line: HEADER, SIGNATURE, RECIPIENTS, ROW, or None for the running text."""
    found: list[Kind | None] = [Kind.ROW if line.words.startswith("|") else None for line in lines]
    _bare_rows(lines, found)
    _headers(lines, found)
    _endings(lines, found)
    return found


def split_ending(text: str, line: Line) -> list[Line]:
    """A line that runs into the recipients or holds them and the signature, cut where each starts."""
    cuts: list[int] = []
    recipients = _RECIPIENTS.match(line.words)
    named = "nhận" in line.words or "NHẬN" in line.words
    if recipients is None and named and not line.words.startswith("|"):
        recipients = _INNER_RECIPIENTS.search(line.words)
        cuts += [recipients.start("recipients")] if recipients else []
    if recipients is not None:
        sides = (m.end() - (m.group() == "|") for m in _SIDE.finditer(line.words, recipients.end()))
        cuts += [at for at in sides if _ON_BEHALF.match(line.words, at) or _OFFICE.match(line.words, at)][:1]
    if not cuts:
        return [line]
    bounds = [line.start, *(line.begin + cut for cut in cuts), line.end]
    return [Line.of(text, a, b) for a, b in pairwise(bounds)]


def _bare_rows(lines: list[Line], found: list[Kind | None]) -> None:
    """Rows that lost their first pipe: beside a row, or beside one another, with as many cells."""
    cells = [_cells(line.words) for line in lines]
    for step in (1, -1):
        order = range(1, len(lines)) if step == 1 else range(len(lines) - 2, -1, -1)
        for at in order:
            near = at - step
            if found[at] is None and cells[at] > 1 and cells[at] == cells[near]:
                found[at] = Kind.ROW
                if found[near] is None:
                    found[near] = Kind.ROW


def _cells(words: str) -> int:
    if "|" in words:
        return words.strip("|").count("|") + 1
    return words.count("\t") + 1 if words.count("\t") > 1 else 0


def _headers(lines: list[Line], found: list[Kind | None]) -> None:
    strong = [_is_header(line.words) for line in lines[:25]]
    last = -1
    for at, line in enumerate(lines[:25]):
        unit = line.unit
        if (unit is not None and unit.rank < 60) or line.words.startswith("Căn cứ") or len(line.words) > 700:
            break
        if strong[at] and (at < 12 or at - last <= 2):
            last = at
    if last >= 0 and (last > 0 or _MOTTO.search(lines[0].words) or _NUMBER_LINE.match(lines[0].words)):
        found[: last + 1] = [Kind.HEADER] * (last + 1)
    for at in range(last + 1, len(lines)):
        near = found[at - 1] is Kind.HEADER if at else False
        words = lines[at].words
        if len(words) < 300 and (_MOTTO.search(words) or (near and len(words) < 200 and _is_header(words))):
            found[at] = Kind.HEADER


def _is_header(words: str) -> bool:
    return bool(
        (_MOTTO.search(words) and len(words) < 700)
        or _RULE.fullmatch(words)
        or _NUMBER_LINE.match(words)
        or (len(words) < 200 and _PLACE_DATE.match(words) and not mark(words))
    )


def _endings(lines: list[Line], found: list[Kind | None]) -> None:
    state = _State()
    for at, line in enumerate(lines):
        words = line.words
        if found[at] is Kind.HEADER:
            state.inside = None
            continue
        if _RECIPIENTS.match(words) and len(words) < 4000:
            state.inside, state.body = Kind.RECIPIENTS, True
            found[at] = Kind.RECIPIENTS
            continue
        if (state.body or at > 5) and _opens_signature(lines, at):
            state.inside, state.left = Kind.SIGNATURE, _REACH
            found[at] = Kind.SIGNATURE
            if _holds_name(words):
                state.left = 1
            continue
        _go_on(lines, found, at, state)
        state.body = state.body or words.startswith(("Điều 1", "Căn cứ")) or words.endswith("./.")


def _go_on(lines: list[Line], found: list[Kind | None], at: int, state: _State) -> None:
    words = lines[at].words.strip("| ") or lines[at].words
    if state.inside is Kind.RECIPIENTS:
        if words[0] in "-–—+•*" or words[0].islower() or words.endswith(";") or _is_small(words):
            found[at] = Kind.RECIPIENTS
        else:
            state.inside = None
    elif state.inside is Kind.SIGNATURE:
        state.left -= 1
        if state.left >= 0 and (
            is_name(words) or _SIGNED.match(words) or _OFFICE.match(words) or _RULE.fullmatch(words)
        ):
            found[at] = Kind.SIGNATURE
            if is_name(words):
                state.left = 1
        elif state.left > 1 and lines[at].unit is None and _may_be_office(words):
            found[at] = Kind.SIGNATURE
        else:
            state.inside = None


def _may_be_office(words: str) -> bool:
    """Whether a line between office and name belongs there: more of the office, or the scrap of a seal."""
    if len(words) <= _SCRAP:
        return True
    return len(words) <= _LONGEST_OFFICE and (is_upper(words) or bool(_OFFICE.match(words.upper())))


def _is_small(words: str) -> bool:
    return words.startswith(("Lưu", "như trên", "Như trên", "Như Điều"))


def _opens_signature(lines: list[Line], at: int) -> bool:
    words = lines[at].words
    if len(words) > 300 or not (_ON_BEHALF.match(words) or _OFFICE.match(words)):
        return False
    if _holds_name(words):
        return True
    for after in lines[at + 1 : at + _REACH]:
        if is_name(after.words.strip("| ")) or _SIGNED.match(after.words):
            return True
        if len(after.words) > 80 or after.unit is not None:
            return False
    return False


def _holds_name(words: str) -> bool:
    """Whether the line, in capitals up to there, ends with a name: "KT. THỦ TƯỚNG PHÓ THỦ TƯỚNG Hồ Văn An"."""
    parts = re.sub(r"[(\[]\s*đã k[ýí]\s*[)\]]|\|", " ", words, flags=re.IGNORECASE).split()
    tail = [p for p in parts if not is_upper(p)]
    return 2 <= len(tail) <= 6 and parts[-len(tail) :] == tail and is_name(" ".join(tail))
