"""Counts the syllable pairs of `corpus.readers.tones`: `python -m eval.syllable_pairs CORPUS.jsonl.gz > FILE`.

The corpus holds one JSON object a line with "title" and "text". Counts are kept as twice their base-2 logarithm.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from math import log2
from pathlib import Path

from corpus.encoding import is_syllable

__all__ = ["counted", "main"]

_TOKEN = re.compile(r"[^\W\d_]+|\S")
LEAST_PAIR = 40
LEAST_WORD = 60


def counted(texts: Iterable[str]) -> Iterator[str]:
    """The lines of the table: a syllable, its count, then each syllable that follows it often and how often."""
    single: Counter[str] = Counter()
    pairs: dict[str, Counter[str]] = {}
    for text in texts:
        before = ""
        for word in _TOKEN.findall(unicodedata.normalize("NFC", text).lower()):
            word = word if word[0].isalpha() and is_syllable(word) else ""
            if word:
                single[word] += 1
            if word and before:
                pairs.setdefault(before, Counter())[word] += 1
            before = word
    for word, count in sorted(single.items()):
        if count >= LEAST_WORD:
            often = sorted((w, n) for w, n in pairs.get(word, Counter()).items() if n >= LEAST_PAIR)
            yield " ".join([word, str(_power(count)), *(f"{w} {_power(n)}" for w, n in often)])


def _power(count: int) -> int:
    return round(2 * log2(count))


def main() -> None:
    """Prints the table for the corpus that the command line names."""
    with gzip.open(Path(sys.argv[1]), "rt", encoding="utf-8") as file:
        articles = (json.loads(line) for line in file)
        for line in counted(f"{a.get('title') or ''}\n{a['text']}" for a in articles):
            print(line)  # noqa: T201


if __name__ == "__main__":
    main()
