"""A map and its coalitions come in; what each coalition agrees on, and where coalitions part, goes out."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from argmap.analyse.coalitions import Coalition, Coalitions
from argmap.analyse.positions import Level, Positions, select
from argmap.model import DebateMap

__all__ = ["Split", "agreement", "key_claims", "splits"]


@dataclass(frozen=True, slots=True)
class Split:
    """How the members of one coalition stand on an item; one who takes both sides stands where most of his statements do, and
    in neither list if they balance."""

    coalition: int
    item: str
    label: str
    agree: tuple[str, ...]
    disagree: tuple[str, ...]

    @property
    def balance(self) -> float:
        """From -1 (all disagree) to 1 (all agree)."""
        speaking = len(self.agree) + len(self.disagree)
        return (len(self.agree) - len(self.disagree)) / speaking if speaking else 0.0


def splits(positions: Positions, found: Coalitions) -> tuple[Split, ...]:
    """How each coalition's members stand on each item that they speak about; by item, then coalition.

    Args:
        positions: on concepts, claims or topics; actors in no coalition are passed over.
        found: the coalitions.
    """
    coalition = {actor: group.number for group in found.groups for actor in group.members}
    tally: dict[tuple[str, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in positions.rows:
        if row.actor in coalition:
            tally[row.item, coalition[row.actor]][row.actor] += 1 if row.agreement else -1
    return tuple(Split(number, item, positions.items.get(item, item), tuple(sorted(a for a, n in actors.items() if n > 0)),
                       tuple(sorted(a for a, n in actors.items() if n < 0)))
                 for (item, number), actors in sorted(tally.items()))


def agreement(map: DebateMap, found: Coalitions, *, level: Level = "concept", **selection: Any) -> tuple[Split, ...]:
    """What two or more members of a coalition agree on, and none of it denies (or all deny): coalition by coalition, what most
    of them share first.

    Args:
        map: the map.
        found: its coalitions, of the same selection.
        level: on concepts, claims or topics.
        selection: as in `argmap.analyse.positions.select`.
    """
    shared = [split for split in splits(select(map, level=level, **selection), found)
              if abs(split.balance) == 1 and len(split.agree) + len(split.disagree) > 1]
    return tuple(sorted(shared, key=lambda s: (s.coalition, -len(s.agree) - len(s.disagree), s.item)))


def key_claims(map: DebateMap, coalition: Coalition, *, kept: int, **selection: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The claims that speak most for a coalition, by their ids, each with the members that make it.

    First come those made by most members, then those most backed by other claims, then the surest and most relevant; each
    adds a member that was not heard yet. Claims on the other side than the coalition's are left out: one that members also
    make does not characterise it.

    Args:
        map: the map.
        coalition: one of its coalitions.
        kept: how many at most.
        selection: the same as for the coalition, as in `argmap.analyse.positions.select`.
    """
    statements = {statement.id: statement for statement in map.statements}
    backing = Counter(relation.target for relation in map.relations if relation.kind == "support")
    inside = set(coalition.members)
    members: dict[str, set[str]] = defaultdict(set)
    weight: dict[str, float] = defaultdict(float)
    for row in select(map, level="concept", **selection).rows:
        if row.actor in inside:
            statement = statements[row.statement]
            members[statement.claim].add(row.actor)
            weight[statement.claim] = max(weight[statement.claim], statement.relevance * statement.confidence)
    other = "against" if coalition.leaning >= 0 else "for"
    ranked = sorted((-len(members[claim.id]), claim.stance == "neutral", -backing[claim.id], -weight[claim.id], claim.id)
                    for claim in map.claims if claim.id in members and claim.stance != other)
    chosen: list[tuple[str, tuple[str, ...]]] = []
    heard: set[str] = set()
    for *_, claim_id in ranked:
        if len(chosen) < kept and not heard >= members[claim_id]:
            chosen.append((claim_id, tuple(sorted(members[claim_id]))))
            heard |= members[claim_id]
    return tuple(chosen)
