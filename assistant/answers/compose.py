"""Short Vietnamese sentences out of evidence: what the document says, and where it says it."""

from __future__ import annotations

import re

from assistant.answers.cells import clause_of
from assistant.answers.columns import heading, measure
from assistant.answers.evidence import Evidence
from assistant.answers.figures import IN_WORDS, stated_numbers
from assistant.answers.naming import place
from assistant.answers.tabling import label_of
from corpus.citation import cite
from corpus.document import Citation, Document, Span

__all__ = ["citation", "dated", "said", "sentence", "statement"]

_MARKER = re.compile(r"\s*(?:[-–+•*]+|\(\d{1,2}\)|[a-zđ]\d?[.)]|\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]+[.)])\s+")
_ARTICLE = re.compile(r"\s*Điều\s+\d+[a-zđ]?\s*[.:]\s+(?=\S)")
"""The number of an article before its words, which the name of the place has said."""
_DANGLING = re.compile(
    r"(?:[\s,;:(–-]+|(?<!\w)(?:và|hoặc|của|các|những|có|là|được|trong|đến|từ|theo|tại|với|cho|bằng|đạt"
    r"|tối thiểu|ít nhất|trên|dưới"
    r"|khoảng|hơn|gồm|vào|năm|đến năm|vào năm|mức độ|mức|cấp độ|lớp|Điều|điều|số|thuộc|đó|trong đó|để|do|cả|mỗi|một))+$"
)
_STATED = re.compile(rf"(?<![\w/.,])\d+(?:[.,/]\d+)*(?!\w)(?:\s*{IN_WORDS}(?:\s*(?:tỷ|triệu|nghìn)?\s*đồng)?)?\)?%?")
_TOLD = 3
"""Words before a date from which a part of its clause says enough."""
_HEAD = 60
"""Characters of a column's header that are said."""
_LONGEST = 260


def citation(document: Document, start: int, end: int) -> Citation:
    """The citation of `document.text[start:end]`, without the list marker and blanks around it."""
    text = document.text
    marker = _MARKER.match(text, start, end)
    start = marker.end() if marker else start
    while end > start and text[end - 1] in " \t\n;,":
        end -= 1
    return cite(document, Span(start=start, end=end))


def statement(e: Evidence, known: str) -> str:
    """The figure of `e` with what it counts; no figure but its own and those of `known` (the question)."""
    text = e.reading.document.text
    start, end = e.part
    if e.lead:
        return f"{said(e.reading.document, *e.lead)}: {said(e.reading.document, e.unit.start, e.unit.end)}"
    if e.unit.row:
        clause = clause_of(text, e.unit, e.figure) if e.figure else None
        if clause:
            return _of_cell(text, label_of(text[start:end], start), clause)
        head = heading(text, e.unit, e.figure) if e.figure else ""
        told = _row(text[start:end], text[slice(*e.span)], known, head)
        unit = measure(text, e.unit, e.figure) if e.figure else ""
        return f"{told} {unit}" if unit and unit not in told.lower() and told.endswith(text[slice(*e.span)]) else told
    body = text[start:end]
    own = (e.span[0] - start, e.span[1] - start)
    keep = stated_numbers(text[slice(*e.span)]) | stated_numbers(known)
    head, tail = _marked(body[: own[0]], keep), _cut(body[own[1] :], keep)
    whole = f"{head}{body[slice(*own)]}{tail}"
    return re.sub(r"\s+", " ", whole).strip(" ,;:.(").removesuffix(" trong")


def _of_cell(text: str, label: tuple[int, int], clause: tuple[int, int]) -> str:
    """The clause of a cell of text, after the name of its row."""
    words = " ".join(text[slice(*clause)].split()).strip(" ,;:.-")
    named = " ".join(text[slice(*label)].split()).strip(" ,;:.-")
    if label[0] <= clause[0] < label[1] or len(named) > _LONGEST:
        return words
    return f"{named}: {words}"


def dated(e: Evidence, known: str) -> str:
    """The clause of `e` from after the last figure that is not of its date or `known`; "" where little is left."""
    text = e.reading.document.text
    keep = stated_numbers(text[slice(*e.span)]) | stated_numbers(known)
    head = _marked(text[e.unit.start : e.span[0]], keep)
    tail = _cut(text[e.span[1] : e.unit.end], keep)
    words = re.sub(r"\s+", " ", head + text[slice(*e.span)] + tail).strip(" ,;:.(")
    return words if len(head.split()) >= _TOLD else ""


def said(document: Document, start: int, end: int) -> str:
    """`document.text[start:end]` as part of a sentence: one line, no marker, no final stop."""
    body = document.text[start:end]
    marker = _MARKER.match(body) or _ARTICLE.match(body)
    body = re.sub(r"\s+", " ", body[marker.end() :] if marker else body)
    if body.startswith("|"):
        body = "; ".join(c.strip() for c in body.split("|") if c.strip())
    return body.strip(" ,;:./")


def sentence(source: Citation, document: Document, words: str) -> str:
    """The sentence that states `words` on the authority of the cited place; brackets left open are closed."""
    words += ")" * (words.count("(") - words.count(")"))
    return f"Theo {place(source, document)}: {words}."


def _cut(tail: str, keep: set[float]) -> str:
    """`tail` up to the first figure that is not to be stated, and not much longer than a line."""
    stop = len(tail)
    for m in re.finditer(r"(?<![\w/.,])\d+(?:[.,]\d+)*(?!\w)", tail):
        if not stated_numbers(m.group()) <= keep:
            stop = m.start()
            break
    if stop == len(tail) and len(tail) <= _LONGEST:
        return _JOINT.sub("", tail)
    short = tail[: min(stop, _LONGEST)]
    if stop > _LONGEST:
        comma = max(short.rfind(","), short.rfind(" ("))
        short = short[:comma] if comma > 40 else short.rpartition(" ")[0]
    if short.count("(") > short.count(")"):
        short = short[: short.rfind("(")]
    return _DANGLING.sub("", _CONDITION.sub("", short))


_JOINT = re.compile(r"[\s,;]+(?:và|hoặc)\s*$")
"""What joins to a figure that follows."""
_CONDITION = re.compile(
    r"[\s,]*(?<!\w)(?:nếu|khi|trong trường hợp)(?:\s+[^\W\d]+){0,8}\s+(?:từ|đủ|trên|dưới|hơn|quá)\s*$", re.IGNORECASE
)
"""A condition that is cut before the number it sets: "nếu con từ đủ"."""


_TO = re.compile(r"\s*[^\d.,;:()]{0,24}(?:đến|tới|-|–)\s*(?:trước |hết )?")
"""What stands between the two ends of a range: "từ 0 giờ sáng đến"."""


def _marked(head: str, keep: set[float]) -> str:
    """What stands before the figure, from after the last figure that is not to be stated."""
    marker = _MARKER.match(head) or _ARTICLE.match(head)
    head = head[marker.end() :] if marker else head
    for m in reversed(list(_STATED.finditer(head))):
        if not stated_numbers(m.group()) <= keep and not _TO.fullmatch(head, m.end()):
            comma = re.compile(r"[,;:]\s").search(head, m.end())
            return head[comma.end() :] if comma else _UNIT_LEFT.sub("", head[m.end() :]).lstrip(" ,;:.-)")
    return head


_UNIT_LEFT = re.compile(r"^\s*/[^\W\d_]+")
"""What is left of the unit of a figure that is not stated: "/tháng"."""


def _row(row: str, figure: str, known: str, head: str) -> str:
    """A table row as words: its texts, then the figure with its unit."""
    cells = [c.strip() for c in row.strip("| \n").split("|")]
    cells = [c for c in cells if c]
    keep = stated_numbers(figure) | stated_numbers(known)
    at = next((i for i, c in enumerate(cells) if figure in c), len(cells) - 1)
    label = next((c for c in cells if len(c) > 3 and any(x.isalpha() for x in c)), "")
    if len(cells) == 1 and figure in label:
        return label
    unit = cells[at - 1] if at and cells[at - 1] != label and len(cells[at - 1]) <= 30 and "%" not in figure else ""
    unit = "" if any(c.isdigit() for c in unit) else unit
    label = label.lstrip("-–+• ")
    label = label if stated_numbers(label) <= keep else _cut(label, keep)
    if head and not unit and stated_numbers(head) <= keep and len(head) <= _HEAD and head not in row:
        named = [c for c in cells if c != label and any(x.isalpha() for x in c) and stated_numbers(c) <= keep]
        named = [c for c in named if figure not in c and stated_numbers(c)]
        label = "; ".join(x for x in [label, *named] if x)
        return " ".join(f"{label} – {head}: {figure}".split()).strip(" :–")
    return " ".join(f"{label}: {figure} {unit}".split()).strip(" :")
