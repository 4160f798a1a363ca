"""How often somebody may call: token buckets in memory, one for each key, person or address."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

__all__ = ["Buckets", "source"]

_ROUNDING = 1e-6
KEPT = 20_000
"""Buckets held at once; the one unused for longest goes first."""


class Buckets:
    """Lets each name through `per_minute` times a minute, all at once if they like; 0 lets everything through.

    Each process counts for itself.
    """

    def __init__(self, per_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = float(per_minute)
        self._clock = clock
        self._turn = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, name: str, cost: float = 1.0) -> int:
        """Takes `cost` from the bucket of `name`: 0 where it was there, else the whole seconds until it will be."""
        if not self._size:
            return 0
        with self._turn:
            at = self._clock()
            left = self._now(name, at)
            enough = left >= cost - _ROUNDING
            self._left[name] = (left - cost if enough else left, at)
            self._left.move_to_end(name)
            while len(self._left) > KEPT:
                self._left.popitem(last=False)
        return 0 if enough else max(1, math.ceil((cost - left) * 60 / self._size))

    def empty(self, name: str) -> int:
        """The whole seconds until one is there, without taking it."""
        if not self._size:
            return 0
        with self._turn:
            left = self._now(name, self._clock())
        return 0 if left >= 1 - _ROUNDING else max(1, math.ceil((1 - left) * 60 / self._size))

    def _now(self, name: str, at: float) -> float:
        left, then = self._left.get(name, (self._size, at))
        return min(self._size, left + (at - then) * self._size / 60)


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
