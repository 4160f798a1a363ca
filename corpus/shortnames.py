"""Documents named a second time in short: "Nghị định số 15 nói trên", "Luật số 43", "Quyết định nêu trên"."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.numbers import kind_of, normal

__all__ = ["Known", "Short"]

_KIND = (
    r"(?:Bộ\s+luật|Luật|Nghị\s+định|Thông\s+tư(?:\s+liên\s+tịch)?|Quyết\s+định|Nghị\s+quyết(?:\s+liên\s+tịch)?|Pháp\s+lệnh|"
    r"Chỉ\s+thị|Kế\s+hoạch|Chương\s+trình|Công\s+văn|Kết\s+luận)"
)
_OPENS = re.compile(_KIND, re.IGNORECASE)
_BACK = r"(?:(?:đã\s+)?(?:nêu|nói|dẫn)\s+trên|trên\s+đây)"
_SHORT = re.compile(
    rf"\b(?P<kind>{_KIND})\s+(?:(?:(?P<so>số)\s*)?(?P<digits>\d{{1,5}})(?:/(?P<year>(?:19|20)\d{{2}}))?"
    rf"(?![\w/%]|[-.,]\w)(?:\s+{_BACK})?|{_BACK})"
)


class Short(NamedTuple):
    """A short name at `start` to `end`, and the full number that it stands for."""

    start: int
    end: int
    number: str


class Known:
    """The documents that a text has named in full so far; the last of a kind and number is the one meant."""

    def __init__(self) -> None:
        self._meant: dict[tuple[str, str, str], str] = {}

    def add(self, words: str, number: str) -> None:
        """Takes note of `number`, cited in full by `words` ("Nghị định số 15/2031/NĐ-CP")."""
        opened = _OPENS.match(words)
        kind = _folded(opened.group()) if opened else kind_of(number)
        parts = normal(number).split("/")
        digits = re.match(r"\d+", parts[0])
        if kind is None or digits is None:
            return
        figure = digits.group().lstrip("0")
        year = parts[1] if len(parts) > 2 else ""
        for key in ((kind, figure, ""), (kind, figure, year), (kind, "", "")):
            self._meant[key] = normal(number)

    def find(self, words: str, at: int = 0, end: int | None = None) -> list[Short]:
        """The short names in `words[at:end]` whose document was named in full before; others stay unread.

        A bare figure of one digit ("Kế hoạch 2") counts only with "số" or "nêu trên": it may number anything.
        """
        found = []
        for match in _SHORT.finditer(words, at, len(words) if end is None else end):
            digits = (match["digits"] or "").lstrip("0")
            if len(digits) == 1 and not match["so"] and not match.group().endswith(("trên", "đây")):
                continue
            number = self._meant.get((_folded(match["kind"]), digits, match["year"] or ""))
            if number:
                found.append(Short(match.start(), match.end(), number))
        return found


def _folded(kind: str) -> str:
    return " ".join(kind.lower().split())
