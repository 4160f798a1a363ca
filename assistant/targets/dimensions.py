"""What a unit measures, so that figures of two targets can be compared."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.targets.target import Target

__all__ = ["SHARE", "Measure", "compatible", "measure"]

SCALES = {
    "chục": 1e1,
    "trăm": 1e2,
    "nghìn": 1e3,
    "ngàn": 1e3,
    "vạn": 1e4,
    "chục nghìn": 1e4,
    "trăm nghìn": 1e5,
    "triệu": 1e6,
    "tỷ": 1e9,
    "tỉ": 1e9,
    "nghìn tỷ": 1e12,
    "ngàn tỷ": 1e12,
    "nghìn tỉ": 1e12,
    "triệu tỷ": 1e15,
}
CURRENCIES = {
    "đồng": "đồng",
    "vnđ": "đồng",
    "vnd": "đồng",
    "usd": "usd",
    "đô la mỹ": "usd",
    "đô la": "usd",
    "euro": "euro",
}
RANK = "thứ hạng"
PRODUCTS = {"gdp", "grdp"}
"""The product of the country and that of a province, which one indicator is a share of."""

SHARE = "%"
_SCALED = re.compile(rf"^({'|'.join(sorted(SCALES, key=len, reverse=True))})\s+(?=\S)")


class Measure(NamedTuple):
    """A dimension ("%", "%/năm", "tiền", "thứ hạng", or a counted noun) and the factor that leads to its base unit."""

    dimension: str
    base: str
    factor: float


def measure(target: Target) -> Measure:
    """What `target` is measured in; quantifiers ("hầu hết") are shares, milestones have the dimension "".

    Examples: "tỷ đồng" is ("tiền", "đồng", 1e9), "% GRDP" is ("% grdp", "% grdp", 1), "nghìn người" is
    ("người", "người", 1000).
    """
    if target.value is None:
        return Measure(SHARE if target.target_class == "quantifier" else "", "", 1.0)
    unit = " ".join((target.unit or "").lower().replace("phần trăm", SHARE).split())
    if unit.startswith(SHARE):
        return Measure(unit.replace(" /", "/").replace("/ ", "/"), unit, 1.0)
    scaled = _SCALED.match(unit)
    factor = SCALES[scaled.group(1)] if scaled else 1.0
    base = unit[scaled.end() :] if scaled else unit
    money, slash, rest = base.partition("/")
    if money in CURRENCIES:
        return Measure("tiền" + slash + rest, CURRENCIES[money] + slash + rest, factor)
    return Measure(base, base, factor)


def compatible(a: Target, b: Target) -> float:
    """How far two targets can be figures of one indicator, by unit alone: 1 the same, 0 never.

    A share and a yearly rate never are; a share of everything and a share of the GDP may be worded either way.
    """
    one, other = measure(a).dimension, measure(b).dimension
    if one == other:
        return 1.0
    if "" in (one, other):
        return 0.8
    if one.startswith(SHARE) and other.startswith(SHARE):
        return _shares(a, b)
    if one.startswith(SHARE) or other.startswith(SHARE) or RANK in (one, other):
        return 0.3
    if ("/" in one) != ("/" in other):
        return 0.5
    return 0.8 if set(one.split()) & set(other.split()) else 0.55


def _shares(a: Target, b: Target) -> float:
    """Two percentages of different things: the whole may stand in the unit of one and the indicator of the other."""
    one, other = measure(a).dimension[1:].strip(), measure(b).dimension[1:].strip()
    if "/" in one + other:
        return 0.3
    if one and other:
        return 0.95 if {one, other} <= PRODUCTS else 0.5
    named_in = (b.indicator if one else a.indicator).lower()
    wholes = PRODUCTS if (one or other) in PRODUCTS else {one or other}
    return 0.95 if any(whole in named_in for whole in wholes) else 0.65
