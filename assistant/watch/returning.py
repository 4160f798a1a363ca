"""Memory that nobody uses any more goes back to the system, and threads do not each keep a pool of it.

The C library gives its threads arenas, up to eight for each processor, and keeps what was freed in the arena that it
came from: holes left by a long page, a read register or an index build serve only the threads of that arena, and a
service that runs for weeks would hold in each the sum of its highest moments. One arena serves all threads: nearly all
of them wait for the interpreter anyway, so few meet there.
"""

from __future__ import annotations

import ctypes
import os
from functools import cache
from typing import Any

__all__ = ["ARENAS", "bound_arenas", "give_back"]

ARENAS = 1
"""Arenas that all threads of a process share; with two, free memory between what is used grew on, more slowly."""
_M_ARENA_MAX = -8
"""The parameter of `mallopt` that bounds them, from `malloc.h` of glibc."""


def bound_arenas() -> bool:
    """Bounds the arenas of this process and of those forked from it by `ARENAS`; whether that was done.

    Must come before threads allocate: arenas that are there already stay. Where the environment says how many there
    may be (`MALLOC_ARENA_MAX`, `GLIBC_TUNABLES`), that holds; where the C library is not glibc nothing is done.
    """
    said = "MALLOC_ARENA_MAX" in os.environ or "glibc.malloc.arena_max" in os.environ.get("GLIBC_TUNABLES", "")
    set_to = None if said or not _is_glibc() else _of_the_library("mallopt")
    return bool(set_to and set_to(_M_ARENA_MAX, ARENAS))


def give_back() -> bool:
    """Gives whole free pages back to the kernel; whether there were any. Milliseconds, other threads go on meanwhile.

    Where the C library is not glibc nothing is done.
    """
    trim = _of_the_library("malloc_trim")
    return bool(trim and trim(0))


def _is_glibc() -> bool:
    return _of_the_library("gnu_get_libc_version") is not None


@cache
def _of_the_library(name: str) -> Any:
    try:
        return getattr(ctypes.CDLL(None), name)
    except (OSError, AttributeError):
        return None
