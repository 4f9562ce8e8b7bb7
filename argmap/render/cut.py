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
    touched = Counter(chain.from_iterable(each(map.relations, "origin", "target")))
    sizes = ((len(statements) + touched[name], name) for name, statements in each(map.claims, "id", "statements"))
    kept = {name for _, name in heapq.nsmallest(most, sizes, key=lambda claim: (-claim[0], claim[1]))}
    claims = _among(map.claims, "id", kept)
    said = {name for statements in each(claims, "statements") for name in statements}
    statements = _among(map.statements, "id", said)
    articles = set(each(statements, "article"))
    concepts = (replace(concept, claims=held) for concept in map.concepts if (held := tuple(one for one in concept.claims if one in kept)))
    tied = [at for at, ends in enumerate(each(map.relations, "origin", "target")) if kept.issuperset(ends)]
    return replace(
        map, claims=tuple(claims), statements=statements, articles=tuple(article for article in map.articles if article.id in articles),
        attributions=_among(map.attributions, "article", articles), concepts=hold(Concept, concepts),
        relations=tuple(take(map.relations, tied)), mentions=_among(map.mentions, "article", articles),
    )


def _among(items: Sequence[T], name: str, wanted: Collection[str]) -> Sequence[T]:
    """The items whose field is one of those."""
    return take(items, [at for at, value in enumerate(each(items, name)) if value in wanted])
