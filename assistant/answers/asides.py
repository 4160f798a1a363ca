"""What a question says in brackets: another way to say the word before, or what is left out of the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.normalise import Token

__all__ = ["asides"]

_BRACKET = re.compile(r"\([^()]{2,120}\)")
_LEFT_OUT = re.compile(
    r"\(\s*(?:(?:không|chưa|ko|khong|chua)\s+(?:tính|kể|bao gồm|gồm|tinh|ke|bao gom|gom)"
    r"|trừ|ngoại trừ|ngoài|tru|ngoai)(?!\w)",
    re.IGNORECASE,
)
ASIDE, OUT = 0.5, 0.1
"""What a word in brackets weighs, and one of what is left out ("không tính đường cao tốc"), of what it weighs
elsewhere: the rule that answers seldom says what it is not about."""


def asides(text: str, words: Sequence[Token]) -> dict[int, float]:
    """For the place of each of `words` that stands in brackets in `text`: the part of its weight that it keeps."""
    out: dict[int, float] = {}
    for m in _BRACKET.finditer(text):
        kept = OUT if _LEFT_OUT.match(m.group()) else ASIDE
        out |= {at: kept for at, w in enumerate(words) if m.start() <= w.start < m.end()}
    return out
