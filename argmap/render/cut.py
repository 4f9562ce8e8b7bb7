"""A map comes in; out, the part of it that a page holds: the claims that most statements make and most relations touch.

A browser draws tens of thousands of claims, not hundreds of thousands. The JSON has them all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from argmap.model import DebateMap

__all__ = ["cut"]


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
    touched = Counter(end for relation in map.relations for end in (relation.origin, relation.target))
    ranked = sorted(map.claims, key=lambda claim: (-len(claim.statements) - touched[claim.id], claim.id))
    kept = {claim.id for claim in ranked[:most]}
    claims = tuple(claim for claim in map.claims if claim.id in kept)
    said = {name for claim in claims for name in claim.statements}
    statements = tuple(statement for statement in map.statements if statement.id in said)
    articles = {statement.article for statement in statements}
    concepts = tuple(replace(concept, claims=tuple(name for name in concept.claims if name in kept)) for concept in map.concepts)
    return replace(
        map, claims=claims, statements=statements,
        articles=tuple(article for article in map.articles if article.id in articles),
        attributions=tuple(attribution for attribution in map.attributions if attribution.article in articles),
        concepts=tuple(concept for concept in concepts if concept.claims),
        relations=tuple(relation for relation in map.relations if {relation.origin, relation.target} <= kept),
        mentions=tuple(mention for mention in map.mentions if mention.article in articles),
    )
