"""A map comes in; which claims and concepts are contested, supported, or attacked without an answer goes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from argmap.analyse.acceptability import attacks, supports
from argmap.analyse.positions import Positions, select
from argmap.model import ActorKind, DebateMap
from argmap.settings import DEFAULTS, Settings

__all__ = ["Contest", "Standing", "contested", "most_contested", "most_supported", "standings", "undefended"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands in the debate.

    `proponents` make it, or another claim that supports it or asserts the same of its concept; `opponents` make a claim that
    attacks it or asserts the opposite; an actor may be both. `supporters` and `attackers` are claims, the surest relation
    first; `answered` are those attackers that some claim attacks in turn. `sureness` is the confidence of the surest attack.
    """

    claim: str
    statements: int
    articles: int
    proponents: tuple[str, ...]
    opponents: tuple[str, ...]
    supporters: tuple[str, ...]
    attackers: tuple[str, ...]
    answered: tuple[str, ...]
    sureness: float


@dataclass(frozen=True, slots=True)
class Contest:
    """Who agrees and who disagrees with a concept; an actor who does both is in both."""

    item: str
    label: str
    agree: tuple[str, ...]
    disagree: tuple[str, ...]


def standings(map: DebateMap, *, confidence: float | None = None, settings: Settings = DEFAULTS, **selection: Any) -> tuple[Standing, ...]:
    """The standing of each claim that somebody makes.

    Args:
        map: the map.
        confidence: relations below this do not count; by default `Settings.low_confidence`.
        settings: see there.
        selection: as in `argmap.analyse.positions.select`, but that all kinds of actors and articles' own voice count unless
            chosen otherwise: an objection is one, whoever makes it.

    Returns:
        A standing a claim, in the map's order. Claims made outside the selection are left out, also as supporters and attackers.
    """
    least = settings.low_confidence if confidence is None else confidence
    table = select(map, level="claim", **{"kinds": get_args(ActorKind), "authors": True, **selection})
    # a claim's own statements are those that agree with it because they make it
    makes = {statement.id: statement.claim for statement in map.statements}
    makers: dict[str, dict[str, None]] = defaultdict(dict)
    opposed: dict[str, dict[str, None]] = defaultdict(dict)
    agreed: dict[str, dict[str, None]] = defaultdict(dict)
    made: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[str]] = defaultdict(set)
    for row in table.rows:
        if makes[row.statement] == row.item:
            makers[row.item][row.actor] = None
            made[row.item].add(row.statement)
            places[row.item].add(row.article)
        (agreed if row.agreement else opposed)[row.item][row.actor] = None
    attacked = {pair: sure for pair, sure in attacks(map, confidence=least).items() if made.keys() >= set(pair)}
    supported = {pair: sure for pair, sure in supports(map, confidence=least).items() if made.keys() >= set(pair)}
    against, behind = _origins(attacked), _origins(supported)
    result = []
    for claim in map.claims:
        if claim.id not in made:
            continue
        attackers, supporters = against.get(claim.id, ()), behind.get(claim.id, ())
        proponents = {*agreed[claim.id], *(actor for other in supporters for actor in makers[other])}
        opponents = {*opposed[claim.id], *(actor for other in attackers for actor in makers[other])}
        result.append(Standing(claim.id, len(made[claim.id]), len(places[claim.id]), tuple(sorted(proponents)), tuple(sorted(opponents)),
                               supporters, attackers, tuple(other for other in attackers if other in against),
                               max((attacked[other, claim.id] for other in attackers), default=0.0)))
    return tuple(result)


def most_contested(found: tuple[Standing, ...]) -> tuple[Standing, ...]:
    """Claims with proponents and opponents that are not the same people; those with most on the smaller side first."""
    def sides(standing: Standing) -> tuple[int, int]:
        only_for, only_against = set(standing.proponents) - set(standing.opponents), set(standing.opponents) - set(standing.proponents)
        return min(len(only_for), len(only_against)), len(only_for | only_against)

    contested = [standing for standing in found if sides(standing)[0]]
    return tuple(sorted(contested, key=lambda s: (-sides(s)[0], -sides(s)[1], -len(s.attackers) - len(s.supporters), -s.sureness, s.claim)))


def most_supported(found: tuple[Standing, ...]) -> tuple[Standing, ...]:
    """Claims with more than one proponent or reason; those with most proponents first, then with most reasons."""
    backed = [standing for standing in found if len(standing.proponents) > 1 or standing.supporters]
    return tuple(sorted(backed, key=lambda s: (-len(s.proponents), -len(s.supporters), -s.statements, len(s.attackers), s.claim)))


def undefended(found: tuple[Standing, ...]) -> tuple[Standing, ...]:
    """Claims that are attacked while nobody attacks any of their attackers in turn; those attacked most, and most surely, first."""
    return tuple(sorted((standing for standing in found if standing.attackers and not standing.answered),
                        key=lambda s: (-len(s.attackers), -s.sureness, s.claim)))


def contested(positions: Positions) -> tuple[Contest, ...]:
    """What actors disagree on, whatever the level; items with most actors on the smaller side come first.

    Args:
        positions: on concepts, topics or the motion.
    """
    sides: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for row in positions.rows:
        sides[row.item][row.agreement].add(row.actor)
    found = [Contest(item, positions.items.get(item, item), tuple(sorted(agree)), tuple(sorted(disagree)))
             for item, (disagree, agree) in sides.items() if agree and disagree]
    return tuple(sorted(found, key=lambda c: (-min(len(c.agree), len(c.disagree)), -len(c.agree) - len(c.disagree), c.item)))


def _origins(relations: Mapping[tuple[str, str], float]) -> dict[str, tuple[str, ...]]:
    """The origins of the relations that each claim is the target of, the surest first."""
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (origin, target), sure in relations.items():
        found[target].append((-sure, origin))
    return {target: tuple(origin for _, origin in sorted(origins)) for target, origins in found.items()}
