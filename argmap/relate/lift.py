"""Links between statements in, relations between the claims that they make out."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType

from argmap.columns import each, hold, take
from argmap.model import Claim, Evidence, Link, Relation, Statement

__all__ = ["cut_circles", "lift", "merged"]


def lift(claims: Iterable[Claim], statements: Mapping[str, Statement], links: Iterable[Link]) -> Iterator[Relation]:
    """One relation of one piece of evidence for each link whose ends lie in two claims.

    A link inside one claim (somebody repeats his point) is no relation and is left out.

    Args:
        claims: all.
        statements: by id.
        links: between statements.
    """
    claim_of = {statement: claim.id for claim in claims for statement in claim.statements}
    for link in links:
        origin, target = claim_of.get(link.origin), claim_of.get(link.target)
        if origin is not None and target is not None and origin != target:
            yield Relation(origin, target, link.kind, link.rule, link.confidence,
                           (Evidence(statements[link.origin].article, link.origin, link.target, link.signal),))


def merged(relations: Iterable[Relation], texts: Mapping[str, str] = MappingProxyType({})) -> Sequence[Relation]:
    """Each relation once, with all its evidence; sorted.

    Pieces of evidence count as independent: the relation fails only if all of them do. The rule is that of the surest
    piece. Where articles disagree whether one claim backs or attacks another, the surer reading stays.

    Args:
        relations: any number.
        texts: of articles by id, to keep the words of evidence by.
    """
    known = hold(Relation, relations, texts)
    ends = list(zip(each(known, "origin"), each(known, "target"), each(known, "kind"), strict=True))
    order = sorted(range(len(ends)), key=ends.__getitem__)

    def found() -> Iterator[Relation]:
        for _, both in groupby(order, key=lambda at: ends[at][:2]):
            joined = [_join([known[at] for at in kind]) for _, kind in groupby(both, key=lambda at: ends[at])]
            yield max(joined, key=lambda relation: (relation.confidence, relation.kind))

    return hold(Relation, found(), texts)


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
    ends = list(zip(each(known, "origin"), each(known, "target"), each(known, "kind"), strict=True))
    confidences = list(each(known, "confidence"))
    kept: list[int] = []
    backs: dict[str, set[str]] = defaultdict(set)
    for at in sorted(range(len(ends)), key=lambda at: (-confidences[at], ends[at])):
        origin, target, kind = ends[at]
        if kind == "support":
            if _reaches(target, origin, backs):
                continue
            backs[origin].add(target)
        kept.append(at)
    return take(known, sorted(kept, key=ends.__getitem__))


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
