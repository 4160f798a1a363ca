"""Questions about a document itself: when it was issued, who signed it, its number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answers.kinds import WHEN
from assistant.answers.naming import day
from assistant.answers.patterns import Phrase
from assistant.answers.question import Question
from assistant.answers.replacing import REPEALS, REPLACED_BY, REPLACES, replaced, replacing
from corpus.document import Document, Span

__all__ = ["Fact", "asks_day", "asks_fact", "fact", "is_fact_word", "reports_issue", "successor"]

_ISSUED = Phrase(
    r"(được )?(ban hành|ký|ký ban hành|phê duyệt|thông qua|công bố|ra đời|có từ)( \S+){0,3} "
    rf"({WHEN}|(vào )?năm nào)"
    rf"|(?<!diễn )(?<!xảy )(?<!vươn )ra( (quyết định|nghị quyết|nghị định|chỉ thị|kế hoạch|văn bản)( \S+){{0,2}})? "
    rf"({WHEN}|(vào )?năm nào)"
    r"|(cái|văn bản|kế hoạch|quyết định|nghị quyết) nào (được )?(ban hành|ký|ra) (trước|sau|sớm hơn|muộn hơn)"
    r"|ngày (ban hành|ký|ký ban hành)( \S+){0,12}"
    rf"|({WHEN}) (thì )?(\S+ ){{0,6}}?(được )?(ban hành|ký|phê duyệt)( \S+)?"
)
_SIGNED = Phrase(
    r"(ai|người nào) (đã |là người )?ký( \S+)*|(do|người) (ai )?ký( \S+)* ai|do ai ký( \S+)*|người ký( \S+)*"
    r"|ai là người ký( \S+)*|chữ ký của ai"
)
_EFFECTIVE = Phrase(
    rf"(có hiệu lực|hiệu lực|được áp dụng)( thi hành)?( trước| sau| sớm hơn| muộn hơn)?( kể)?( từ)?( vào)? "
    rf"(là )?({WHEN}|(từ |vào )?năm nào)"
    rf"|({WHEN}) (thì )?(\S+ ){{0,8}}?(bắt đầu )?có hiệu lực( thi hành)?|ngày( bắt đầu)?( có)? hiệu lực( \S+){{0,12}}"
)
_UNTIL = Phrase(r"(đến|tới|hết) (hết )?(ngày|tháng|năm|khi) (nào|mấy)|đến bao giờ|đến khi nào|bao lâu")
"""Ways to ask for the end too, which the clause alone tells."""
_ASKING = Phrase(
    r"hiệu lực|thi hành|bắt đầu|ban hành|ký|phê duyệt|thông qua|công bố|ra đời|người ký|cái nào( \S+)?"
    r"|trước|sau|văn bản|quyết định"
    r"|kế hoạch|nghị quyết|chính phủ|thủ tướng|bộ trưởng|ủy ban nhân dân|chủ tịch|chỉ thị|thông tư|nghị định|công văn"
)
REPLACED = "văn bản được thay thế"
"""What the documents are called that another replaces."""
_VERBS = re.compile(r"(?<!\w)(?:ký|ban hành|phê duyệt|thông qua|công bố)(?!\w)", re.IGNORECASE)
_NUMBERED = re.compile(r"(?<![\d/.])(\d{1,5})(?:/\d{4})?[/-][A-ZĐƯ]")
_DATE = re.compile(
    r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})|(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*(\d{4})"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known (`value`, in words) and the span of the text that states it."""

    label: str
    value: str
    span: Span


def fact(question: Question, document: Document) -> Fact | None:
    """The fact about `document` itself that `question` asks for, when the text states it."""
    if question.typed in REPLACES:
        told = replaced(document, question.typed in REPEALS)
        return Fact(*told) if told else None
    if question.typed in _SIGNED:
        return _signer(document)
    if question.typed in _EFFECTIVE and question.typed not in _UNTIL:
        return _effective(document)
    if question.typed in _ISSUED:
        return _issued(document)
    return None


def successor(question: Question, document: Document, other: Document) -> Fact | None:
    """The fact that `other` replaced `document`, when the question asks for that and `other` states it."""
    if question.typed not in REPLACED_BY or not document.number:
        return None
    span = replacing(other, document.number)
    return Fact(REPLACED, " ".join(span.of(other.text).split()), span) if span else None


def asks_fact(question: Question) -> bool:
    """Whether the question is for the day of issue or the signer of a document."""
    return question.typed in _SIGNED or question.typed in _ISSUED


def asks_day(question: Question) -> bool:
    """Whether the question is for the day of issue of a document."""
    return question.typed in _ISSUED and question.typed not in _SIGNED


def reports_issue(document: Document, start: int, end: int) -> bool:
    """Whether the text between two places dates the issue of what the document is or is about."""
    said, number = document.text[start:end], document.number or document.about or ""
    if not _DATE.search(said) or not _VERBS.search(said):
        return False
    own = re.match(r"\d+", number)
    others = [m.group(1) for m in _NUMBERED.finditer(said)]
    return not others or (own is not None and own.group().lstrip("0") in {o.lstrip("0") for o in others})


def is_fact_word(question: Question, place: int) -> bool:
    """Whether the word at `place` of the question is part of the asking for a fact."""
    phrases = (_SIGNED, _ISSUED, _ASKING, REPLACES, REPLACED_BY)
    return any(a <= place < b for phrase in phrases for a, b in phrase.all(question.typed))


def _signer(document: Document) -> Fact | None:
    found = document.provenance.get("signer")
    if not document.signer:
        return None
    span = found.span if found and found.span else _find(document.text, document.signer)
    return Fact("người ký", document.signer, span) if span else None


def _issued(document: Document) -> Fact | None:
    found = document.provenance.get("issued_on")
    span = found.span if found and found.span else _dated(document)
    if span is None:
        return None
    stated = _iso(span.of(document.text)) or document.issued_on
    return Fact("ngày ban hành", f"ngày {day(stated)}", span) if day(stated) else None


def _effective(document: Document) -> Fact | None:
    found = document.provenance.get("effective_from")
    if found is None or found.span is None or not day(document.effective_from):
        return None
    stated = found.span.of(document.text)
    told = (
        f"ngày {day(document.effective_from)}"
        if _iso(stated) == document.effective_from
        else f"“{stated.strip(' ./;')}”"
    )
    return Fact("thời điểm có hiệu lực", told, found.span)


def _dated(document: Document) -> Span | None:
    """The date of the head of a document, or of the sentence that reports the decision that an article is about."""
    text, number = document.text, document.number or document.about or ""
    bare_number = re.match(r"\d+", number)
    for m in _DATE.finditer(text[:4000]):
        iso = _iso(m.group())
        agreed = not document.issued_on or iso.startswith(document.issued_on)
        if document.number and agreed and re.search(r"[\w.]\s*,\s*$", text[max(0, m.start() - 3) : m.start()]):
            return Span(start=text.rfind("\n", 0, m.start()) + 1, end=m.end())
        around = text[max(0, m.start() - 200) : m.end() + 200]
        if bare_number and agreed and document.issued_on and bare_number.group() in around:
            return _sentence(text, m.start())
    return None


def _sentence(text: str, at: int) -> Span:
    start = max(text.rfind("\n", 0, at), text.rfind(". ", 0, at) + 1) + 1
    stops = [i for i in (text.find("\n", at), text.find(". ", at)) if i > 0]
    return Span(start=start, end=min(stops, default=len(text)))


def _iso(stated: str) -> str:
    m = _DATE.search(stated)
    if m is None:
        return ""
    d, mo, y = [g for g in m.groups() if g]
    return f"{y}-{int(mo):02}-{int(d):02}"


def _find(text: str, words: str) -> Span | None:
    at = text.find(words)
    return Span(start=at, end=at + len(words)) if at >= 0 else None
