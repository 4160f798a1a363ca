"""One clause or table row of a document, with what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from assistant.answers.bags import Level, Run, Words
from assistant.answers.figures import Figure, years
from assistant.answers.sentences import Clause
from assistant.answers.stretches import Stretch, figures_in

__all__ = ["Unit"]


@dataclass(slots=True)
class Unit:
    """One clause or table row of `text` with what stands around it.

    `lent` are words that belong to the clause as if they stood in it: of the lead that it is one of the cases of ("...
    nếu đạt: cấp xã 65 điểm; cấp tỉnh 75 điểm"), of the heading whose side it tells ("Thời gian: ..."). `nearby` are
    the stretches that tell the year of a clause without one, the nearest first, `telling` one that tells more of it
    than these. Figures, years and pairs are read when they are first asked for: few questions ask for all. `brackets`
    and `parts` keep what was found out of the figures. `completes` is the heading whose pairs of words the clause has
    too, `named` the line that names what the clause is a labelled line of ("Tên dự án: ..."); `closes` says that it
    tells no more than when what the clauses before it set is done.
    """

    text: str = field(repr=False)
    clause: Clause
    words: Run
    own: Words
    around: list[Level]
    leads: tuple[Stretch, ...]
    nearby: tuple[Stretch | None, ...]
    row: bool = False
    lent: tuple[Level, ...] = ()
    run_on: Run | None = None
    brackets: dict[int, int] = field(default_factory=dict)
    parts: dict[tuple[Figure, ...], Stretch] = field(default_factory=dict)
    telling: tuple[Stretch, ...] = ()
    completes: AbstractSet[tuple[str, str]] = frozenset()
    named: Stretch | None = None
    closes: bool = False
    _pairs: set[tuple[str, str]] | None = None
    _figures: list[Figure] | None = None
    _years: set[int] | None = None
    _years_above: set[int] | None = None

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """The bare words that stand side by side, in a short clause that says when the sentence before is done also
        those of that sentence.
        """
        if self._pairs is None:
            pairs = self.words.pairs()
            pairs = pairs if self.run_on is None else pairs | self.run_on.pairs()
            self._pairs = {*pairs, *self.completes} if self.completes else pairs
        return self._pairs

    @property
    def figures(self) -> list[Figure]:
        """The figures of the clause, with offsets of the document."""
        if self._figures is None:
            self._figures = figures_in(self.text, self.start, self.end)
        return self._figures

    @property
    def years(self) -> set[int]:
        """The years that the clause names."""
        if self._years is None:
            self._years = years(self.text[self.start : self.end])
        return self._years

    @property
    def years_above(self) -> set[int]:
        """The years of the nearest surroundings that name any."""
        if self._years_above is None:
            found = _years_above(self.text, self.nearby)
            for span in self.telling:
                found = years(self.text[slice(*span)]) or found
            self._years_above = found
        return self._years_above

    @property
    def start(self) -> int:
        """First character."""
        return self.clause.start

    @property
    def end(self) -> int:
        """Past the last character."""
        return self.clause.end

    def near(self, bare: str) -> float:
        """What a bare word counts around the clause, 0 when it is not there."""
        return max((weight for weight, words in self.around if bare in words.bares), default=0.0)


def _years_above(text: str, spans: Sequence[Stretch | None]) -> set[int]:
    """The years of the nearest surroundings that name any; of a stretch before the clause, those named last."""
    for span in spans:
        if span and (found := years(text[slice(*span)])):
            return found
    return set()
