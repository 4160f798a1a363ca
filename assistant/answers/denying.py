"""Evidence that denies what was asked, or speaks of its opposite."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.answers.evidence import Evidence
from assistant.answers.halves import of_other_half
from assistant.answers.little import little
from assistant.answers.normalise import bare, key
from assistant.answers.opposed import owned_by_other, stands_in
from assistant.answers.question import Kind, Question

__all__ = ["denial", "of_another"]

_NOT = frozenset(("khong", "chua"))
_BOUNDS = little("qua duoi it thap vuot chi ke phan phu bao chi ngung dung han").bares
"""Words that make no denial of the "không" before them: "không quá", "không dưới"."""


def denial(question: Question, e: Evidence) -> bool:
    """Whether the question denies what the clause does not, or the clause what the question does not."""
    if question.kind is Kind.YESNO or e.unit.row:
        return False
    if question.denied:
        pairs = e.unit.pairs.union(e.reading.name_pairs, *map(e.reading.pairs, e.unit.leads))
        alike = {t.place: t.alike for t in question.terms}
        denied = {i: question.typed.words[i].bare for i in question.denied}
        return not all(_denied(word, alike.get(i, ()), pairs) for i, word in denied.items())
    if not any(word in e.unit.own.bares for word in _NOT):
        return False
    asked = {t.word.bare for t in question.terms if t.weight >= _MEANT}
    within = e.lead or (e.part if len(e.unit.figures) > 1 else (e.unit.start, e.unit.end))
    words = e.unit.words.bares if e.lead else e.unit.words.within(*within)
    spots = [i for i, w in enumerate(words[:-1]) if w in _NOT and words[i + 1] not in _BOUNDS]
    said = {
        p
        for t in question.terms
        for phrase in t.alike
        if any(no in phrase for no in _NO)
        for p in pairwise(_bared(phrase))
    }
    return any(asked & set(words[i + 1 : i + 3]) for i in spots if (words[i], words[i + 1]) not in said)


def _denied(word: str, alike: Sequence[str], pairs: set[tuple[str, str]]) -> bool:
    """Whether a clause with `pairs` denies a word, or one of the phrases that say the same."""
    if any((no, word) in pairs or _through(no, word, pairs) for no in _NOT):
        return True
    said = [_bared(phrase) for phrase in alike]
    return any((no, phrase[0]) in pairs or (phrase[0] == no and tuple(phrase[:2]) in pairs)
               for no in _NOT for phrase in said if len(phrase) > 1)  # fmt: skip


_NO = f" {bare('không')} ", f" {key('không')} "
"""The word that denies, in a phrase that says the same as the question: "không trả" is what "nợ" says."""


def _bared(phrase: str) -> list[str]:
    """The words of a phrase in key form without their marks."""
    return [bare(word.rstrip("12345")) for word in phrase.split()]


def _through(first: str, last: str, pairs: set[tuple[str, str]]) -> bool:
    """Whether one word stands between the two: "không dùng tiền mặt" for "không tiền mặt"."""
    return any(a == first and (b, last) in pairs for a, b in pairs)


def of_another(question: Question, e: Evidence) -> bool:
    """Whether the evidence is of the opposite of what was asked, or of another month or day than the one named."""
    if e.figure is not None and owned_by_other(question.typed.words, question.typed.plain, e.unit.own):
        return True
    if question.opposed:
        near = [*(words for _, words in e.unit.around), e.reading.name]
        if stands_in(question.opposed, e.unit.own, near):
            return True
    return (bool(question.named) and _misnamed(question, e)) or of_other_half(question, e)


def _misnamed(question: Question, e: Evidence) -> bool:
    """Whether the question names a month, week or day ("Tháng Thanh niên") that the evidence does not name so."""
    near = e.unit.pairs.union(e.reading.name_pairs, *map(e.reading.pairs, e.unit.leads))
    return not set(question.named) <= near


_MEANT = 2.0
"""The weight from which a denied word matters."""
