"""Questions that state a figure or a day and ask whether it is so: "Có phải 70% ... không?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answers.evidence import Evidence
from assistant.answers.figures import Figure, date_spans, figures
from assistant.answers.normalise import is_bare, tokens, unmarked
from assistant.answers.patterns import Phrase, Typed

__all__ = ["Claimed", "claimed"]

_TAG = re.compile(
    r"[\s,]*(?:(?:có\s+)?(?:phải|đúng)\s+(?:là\s+)?(?:không|chưa|chứ)|(?:hay|có)\s+không|đúng hay sai|không|chưa"
    r"|à|hả|chứ|hở|(?:co\s+)?(?:phai|dung)\s+(?:la\s+)?(?:khong|chua|chu)|(?:hay|co)\s+khong|dung hay sai"
    r"|khong|chua|a|ha|chu)"
    r"(?:\s+(?:ạ|vậy|thế|nhỉ|nhé|a|vay|the|nhi|nhe))?[\s?.!]*$",
    re.IGNORECASE,
)
_ASKS_SO = Phrase(
    r"có (phải|đúng)( \S+)*|có( \S+)* (không|chưa)|(phải|đúng) (không|chưa|chứ)|hay không|đúng hay sai|à|hả|chứ|hở"
)
_OPENING = re.compile(
    r"(?<!\w)(?:có (?:phải|đúng) (?:là )?|phải chăng |co (?:phai|dung) (?:la )?|phai chang )", re.IGNORECASE
)
_SAYS_SO = re.compile(
    r"(?<!\w)(?:(?:có\s+)?(?:phải|đúng)\s+(?:là\s+)?(?:không|chưa|chứ)|có (?:phải|đúng)|phải chăng"
    r"|đúng hay sai|à|hả|chứ|(?:co\s+)?(?:phai|dung)\s+(?:la\s+)?(?:khong|chua|chu)|co (?:phai|dung)"
    r"|phai chang|dung hay sai)(?!\w)",
    re.IGNORECASE,
)
_NEAR = 3
"""Words that may stand between a figure and the "không" that asks whether it is so; further off it is a condition."""
_OPPOSITE = ({">=", ">"}, {"<=", "<"})


@dataclass(frozen=True, slots=True)
class Claimed:
    """What is said to be so, and `question`, which asks for it openly: "... chiếm bao nhiêu phần trăm?"."""

    question: str
    figure: Figure | None = None
    day: str = ""

    def agrees(self, e: Evidence) -> bool:
        """Whether the evidence states what the question says."""
        if self.figure is None:
            said = e.reading.document.text[e.unit.start : e.unit.end]
            return any(_day(said[a:b]) == self.day for a, b in date_spans(said))
        own, told = self.figure, e.figure
        if told is None or (own.value, own.value_max) != (told.value, told.value_max):
            return False
        return not any(own.comparator in a and told.comparator in b for a, b in (_OPPOSITE, _OPPOSITE[::-1]))


def claimed(text: str) -> Claimed | None:
    """What the yes/no question `text` says, None where it states no figure or day, or several."""
    plain = is_bare(text)
    if Typed(tokens(text), plain) not in _ASKS_SO:
        return None
    tag = _TAG.search(text)
    days = [s for s in date_spans(text) if _day(text[slice(*s)])]
    stated = [f for f in figures(text) if not any(a < f.end and f.start < b for a, b in days)]
    if len(days) + len(stated) != 1:
        return None
    end = (days or [(f.start, f.end) for f in stated])[0][1]
    if not _SAYS_SO.search(text) and (tag is None or len(tokens(text[end : tag.start()])) > _NEAR):
        return None
    if days:
        start, end = days[0]
        return Claimed(_open(text, start, end, "ngày nào", plain), day=_day(text[start:end]))
    figure = stated[0]
    return Claimed(_open(text, figure.start, figure.end, _asking(figure), plain), figure)


def _asking(figure: Figure) -> str:
    """The words that ask for such a figure."""
    if figure.percent:
        return "bao nhiêu phần trăm"
    return f"bao nhiêu {figure.unit}".strip()


def _open(text: str, start: int, end: int, words: str, plain: bool) -> str:
    asking = unmarked(words) if plain else words
    rest = _TAG.sub("", text[end:])
    before = re.sub(r"(?:ngày|ngay)\s+$", "", _OPENING.sub("", text[:start]))
    return f"{before}{asking}{rest}?"


def _day(text: str) -> str:
    found = re.findall(r"\d+", text)
    return "/".join(str(int(n)) for n in found) if len(found) == 3 else ""
