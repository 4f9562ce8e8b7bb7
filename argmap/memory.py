"""Memory that was freed in; out it goes to the system, which glibc alone would not give it before the heap's end is free."""

from __future__ import annotations

import contextlib
import ctypes

__all__ = ["give_back"]


def give_back() -> None:
    """Give the system what a stage has freed, so that the next one's peak does not stand on top of it; without glibc nothing happens."""
    with contextlib.suppress(OSError, AttributeError, TypeError):  # macOS, musl, Windows
        ctypes.CDLL(None).malloc_trim(0)
