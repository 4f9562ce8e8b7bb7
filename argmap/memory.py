"""How a program of ours uses memory: what it has freed goes to the system, and it looks for garbage less often than Python would."""

from __future__ import annotations

import contextlib
import ctypes
import gc

__all__ = ["collect_rarely", "give_back"]

#: New objects after which garbage is looked for in cycles.
OFTEN = 20_000


def collect_rarely() -> None:
    """Look for garbage in cycles when more objects are new than the few hundred of Python's default.

    Most of what a build makes stays, and what goes is seldom in cycles, so that looking for it is mostly in vain.
    """
    gc.set_threshold(OFTEN)


def give_back(*, collect: bool = False) -> None:
    """Give the system what a stage has freed, so that the next one's peak does not stand on top of it.

    glibc alone would not before the heap's end is free; without glibc nothing happens.

    Args:
        collect: look for garbage in cycles first, which takes seconds where much is held.
    """
    if collect:
        gc.collect()
    with contextlib.suppress(OSError, AttributeError, TypeError):  # macOS, musl, Windows
        ctypes.CDLL(None).malloc_trim(0)
