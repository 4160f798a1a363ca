"""Figures in a text: value, unit, comparator and the exact characters that state them.

Names that contain numbers (documents, articles, levels, dates, years) are not figures; `dates` and `years`
read the last two.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.answers.normalise import NUMERALS, bare

__all__ = ["IN_WORDS", "Figure", "date_spans", "figures", "last_years", "number", "stated_numbers", "years"]

_NUMBER = r"\d+(?:[.,]\d+)*"
_UNIT = (
    r"/\d{1,3}(?:\.\d{3})+|%(?:\s*/\s*(?:năm|tháng|ngày))?|phần trăm|điểm phần trăm"
    r"|(?:nghìn\s+|triệu\s+)?(?:nghìn|triệu|tỷ|tỉ)?\s*(?:đồng|USD|VNĐ|đô la|euro)\b(?:\s*/\s*\w+(?:/\w+)?)?"
    r"|nghìn tỷ\b|tỷ\b|tỉ\b|triệu\b|nghìn\b"
    r"|k?MWh?\b|GWh?\b|Tbps\b|Gb/s\b|Gbps\b|Mbps\b|k?m[2²]|m[3³]|km\b|kV\b|MVA\b|ha\b|cm\b|μg/m3|lần\b|tuổi\b"
)
IN_WORDS = (
    r"\((?:(?:một|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín|mười|mươi|mốt|trăm|nghìn|ngàn|triệu|tỷ|tỉ|linh|lẻ|phần"
    r"|không|rưỡi)\s*)+\)"
)
"""A number once more in words, as laws write it: "15 (mười lăm)"."""
_IN_WORDS = rf"(?:\s*{IN_WORDS})"
_TIME = "giờ|phút|ngày|tuần|tháng|năm"
"""Lengths that both ends of a range tell: "từ 02 năm đến 05 năm"."""
FIGURE = re.compile(
    rf"(?P<value>{_NUMBER}){_IN_WORDS}?(?:(?:\s*(?:{_UNIT})|\s+(?P<time>{_TIME}))?\s*(?:-|–|đến|tới)\s*"
    rf"(?P<max>(?!(?:19|20)\d\d(?!\d|\s*(?:{_UNIT}))){_NUMBER}){_IN_WORDS}?(?(time)(?=\s+(?P=time)(?!\w))))?"
    rf"(?:\s*(?P<unit>{_UNIT}))?",
    re.IGNORECASE,
)
_COMPARATORS: tuple[tuple[str, str], ...] = (
    ("tối thiểu", ">="), ("ít nhất", ">="), ("không dưới", ">="), ("không thấp hơn", ">="), ("không ít hơn", ">="),
    ("tối đa", "<="), ("không quá", "<="), ("không vượt quá", "<="), ("nhiều nhất", "<="), ("trên", ">"),
    ("hơn", ">"), ("vượt", ">"), ("dưới", "<"), ("khoảng", "~"), ("xấp xỉ", "~"), ("gần", "~"), ("ước", "~"),
    ("ước đạt", "~"), ("ước tính", "~"), ("chừng", "~"), ("trung bình", "="), ("bình quân", "="), ("từ", "="),
    ("từ đủ", "="),
    ("mỗi năm", "="), (">=", ">="), ("≥", ">="), ("<=", "<="), ("≤", "<="), (">", ">"), ("<", "<"),
)  # fmt: skip
_SIGN = dict(_COMPARATORS)
_LEAD = re.compile(
    r"(?P<words>(?:(?<!\w)(?:" + "|".join(sorted((re.escape(w) for w, _ in _COMPARATORS), key=len, reverse=True))
    + r")\s*){1,3}(?:đạt\s+|là\s+|hơn\s+)?)$",
    re.IGNORECASE,
)  # fmt: skip
_NAMED = re.compile(
    r"(?:điều|khoản|điểm [a-zđ]|mức độ|cấp độ|mức|số|nghị định|quyết định|luật|thông tư|nghị quyết|công văn|kế hoạch"
    r"|chỉ thị|phụ lục|bảng|biểu|mục|tiểu mục|mục tiêu|lớp|quý|khóa|khoá|lần thứ|thứ|iso|tcvn|qcvn|bước|đề án"
    r"|đối tượng|đợt|trang|dự án|vùng|hạng|cấp|loại|tuyến|ngày|tháng|năm|giai đoạn|thời kỳ|chỉ tiêu|chương|phần)\s*$",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_DATE = re.compile(
    r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})|(?<![\d/])(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*(\d{4})(?!\d)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"ngày\s+\d{1,2}\s*(?:[/-]|tháng)\s*\d{1,2}(?!\s*(?:[/-]|năm))|tháng\s+\d{1,2}\s*(?:/|năm)\s*\d{4}", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d.,/])(?<!\d:)(19[5-9]\d|20\d\d)(?![\d.,]*\d)(?!\s*/\s*[A-ZĐƯ])")
_ANY_YEAR = re.compile(r"19[5-9]\d|20\d\d")
_SPAN_OF_YEARS = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d)\s*(?:-|–|đến|tới)\s*(?:năm\s+)?(19[5-9]\d|20\d\d)(?!\d)")
_FRACTION = re.compile(
    rf"(?<![\d/.,-])([1-9])/([2-9]|10)(?![\d/]){_IN_WORDS}?"
    r"(?=\s+(?:số|tổng|thành viên|đại biểu|diện tích|thời gian|mức|giá))"
)
_SPOKEN = re.compile(r"(?:từ|đến|hết|trước|sau|chậm nhất)(?: là| vào)?\s*$", re.IGNORECASE)
"""What stands before the date of an event or a period, and not of a document."""
_ONE = re.compile(
    r"(?:tối đa|tối thiểu|ít nhất|nhiều nhất|không quá|chỉ|mỗi lần|duy nhất)(?: có| được| là)?\s*$", re.IGNORECASE
)
"""Words after which "một" counts and is no article."""
_WRITTEN = re.compile(r"(?<!\w)(một|hai|ba|bốn|sáu|bảy|tám|chín|mười)(?!\w)", re.IGNORECASE)
_TASK = re.compile(
    r"\s+(?!Bộ|Sở|Ban|Cục|Vụ|Viện|Trung|Khu|Đề|Dự|Nghị|Luật|Quyết|Thông|Chương|Hội|Tỉnh|Thành|Ủy|Uỷ|Đoàn|Tổ"
    r"|Phụ lục|Danh mục)"
    r"[A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ][a-zà-ỹ]"
)
"""A capital after a number opens a new statement, unless it names an agency: the number is that of a row."""
_TAIL = re.compile(r"\s*(?:trở lên|trở xuống)", re.IGNORECASE)


class Figure(NamedTuple):
    """`text[start:end]` states the figure; `lead` is where the comparator words before it begin."""

    start: int
    end: int
    lead: int
    value: float
    value_max: float | None
    unit: str
    comparator: str

    @property
    def percent(self) -> bool:
        """Whether the unit is a share or a rate in percent."""
        return self.unit.startswith(("%", "phần trăm", "điểm phần"))

    @property
    def money(self) -> bool:
        """Whether the unit is an amount of money."""
        return bool(re.search(r"đồng|usd|vnđ|đô la|euro|^tỷ$|^tỉ$|^nghìn tỷ$", self.unit))


def number(text: str) -> float:
    """The value of a Vietnamese numeral: thousands dots dropped, decimal comma read.

    >>> number("1.700"), number("0,55")
    (1700.0, 0.55)
    """
    plain = re.sub(r"[.](?=\d{3}(?!\d))", "", text).replace(",", ".")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    return float(plain)


def figures(text: str) -> list[Figure]:
    """The figures of `text` in order; numbers inside names, dates and years are left out."""
    if not _DIGIT.search(text):
        return [_written(text, m) for m in _WRITTEN.finditer(text) if _counts(text, m)]
    taken = [m.span() for m in _DATE.finditer(text)] + [m.span() for m in _DAY.finditer(text)]
    out = [f for m in FIGURE.finditer(text) if not _inside(m, taken) and (f := _figure(text, m))]
    out += [_fraction(text, m) for m in _FRACTION.finditer(text) if int(m.group(1)) < int(m.group(2))]
    out += [_written(text, m) for m in _WRITTEN.finditer(text) if _counts(text, m)]
    return sorted(out)


def date_spans(text: str) -> list[tuple[int, int]]:
    """Spans of the dates of `text` that name a day or a month."""
    if not _DIGIT.search(text):
        return []
    full = [m.span() for m in _DATE.finditer(text)]
    return sorted(full + [m.span() for m in _DAY.finditer(text) if not _inside(m, full)])


def years(text: str) -> set[int]:
    """The years named in `text` outside the dates of documents and their numbers, the ends of periods among them."""
    if not _ANY_YEAR.search(text):
        return set()
    taken = [m.span() for m in _DATE.finditer(text) if not _SPOKEN.search(text, max(0, m.start() - 16), m.start())]
    out = {int(y) for m in _SPAN_OF_YEARS.finditer(text) for y in m.groups()}
    return out | {int(m.group(1)) for m in _YEAR.finditer(text) if not _inside(m, taken)}


def last_years(text: str) -> set[int]:
    """The year of `text` that is named last, with the other end of its period."""
    named = years(text)
    found = [m for m in _YEAR.finditer(text) if int(m.group(1)) in named]
    if not found:
        return set()
    last = found[-1]
    ends = next((m for m in _SPAN_OF_YEARS.finditer(text) if m.start() <= last.start() < m.end()), None)
    return {int(y) for y in ends.groups()} if ends else {int(last.group(1))}


def stated_numbers(text: str) -> set[float]:
    """Every number of `text`, names and dates included, for checking that an answer adds none."""
    out = {number(m) for m in re.findall(_NUMBER, text)}
    return out | {float(NUMERALS[m.group(1).lower()]) for m in _WRITTEN.finditer(text)}


def _inside(m: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start < m.end() and m.start() < end for start, end in spans)


def _figure(text: str, m: re.Match[str]) -> Figure | None:
    before, after = text[max(0, m.start() - 24) : m.start()], text[m.end() : m.end() + 14]
    unit = " ".join((m.group("unit") or "").lower().split())
    if re.search(r"[\w/.,-]$", before) and not re.search(r"(?:^|[\s(])[-–]$", before):
        return None
    if re.match(r"\s*[/-]\s*(?:\d|[A-ZĐƯ])|\w", after) and not unit:
        return None
    if before.endswith("(") and after.startswith(")") and _ENUMERATES.search(before):
        return None
    if not unit and _AMONG.search(text, max(0, m.start() - _LISTED), m.start()):
        return None
    if re.match(r"[.)]\s" if unit else r"[.)](?:\s|$)", after) and re.search(
        r"(?:^|\n|[;|]\s?)\s*[-(“\"]?$", text[max(0, m.start() - 4) : m.start()]
    ):
        return None
    named = _names(before, m) and not _each(before, after)
    if not unit and (named or _YEAR.fullmatch(m.group("value")) or _TASK.match(after)):
        return None
    tail = _TAIL.match(text, m.end())
    end = tail.end() if tail else m.start() + len(m.group().rstrip())
    lead, sign = _comparator(text, m.start())
    if tail:
        sign = ">=" if "lên" in tail.group().lower() else "<="
    top = m.group("max")
    return Figure(m.start(), end, lead, number(m.group("value")), number(top) if top else None, unit, sign)


def _names(before: str, m: re.Match[str]) -> bool:
    """Whether the number names what stands before it: "mức 4", and not "ở mức 107 trẻ"."""
    named = _NAMED.search(before)
    return named is not None and (named.group().strip().lower() != "mức" or number(m.group("value")) < _LEVELS)


def _each(before: str, after: str) -> bool:
    """Whether the number counts what falls to each day, month or year: "mỗi ngày 30 phút"."""
    return bool(_EACH.search(before) and _FOR_EACH.match(after))


_EACH = re.compile(r"(?<!\w)(?:mỗi|một|hằng|hàng|trong|0?1)\s+(?:ngày|tuần|tháng|quý|năm)\s+$", re.IGNORECASE)
_FOR_EACH = re.compile(r"\s*(?:phút|giờ|tiếng|buổi|tiết|ca|bữa|ngày|tuần|tháng)(?!\w)(?!\s+\d)", re.IGNORECASE)
_ENUMERATES = re.compile(r"(?:^|[:;.,…]|(?<!\w)(?:[Cc]ột|[Ii]tem|[Mm]ục|[Mm]ẫu))\s*\($")
"""What stands before the number of an item within a sentence: "gồm: (1) ...; (2) ...", and of a column: "Cột (2)"."""
_AMONG = re.compile(
    r"(?<!\w)(?:điều|khoản|phụ lục|mục|chương|bảng|biểu|lớp|nhóm|đợt|vùng|bước)\s+\d{1,3}"
    r"(?:\s*(?:,|và|hoặc)\s*\d{1,3})*\s*(?:,|và|hoặc)\s*$",
    re.IGNORECASE,
)
_LISTED = 48
"""What stands before a number that goes on with a list of names ("các Điều 4, 5 và 6"), and how far back it begins."""
_LEVELS = 10
"""Levels are fewer than this."""


def _comparator(text: str, at: int) -> tuple[int, str]:
    lead = _LEAD.search(text, max(0, at - 40), at)
    if lead is None:
        return at, "="
    words = " ".join(lead.group("words").lower().split())
    signs = [s for w, s in sorted(_SIGN.items(), key=lambda p: -len(p[0])) if w in words]
    strong = [s for s in signs if s != "="]
    return lead.start("words"), (strong or signs or ["="])[0]


def _counts(text: str, m: re.Match[str]) -> bool:
    """Whether a numeral in words counts something: "bốn mục tiêu", and not "thứ hai", "một số", "ba" as father."""
    before = bare(text[max(0, m.start() - 6) : m.start()].strip().rpartition(" ")[2])
    after = re.match(r"\s+([^\W\d_]+)", text[m.end() :])
    if before in {"thu", "mot", "la", "so", *_CLASSES} or after is None:
        return False
    if m.group(1).lower() == "một" and not _ONE.search(text, max(0, m.start() - 20), m.start()):
        return False
    return bare(after.group(1)) not in {"la", "va", "so", "cac"} and (
        m.group(1) != "ba" or bare(after.group(1)) != "nguoi"
    )


_CLASSES = frozenset(("lop", "khoa", "hang", "bac", "nhom", "vong"))
"""What a numeral in words names and does not count: "lớp sáu"."""


def _fraction(text: str, m: re.Match[str]) -> Figure:
    lead, sign = _comparator(text, m.start())
    return Figure(m.start(), m.end(), lead, int(m.group(1)) / int(m.group(2)), None, "phần", sign)


def _written(text: str, m: re.Match[str]) -> Figure:
    lead, sign = _comparator(text, m.start())
    return Figure(m.start(), m.end(), lead, float(NUMERALS[m.group(1).lower()]), None, "", sign)
