"""How often a term stands in the headings and in the text of a passage, in one byte where that is seldom.

The byte is `32 * headings + text`; 255 stands for counts that do not fit, which are then listed in `many`, in order.
In files the most common bytes take half of one (`Packing`, `unpacked`): 39 of 40 do.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["ESCAPE", "Counted", "Packing", "Places", "unpacked"]

Codes = npt.NDArray[np.uint8]

Places = npt.NDArray[np.int64]
Seen = npt.NDArray[np.float32]

_BASE = 32
ESCAPE = 255
"""The code of counts that are listed in `many`."""
_COMMON = bytes([1, 2, 32, 3, 4, 33, 5, 34, 6, 35, 64, 7, 36, 8, 37])
_RARE = len(_COMMON)
_PACKED = bytes(_COMMON.find(code) if code in _COMMON else _RARE for code in range(256))
_NONE = b"\0"
"""What stands, where two codes are read from a byte, for one that is listed apart: no code is 0."""
_LOWER = bytes((_COMMON + _NONE)[both & 15] for both in range(256))
_UPPER = bytes((_COMMON + _NONE)[both >> 4] for both in range(256))


class Counted(NamedTuple):
    """Counts of terms in passages: `codes` `(n,)` bytes, and `many` `(m, 2)` for the `m` codes that are 255."""

    codes: Codes
    many: npt.NDArray[np.uint16]

    @classmethod
    def of(cls, heard: npt.NDArray[np.uint16]) -> Counted:
        """The counts `heard`, `(2, n)`: in the headings, and in the text."""
        context, text = heard
        fit = (context < ESCAPE // _BASE + 1) & (text < _BASE)
        codes = np.where(fit, context * _BASE + text, ESCAPE).astype(np.uint8)
        return cls(codes, np.ascontiguousarray(heard[:, codes == ESCAPE].T))

    def context(self) -> tuple[Places, Seen]:
        """The places of what stands in headings, and how often it does."""
        places = np.flatnonzero(self.codes >= _BASE)
        codes = self.codes[places]
        counts = (codes // _BASE).astype(np.float32)
        if len(self.many):
            counts[codes == ESCAPE] = self.many[:, 0]
        return places[counts > 0], counts[counts > 0]

    def text(self) -> Seen:
        """How often each stands in the text."""
        counts = (self.codes % _BASE).astype(np.float32)
        if len(self.many):
            counts[self.codes == ESCAPE] = self.many[:, 1]
        return counts

    def only(self, kept: npt.NDArray[np.bool_]) -> Counted:
        """The counts that are `kept`, `(n,)`."""
        return Counted(self.codes[kept], self.many[kept[self.codes == ESCAPE]])

    def between(self, own: npt.NDArray[np.bool_], others: Counted) -> Counted:
        """These counts where `own` is true, in order, and `others` where it is not."""
        codes = np.empty(len(own), np.uint8)
        codes[own], codes[~own] = self.codes, others.codes
        many = np.empty((len(self.many) + len(others.many), 2), np.uint16)
        mine = own[codes == ESCAPE]
        many[mine], many[~mine] = self.many, others.many
        return Counted(codes, many)


class Packing:
    """Packs codes that come in pieces: `packed` for the file, and the `rare` ones that are listed apart."""

    def __init__(self) -> None:
        self._left = np.empty(0, np.uint8)
        self.rare: list[Codes] = []

    def packed(self, codes: Codes, last: bool = False) -> Codes:
        """Two of the next codes a byte, the one before in the lower half; an odd one waits for the next piece."""
        halves = _translated(codes, _PACKED)
        self.rare.append(codes[halves == _RARE])
        odd = (len(self._left) + len(halves)) % 2
        halves = np.concatenate([self._left, halves, np.zeros(odd if last else 0, np.uint8)])
        self._left = halves[len(halves) & ~1 :]
        two: Codes = np.bitwise_or(halves[: len(halves) & ~1 : 2], halves[1::2] << 4, dtype=np.uint8)
        return two


def unpacked(packed: Codes, start: int, stop: int, rare: Codes) -> tuple[Codes, int]:
    """The codes from `start` to before `stop`, and how many of the first of `rare` are among them."""
    inside = packed[start // 2 : (stop + 1) // 2]
    both = np.empty((len(inside), 2), np.uint8)
    both[:, 0], both[:, 1] = _translated(inside, _LOWER), _translated(inside, _UPPER)
    codes = both.reshape(-1)[start % 2 :][: stop - start]
    places = np.flatnonzero(codes == 0)
    codes[places] = rare[: len(places)]
    return codes, len(places)


def _translated(codes: Codes, table: bytes) -> Codes:
    """Each code by the table: a third of the time that looking up by an array takes."""
    return np.frombuffer(codes.tobytes().translate(table), np.uint8)
