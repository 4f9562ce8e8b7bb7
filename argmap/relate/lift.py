"""Links between statements in, relations between the claims that they make out."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from argmap.columns import each, hold, places, take
from argmap.model import Claim, Evidence, Link, Relation, Statement

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["cut_circles", "lift", "merged"]


def lift(claims: Iterable[Claim], statements: Sequence[Statement], links: Iterable[Link]) -> Iterator[Relation]:
    """One relation of one piece of evidence for each link whose ends lie in two claims.

    A link inside one claim (somebody repeats his point) is no relation and is left out.

    Args:
        claims: all.
        statements: all.
        links: between statements.
    """
    place, names = places(statements), list[str]()
    claim_of = array("q", [-1]) * len(place)
    for number, claim in enumerate(claims):
        names.append(claim.id)
        for statement in claim.statements:
            if statement in place:
                claim_of[place[statement]] = number
    for link in links:
        start, end = place.get(link.origin), place.get(link.target)
        if start is None or end is None:
            continue
        origin, target = claim_of[start], claim_of[end]
        if origin >= 0 <= target and origin != target:
            yield Relation(names[origin], names[target], link.kind, link.rule, link.confidence,
                           (Evidence(statements[start].article, link.origin, link.target, link.signal),))


def merged(relations: Iterable[Relation], texts: Mapping[str, str] = MappingProxyType({})) -> Sequence[Relation]:
    """Each relation once, with all its evidence; sorted.

    Pieces of evidence count as independent: the relation fails only if all of them do. The rule is that of the surest
    piece. Where articles disagree whether one claim backs or attacks another, the surer reading stays.

    Args:
        relations: any number.
        texts: of articles by id, to keep the words of evidence by.
    """
    known = hold(Relation, relations, texts)
    ends = _Ends(known)

    def found() -> Iterator[Relation]:
        for _, both in groupby(ends.order(), key=ends.pair.__getitem__):
            joined = [_join([known[at] for at in kind]) for _, kind in groupby(both, key=ends.supports.__getitem__)]
            yield max(joined, key=lambda relation: (relation.confidence, relation.kind))

    return hold(Relation, found(), texts)


class _Ends:
    """What relations join, in numbers: claims go by the place of their ids in alphabetical order.

    Attributes:
        origin, target: of each relation.
        pair: a number for the two together.
        supports: whether it is support.
    """

    def __init__(self, relations: Sequence[Relation]) -> None:
        number: dict[str, int] = {}
        origin, target = (np.fromiter((number.setdefault(one, len(number)) for one in each(relations, name)), np.int64, len(relations))
                          for name in ("origin", "target"))
        rank = np.empty(len(number), dtype=np.int64)
        rank[[number[one] for one in sorted(number)]] = np.arange(len(number))
        origin, target = rank[origin], rank[target]
        self.origin, self.target, self.pair = (array("q", some.tobytes()) for some in (origin, target, origin * len(number) + target))
        self.supports = bytes(kind == "support" for kind in each(relations, "kind"))

    def order(self, before: NDArray[np.float64] | None = None) -> list[int]:
        """The relations' places by their origin, target and kind, or by something before that."""
        keys = [np.frombuffer(self.supports, dtype=np.uint8), np.array(self.pair)]
        found: list[int] = np.lexsort(keys if before is None else [*keys, before]).tolist()
        return found


def _join(group: list[Relation]) -> Relation:
    best = max(group, key=lambda relation: (relation.confidence, relation.rule))
    evidence = sorted({piece for relation in group for piece in relation.evidence}, key=_where)
    doubt = math.prod(1 - relation.confidence for relation in group)
    return replace(best, confidence=round(1 - doubt, 3), evidence=tuple(evidence))


def _where(piece: Evidence) -> tuple[str, str, str, int]:
    return piece.article, piece.origin_statement, piece.target_statement, piece.signal.start if piece.signal else -1


def cut_circles(relations: Iterable[Relation], texts: Mapping[str, str] = MappingProxyType({})) -> Sequence[Relation]:
    """The relations without those that close a circle of support, the surest kept first; sorted.

    A claim that backs itself through others says nothing; circles of attacks are how debates go and stay.

    Args:
        relations: any number.
        texts: as for `merged`.
    """
    known = hold(Relation, relations, texts)
    ends = _Ends(known)
    kept = bytearray(len(known))
    backs: dict[int, list[int]] = {}
    for at in ends.order(-np.fromiter(each(known, "confidence"), dtype=np.float64, count=len(known))):
        origin, target = ends.origin[at], ends.target[at]
        if ends.supports[at]:
            if _reaches(target, origin, backs):
                continue
            backs.setdefault(origin, []).append(target)
        kept[at] = True
    return take(known, [at for at in ends.order() if kept[at]])


def _reaches(start: int, goal: int, backs: Mapping[int, Sequence[int]]) -> bool:
    todo, done = [start], {start}
    while todo:
        at = todo.pop()
        if at == goal:
            return True
        for following in backs.get(at, ()):
            if following not in done:
                done.add(following)
                todo.append(following)
    return False
