"""A map comes in; out, the part of it that a page holds: the claims that most statements make and most relations touch.

A browser draws tens of thousands of claims, not hundreds of thousands. The JSON has them all.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from argmap.columns import each, hold, take
from argmap.model import Concept, DebateMap

__all__ = ["cut"]

T = TypeVar("T")


def cut(map: DebateMap, most: int) -> DebateMap:
    """The map with at most so many claims, and with what belongs to them; a smaller map as it is.

    Args:
        map: any map.
        most: claims that are kept, those with the most statements and relations together.

    >>> from argmap.model import Claim, Debate, Motion
    >>> claims = [Claim(name, name, "en", "for", "", "", 1, ("s",) * said) for name, said in (("a", 1), ("b", 3), ("c", 2))]
    >>> [claim.id for claim in cut(DebateMap(Debate("d", Motion({}), ()), claims=tuple(claims)), 2).claims]
    ['b', 'c']
    """
    if len(map.claims) <= most:
        return map
    touched = Counter(chain(each(map.relations, "origin"), each(map.relations, "target")))
    ranked = heapq.nsmallest(most, map.claims, key=lambda claim: (-len(claim.statements) - touched[claim.id], claim.id))
    kept = {claim.id for claim in ranked}
    said = {name for claim in ranked for name in claim.statements}
    statements = _among(map.statements, "id", said)
    articles = set(each(statements, "article"))
    concepts = (replace(concept, claims=held) for concept in map.concepts if (held := tuple(one for one in concept.claims if one in kept)))
    return replace(
        map, claims=_among(map.claims, "id", kept), statements=statements,
        articles=tuple(article for article in map.articles if article.id in articles),
        attributions=_among(map.attributions, "article", articles), concepts=hold(Concept, concepts),
        relations=_among(_among(map.relations, "origin", kept), "target", kept),
        mentions=_among(map.mentions, "article", articles),
    )


def _among(items: Sequence[T], name: str, wanted: Collection[str]) -> Sequence[T]:
    """The items whose field is one of those."""
    return take(items, [at for at, value in enumerate(each(items, name)) if value in wanted])
