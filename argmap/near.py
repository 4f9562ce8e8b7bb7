"""Texts in; out, the pairs of them that are near enough to be one point or one concept (`argmap.likeness`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from argmap import vectors
from argmap.head import centres
from argmap.likeness import Seen, likeness, see, signs
from argmap.memory import give_back
from argmap.model import Debate
from argmap.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["AT_ONCE", "Near", "near_pairs"]


class Near(NamedTuple):
    """Pairs of statements that are near enough to be one point or one concept, by their places: left < right, in ascending order.

    Arrays of one length; a million pairs take 12 MB.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]

    def among(self, places: NDArray[np.int64]) -> Near:
        """The same pairs, where the places count in another sequence in the same order."""
        short = places.astype(np.int32)
        return Near(short[self.left], short[self.right], self.value)

    def have(self, one: Sequence[int], other: Sequence[int]) -> bool:
        """Whether each of these is near each of those."""
        low = np.minimum.outer(one, other).ravel().astype(np.int32)  # of another type, all pairs would be copied to look it up
        high = np.maximum.outer(one, other).ravel()
        # Where a left place's pairs begin and end, then the right one among them.
        begin, end = np.searchsorted(self.left, low), np.searchsorted(self.left, low, side="right")
        return all(start < stop and self._has(start, stop, wanted)
                   for start, stop, wanted in zip(begin.tolist(), end.tolist(), high.tolist(), strict=True))

    def _has(self, start: int, stop: int, wanted: int) -> bool:
        at = bisect_left(self.right, wanted, start, stop)
        return at < stop and self.right[at] == wanted


#: Pairs that are compared at a time: what is held in memory meanwhile stays below 100 MB.
AT_ONCE = 1 << 13


def near_pairs(texts: Sequence[str], languages: Sequence[str], embed: vectors.Embedder, debate: Debate, settings: Settings) -> Near:
    """The pairs of these texts whose likeness reaches `same_concept`."""
    known = sorted(set(languages))
    if not texts:
        return _NOTHING
    middles = centres(known, debate, embed=embed, settings=settings)
    found = [_NOTHING]
    for block in vectors.blocks(texts, embed, settings.searched, most=settings.compared):
        some, of = ([each[at] for at in block.places.tolist()] for each in (texts, languages))
        found.append(_compared(some, of, block, embed, known, middles, settings).among(block.places))
        give_back()
    left, right, value = map(np.concatenate, zip(*found, strict=True))
    del found
    left, right = np.minimum(left, right), np.maximum(left, right)
    order = np.lexsort((right, left))
    return Near(left[order], right[order], value[order])


def _compared(texts: Sequence[str], languages: Sequence[str], block: vectors.Block, embed: vectors.Embedder, known: Sequence[str],
              middles: NDArray[np.float32], settings: Settings) -> Near:
    """The block's pairs whose likeness reaches `same_concept`."""
    used, place = np.unique(np.concatenate([block.left, block.right]), return_inverse=True)
    if not len(used):
        return _NOTHING
    seen = see([texts[at] for at in used.tolist()], [languages[at] for at in used.tolist()],
               block.vectors if len(used) == len(texts) else block.vectors[used], embed=embed, middles=middles,
               middle=[known.index(languages[at]) for at in used.tolist()])
    one, other = np.split(place, 2)
    value = np.concatenate([_alike(seen, one[at:at + AT_ONCE], other[at:at + AT_ONCE], settings)
                            for at in range(0, len(one), AT_ONCE)])
    kept = value >= settings.same_concept
    return Near(block.left[kept].astype(np.int32), block.right[kept].astype(np.int32), value[kept])


_NOTHING = Near(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32))


def _alike(seen: Seen, one: NDArray[np.int64], other: NDArray[np.int64], settings: Settings) -> NDArray[np.float32]:
    return likeness(signs(seen, one, other, floor=settings.same_concept, settings=settings), settings=settings)
