"""What a follow-up points back to: "nghị định đó", "sở này", "mốc đó", from the question and the answer before."""

from __future__ import annotations

import re

from assistant.answers.figures import date_spans
from assistant.answers.mentions import WITH_KIND
from assistant.answers.normalise import bare
from assistant.answers.patterns import Phrase

__all__ = ["PART_OF", "POINTING", "resolved", "said"]

_THAT = r"(?:đó|này|ấy|kia|nói trên|vừa nêu|vừa nói|trên)(?![\w/])"
_DOCUMENT = re.compile(
    r"(?<!\w)(?P<kind>bộ luật|luật|pháp lệnh|nghị định|thông tư|nghị quyết|quyết định|chỉ thị|kế hoạch|công văn"
    rf"|thông báo|văn bản)\s+{_THAT}",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"(?<!\w)(?:bộ luật|luật|pháp lệnh|nghị định|thông tư|nghị quyết|quyết định|chỉ thị|kế hoạch|công văn|thông báo"
    r"|văn bản)\s+(?:nào|gì|số mấy|số bao nhiêu)(?!\w)",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    rf"(?<!\w)(?P<noun>sở|bộ|cục|vụ|chi cục|ủy ban|uỷ ban|ubnd|ban|hội|quỹ|ngân hàng|cơ quan|đơn vị)\s+{_THAT}",
    re.IGNORECASE,
)
_NOUNS = (
    r"(?<!\w)(?:Sở|Bộ|Chi cục|Tổng cục|Cục|Vụ|Ủy ban|Uỷ ban|UBND|Ban|Hội|Quỹ|Ngân hàng|Văn phòng|Công an|Viện|Trung tâm"
    r"|Bảo hiểm xã hội|Thanh tra|Kho bạc|Liên đoàn|Tập đoàn|Tổng công ty)(?!\w)"
)
_CALLED = re.compile(rf"{_NOUNS}\s+(?:(?!{_NOUNS})[^.;:()\n])+")
_AFTER_NAME = re.compile(
    r"(?:\s+(?:là|chủ trì|thường trực|có|chịu|phối|được|giúp|thực|tổng|trực|phụ trách|đảm|sẽ|làm|tham|theo|trước|để"
    r"|ban hành|xây|hướng|báo cáo|trình|về|cho|tại|trong|với)(?!\w)|,\s+(?![A-ZĐ])|\s+và\s*$).*$",
    re.DOTALL,
)
_MARK = re.compile(rf"(?<!\w)(?:mốc|hạn|thời hạn|thời điểm|ngày|mốc thời gian)\s+{_THAT}", re.IGNORECASE)
_CITED = re.compile(r"^\s*Theo\s[^:]{4,220}:\s+", re.IGNORECASE)
"""Where an answer says from, before what it says."""
PART_OF = Phrase(r"trong (số )?(đó|này|ấy)")
"""How a question asks for a part of what the answer before counted."""
POINTING = Phrase(
    r"(?<!từ )(?<!sau )(?<!khi )(?<!do )(?<!nào )\S+ (đó|ấy|kia|nói trên|vừa nêu)"
    r"|(bộ luật|luật|pháp lệnh|nghị định|thông tư|nghị quyết|quyết định|chỉ thị|kế hoạch|công văn|thông báo|văn bản"
    r"|sở|bộ|cục|vụ|chi cục|ủy ban|ubnd|ban|hội|quỹ|ngân hàng|cơ quan|đơn vị|mốc|hạn|thời hạn|thời điểm|chương trình"
    r"|đề án|dự án|chiến lược|đợt|gói|khoản|nhóm|loại|đối tượng|tỉnh|thành phố|xã|phường|huyện"
    r"|(các|những) \S+( \S+)?) này"
)
"""How a question points at something that was named before."""


def said(told: str) -> str:
    """An answer without where it says from: "Theo khoản 2 Điều 5 ...: "."""
    return _CITED.sub("", told)


def resolved(question: str, before: str, told: str) -> tuple[str, bool]:
    """`question` with what it points to named, and whether it asks about a document that only the answer names.

    `before` is the question and `told` the answer that it follows. What cannot be told is left as it stands.
    """
    document = _document(question, before, told)
    if document:
        return document
    for pattern, found in ((_AGENCY, _agency), (_MARK, _mark)):
        pointing = pattern.search(question)
        name = found(pointing, said(told)) if pointing else ""
        if pointing and name:
            return f"{question[: pointing.start()]}{name}{question[pointing.end() :]}", False
    return question, False


def _document(question: str, before: str, told: str) -> tuple[str, bool] | None:
    pointing = _DOCUMENT.search(question)
    if pointing is None:
        return None
    asked = [said(told)] if _ASKED_FOR.search(before) else [before, said(told), told]
    kind = bare(pointing.group("kind"))
    for text in asked:
        for m in WITH_KIND.finditer(text):
            if kind in ("van ban", bare(" ".join(m.group("kind").split()))):
                new = m.group() if pointing.start() else m.group()[:1].upper() + m.group()[1:]
                return f"{question[: pointing.start()]}{new}{question[pointing.end() :]}", text is not before
    return None


def _agency(pointing: re.Match[str], told: str) -> str:
    """The one agency that the answer names, by the noun that is pointed at."""
    noun = bare(pointing.group("noun"))
    names = dict.fromkeys(_AFTER_NAME.sub("", m.group()).strip(" ,.;") for m in _CALLED.finditer(told))
    fit = [n for n in names if noun in ("co quan", "don vi") or bare(n).startswith(f"{noun} ")]
    return fit[0] if len(fit) == 1 and len(fit[0].split()) > 1 else ""


def _mark(_: re.Match[str], told: str) -> str:
    """The one day that the answer names."""
    days = [told[a:b] for a, b in date_spans(told)]
    return (days[0] if days[0].lower().startswith("ngày") else f"ngày {days[0]}") if len(days) == 1 else ""
