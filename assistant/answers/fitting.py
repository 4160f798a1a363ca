"""Whether a figure is of the type that a question asks for."""

from __future__ import annotations

import re

from assistant.answers.cells import LONG, clause_of
from assistant.answers.columns import heading, is_money, is_percent
from assistant.answers.figures import Figure
from assistant.answers.little import little
from assistant.answers.normalise import bares
from assistant.answers.patterns import Phrase
from assistant.answers.question import Kind, Question
from assistant.answers.unit import Unit

__all__ = ["INNER", "fits", "inner"]

_START = Phrase(r"từ (mức )?bao nhiêu|(trước đây|trước khi|ban đầu|cũ)( \S+)*")
_CHANGE = Phrase(r"tăng|giảm|xuống|lên|còn|tới|đến|thay đổi|điều chỉnh")
_MONTHLY = Phrase(r"(một|mỗi|hằng|hàng|/) tháng|tháng")
_AREA = Phrase(r"diện tích( \S+)* (bao nhiêu|mấy)(?! (lần|%|phần|xã|khu|nơi|loại))")
_AREAS = re.compile(
    r"[\d.,]+(?:\s*(?:-|–|đến)\s*[\d.,]+)?\s*(?:nghìn|triệu)?\s*(?:k?m[2²]|ha|héc|hecta|mẫu|sào)(?!\w)",
    re.IGNORECASE,
)
_WHOLE = Phrase(r"tổng (mức |số |cộng )?(kinh phí|vốn|tiền|chi phí|dự toán|mức đầu tư|ngân sách|giá trị)")
_PER = re.compile(r"/\s*[^\W\d_]")
"""What is paid for each one, which is no total."""
_FROM = re.compile(r"(?<!\w)từ(?!\w)", re.IGNORECASE)
_SOURCE = re.compile(r"từ\s+(?:nguồn|ngân sách|vốn|quỹ|kinh phí|thời điểm|ngày)(?!\w)", re.IGNORECASE)
"""Where "từ" tells whence something comes, and not the first of two values."""
_TO = re.compile(r"(?<!\w)(?:xuống|lên|đến|còn|thành)(?:\s+(?:còn|mức|thành|dưới|trên|khoảng))?\s*$", re.IGNORECASE)


INNER = 0.75
"""How well a figure fits that is one of the parts listed in brackets, where the question names none of them."""


def fits(question: Question, unit: Unit, figure: Figure, text: str) -> float:
    """How well the figure's type suits what is asked: 0 not at all, 1 quite, more where it counts the very thing."""
    if unit.row and not _in_value_cell(text, unit, figure) and not _in_text_cell(question, unit, figure, text):
        return 0.0
    percent = figure.percent or (
        unit.row
        and not figure.unit
        and bool(_SHARE.search(text, unit.start, unit.end) or is_percent(text, unit, figure))
    )
    return _by_kind(question, unit, figure, percent, text) * _role(question, unit, figure, text)


def _by_kind(question: Question, unit: Unit, figure: Figure, percent: bool, text: str) -> float:
    kind = question.kind
    if kind is Kind.PERCENT:
        return 1.0 if percent else 0.0
    if _PER.search(figure.unit) and question.typed in _WHOLE:
        return 0.0
    if kind is Kind.MONEY:
        return 1.0 if figure.money or (unit.row and is_money(text, unit, figure)) else 0.0
    if kind is Kind.COUNT:
        return _counted(question, unit, figure, percent, text)
    if question.price:
        return 1.0 if figure.money or (unit.row and is_money(text, unit, figure)) else 0.0
    if question.money:
        return 1.0 if figure.money else 0.8 if percent else 0.3
    if question.typed in _AREA and not unit.row and not percent:
        return _of_area(unit, figure, text)
    if question.share:
        return 1.0 if percent or figure.unit.startswith("/") else 0.6
    if figure.unit == "tuổi" or _lasts(question, unit, figure, text):
        return 0.5
    return _of_noun(question, unit, figure, text)


def _of_area(unit: Unit, figure: Figure, text: str) -> float:
    """How well a figure is an area: not at all where another one of the clause is."""
    if _AREAS.match(text, figure.start, unit.end):
        return 1.0
    return 0.0 if any(_AREAS.match(text, f.start, unit.end) for f in unit.figures) else 0.5


def _lasts(question: Question, unit: Unit, figure: Figure, text: str) -> bool:
    """Whether the figure counts days, months or the like, for which the question does not ask."""
    if figure.unit or question.typed in _TIME:
        return False
    after = bares(text[figure.end : min(unit.end, figure.end + 14)])[:1]
    return bool(after) and after[0] in _TIMES


def _of_noun(question: Question, unit: Unit, figure: Figure, text: str) -> float:
    """How well the words after the figure agree with what is counted, where the question says it ("số trạm 5G")."""
    if not question.counted or unit.row:
        return 1.0
    near = list(bares(text[figure.end : min(unit.end, figure.end + 40)])[:2])
    wanted = [w.bare for w in question.noun[:2]]
    if near == wanted or _said_before(wanted, unit, figure):
        return 1.25
    return 0.2 if _coded(wanted) else 0.85 if near[:1] == wanted[:1] else 0.6


def _said_before(wanted: list[str], unit: Unit, figure: Figure) -> bool:
    """Whether what is counted stands right before the figure: "tổng số trạm 5G: 188 trạm"."""
    before = list(unit.words.until(figure.lead)[-4:])
    while before and before[-1] in _LINKS:
        before.pop()
    return len(wanted) > 1 and before[-len(wanted) :] == wanted


def _number_of(wanted: frozenset[str], unit: Unit, figure: Figure) -> bool:
    """Whether the clause gives the number of what is asked before the figure: "Số lượng thành viên ... là 15 người"."""
    before = list(unit.words.until(figure.lead))
    spots = [i for i, w in enumerate(before) if w in wanted and before[max(0, i - 2) : i] == ["so", "luong"]]
    return bool(spots) and "trong" not in before[spots[-1] :]


def _coded(wanted: list[str]) -> bool:
    """Whether a code narrows what is counted: "trạm 5G"."""
    return len(wanted) > 1 and any(c.isdigit() for c in wanted[1]) and not wanted[1].isdigit()


def _counted(question: Question, unit: Unit, figure: Figure, percent: bool, text: str) -> float:
    """Whether what is counted follows the figure, is its unit, or stands in its clause or table row."""
    if not question.noun:
        return 1.0 if question.typed in _CLOCK and _of_hours(figure, unit, text) else 0.5
    wanted = question.counts
    if percent and wanted & _TIMES:
        return 0.0
    if not wanted.isdisjoint(bares(figure.unit)):
        return 1.0
    if figure.unit and not percent and not figure.money and not _SCALE.fullmatch(figure.unit):
        return 0.8 if _among(wanted, unit) and not _OWN_UNIT.fullmatch(figure.unit) else 0.0
    if unit.row and not figure.unit and not wanted.isdisjoint(bares(heading(text, unit, figure))):
        return 1.0
    near = list(bares(text[figure.end : min(unit.end, figure.end + 60)])[:5])
    named = [w.bare for w in question.noun[:2]]
    whole = near[:2] == named or _said_before(named, unit, figure)
    exact = 1.25 if whole else 0.2 if _coded(named) and named[1] not in near else 0.9
    if percent is False and _number_of(wanted, unit, figure):
        return exact
    if _first(wanted, near[:3]) or (unit.row and _among(wanted, unit)):
        return (0.0 if question.existing else 0.85) if percent else exact
    if percent:
        return 0.75 if wanted & set(near) and not question.existing else 0.0
    return 0.8 if figure.unit and _among(wanted, unit) and not figure.money else 0.0


def _among(wanted: frozenset[str], unit: Unit) -> bool:
    """Whether one of `wanted` is a word of the clause."""
    return not wanted.isdisjoint(unit.words.bares)


def _of_hours(figure: Figure, unit: Unit, text: str) -> bool:
    """Whether the figure is one of the clock."""
    return text[figure.end : min(unit.end, figure.end + 8)].lower().startswith(" giờ")


_CLOCK = Phrase(r"khung giờ( nào)?|giờ nào|(từ )?mấy giờ (đến|tới) mấy giờ")
_TIMES = little("giờ ngày tuần tháng năm quý phút").bares
_TIME = Phrase(r"thời (gian|hạn)|bao lâu|(số |bao nhiêu |mấy )(giờ|ngày|tuần|tháng|năm|phút)|báo trước|kéo dài")
_LINKS = little("la dat len toi con co khoang hon gom").bares
_SCALE = re.compile(r"phần|nghìn|triệu|tỷ|tỉ|nghìn tỷ|/.*")
_OWN_UNIT = re.compile(r"lần|tuổi")
"""Units that only scale a count, and those that are counted themselves."""
_PARTS_FROM = little(
    "den cho cua ve trong tu va voi tai do de duoc o theo la co hoac ma bi phai nham thuoc neu khi"
).bares
"""Little words that part what is counted from what comes after: "01 bản đến người lao động" counts no people."""


def _first(wanted: frozenset[str], near: list[str]) -> bool:
    """Whether one of `wanted` is what the figure counts, perhaps after another noun: "20 mô hình trạm"."""
    at = next((i for i, word in enumerate(near) if word in wanted), None)
    return at is not None and not _PARTS_FROM & set(near[:at])


def _role(question: Question, unit: Unit, figure: Figure, text: str) -> float:
    """Less than 1 for the old value of a change ("từ ... xuống"), and for a rate restated in brackets."""
    if question.typed in _START or (figure.value_max is not None and question.typed in _CLOCK):
        return 1.0
    before = text[max(unit.start, figure.lead - 12) : figure.lead]
    began = _FROM.search(text, max(unit.start, figure.lead - 40), figure.start)
    began = None if began and _SOURCE.match(text, began.start(), figure.start) else began
    if began and figure.value_max is None:
        later = [
            f for f in unit.figures if f.start > figure.end and _TO.search(text[max(unit.start, f.lead - 14) : f.lead])
        ]
        if later:
            return 0.3
    if _TO.search(before) and question.typed not in _CHANGE:
        return 0.85
    if inner(text, unit, figure):
        return INNER
    if before.rstrip().endswith("(") and not ("/tháng" in figure.unit and question.typed in _MONTHLY):
        return 0.85
    return 1.0


def inner(text: str, unit: Unit, figure: Figure) -> bool:
    """Whether the figure is one of the parts listed in brackets: "58 trạm (trong đó: 25 trạm, 33 trạm)"."""
    before = text[unit.start : figure.lead]
    opened = before.rfind("(")
    if opened < 0 or ")" in before[opened:]:
        return False
    inside = before[opened + 1 :]
    return bool(re.match(r"\s*(?:trong đó|bao gồm|gồm)", inside, re.IGNORECASE))


_SHARE = re.compile(r"(?<!\d)\s*%")
"""A percent sign that stands for a column or row, and not after a number."""


def _in_text_cell(question: Question, unit: Unit, figure: Figure, text: str) -> bool:
    """Whether the figure stands in a cell of running text and says what it is of: by its unit, or by the noun after it
    that the question counts.
    """
    if clause_of(text, unit, figure) is None:
        return False
    after = bares(text[figure.end : min(unit.end, figure.end + 20)])[:1]
    return bool(figure.unit) or bool(after and after[0] in question.counts)


def _in_value_cell(text: str, unit: Unit, figure: Figure) -> bool:
    """Whether the figure stands in a cell of figures, and not in the row's number or name; a row of one cell may
    say both ("Tổng số ...: 21 văn bản").
    """
    left = text.rfind("|", unit.start, figure.lead) + 1
    right = text.find("|", figure.end, unit.end)
    cell = text[left : right if right >= 0 else unit.end].strip()
    cells = [c.strip() for c in text[unit.start : unit.end].strip("| ").split("|")]
    if cells and cell == cells[0] and len(cells) > 2 and re.fullmatch(r"[\d.IVX]+", cell):
        return False
    letters = sum(c.isalpha() for c in cell)
    before = text[left : figure.lead].strip()
    return letters <= LONG or before == "" or (before.endswith(":") and sum(map(bool, cells)) == 1)
