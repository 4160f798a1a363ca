"""Yes or no to a question that states no figure: said only where the clause plainly says so."""

from __future__ import annotations

import re

from assistant.answers.evidence import Evidence
from assistant.answers.figures import figures
from assistant.answers.little import little
from assistant.answers.normalise import bare
from assistant.answers.patterns import Phrase
from assistant.answers.question import Question

__all__ = ["verdict"]

YES, NO = "Có. ", "Không. "
_NOT = frozenset(("khong", "chua"))
_ONLY = little("chỉ những ngừng phân quá dưới dùng gian kể phụ bao ít thấp kém hẳn").bares
"""Words after "không" with which it denies nothing: "không chỉ", "không ngừng", "không gian"."""
_NEAR = 4
"""Words after "không" that it may deny."""
_LEVEL = re.compile(
    r"(?<!\w)(cấp|hạng|loại|nhóm|vùng|bậc|cap|hang|loai|nhom|vung|bac)\s+([IVX]+|đặc biệt|dac biet)(?!\w)",
    re.IGNORECASE,
)
_MAY = Phrase(r"có được|được phép|được|có thể|có quyền|có bị cấm")
_FORBIDDEN = re.compile(r"(?<!\w)(?:nghiêm cấm|bị cấm|cấm|không được|không được phép)(?!\w)", re.IGNORECASE)
_OWN, _GAP, _LONG = 0.8, 0.12, 450
"""The least share of the question in the clause itself, the widest gap, and the longest clause, for a plain yes."""


def verdict(asked: Question, e: Evidence) -> str:
    """What opens the answer: "Có. ", "Không. ", or "" where the clause is quoted for the reader to judge."""
    text = e.reading.document.text[e.unit.start : e.unit.end]
    if _other_level(asked.text, text) or _other_figure(asked, e) or _denied(asked, e):
        return NO
    above = " ".join(e.reading.document.text[slice(*span)] for span in e.unit.leads[-1:])
    if asked.typed in _MAY and (_FORBIDDEN.search(text) or _FORBIDDEN.search(above)):
        return NO
    plain = e.cover.own >= _OWN and e.cover.gap <= _GAP and e.unit.end - e.unit.start <= _LONG
    return YES if plain and not asked.denied else ""


def _other_level(question: str, clause: str) -> bool:
    """Whether the clause is of another grade or class than the question names: "cấp II" for "cấp III"."""
    stated = [(bare(m.group(1)), bare(m.group(2))) for m in _LEVEL.finditer(clause)]
    for m in _LEVEL.finditer(question):
        same = [level for kind, level in stated if kind == bare(m.group(1))]
        if same and bare(m.group(2)) not in same:
            return True
    return False


def _other_figure(asked: Question, e: Evidence) -> bool:
    """Whether both state figures, and none is shared."""
    told = {f.value for f in figures(asked.text)}
    stated = {f.value for f in e.unit.figures}
    return bool(told and stated) and not told & stated


def _denied(asked: Question, e: Evidence) -> bool:
    """Whether the clause denies a word of the question that the question does not deny itself."""
    if asked.denied:
        return False
    meant = {t.word.bare for t in asked.terms}
    words = [w.bare for w in e.unit.words]
    spots = [i for i, w in enumerate(words[:-1]) if w in _NOT and words[i + 1] not in _ONLY]
    return any(meant & set(words[i + 1 : i + 1 + _NEAR]) for i in spots)
