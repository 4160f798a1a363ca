"""How targets read in Vietnamese: comparators, figures, deadlines, statuses."""

from __future__ import annotations

from assistant.targets.target import Comparator, Status, Target, TargetClass

__all__ = ["CLASSES", "COMPARATORS", "STATUSES", "deadline", "figure", "number"]

COMPARATORS: dict[Comparator, str] = {
    "=": "bằng",
    ">=": "tối thiểu",
    ">": "trên",
    "<=": "tối đa",
    "<": "dưới",
    "~": "khoảng",
}
STATUSES: dict[Status, str] = {
    "target": "chỉ tiêu",
    "draft": "dự thảo",
    "budget": "kinh phí",
    "baseline": "hiện trạng",
}
CLASSES: dict[TargetClass, str] = {
    "numeric": "định lượng",
    "quantifier": "lượng từ",
    "milestone": "cột mốc",
}
RANK_UNIT = "thứ hạng"


def number(value: float) -> str:
    """`value` as a Vietnamese official writes it: 39632 is "39.632", 1.5 is "1,5"."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}".replace(",", ".")
    whole, _, rest = f"{value:,.10f}".rstrip("0").partition(".")
    return f"{whole.replace(',', '.')},{rest}" if rest else str(value).replace(".", ",")


def figure(target: Target) -> str:
    """What must be reached, without the indicator: "tối thiểu 35%", "10 - 13%/năm", "trong nhóm 50", "hầu hết"."""
    if target.value is None:
        return target.qualitative or ""
    if target.unit == RANK_UNIT and target.value_max is None:
        return _rank(target.comparator, number(target.value))
    amount = number(target.value)
    if target.value_max is not None:
        amount += f" - {number(target.value_max)}"
    word = "" if target.comparator == "=" else COMPARATORS[target.comparator] + " "
    unit = target.unit or ""
    return f"{word}{amount}{'' if unit.startswith('%') or not unit else ' '}{unit}"


def _rank(comparator: Comparator, place: str) -> str:
    if comparator in ("<=", "<"):
        return f"trong nhóm {place}"
    return f"ngoài nhóm {place}" if comparator in (">", ">=") else f"thứ hạng {place}"


def deadline(target: Target) -> str:
    """When it must be reached: "năm 2030", "tháng 6/2030", "ngày 01/06/2030", else empty."""
    year, _, rest = (target.deadline or "").partition("-")
    month, _, day = rest.partition("-")
    if day:
        return f"ngày {day}/{month}/{year}"
    if month:
        return f"tháng {int(month)}/{year}"
    return f"năm {year}" if year else ""
