"""Texts in; out, a sequence of the same that holds them as bytes and makes each anew when it is asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import overload

__all__ = ["Texts"]


class Texts(Sequence[str]):
    """Texts, each made anew when it is asked for: as objects, short ones take twice the room.

    >>> Texts(["uno", "due"])[1]
    'due'
    """

    __slots__ = ("_bytes", "_ends")

    def __init__(self, texts: Iterable[str]) -> None:
        self._bytes, self._ends = bytearray(), array("Q", [0])
        for text in texts:
            self._bytes += text.encode("utf-8", "surrogatepass")
            self._ends.append(len(self._bytes))

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        if isinstance(place, slice):
            return tuple(self[at] for at in range(*place.indices(len(self))))
        at = place + len(self) if place < 0 else place
        if not 0 <= at < len(self):
            raise IndexError(f"no text {place} of {len(self)}")
        return self._bytes[self._ends[at]:self._ends[at + 1]].decode("utf-8", "surrogatepass")

    def __len__(self) -> int:
        return len(self._ends) - 1
