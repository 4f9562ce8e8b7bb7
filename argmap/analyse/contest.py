"""A map comes in; which claims and concepts are contested, supported, or attacked without an answer goes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from argmap.analyse.acceptability import attacks, supports
from argmap.analyse.positions import Positions, articles_in, counted_once, is_author
from argmap.graph import speakers
from argmap.model import DebateMap
from argmap.settings import DEFAULTS, Settings

__all__ = ["Contest", "Standing", "contested", "most_contested", "most_supported", "standings", "undefended"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands in the debate; words that are said again count once.

    `makers` make it; `proponents` do, or make another claim that supports it or asserts the same of its concept; `opponents` make
    a claim that attacks it or asserts the opposite; an actor may be both. `supporters` and `attackers` are claims, the surest
    relation first; `answered` are those attackers that some claim attacks in turn, `own` those that only the claim's own makers
    make: second thoughts and concessions, no quarrel. `sureness` is the confidence of the surest attack.
    """

    claim: str
    statements: int
    articles: int
    makers: tuple[str, ...]
    proponents: tuple[str, ...]
    opponents: tuple[str, ...]
    supporters: tuple[str, ...]
    attackers: tuple[str, ...]
    answered: tuple[str, ...]
    own: tuple[str, ...]
    sureness: float


@dataclass(frozen=True, slots=True)
class Contest:
    """Who agrees and who disagrees with a concept; an actor who does both is in both."""

    item: str
    label: str
    agree: tuple[str, ...]
    disagree: tuple[str, ...]


def standings(map: DebateMap, *, confidence: float | None = None, settings: Settings = DEFAULTS, **scope: Any) -> tuple[Standing, ...]:
    """The standing of each claim.

    Args:
        map: the map.
        confidence: relations below this do not count; by default `Settings.low_confidence`.
        settings: see there.
        scope: articles and relevance as in `argmap.analyse.positions.select`. All kinds of actors and articles' own voice count:
            an objection is one, whoever makes it.

    Returns:
        A standing a claim, in the map's order. Claims made outside the scope are left out, also as supporters and attackers.
    """
    least = settings.low_confidence if confidence is None else confidence
    relevance = scope.pop("relevance", settings.relevance)
    articles = {article.id: article for article in articles_in(map, **scope)}
    points = {claim.id: (claim.concept or claim.id, claim.polarity) for claim in map.claims}
    made, places, makers = (defaultdict[str, set[str]](set) for _ in range(3))
    sides: dict[tuple[str, int], set[str]] = defaultdict(set)
    for statement in counted_once(statement for statement in map.statements if statement.article in articles
                                  and statement.relevance >= relevance):
        if statement.claim in points:
            voices = speakers(statement, articles[statement.article])
            made[statement.claim].add(statement.id)
            places[statement.claim].add(statement.article)
            makers[statement.claim].update(voices)
            sides[points[statement.claim]].update(voices)
    attacked, supported = ({(one, other): sure for (one, other), sure in pairs.items() if made[one] and made[other]}
                           for pairs in (attacks(map, confidence=least), supports(map, confidence=least)))
    against, behind = _origins(attacked), _origins(supported)
    result = []
    for claim in map.claims:
        if not made[claim.id]:
            continue
        attackers, supporters = against.get(claim.id, ()), behind.get(claim.id, ())
        concept, polarity = points[claim.id]
        proponents = {*sides[concept, polarity], *(actor for other in supporters for actor in makers[other])}
        opponents = {*sides[concept, -polarity], *(actor for other in attackers for actor in makers[other])}
        result.append(Standing(
            claim.id, statements=len(made[claim.id]), articles=len(places[claim.id]), makers=tuple(sorted(makers[claim.id])),
            proponents=tuple(sorted(proponents)), opponents=tuple(sorted(opponents)), supporters=supporters, attackers=attackers,
            answered=tuple(other for other in attackers if other in against),
            own=tuple(other for other in attackers if makers[other] and makers[other] <= makers[claim.id]),
            sureness=max((attacked[other, claim.id] for other in attackers), default=0.0)))
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
    """Claims that somebody else's claim attacks while nobody attacks any of the attackers in turn.

    First come those that actors make against actors, not articles' own voice; then those attacked most, and most surely.
    """
    makers = {standing.claim: standing.makers for standing in found}

    def voiced(claim: str) -> bool:
        return any(not is_author(actor) for actor in makers[claim])

    quarrels = [standing for standing in found if set(standing.attackers) - set(standing.own) and not standing.answered]
    return tuple(sorted(quarrels, key=lambda s: (
        not voiced(s.claim), not any(voiced(other) for other in s.attackers if other not in s.own),
        -len(s.attackers), -s.sureness, s.claim)))


def contested(positions: Positions) -> tuple[Contest, ...]:
    """What actors disagree on with others, whatever the level; items with most actors on the smaller side come first.

    Args:
        positions: on concepts, topics or the motion.
    """
    sides: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for row in positions.rows:
        sides[row.item][row.agreement].add(row.actor)
    found = [Contest(item, positions.items.get(item, item), tuple(sorted(agree)), tuple(sorted(disagree)))
             for item, (disagree, agree) in sides.items() if agree - disagree and disagree - agree]
    return tuple(sorted(found, key=lambda c: (-min(len(c.agree), len(c.disagree)), -len(c.agree) - len(c.disagree), c.item)))


def _origins(relations: Mapping[tuple[str, str], float]) -> dict[str, tuple[str, ...]]:
    """The origins of the relations that each claim is the target of, the surest first."""
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (origin, target), sure in relations.items():
        found[target].append((-sure, origin))
    return {target: tuple(origin for _, origin in sorted(origins)) for target, origins in found.items()}
