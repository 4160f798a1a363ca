"""How often a term stands in the headings and in the text of a passage, in one byte where that is seldom.

The byte is `32 * headings + text`; 255 stands for counts that do not fit, which are then listed in `many`, in order.
So a generation keeps what its impacts were computed from for a tenth of what the impacts' tables take.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Counted", "Places"]

Places = npt.NDArray[np.int64]
Seen = npt.NDArray[np.float32]

_BASE = 32
_ESCAPE = 255
_CONTEXT, _TEXT = np.divmod(np.arange(256), _BASE).__iter__()
_CONTEXT, _TEXT = _CONTEXT.astype(np.float32), _TEXT.astype(np.float32)


class Counted(NamedTuple):
    """Counts of terms in passages: `codes` `(n,)` bytes, and `many` `(m, 2)` for the `m` codes that are 255."""

    codes: npt.NDArray[np.uint8]
    many: npt.NDArray[np.uint16]

    @classmethod
    def of(cls, heard: npt.NDArray[np.uint16]) -> Counted:
        """The counts `heard`, `(2, n)`: in the headings, and in the text."""
        context, text = heard
        fit = (context < _ESCAPE // _BASE + 1) & (text < _BASE)
        codes = np.where(fit, context * _BASE + text, _ESCAPE).astype(np.uint8)
        return cls(codes, np.ascontiguousarray(heard[:, codes == _ESCAPE].T))

    @classmethod
    def none(cls) -> Counted:
        """No counts."""
        return cls(np.empty(0, np.uint8), np.empty((0, 2), np.uint16))

    def context(self) -> tuple[Places, Seen]:
        """The places of what stands in headings, and how often it does."""
        places = np.flatnonzero(self.codes >= _BASE)
        counts = _CONTEXT[self.codes[places]]
        counts[self.codes[places] == _ESCAPE] = self.many[:, 0]
        return places[counts > 0], counts[counts > 0]

    def text(self) -> Seen:
        """How often each stands in the text."""
        counts = _TEXT[self.codes]
        if len(self.many):
            counts[self.codes == _ESCAPE] = self.many[:, 1]
        return counts

    def only(self, kept: npt.NDArray[np.bool_]) -> Counted:
        """The counts that are `kept`, `(n,)`."""
        return Counted(self.codes[kept], self.many[kept[self.codes == _ESCAPE]])

    def between(self, own: npt.NDArray[np.bool_], others: Counted) -> Counted:
        """These counts where `own` is true, in order, and `others` where it is not."""
        codes = np.empty(len(own), np.uint8)
        codes[own], codes[~own] = self.codes, others.codes
        many = np.empty((len(self.many) + len(others.many), 2), np.uint16)
        mine = own[codes == _ESCAPE]
        many[mine], many[~mine] = self.many, others.many
        return Counted(codes, many)
