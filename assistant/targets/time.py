"""Years in a text: deadlines (`đến năm 2030`), periods (`giai đoạn 2026-2030`), and what only looks like one."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.targets.folding import rule

__all__ = ["When", "programme", "times"]

_YEAR = r"(?:19|20)\d\d"
_LEAD = (
    r"(?:từ nay(?: cho)? (?:đến|tới)|tính đến|đến|tới|trước|vào|trong|hết|cuối|đầu|giữa|ngay trong|"
    r"chậm nhất(?: là)?(?: đến| vào| trong)?)"
)
_FINE = (
    r"(?:\s(?:trước|hết|cuối|đầu|giữa|khoảng|khoảng thời gian|thời điểm|mốc|ngày|hết quý [ivx]+|"
    r"quý [ivx\d]+|hết tháng \d+|tháng \d+|kế hoạch))?"
)
_DATE = r"(?:ngày\s)?\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?"
_ANY_YEAR = rule(_YEAR)
_PATTERN = rule(
    rf"(?<!\w)(?:"
    rf"(?P<period>(?:(?:trong |cho |của )?(?:cả )?(?:giai đoạn|thời kỳ|các năm|nhiệm kỳ|kế hoạch)|"
    rf"từ năm|từ|năm)\s(?:từ |năm )?(?P<y1>{_YEAR})\s?(?:-|đến|tới)\s?(?:hết )?(?:năm )?(?P<y2>{_YEAR}))"
    rf"|(?P<lead>{_LEAD}(?:{_FINE})(?:{_FINE})\s(?:{_DATE}|ngày \d{{1,2}} tháng \d{{1,2}} )?"
    rf"(?:năm\s)?(?:{_DATE})?(?P<y3>{_YEAR}))"
    rf"|(?P<from>(?:kể )?từ(?: (?:đầu|tháng \d+|quý [ivx]+))? năm (?P<y5>{_YEAR})(?: trở đi)?)"
    rf"|(?P<bare>(?:(?:cả|hết|cuối|trong|đầu|mỗi)\s)?năm\s(?P<y4>{_YEAR}))"
    rf")(?![\d/])(?!\.\d)"
)
_REFERENCE = rule(
    r"(?:so với(?: cùng kỳ| mức| kịch bản| thực hiện| trung bình| giai đoạn| số liệu| tổng số|"
    r" con số)?(?: của| đầu| cuối| cả)?|tháng \d{1,2}|tháng \d{1,2},|luật[^.,;:]{0,40}|nghị định[^.,;:]{0,60}|"
    r"hiến pháp|bộ luật[^.,;:]{0,30}|nghị quyết[^.,;:]{0,30}|thông tư[^.,;:]{0,30}|mức của|"
    r"mức(?: độ)? phát thải|kịch bản phát triển thông thường|từ mức|/)\s?$"
)
_TIMES_OF = rule(r"lần(?: của| mức)?\s$")  # "gấp 2 lần năm 2020"
_VISION = rule(r"(?:định hướng|tầm nhìn|định hướng phát triển)\s$")
_DATED = rule(r"ngày \d{1,2} tháng \d{1,2},? (?:năm )?$")
_PROGRAMME = (
    r"(?:chương trình|kế hoạch|chiến lược|đề án|quy hoạch|dự án|phong trào|lộ trình|phương án|"
    r"nghị quyết|quyết định|thực hiện|phát triển|mục tiêu|chỉ tiêu)"
)
_TITLE = rule(
    rf"{_PROGRAMME}[^.;\n]{{0,260}}?(?:(?:giai đoạn|thời kỳ)\s(?:từ )?(?:năm )?(?P<y1>{_YEAR})\s?(?:-|"
    rf"đến|tới)\s?(?:năm )?(?P<y2>{_YEAR})"
    rf"|(?:đến|tới)(?: hết)? (?:năm )?(?P<y3>{_YEAR})|\bnăm (?P<y4>{_YEAR})(?!\d))"
)
_OTHER = rule(r"\W*(?:căn cứ|xét|theo đề nghị|thực hiện|triển khai|theo|số\s?:|kèm theo|\(kèm)")
_SIGNED = rule(rf"ngày \d{{1,2}} tháng \d{{1,2}},? năm {_YEAR}|ngày {_DATE}{_YEAR}|tháng \d{{1,2}} năm {_YEAR}")


@dataclass(frozen=True, slots=True)
class When:
    """A year that a text names at `[start:end]`, with the period that it ends where one is written.

    `firm` is True for a deadline or a period, False for a bare "năm 2030", which may be only a date. `opening` is
    True where the year only starts something ("từ năm 2025").
    """

    start: int
    end: int
    year: int
    period: tuple[int, int] | None = None
    firm: bool = True
    opening: bool = False


def times(text: str, start: int = 0, end: int | None = None) -> list[When]:
    """The years of the folded `text[start:end]` that may be deadlines, in order; years of comparison are left out."""
    found: list[When] = []
    end = len(text) if end is None else end
    if not _ANY_YEAR.search(text, start, end):
        return found
    for m in _PATTERN.finditer(text, start, end):
        before = text[max(start, m.start() - 70) : m.start()]
        if _REFERENCE.search(before) or _DATED.search(before):
            continue
        if found and m.start() - found[-1].end < 40 and _VISION.search(before):
            continue
        if m.group("period"):
            y1, y2 = int(m.group("y1")), int(m.group("y2"))
            found.append(When(m.start(), m.end(), y2, (y1, y2) if y1 < y2 else None))
        elif m.group("lead"):
            found.append(When(m.start(), m.end(), int(m.group("y3"))))
        elif m.group("from"):
            found.append(When(m.start(), m.end(), int(m.group("y5")), opening=True))
        else:
            if not _TIMES_OF.search(before):
                found.append(When(m.start(), m.end(), int(m.group("y4")), firm=False))
    return found


def programme(text: str, spans: list[tuple[int, int]]) -> When | None:
    """The period or year in the programme's own name, looked for in the given paragraphs (the head of the document).

    Paragraphs that name other documents (căn cứ, thực hiện ...) are passed over.
    """
    for start, end in spans:
        if _OTHER.match(text, start, end):
            continue
        for m in _TITLE.finditer(text, start, end):
            if m.group("y2"):
                return When(m.start(), m.end(), int(m.group("y2")), (int(m.group("y1")), int(m.group("y2"))))
            if m.group("y3"):
                return When(m.start(), m.end(), int(m.group("y3")))
            if not _SIGNED.search(text, m.start(), m.end()):
                return When(m.start(), m.end(), int(m.group("y4")))
    return None
