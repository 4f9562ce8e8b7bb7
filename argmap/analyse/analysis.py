"""A map comes in, all that `argmap analyse` reports goes out as one value, with what speaks against trusting it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from argmap.analyse.acceptability import Energy, Labelling, Preferred, attacks, grounded, preferred, quadratic_energy, supports
from argmap.analyse.coalitions import Basis, Bridge, Coalitions, bridges, coalitions
from argmap.analyse.contest import Contest, Standing, contested, most_contested, most_supported, standings, undefended
from argmap.analyse.polarization import Moment, Polarization, course, polarization, window_length
from argmap.analyse.positions import Positions, articles_in, counted_once, day, select
from argmap.analyse.profile import Split, agreement, key_claims, splits
from argmap.model import DebateMap
from argmap.settings import DEFAULTS, Settings

__all__ = ["Analysis", "Counts", "analyse"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was measured, and how much was not.

    `statements` bear on the motion and lie in the selection; of these `voiced` are by the actors that count, the rest by articles' own
    voice, groups or unknown speakers; of the voiced ones `neutral` take no side. `beside` bear too little on the motion, `again` are
    another's words once more and do not count. `relations` and `doubtful`: with enough confidence and with less. `single`: actors with
    one statement that takes a side.
    """

    articles: int
    undated: int
    first: str
    last: str
    languages: Mapping[str, int]
    outlets: Mapping[str, int]
    statements: int
    beside: int
    again: int
    voiced: int
    neutral: int
    actors: int
    single: int
    claims: int
    once: int
    relations: int
    doubtful: int
    implicit: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """The answers of all modules for one map and selection.

    `voices` are the key claims of each coalition, by its number; `days` is the length of the windows of `course`, if any had
    enough actors.
    """

    counts: Counts
    coalitions: Coalitions
    bridges: tuple[Bridge, ...]
    agreed: tuple[Split, ...]
    voices: Mapping[int, tuple[tuple[str, tuple[str, ...]], ...]]
    topics: tuple[Split, ...]
    concepts: tuple[Contest, ...]
    polarization: Polarization
    course: tuple[Moment, ...]
    days: int | None
    standings: tuple[Standing, ...]
    contested: tuple[Standing, ...]
    supported: tuple[Standing, ...]
    undefended: tuple[Standing, ...]
    grounded: Labelling[str]
    preferred: Preferred[str]
    energy: Energy[str]

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values for JSON, actors and claims by their ids in the map; numbers are rounded."""
        found = self.coalitions
        plain: dict[str, Any] = {
            "counts": dataclasses.asdict(self.counts),
            "coalitions": {
                "basis": found.basis, "shared": found.shared, "modularity": found.modularity, "stability": found.stability,
                "seeds": found.seeds, "compared": found.compared, "apart": found.apart,
                "groups": [dataclasses.asdict(group) for group in found.groups],
                "actors": [{"id": name, **node, "coalition": found.number(name)} for name, node in found.ties.nodes(data=True)],
                "bridges": [dataclasses.asdict(bridge) for bridge in self.bridges]},
            "agreed": [dataclasses.asdict(split) for split in self.agreed],
            "voices": [{"coalition": number, "claim": claim, "members": members}
                       for number, said in self.voices.items() for claim, members in said],
            "topics": [dataclasses.asdict(split) for split in self.topics],
            "concepts": [dataclasses.asdict(contest) for contest in self.concepts],
            "polarization": {**dataclasses.asdict(self.polarization), "days": self.days,
                             "course": [dataclasses.asdict(moment) for moment in self.course]},
            "claims": [{**dataclasses.asdict(standing), "grounded": self._label(standing.claim),
                        "strength": self.energy.strength[standing.claim]} for standing in self.standings],
            **{name: [standing.claim for standing in getattr(self, name)] for name in ("contested", "supported", "undefended")},
            "preferred": {"extensions": str(self.preferred.count), "complete": self.preferred.complete,
                          "sceptical": sorted(self.preferred.sceptical), "credulous": sorted(self.preferred.credulous)},
            "settled": self.energy.converged,
        }
        rounded: dict[str, Any] = _rounded(plain)
        return rounded

    def _label(self, claim: str) -> str:
        return "accepted" if claim in self.grounded.accepted else "rejected" if claim in self.grounded.rejected else "undecided"


def analyse(map: DebateMap, *, basis: Basis | None = None, settings: Settings = DEFAULTS, **selection: Any) -> Analysis:
    """Everything that the report tells.

    Args:
        map: the map.
        basis: what coalitions' ties rest on, "concepts" or "stances"; by default what the map has enough of.
        settings: thresholds.
        selection: which actors and articles, as in `argmap.analyse.positions.select`, without `level`.
    """
    relevance = {"relevance": settings.relevance, **selection}
    found = coalitions(map, basis=basis or "auto", settings=settings, **relevance)
    motion = select(map, level="motion", **relevance)
    days = window_length(motion, settings=settings)
    # whose claims withstand which objections is a question to the whole selection, whoever speaks
    scope = {key: value for key, value in relevance.items() if key in ("outlets", "languages", "start", "end", "relevance")}
    stands = standings(map, settings=settings, **scope)
    claims = [standing.claim for standing in stands]
    names = set(claims)
    attacked, backed = ({pair: sure for pair, sure in pairs.items() if names.issuperset(pair)} for pairs in (
        attacks(map, confidence=settings.low_confidence), supports(map, confidence=settings.low_confidence)))
    return Analysis(
        counts=_counts(map, motion, relevance, scope, stands, settings), coalitions=found, bridges=bridges(found, settings=settings),
        agreed=agreement(map, found, **relevance),
        voices={group.number: key_claims(map, group, kept=settings.report_rows // 2, **relevance) for group in found.groups},
        topics=splits(select(map, level="topic", **relevance), found),
        concepts=contested(select(map, level="concept", **relevance)), polarization=polarization(motion, settings=settings),
        course=course(motion, days=days, settings=settings) if days else (), days=days, standings=stands,
        contested=most_contested(stands), supported=most_supported(stands), undefended=undefended(stands),
        grounded=grounded(claims, attacked.keys()), preferred=preferred(claims, attacked.keys(), steps=settings.search_steps),
        energy=quadratic_energy(claims, attacked, backed))


def _counts(map: DebateMap, motion: Positions, selection: Mapping[str, Any], scope: Mapping[str, Any], stands: tuple[Standing, ...],
            settings: Settings) -> Counts:
    articles = articles_in(map, **{key: value for key, value in scope.items() if key != "relevance"})
    inside = {article.id for article in articles}
    read = [statement for statement in map.statements if statement.article in inside]
    bearing = [statement for statement in read if statement.relevance >= scope["relevance"]]
    relevant = counted_once(bearing)
    voiced = {row.statement for row in select(map, level="concept", **selection).rows}
    sided = {row.statement for row in motion.rows}
    claims = {standing.claim for standing in stands}
    relations = [r for r in map.relations if {r.origin, r.target} <= claims]
    sure = [r for r in relations if r.confidence >= settings.low_confidence]
    dates = sorted(article.date for article in articles if day(article.date))
    said = Counter(row.actor for row in motion.rows)
    return Counts(
        articles=len(articles), undated=len(articles) - len(dates), first=dates[0] if dates else "", last=dates[-1] if dates else "",
        languages=dict(sorted(Counter(article.language for article in articles).items())),
        outlets=dict(sorted(Counter(article.outlet for article in articles).items())), statements=len(relevant),
        beside=len(read) - len(bearing), again=len(bearing) - len(relevant), voiced=len(voiced), neutral=len(voiced - sided),
        actors=len(said), single=sum(number == 1 for number in said.values()), claims=len(stands),
        once=sum(standing.statements == 1 for standing in stands), relations=len(sure), doubtful=len(relations) - len(sure),
        implicit=sum(not any(e.signal for e in r.evidence) for r in sure))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, Mapping):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(item) for item in value]
    return value
