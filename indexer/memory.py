"""A bounded memory of what was computed before, safe for many threads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

__all__ = ["Memory"]

T = TypeVar("T")


class Memory(Generic[T]):
    """The last `size` values by their keys; what was not asked for longest goes first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: OrderedDict[bytes, T] = OrderedDict()
        self._turn = Lock()

    def __len__(self) -> int:
        return len(self._held)

    def all(self, keys: Sequence[bytes], make: Callable[[list[int]], Sequence[T]]) -> list[T]:
        """The values of `keys`; `make` gives those at the places that are not held, each key once.

        Two threads that miss the same key both make it: waiting for one another would cost more than it saves.
        """
        with self._turn:
            found = {key: self._held[key] for key in keys if key in self._held}
            for key in found:
                self._held.move_to_end(key)
        missing = list({key: at for at, key in enumerate(keys) if key not in found}.values())
        if missing:
            made = {keys[at]: value for at, value in zip(missing, make(missing), strict=True)}
            found |= made
            self._keep(made)
        return [found[key] for key in keys]

    def _keep(self, made: dict[bytes, T]) -> None:
        with self._turn:
            self._held |= made
            while len(self._held) > self._size:
                self._held.popitem(last=False)
