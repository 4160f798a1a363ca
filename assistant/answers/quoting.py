"""A term that a question sets in quotation marks and asks what it is: “bản chính” là những giấy tờ nào."""

from __future__ import annotations

import re

from assistant.answers.little import little
from assistant.answers.normalise import tokens

__all__ = ["quoted_term"]

_QUOTED = re.compile(
    r"[“\"‘']([^“”\"‘’']{2,60})[”\"’']\s+(?:được hiểu\s+|duoc hieu\s+)?(?:là|la|nghĩa là|nghia la)(?!\w)"
    r"(?!\s+(?:bao nhiêu|mấy|ai|bao nhieu|may)(?!\w))",
    re.IGNORECASE,
)
_LITTLE = little("của các những và thì cũng đều này được").bares


def quoted_term(text: str) -> tuple[str, ...]:
    """The bare words of the term, () where the question sets none in quotation marks before "là"."""
    found = _QUOTED.search(text)
    return tuple(w.bare for w in tokens(found.group(1)) if w.bare not in _LITTLE) if found else ()
