"""Memory that nobody uses any more goes back to the system.

The C library keeps what was freed for each of its arenas, and threads that render long pages or read the whole register
leave holes in many of them: a service that runs for weeks would hold the sum of its highest moments.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

__all__ = ["give_back"]


def give_back() -> bool:
    """Gives whole free pages back to the kernel; whether there were any. Milliseconds, other threads go on meanwhile.

    Where the C library is not glibc nothing is done.
    """
    trim = _trim()
    return bool(trim and trim(0))


@cache
def _trim() -> Any:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):
        return None
