"""How common each word is in the corpus, and the nearest word of the corpus for a mistyped one."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from assistant.answers.normalise import Token, bare, forms
from corpus.encoding.syllables import is_syllable

__all__ = ["Lexicon"]

_MIN_TYPO = 4
"""A word shorter than this is not corrected: too many others are one letter away."""
_SHORTEST = 3
_MISSPELLED = re.compile(r"(?:ng|c)[ei]|ge|(?:ngh|gh)[aou]|.*[^n]g$")
"""How no word is spelled: "ngệ", "cế", "ghà", "dưỡg"."""
LIMIT = 1_500_000
"""Characters that the counts are made of."""


_ASKING = (
    "Bao nhiêu phần trăm? Bao nhiêu tỷ đồng? Được bao nhiêu? Là bao nhiêu? Bao nhiêu người? Đạt bao nhiêu? "
    "Cần bao nhiêu? Thế nào? Như thế nào? Khi nào? Ngày nào? Năm nào? Cơ quan nào? Những gì? Ai ký? Bao giờ? Hôm nào?"
)
"""Words that questions are made of, which documents seldom have: so that they too can be put right."""


class Lexicon:
    """Counts of the corpus's syllables, over windows of `WINDOW` syllables taken as small documents."""

    WINDOW = 40

    def __init__(self) -> None:
        self._keys: Counter[str] = Counter()
        self._forms: dict[str, set[str]] = defaultdict(set)
        self._windows: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._total = 0
        self.whole = True

    @classmethod
    def of(cls, texts: Iterable[str], limit: int = LIMIT, count: int = 1) -> Lexicon:
        """The lexicon of `limit` characters of `texts` (0.6 s a million): an even share of each of `count` texts, and
        the rest of the first ones where others are shorter.
        """
        lexicon, left, share = cls(), limit, max(limit // max(count, 1), 1)
        lexicon.add(_ASKING)
        rests = []
        for text in texts:
            lexicon.add(text[: min(share, left)])
            left -= min(len(text), share, left)
            rests.append(text[share:])
            if not left:
                break
        for rest in filter(None, rests):
            lexicon.add(rest[:left])
            lexicon.whole = left >= len(rest)
            left -= min(len(rest), left)
            if not lexicon.whole:
                break
        return lexicon

    def add(self, text: str) -> None:
        """Count the words of `text`."""
        words = forms(text)
        for at in range(0, len(words), self.WINDOW):
            part = words[at : at + self.WINDOW]
            self._total += 1
            self._windows.update({form for word in part for form in word})
        self._keys.update(key for key, _ in words)
        for key, plain in set(words):
            self._forms[plain].add(key)
        self._pairs.update((a[1], b[1]) for a, b in pairwise(words))

    def weight(self, word: Token) -> float:
        """The inverse document frequency of `word`, from about 0.5 for the commonest to 8 and more."""
        seen = self._windows.get(word.key if word.key in self._keys else word.bare, 0)
        return math.log1p((self._total + 0.5) / (seen + 0.5))

    def knows(self, key: str) -> bool:
        """Whether the corpus has a word with this key."""
        return key in self._keys

    def paired(self, first: str, second: str) -> bool:
        """Whether two bare words stand side by side somewhere in the corpus."""
        return (first, second) in self._pairs

    def corrected(self, word: Token, before: str, after: str) -> Token:
        """`word`, or the word of the corpus one letter away that goes best with its neighbours.

        A short word is corrected only where no Vietnamese word is spelled so, and one that is well spelled only where
        the whole corpus was read.
        """
        if word.bare in self._forms or len(word.bare) < _SHORTEST or any(c.isdigit() for c in word.bare):
            return word
        if not _MISSPELLED.match(word.bare) and (len(word.bare) < _MIN_TYPO or self._rare(word.bare)):
            return word
        from rapidfuzz.distance import DamerauLevenshtein
        from rapidfuzz.process import extract

        found = extract(word.bare, list(self._forms), scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=20)
        if not found:
            return word
        best = max((form for form, _, _ in found), key=lambda f: (self._fit(before, f, after), self._windows[f]))
        if not self._fit(before, best, after):
            return word
        marked = {k: DamerauLevenshtein.distance(k, word.key) for k in self._forms[best]}
        near = min(marked.values()) if word.key != word.bare else None
        common = max(sorted(k for k, far in marked.items() if near is None or far == near), key=lambda k: self._keys[k])
        return word._replace(key=common, bare=bare(best))

    def _rare(self, bare: str) -> bool:
        """Whether a word that was not seen may stand in what was not read."""
        tones = ("", "\u0301", "\u0323")
        return not self.whole and any(is_syllable(bare + tone) for tone in tones)

    def _fit(self, before: str, word: str, after: str) -> int:
        return self._pairs.get((before, word), 0) + self._pairs.get((word, after), 0)
