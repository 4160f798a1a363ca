"""Who does what a clause says: the agency that it names, or the heading above it that is one."""

from __future__ import annotations

import re

from assistant.answers.normalise import bare_words
from assistant.answers.reading import Reading
from assistant.answers.unit import Unit

__all__ = ["AGENCY", "actor", "assigned", "names_agency", "names_one", "names_persons", "subject_named"]

AGENCY = re.compile(
    r"(?<!\w)(?:Bộ|Sở|Ủy ban|Uỷ ban|UBND|Ban|Cục|Vụ|Chi cục|Tổng cục|Văn phòng|Công an|Ngân hàng|Hội|Đoàn|Thủ tướng"
    r"|Phó Thủ tướng|Chủ tịch|Chính phủ|Quốc hội|Kho bạc|Bảo hiểm|Tòa án|Viện|Trung tâm|Doanh nghiệp|doanh nghiệp"
    r"|Tổng công ty|Tập đoàn|Thành ủy|Tỉnh ủy|Viettel|VNPT|MobiFone|các bộ|Các bộ|các sở|Các sở|nhà mạng|ủy ban|sở|bộ"
    r"|cơ quan|đơn vị|Bộ trưởng|Giám đốc|Thủ trưởng|Mặt trận|Báo|Liên đoàn|Ngân sách|ngân sách)(?!\w)"
)
_MARKER = r"\s*(?:[-–+•*]\s*|(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)]\s*)?"
_ORDERED = r"(?:Giao|Đề nghị|Yêu cầu|Trách nhiệm của|Nhiệm vụ của|Đối với)?\s*(?:các\s+|[Cc]ác\s+)?"
_HEADED = re.compile(_MARKER + _ORDERED + AGENCY.pattern.replace("|sở|bộ", "").replace("|cơ quan|đơn vị", ""))
_LONGEST = 200
"""Characters of a heading that names who acts."""
_NEXT = 8
"""Lines after a clause that may say who does it."""
_ASSIGNED = re.compile(
    _MARKER + r"(?:(?:Cơ quan|Đơn vị|Phân công|Trách nhiệm)(?:\s+(?:chủ trì|thực hiện|chủ trì thực hiện))?|Chủ trì)\s*:"
)
_WITH = re.compile(r"(?<!\w)(?:với|cùng|theo đề nghị của)(?:\s+các)?\s+$")
_DOES = re.compile(
    r"(?<!\w)(?:chủ trì|chịu trách nhiệm|có trách nhiệm|phụ trách|đầu mối|thường trực|được giao|thực hiện)(?!\w)"
)


def actor(text: str, unit: Unit) -> tuple[int, int] | None:
    """The nearest heading above a clause that opens with an agency ("2. Sở Y tế", "Giao Sở ...:"), None without one."""
    for start, end in reversed(unit.leads):
        if end - start <= _LONGEST and not text.startswith("|", start) and _HEADED.match(text, start, end):
            return start, end
    return None


def assigned(reading: Reading, unit: Unit) -> tuple[int, int] | None:
    """The line after the clause, under the same heading, that says who does it: "Cơ quan thực hiện: Sở ..."."""
    text, line = reading.document.text, unit.clause.line
    at = reading.lines.place(line.start)
    for i in range(at + 1, min(at + 1 + _NEXT, len(reading.lines))):
        other = reading.lines[i]
        shared = bool(other.above) and other.above[-1] in line.above
        if shared and _ASSIGNED.match(text, other.start, other.end):
            return other.start, other.end
        if other.above and other.above[-1] not in (*line.above, (line.start, line.end)) and not shared:
            return None
    return None


def subject_named(text: str, unit: Unit) -> bool:
    """Whether the clause itself says who acts: it opens with an agency, or an agency stands before the verb."""
    if _HEADED.match(text, unit.start, unit.end):
        return True
    does = _DOES.search(text, unit.start, unit.end)
    named = AGENCY.finditer(text, unit.start, does.start()) if does else ()
    return any(not _WITH.search(text, unit.start, m.start()) for m in named)


def names_agency(text: str, unit: Unit, question: str) -> bool:
    """Whether the clause names an agency that the question does not: "Sở Xây dựng" where "Sở nào" is asked."""
    said = " ".join(question.lower().split())
    found = (" ".join(m.group().lower().split()) for m in _CALLED.finditer(text, unit.start, unit.end))
    return any(name not in said for name in found)


_CALLED = re.compile(AGENCY.pattern + r"(?!(?:\s+(?:nhà nước|quản lý))?\s+có thẩm quyền)(?:\s+[^\W\d_]+){0,2}")
"""An agency with the first words of what tells it from others; "cơ quan có thẩm quyền" tells none."""
_WHO = re.compile(r"(?<!\w)(?:ai|người nào|nguoi nao)(?!\w)", re.IGNORECASE)
_PERSONS = re.compile(
    r"(?<!\w)(?:người|cá nhân|công dân|hộ nghèo|hộ cận nghèo|hộ gia đình|hộ kinh doanh|trẻ em|học sinh|sinh viên|phụ nữ"
    r"|nam giới|cha|mẹ|vợ|chồng|con|ông|bà|cháu|thân nhân|thương binh|bệnh binh|hành khách|khách hàng|lao động|cán bộ"
    r"|công chức|viên chức|chủ \w+)(?!\w)",
    re.IGNORECASE,
)
"""Words for persons and families, whom "ai" may mean as well as agencies."""


def names_persons(text: str, unit: Unit, question: str) -> bool:
    """Whether the question asks "ai" and the clause speaks of persons that it does not: "giao cho mẹ nuôi"."""
    if not _WHO.search(question):
        return False
    asked = bare_words(question)
    named = (bare_words(m.group()) for m in _PERSONS.finditer(text, unit.start, unit.end))
    return any(not words <= asked for words in named)


def names_one(reading: Reading, unit: Unit, question: str) -> bool:
    """Whether the clause, a heading above it or a line after it names an agency that the question does not."""
    text = reading.document.text
    if unit.row or actor(text, unit) or assigned(reading, unit):
        return True
    return names_agency(text, unit, question) or names_persons(text, unit, question)
