"""What changed between two documents: a decision and the one that replaced it, a draft and its final form."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.targets.align import SAME, same_indicator
from assistant.targets.dimensions import measure
from assistant.targets.target import Target
from assistant.targets.terms import terms
from assistant.targets.wording import deadline, figure
from corpus.document import Citation, Frozen

if TYPE_CHECKING:
    from indexer.embedding import Encoder

__all__ = ["Change", "ChangeKind", "changes"]

SAME_YEAR, SAME_SCOPE = 0.05, 0.02
"""What agreeing deadlines and scopes add when several targets of a document have one indicator."""


class ChangeKind(StrEnum):
    """What happened to a target. Raised and lowered compare the numbers, whether more is better or worse."""

    ADDED = "added"
    DROPPED = "dropped"
    RAISED = "raised"
    LOWERED = "lowered"
    POSTPONED = "postponed"
    ADVANCED = "advanced"
    REWORDED = "reworded"
    UNCHANGED = "unchanged"


class Change(Frozen):
    """One target before and after; a target may be lowered and postponed at once.

    `sentence` says it in Vietnamese; `before` and `after` are the quotes it rests on.
    """

    kinds: tuple[ChangeKind, ...]
    old: Target | None
    new: Target | None
    likeness: float
    sentence: str

    @property
    def before(self) -> Citation | None:
        """Where the old document states it."""
        return self.old.citation if self.old else None

    @property
    def after(self) -> Citation | None:
        """Where the new document states it."""
        return self.new.citation if self.new else None


def changes(
    old: Sequence[Target], new: Sequence[Target], *, threshold: float = SAME, encoder: Encoder | None = None
) -> list[Change]:
    """Every target of both documents, once: in the order of the new one, then what was dropped."""
    pairs = _pairs(old, new, threshold, encoder)
    partner = {j: (i, score) for i, j, score in pairs}
    made = []
    for j, target in enumerate(new):
        if j in partner:
            i, score = partner[j]
            made.append(_kept(old[i], target, score))
        else:
            made.append(_change((ChangeKind.ADDED,), None, target, 0.0, f"Thêm mới: {_stated(target)}."))
    gone = [target for i, target in enumerate(old) if i not in {i for i, _, _ in pairs}]
    dropped = [_change((ChangeKind.DROPPED,), t, None, 0.0, f"Không còn: {_stated(t)}.") for t in gone]
    return made + dropped


def _pairs(
    old: Sequence[Target], new: Sequence[Target], threshold: float, encoder: Encoder | None
) -> list[tuple[int, int, float]]:
    """One-to-one pairs, the surest first; among equals those that keep year and scope."""
    scored = []
    for i, before in enumerate(old):
        for j, after in enumerate(new):
            score = same_indicator(before, after, encoder)
            if score >= threshold:
                agreeing = SAME_YEAR * (before.deadline == after.deadline) + SAME_SCOPE * (before.scope == after.scope)
                scored.append((-(score + agreeing), i, j, score))
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs = []
    for _, i, j, score in sorted(scored):
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            pairs.append((i, j, score))
    return pairs


def _kept(old: Target, new: Target, likeness: float) -> Change:
    kinds: list[ChangeKind] = []
    said: list[str] = []
    for kind, words in (_amount(old, new), _time(old, new)):
        if kind:
            kinds.append(kind)
            said.append(words)
    if not kinds:
        worded = figure(old) != figure(new) or terms(old.indicator).weights != terms(new.indicator).weights
        kinds.append(ChangeKind.REWORDED if worded else ChangeKind.UNCHANGED)
        said.append(_rewording(old, new) if worded else f"giữ nguyên {_goal(new)}")
    if old.deadline and not new.deadline:
        said.append(f"văn bản sau không nêu hạn (trước là {deadline(old)})")
    return _change(tuple(kinds), old, new, likeness, f"{_capital(new.indicator)}: {'; '.join(said)}.")


def _amount(old: Target, new: Target) -> tuple[ChangeKind | None, str]:
    before, after = _comparable(old, new)
    if before is None or after is None or before == after:
        return None, ""
    kind = ChangeKind.RAISED if after > before else ChangeKind.LOWERED
    verb = "nâng" if kind is ChangeKind.RAISED else "hạ"
    return kind, f"{verb} từ {figure(old)} {'lên' if kind is ChangeKind.RAISED else 'xuống'} {figure(new)}"


def _comparable(old: Target, new: Target) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """Both ranges in one base unit, or None where they have none in common (tỷ đồng and triệu USD)."""
    one, other = measure(old), measure(new)
    if old.value is None or new.value is None or one.base != other.base:
        return None, None
    before = (old.value * one.factor, (old.value_max or old.value) * one.factor)
    return before, (new.value * other.factor, (new.value_max or new.value) * other.factor)


def _time(old: Target, new: Target) -> tuple[ChangeKind | None, str]:
    """A deadline compared as far as both are known: "2030" and "2030-06" agree."""
    if not old.deadline or not new.deadline:
        return None, ""
    known = min(len(old.deadline), len(new.deadline))
    before, after = old.deadline[:known], new.deadline[:known]
    if before == after:
        return None, ""
    kind = ChangeKind.POSTPONED if after > before else ChangeKind.ADVANCED
    verb = "lùi hạn" if kind is ChangeKind.POSTPONED else "đẩy sớm hạn"
    return kind, f"{verb} từ {deadline(old)} sang {deadline(new)}"


def _rewording(old: Target, new: Target) -> str:
    if figure(old) != figure(new):
        return f"đổi cách nêu từ “{figure(old)}” thành “{figure(new)}”"
    return f"vẫn là {_goal(new)} nhưng viết lại, trước là “{old.indicator}”"


def _goal(target: Target) -> str:
    return " ".join(part for part in (figure(target), deadline(target) and f"vào {deadline(target)}") if part)


def _stated(target: Target) -> str:
    goal = _goal(target)
    return f"{target.indicator} ({goal})" if goal else target.indicator


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _change(
    kinds: tuple[ChangeKind, ...], old: Target | None, new: Target | None, likeness: float, sentence: str
) -> Change:
    return Change(kinds=kinds, old=old, new=new, likeness=likeness, sentence=sentence)
