"""Claims in; out, the same with the concept that each asserts or denies, and the concepts.

Claims that speak to one point share a concept, as in the discourse network analysis of Leifeld (2016): there, actors agree or
disagree on it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from argmap.columns import hold
from argmap.model import Claim, Concept, stable_id
from argmap.near import Near
from argmap.points import Points, details_differ, opposed
from argmap.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["concepts"]


def concepts(claims: Sequence[Claim], groups: Sequence[Sequence[int]], points: Points, near: Near,
             settings: Settings) -> tuple[Sequence[Claim], Sequence[Concept]]:
    """Join the claims on one point, the likest first, each with the sign of asserting or denying it.

    A concept takes another in if every pair of claims across them speaks to one point, and if their signs then agree with
    what the pair that joins them says.
    """
    bonds = _bonds(groups, points, near)
    part_of = array("q", range(len(claims)))
    parts: dict[int, dict[int, int]] = {}  # of several claims: the sign of each
    for at in np.lexsort((bonds.pairs, -bonds.value)).tolist():
        one, other = divmod(int(bonds.pairs[at]), len(claims))
        against = bool(bonds.against[at])
        mine, theirs = sorted((part_of[one], part_of[other]))
        # What agrees must be as like as what merges: only names, numbers or wording keep it from being one claim.
        if mine == theirs or (not against and float(bonds.value[at]) < settings.same_point):
            continue
        some, others = parts.get(mine, {mine: 1}), parts.get(theirs, {theirs: 1})
        turn = (some | others)[one] * (some | others)[other] * (-1 if against else 1)
        if all(bonds.fit(min(a, b) * len(claims) + max(a, b), sign * other_sign * turn)
               for a, sign in some.items() for b, other_sign in others.items()):
            parts[mine] = some | {moved: sign * turn for moved, sign in others.items()}
            parts.pop(theirs, None)
            for moved in others:
                part_of[moved] = mine
    signs = array("b", [1]) * len(claims)
    ids = [""] * len(claims)

    def made() -> Iterator[Concept]:
        for number in range(len(claims)):
            if part_of[number] != number:
                continue
            signed = parts.get(number, {number: 1})
            of = {at: claims[at] for at in signed}
            turn = signed[min(signed, key=lambda at: of[at].id)]
            if len(set(signed.values())) > 1:
                # The claims that are worded as assertions are the positive ones, and the clearest of them names the concept.
                asserted = sum(sign * points[index].polarity for at, sign in signed.items() for index in groups[at])
                turn = turn if asserted == 0 else 1 if asserted > 0 else -1
            poles = sorted(signed, key=lambda at: (-signed[at] * turn, -len(of[at].statements), of[at].id))
            held = tuple(of[at].id for at in poles)
            concept = Concept(stable_id("k", *sorted(held)), of[poles[0]].text, held)
            for at in poles:
                ids[at], signs[at] = concept.id, signed[at] * turn
            yield concept

    found = hold(Concept, made())
    return (hold(Claim, (replace(claim, concept=concept, polarity=_SIGNS[sign])
                         for claim, concept, sign in zip(claims, ids, signs, strict=True))), found)


class Bonds(NamedTuple):
    """Pairs of claims on one point: how surely they are, and whether one denies the other.

    `pairs` are numbers, the lower claim's times the number of claims and the higher one's, ascending.
    """

    pairs: NDArray[np.int64]
    value: NDArray[np.float32]
    against: NDArray[np.bool_]

    def fit(self, pair: int, sign: int) -> bool:
        """Whether two claims that come to stand with this sign to each other speak to one point with it."""
        at = bisect_left(self.pairs, pair)
        return at < len(self.pairs) and self.pairs[at] == pair and bool(self.against[at]) == (sign < 0)


def _bonds(groups: Sequence[Sequence[int]], points: Points, near: Near) -> Bonds:
    """What the likest pair of statements tells of two claims."""
    claim_of = np.zeros(len(points), dtype=np.int32)
    for at, group in enumerate(groups):
        claim_of[group] = at
    between = np.flatnonzero(claim_of[near.left] != claim_of[near.right])
    one, other = claim_of[near.left[between]], claim_of[near.right[between]]
    both = np.minimum(one, other).astype(np.int64) * len(groups) + np.maximum(one, other)
    pairs, value, against = array("q"), array("f"), array("b")
    for at in np.lexsort((-near.value[between], both)).tolist():
        k, pair = between[at], int(both[at])
        mine, theirs = points[near.left[k]], points[near.right[k]]
        if (pairs and pair == pairs[-1]) or details_differ(mine, theirs):
            continue
        denied = opposed(mine, theirs)
        # Two claims for one side may be worded as yes and no ("it helps", "it does no harm"): they do not contradict each other.
        if not denied or mine.stance != theirs.stance or mine.stance == "neutral":
            pairs.append(pair)
            value.append(near.value[k])
            against.append(denied)
    return Bonds(np.array(pairs, dtype=np.int64), np.array(value, dtype=np.float32), np.array(against, dtype=bool))


_SIGNS: Mapping[int, Literal[1, -1]] = {1: 1, -1: -1}
