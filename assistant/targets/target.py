"""The structured target (chỉ tiêu) that extraction yields; `docs/targets.md` explains each field."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from corpus.document import Citation, Frozen, IsoDate, Span

__all__ = ["Comparator", "Status", "Target", "TargetClass"]

Comparator = Literal["=", ">=", ">", "<=", "<", "~"]
Status = Literal["target", "draft", "budget", "baseline"]
TargetClass = Literal["numeric", "quantifier", "milestone"]


class Target(Frozen):
    """One obligation to reach one end state, with the exact words that state it.

    `value` is a number in `unit` ("%", "%/năm", "tỷ đồng", "thứ hạng", ...); a range has `value_max` too. A
    quantifier or milestone has no value but the word in `qualitative`. What the text does not say is None.
    `inherited` maps a field to the span that it was taken from where that lies outside the quote; `review`
    lists reasons for a person to look at the row.
    """

    indicator: str
    comparator: Comparator = "="
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    qualitative: str | None = None
    deadline: IsoDate | None = None
    period: tuple[int, int] | None = None
    scope: str | None = None
    section: str | None = None
    status: Status = "target"
    target_class: TargetClass
    citation: Citation
    confidence: float = Field(default=1.0, ge=0, le=1)
    inherited: dict[str, Span] = Field(default_factory=dict)
    review: tuple[str, ...] = ()
