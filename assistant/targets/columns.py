"""The header of a table of targets: which column names the indicator, the unit, the results, the agency."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.targets.folding import rule
from assistant.targets.time import When, times

__all__ = ["Cell", "Columns", "header"]

_INDICATOR = rule(r"(?:chỉ tiêu|mục tiêu|chỉ số|tiêu chí|nội dung|tên|danh mục|kết quả cần đạt|sản phẩm|lĩnh vực|loại)")
_UNIT = rule(r"(?:đơn vị tính|đơn vị đo|đơn vị|đvt|đv tính|đv)\W*$|đơn vị tính")
_RESULT = rule(
    r"(?:kết quả|mục tiêu|chỉ tiêu|kế hoạch|giá trị|mức|đến năm|năm \d{4}|\d{4}|giai đoạn|"
    r"phấn đấu|định mức|số lượng|chỉ tiêu giao|quy mô|công suất)"
)
_BASELINE = rule(r"(?:hiện trạng|thực hiện|ước|kết quả năm|thực trạng|hiện nay|đã đạt|cơ sở|gốc)")
_AGENCY = rule(r"(?:cơ quan|đơn vị|bộ, ngành|trách nhiệm|chủ trì|phụ trách|theo dõi|địa phương)")
_ORDER = rule(r"(?:tt|stt|số tt|số thứ tự|thứ tự|no|#)\W*$")
_NOTE = rule(
    r"(?:ghi chú|tài liệu|căn cứ|nguồn|thời gian|thời hạn|hoàn thành|tiến độ|phối hợp|giải pháp|"
    r"điểm|phương pháp|công thức|hướng dẫn|cách)"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: where its words start and end in the text, blanks left out."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the cell on one line."""
        return " ".join(text[self.start : self.end].split())


@dataclass(slots=True)
class Columns:
    """Which column holds what; `results` also say the year of a column and whether it tells the past."""

    indicator: int
    unit: int | None
    results: list[tuple[int, When | None, bool]]
    agency: int | None


def header(folded: str, cells: list[Cell]) -> Columns | None:
    """The columns that a row of names declares; None where it is no header of a table of targets."""
    names = [" ".join(folded[c.start : c.end].split()) for c in cells]
    if len(names) < 2 or any(len(n) > 90 for n in names):
        return None
    unit = next(
        (
            i
            for i, n in enumerate(names)
            if _UNIT.match(n) and not _AGENCY.match(n.replace("đơn vị", "", 1).strip() or "x")
        ),
        None,
    )
    indicator = next(
        (i for i, n in enumerate(names) if _INDICATOR.search(n) and i != unit and not _ORDER.match(n)), None
    )
    if indicator is None:
        return None
    results: list[tuple[int, When | None, bool]] = []
    agency = None
    for i, n in enumerate(names):
        if i in (indicator, unit) or not n or _ORDER.match(n):
            continue
        if _AGENCY.search(n) and not re.search(r"\d{4}", n):
            agency = i if agency is None else agency
            continue
        year = re.search(r"(?:19|20)\d\d", n)
        if year or (_RESULT.search(n) and not _NOTE.search(n)):
            found = times(folded, cells[i].start, cells[i].end)
            when = found[-1] if found else None
            if when is None and year:
                at = cells[i].start
                when = When(at, cells[i].end, int(year.group()))
            results.append((i, when, bool(_BASELINE.search(n))))
    if not results or (unit is None and not _INDICATOR.match(names[indicator])):
        return None
    if unit is None and not any("chỉ tiêu" in n or "mục tiêu" in n or "chỉ số" in n for n in names):
        return None
    return Columns(indicator, unit, results, agency)
