"""A follow-up that repeats words of the question before and changes those after them: "trong phạm vi xã thì sao?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.little import little
from assistant.answers.normalise import Token, tokens

__all__ = ["BORDER", "framed"]

BORDER = re.compile(
    r"[,;?]|\s(?:theo|là|đạt|có|được|phải|cần|bao nhiêu|mấy|năm|đến|trong|ở|tại|của|thì|biết|sẽ|nào|xuống|lên"
    r"|tới|chiếm|vào)(?!\w)"
)
"""Where what is changed ends."""
_REPEATED = 3
"""Words in a row from which what is repeated is the frame of what is changed."""
_CHANGED = 3
"""Words at most that are changed."""
_SAYS_NOTHING = little("chỉ riêng mức số tỷ lệ các những thì là của ở tại trong cho")


def framed(new: str, whole: str) -> str:
    """`whole` with the words that end `new` in the place of those after the same words; "" where there is no frame.

    >>> framed("quỹ chỉ hoạt động trong phạm vi xã", "Quỹ hoạt động trong phạm vi tỉnh thì góp bao nhiêu")
    'Quỹ hoạt động trong phạm vi xã thì góp bao nhiêu?'
    """
    mine, theirs = tokens(new), tokens(whole)
    for changed in range(1, _CHANGED + 1):
        frame = len(mine) - changed
        if frame < _REPEATED:
            break
        at = _where([w.key for w in mine[frame - _REPEATED : frame]], theirs)
        if at is None or at + changed > len(theirs) or not _known(mine[: frame - _REPEATED], theirs):
            continue
        stop = BORDER.search(whole, theirs[at].end)
        old = [w for w in theirs[at : at + changed] if stop is None or w.end <= stop.start()]
        if any(a.key == b.key for a, b in zip(mine[frame:], old, strict=False)):
            continue
        return f"{whole[: old[0].start]}{new[mine[frame].start : mine[-1].end]}{whole[old[-1].end :]}?"
    return ""


def _where(run: Sequence[str], words: Sequence[Token]) -> int | None:
    """The place after the only such run of `words`."""
    found = [i + len(run) for i in range(len(words) - len(run)) if [w.key for w in words[i : i + len(run)]] == run]
    return found[0] if len(found) == 1 else None


def _known(before: Sequence[Token], words: Sequence[Token]) -> bool:
    """Whether what stands before the frame says nothing that `words` do not."""
    theirs = {w.key for w in words}
    return all(w.key in theirs or _SAYS_NOTHING.holds(w, False) for w in before)
