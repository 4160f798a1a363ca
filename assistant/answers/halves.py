"""Documents on two things of a kind, of which each article may be on one: "dịch vụ karaoke, dịch vụ vũ trường"."""

from __future__ import annotations

import re

from assistant.answers.evidence import Evidence
from assistant.answers.question import Question

__all__ = ["of_other_half"]

_ARTICLE = re.compile(r"\s*Điều\s+\d+")
_SHARED, _REACH = 2, 6
"""Words that open both things, and how far apart they open at most."""

Half = frozenset[str]


def of_other_half(question: Question, e: Evidence) -> bool:
    """Whether the question is on one of two things that the document's title names, and the article on the other."""
    text = e.reading.document.text
    article = next((s for s in reversed(e.unit.leads) if _ARTICLE.match(text, *s)), None)
    if article is None:
        return False
    halves = _halves(e.reading.name.bare.split())
    if halves is None:
        return False
    asked = {t.word.bare for t in question.terms}
    above, own = e.reading.words(article).bares, e.unit.own.bares
    for wanted, other in (halves, halves[::-1]):
        if wanted <= asked and not other <= asked:
            return other <= above and not wanted & above and not wanted <= own
    return False


def _halves(name: list[str]) -> tuple[Half, Half] | None:
    """The words that tell the two things of a name apart, None where it joins none: each opens with the same words."""
    for at in range(len(name) - _SHARED):
        opens = name[at : at + _SHARED]
        for next_ in range(at + _SHARED + 1, min(at + _REACH, len(name) - _SHARED) + 1):
            if name[next_ : next_ + _SHARED] != opens:
                continue
            one = [w for w in name[at + _SHARED : next_] if w != "va"]
            two = name[next_ + _SHARED : next_ + _SHARED + max(len(one), _SHARED)]
            if one and two and not set(one) & set(two):
                return frozenset(one), frozenset(two)
    return None
