"""Links between statements in, relations between the claims that they make out."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from argmap.model import Claim, Evidence, Link, Relation, RelationKind, Statement

__all__ = ["cut_circles", "lift", "merged"]


def lift(claims: Iterable[Claim], statements: Iterable[Statement], links: Iterable[Link]) -> list[Relation]:
    """One relation of one piece of evidence for each link whose ends lie in two claims.

    A link inside one claim (somebody repeats his point) is no relation and is left out.
    """
    claim_of = {statement: claim.id for claim in claims for statement in claim.statements}
    article_of = {statement.id: statement.article for statement in statements}
    return [Relation(claim_of[link.origin], claim_of[link.target], link.kind, link.rule, link.confidence,
                     (Evidence(article_of[link.origin], link.origin, link.target, link.signal),))
            for link in links
            if link.origin in claim_of and link.target in claim_of and claim_of[link.origin] != claim_of[link.target]]


def merged(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Each relation once, with all its evidence; sorted.

    Pieces of evidence count as independent: the relation fails only if all of them do. The rule is that of the surest
    piece. Where articles disagree whether one claim backs or attacks another, the surer reading stays.
    """
    groups: dict[tuple[str, str], dict[RelationKind, list[Relation]]] = defaultdict(lambda: defaultdict(list))
    for relation in relations:
        groups[relation.origin, relation.target][relation.kind].append(relation)
    found = []
    for kinds in groups.values():
        joined = [_join(group) for group in kinds.values()]
        found.append(max(joined, key=lambda relation: (relation.confidence, relation.kind)))
    return tuple(sorted(found, key=_order))


def _join(group: list[Relation]) -> Relation:
    best = max(group, key=lambda relation: (relation.confidence, relation.rule))
    evidence = sorted({piece for relation in group for piece in relation.evidence}, key=_where)
    doubt = math.prod(1 - relation.confidence for relation in group)
    return replace(best, confidence=round(1 - doubt, 3), evidence=tuple(evidence))


def _where(piece: Evidence) -> tuple[str, str, str, int]:
    return piece.article, piece.origin_statement, piece.target_statement, piece.signal.start if piece.signal else -1


def _order(relation: Relation) -> tuple[str, str, str]:
    return relation.origin, relation.target, relation.kind


def cut_circles(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """The relations without those that close a circle of support, the surest kept first; sorted.

    A claim that backs itself through others says nothing; circles of attacks are how debates go and stay.
    """
    kept: list[Relation] = []
    backs: dict[str, set[str]] = defaultdict(set)
    for relation in sorted(relations, key=lambda r: (-r.confidence, _order(r))):
        if relation.kind == "support":
            if _reaches(relation.target, relation.origin, backs):
                continue
            backs[relation.origin].add(relation.target)
        kept.append(relation)
    return tuple(sorted(kept, key=_order))


def _reaches(start: str, goal: str, backs: Mapping[str, set[str]]) -> bool:
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
