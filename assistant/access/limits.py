"""How often somebody may call: token buckets, one for each key, person or address."""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Callable

from assistant.access.tally import Held, Own, Rows, now

__all__ = ["Buckets", "source"]

_ROUNDING = 1e-6


class Buckets:
    """Lets each name through `per_minute` times a minute, all at once if they like; 0 lets everything through."""

    def __init__(self, per_minute: float, clock: Callable[[], float] = now, rows: Rows | None = None) -> None:
        """`rows` holds the buckets, by default in this process; processes that share them share a `clock` too."""
        self._size = float(per_minute)
        self._clock = clock
        self._rows = Own() if rows is None else rows

    def wait(self, name: str, cost: float = 1.0) -> int:
        """Takes `cost` from the bucket of `name`: 0 where it was there, else the whole seconds until it will be."""
        if not self._size:
            return 0

        def take(held: Held | None) -> tuple[Held, int]:
            left, at = self._now(held)
            enough = left >= cost - _ROUNDING
            return Held(left - cost if enough else left, at), 0 if enough else self._seconds(cost - left)

        return self._rows.change(name, take)

    def empty(self, name: str) -> int:
        """The whole seconds until one is there, without taking it."""
        if not self._size:
            return 0

        def look(held: Held | None) -> tuple[None, int]:
            left, _ = self._now(held)
            return None, 0 if left >= 1 - _ROUNDING else self._seconds(1 - left)

        return self._rows.change(name, look)

    def _seconds(self, missing: float) -> int:
        return max(1, math.ceil(missing * 60 / self._size))

    def _now(self, held: Held | None) -> Held:
        """What is left at this moment; full where nothing was taken yet, or only before the machine was restarted."""
        at = self._clock()
        if held is None or held.at > at:
            return Held(self._size, at)
        return Held(min(self._size, held.left + (at - held.at) * self._size / 60), at)


def source(address: str) -> str:
    """What of an address counts as one caller: an IPv4 address, the /64 network of an IPv6 address."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
