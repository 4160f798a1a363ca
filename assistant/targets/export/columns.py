"""The columns that people see, in order: heading, width, what the cell holds, how to read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from assistant.targets.target import Target
from assistant.targets.wording import CLASSES, COMPARATORS, STATUSES

__all__ = ["COLUMNS", "QUOTE", "Cell", "Column", "as_date"]

Cell = str | int | float | date | None


class Column(NamedTuple):
    """A column of the table; `width` in characters, `meaning` for the sheet that explains the columns."""

    heading: str
    width: int
    cell: Callable[[Target], Cell]
    meaning: str


FIELDS = {
    "indicator": "chỉ tiêu",
    "comparator": "so sánh",
    "value": "giá trị",
    "value_max": "giá trị đến",
    "unit": "đơn vị",
    "qualitative": "mức",
    "deadline": "thời hạn",
    "period": "giai đoạn",
    "scope": "đối tượng",
    "section": "mục",
    "status": "trạng thái",
    "target_class": "loại",
}


def as_date(iso: str | None) -> Cell:
    """A day as a date, a month as "06/2030", a year or nothing as None: its number stands in its own column."""
    parts = (iso or "").split("-")
    if len(parts) == 3:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    return f"{parts[1]}/{parts[0]}" if len(parts) == 2 else None


def _number(value: float | None) -> int | float | None:
    return int(value) if value is not None and value == int(value) and abs(value) < 2**53 else value


def _inherited(target: Target) -> str | None:
    places = (f"{FIELDS.get(f, f)}: ký tự {s.start}-{s.end}" for f, s in sorted(target.inherited.items()))
    return "; ".join(places) or None


QUOTE = "Trích nguyên văn"

COLUMNS: tuple[Column, ...] = (
    Column("Chỉ tiêu", 52, lambda t: t.indicator, "Việc phải đạt, viết đủ nghĩa khi đứng một mình."),
    Column(
        "So sánh",
        11,
        lambda t: None if t.value is None else COMPARATORS[t.comparator],
        "Quan hệ với giá trị: bằng, tối thiểu, trên, tối đa, dưới, khoảng.",
    ),
    Column(
        "Giá trị",
        12,
        lambda t: _number(t.value),
        "Con số như văn bản nêu. Số 60 với đơn vị % nghĩa là 60%, không đổi thành 0,6. Khoảng: số nhỏ.",
    ),
    Column("Giá trị đến", 12, lambda t: _number(t.value_max), "Số lớn của khoảng; trống nếu chỉ có một số."),
    Column("Đơn vị", 14, lambda t: t.unit, "%, %/năm, tỷ đồng, thứ hạng...; trống nếu văn bản không nêu."),
    Column(
        "Mức (bằng chữ)",
        15,
        lambda t: t.qualitative,
        "Từ chỉ mức khi không có số: hầu hết, tất cả, hoàn thành, thí điểm...",
    ),
    Column(
        "Hạn (năm)",
        10,
        lambda t: int(t.deadline[:4]) if t.deadline else None,
        "Năm phải đạt; trống nếu văn bản không nêu.",
    ),
    Column(
        "Hạn (ngày)", 12, lambda t: as_date(t.deadline), "Ngày hoặc tháng phải đạt, khi văn bản nêu đến ngày, tháng."
    ),
    Column("Từ năm", 9, lambda t: t.period and t.period[0], "Năm đầu của giai đoạn mà văn bản nêu."),
    Column("Đến năm", 9, lambda t: t.period and t.period[1], "Năm cuối của giai đoạn mà văn bản nêu."),
    Column("Đối tượng", 30, lambda t: t.scope, "Cơ quan, địa phương, nhóm người phải đạt."),
    Column("Mục", 30, lambda t: t.section, "Đề mục chứa chỉ tiêu trong văn bản."),
    Column(
        "Trạng thái",
        12,
        lambda t: STATUSES[t.status],
        "chỉ tiêu; dự thảo (chưa ban hành); kinh phí (tiền để thực hiện); hiện trạng (số đã đạt).",
    ),
    Column(
        "Loại",
        12,
        lambda t: CLASSES[t.target_class],
        "định lượng (có số); lượng từ (hầu hết, tất cả); cột mốc (việc làm xong hay chưa).",
    ),
    Column(QUOTE, 60, lambda t: t.citation.quote, "Đúng từng ký tự trong văn bản; bấm để đến nơi trích."),
    Column("Số văn bản", 17, lambda t: t.citation.number, "Số, ký hiệu của văn bản; trống nếu không rõ."),
    Column("Vị trí", 26, lambda t: t.citation.path or None, "Điểm, khoản, điều chứa trích dẫn."),
    Column("Tệp", 26, lambda t: t.citation.document, "Tên tệp (bỏ phần mở rộng) đã đọc; khớp với trang Nguồn."),
    Column("Ký tự từ", 10, lambda t: t.citation.start, "Vị trí ký tự đầu của trích dẫn, đếm từ 0."),
    Column("Ký tự đến", 10, lambda t: t.citation.end, "Vị trí ngay sau ký tự cuối của trích dẫn."),
    Column("Liên kết", 30, lambda t: t.citation.link or None, "Địa chỉ bền của nơi trích trong kho văn bản."),
    Column("Độ tin cậy", 10, lambda t: t.confidence, "Từ 0 đến 1: máy chắc đến đâu khi đọc dòng này."),
    Column("Cần xem lại", 30, lambda t: "; ".join(t.review) or None, "Lý do để người đọc kiểm tra lại dòng này."),
    Column("Lấy từ nơi khác", 30, _inherited, "Ô nào lấy từ chỗ khác trong văn bản (đề mục, đầu bảng) và ở đâu."),
)
