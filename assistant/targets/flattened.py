"""Tables whose rows ran together into one line ("TT Chỉ tiêu ... 1 Tỷ lệ ... 2 Tỷ lệ ..."), told by their numbering."""

from __future__ import annotations

import re

from assistant.targets.outline import Block

__all__ = ["flattened"]

_HEADER = re.compile(r"(?:TT|STT|Số TT|Stt)\s+(?=[^\W\d_])")
_NUMBER = re.compile(r"(?<=\s)(?P<n>\d{1,3})\.?\s+(?=[A-ZĐÀ-Ỹ0-9])|(?<=\s)(?P<section>[IVX]{1,5})\.?\s+(?=[A-ZĐÀ-Ỹ])")


def flattened(text: str, block: Block) -> list[Block] | None:
    """The rows of a run-together table as paragraphs of their own, the header first; None where it is no such table."""
    if block.end - block.start < 200 or not _HEADER.match(text, block.start, block.end):
        return None
    cuts, expected = [block.start], 1
    for m in _NUMBER.finditer(text, block.start, block.end):
        if m.group("section"):
            cuts.append(m.start())
            continue
        n = int(m.group("n"))
        if n == expected or (n == 1 and expected > 2):
            cuts.append(m.start())
            expected = n + 1
    if expected < 4:
        return None
    rows = []
    for a, b in zip(cuts, [*cuts[1:], block.end], strict=True):
        number = _NUMBER.match(text, a, b)
        rows.append(Block(a, b, number.end() if number and a > block.start else a, "bullet"))
    return rows
