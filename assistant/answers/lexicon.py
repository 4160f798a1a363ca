"""How common each word is in the corpus, the nearest word of the corpus for a mistyped one, and the marks of words that
were typed without any.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from assistant.answers.normalise import Token, bare, forms
from corpus.encoding.syllables import is_syllable

__all__ = ["Lexicon"]

_MIN_TYPO = 4
"""A word shorter than this is not corrected: too many others are one letter away."""
_SHORTEST = 3
_CONFUSED = {"3": "4", "4": "3"}
"""The tones hỏi and ngã, which half of the country says alike."""
_MISSPELLED = re.compile(r"(?:ng|c)[ei]|ge|(?:ngh|gh)[aou]|.*[^n]g$|.*[^nc]h$")
"""How no word is spelled: "ngệ", "cế", "ghà", "dưỡg", "hàh"."""
LIMIT = 1_500_000
"""Characters that the counts are made of."""


_ASKING = (
    "Bao nhiêu phần trăm? Bao nhiêu tỷ đồng? Được bao nhiêu? Là bao nhiêu? Bao nhiêu người? Đạt bao nhiêu? "
    "Cần bao nhiêu? Thế nào? Như thế nào? Khi nào? Ngày nào? Năm nào? Cơ quan nào? Những gì? Ai ký? Bao giờ? Hôm nào?"
)
"""Words that questions are made of, which documents seldom have: so that they too can be put right."""
_SPOKEN = (
    "Mấy người? Mấy tuổi? Mấy tháng? Mấy năm? Mấy ngày? Mấy lần? Mấy giờ? Có mấy? Được mấy? Trong mấy ngày? "
    "Từ mấy giờ đến mấy giờ? Là gì? Gồm những gì? Làm gì? Cần gì? Có gì? Theo luật nào? Luật nào? Văn bản nào? "
    "Người nào? Nơi nào? Ai được? Ai phải? Do ai? Có phải không? Được không? Hay không? Ở đâu? Bao lâu? Mất bao lâu? "
    "Gánh bao nhiêu? Lo bao nhiêu? Chịu bao nhiêu? Chia bao nhiêu? Góp bao nhiêu? Bỏ ra bao nhiêu? Tốn bao nhiêu? "
    "Của tôi? Nhà tôi? Cho tôi? Tôi bị? Tôi có? Tôi muốn? Tôi được? "
    "Chênh bao nhiêu? Chênh nhau bao nhiêu? Hơn kém bao nhiêu? Cái nào? Lâu hơn? Nhiều hơn? Khác nhau? "
    "Bị phạt bao nhiêu? Tối đa bao nhiêu? Tối thiểu bao nhiêu? Ít nhất bao nhiêu? Từ bao nhiêu? Vì sao? Tại sao?"
)
"""Ways to ask, by which the marks of their words are known."""
_SURE, _TWICE = 0.75, 2
"""The share of a pair's uses, and their number, from which its marks are sure."""
_COMMON = 50
"""Uses of a word from which one without its tone, which the corpus does not have, is taken for it: "vê" for "về"."""
_FORMS = 8
"""Ways to mark one word that are weighed, the commonest."""
_PAIRED, _RARE = 0.9, 0.1
"""What a pair counts beside its second word alone, and what a word counts that was never seen."""


class Lexicon:
    """Counts of the corpus's syllables, over windows of `WINDOW` syllables taken as small documents."""

    WINDOW = 40

    def __init__(self) -> None:
        self._keys: Counter[str] = Counter()
        self._forms: dict[str, set[str]] = defaultdict(set)
        self._windows: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._marked: Counter[tuple[str, str]] = Counter()
        self._spoken: dict[str, set[str]] = defaultdict(set)
        self._total = self._words = 0
        self.whole = True

    @classmethod
    def of(cls, texts: Iterable[str], limit: int = LIMIT, count: int = 1) -> Lexicon:
        """The lexicon of `limit` characters of `texts` (0.6 s a million): an even share of each of `count` texts, and
        the rest of the first ones where others are shorter.
        """
        lexicon, left, share = cls(), limit, max(limit // max(count, 1), 1)
        lexicon.add(_ASKING)
        lexicon._asked(_SPOKEN)
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
        self._words += len(words)
        self._keys.update(key for key, _ in words)
        for key, plain in set(words):
            self._forms[plain].add(key)
        self._pairs.update((a[1], b[1]) for a, b in pairwise(words))

        self._marked.update((a[0], b[0]) for a, b in pairwise(words))

    def _asked(self, text: str) -> None:
        """Learn how the words of `text` are marked, as often as makes their pairs sure, and nothing else of them."""
        for sentence in text.split("?"):
            words = forms(sentence)
            for a, b in pairwise(words):
                self._marked[a[0], b[0]] += _TWICE
            for key, plain in words:
                self._spoken[plain].add(key)

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

    def marked(self, words: Sequence[Token]) -> list[Token]:
        """`words`, typed without diacritics, each with the key by which the corpus surely writes it beside its
        neighbours; where that is not sure, as it is.
        """
        keys = self._likeliest([w.bare for w in words])
        bares = [w.bare for w in words]
        out = []
        for at, (word, key) in enumerate(zip(words, keys, strict=True)):
            before = at > 0 and self._sure((keys[at - 1], key), (bares[at - 1], bares[at]))
            after = at + 1 < len(words) and self._sure((key, keys[at + 1]), (bares[at], bares[at + 1]))
            out.append(word._replace(key=key) if before or after else word)
        return out

    def toned(self, words: Sequence[Token]) -> list[Token]:
        """`words`, typed with diacritics, where a tone was left out ("điêm", "mấy ngay"): with that of the corpus.

        A word without a tone may be one of its own ("cua", "cân"), and so is one that people ask with ("tôi"): it is
        put right only where it never stands beside its neighbours, and another does.
        """
        out = list(words)
        for at, word in enumerate(words):
            if word.key[-1:].isdigit() or not word.key.isalpha():
                continue
            beside = (out[at - 1].key if at else "", words[at + 1].key if at + 1 < len(words) else "")
            unmarked = word.key == word.bare
            if self._beside(word.key, beside):
                continue
            forms = self._forms.get(word.bare, set()) | self._spoken.get(word.bare, set())
            known = word.key in self._keys or word.key in self._spoken.get(word.bare, ())
            near = [k for k in sorted(forms) if k != word.key and (unmarked or k.rstrip("12345") == word.key)]
            best = max(near, key=lambda k: (self._beside(k, beside), self._keys[k]), default=None)
            kept = unmarked or known or (is_syllable(word.key) and self._keys[best or ""] < _COMMON)
            if best and (not kept or self._beside(best, beside) >= _TWICE):
                out[at] = word._replace(key=best)
        return out

    def _beside(self, key: str, beside: tuple[str, str]) -> int:
        """How often a word stands beside one of two neighbours in the corpus."""
        return self._marked.get((beside[0], key), 0) + self._marked.get((key, beside[1]), 0)

    def _sure(self, marked: tuple[str, str], pair: tuple[str, str]) -> bool:
        seen = self._marked.get(marked, 0)
        return seen >= _TWICE and seen >= _SURE * self._pairs.get(pair, 0)

    def _likeliest(self, bares: Sequence[str]) -> list[str]:
        """The keys of `bares` that make the likeliest row of words (Viterbi 1967)."""
        ways: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
        for plain in bares:
            known = sorted(self._forms.get(plain, ()), key=lambda k: (-self._keys[k], k))[:_FORMS]
            found = [*known, *sorted(self._spoken.get(plain, set()).difference(known))] or [plain]
            ways = {key: max((self._step(way, before, key) for before, way in ways.items()), key=lambda w: w[0])
                    for key in found}  # fmt: skip
        return max(ways.values(), key=lambda w: w[0])[1]

    def _step(self, way: tuple[float, list[str]], before: str, key: str) -> tuple[float, list[str]]:
        """`way` gone on to `key`, with the logarithm of how likely that is."""
        alone = (self._keys[key] + _RARE) / (self._words + 1)
        paired = self._marked.get((before, key), 0) / max(self._keys[before], 1)
        return way[0] + math.log(_PAIRED * min(paired, 1.0) + (1 - _PAIRED) * alone), [*way[1], key]

    def corrected(self, word: Token, before: str, after: str) -> Token:
        """`word`, or the word of the corpus one letter away that goes best with its neighbours.

        A short word is corrected only where no Vietnamese word is spelled so, one that is well spelled only where the
        whole corpus was read, and never one that has a tone ("mảnh").
        """
        if word.bare in self._forms and word.key not in self._keys and word.key[-1:] in _CONFUSED:
            other = word.key[:-1] + _CONFUSED[word.key[-1]]
            return word._replace(key=other) if other in self._keys else word
        if word.key in self._spoken.get(word.bare, ()):
            return word
        if word.bare in self._forms or len(word.bare) < _SHORTEST or any(c.isdigit() for c in word.bare):
            return word
        if not _MISSPELLED.match(word.bare) and (len(word.bare) < _MIN_TYPO or self._rare(word.bare)):
            return word
        if _marked_syllable(word):
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


_MARKS = {"1": "\u0300", "2": "\u0301", "3": "\u0309", "4": "\u0303", "5": "\u0323"}


def _marked_syllable(word: Token) -> bool:
    """Whether a word has a tone and is spelled as Vietnamese is: whoever sets the tone seldom misses a letter."""
    tone = _MARKS.get(word.key[-1:])
    return tone is not None and is_syllable(word.key[:-1] + tone) and not _MISSPELLED.match(word.bare)
