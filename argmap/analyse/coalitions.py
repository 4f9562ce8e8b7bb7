"""A map comes in, its discourse coalitions go out: who holds together, how firmly, on what, and who stands between them.

Coalitions are groups of actors with stronger ties among themselves than to others. In a coded corpus a tie is a concept on
which two actors agree; in a few dozen articles hardly any two actors speak about one concept, so that such a network falls
into pairs. Then actors are tied by where they stand instead, see `ties`.

References:
    Leifeld, P. (2013). Reconceptualizing major policy change in the Advocacy Coalition Framework: a discourse network analysis
    of German pension politics. Policy Studies Journal 41(1). Blondel, V., Guillaume, J.-L., Lambiotte, R., & Lefebvre, E.
    (2008). Fast unfolding of communities in large networks. Journal of Statistical Mechanics P10008 (Louvain). Newman, M. E. J.
    (2006). Modularity and community structure in networks. PNAS 103(23). Hubert, L., & Arabie, P. (1985). Comparing partitions.
    Journal of Classification 2 (adjusted Rand index). Guimerà, R., & Amaral, L. A. N. (2005). Functional cartography of complex
    metabolic networks. Nature 433 (participation). Freeman, L. C. (1977). A set of measures of centrality based on betweenness.
    Sociometry 40(1).
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any, Literal, get_args

from argmap.analyse.positions import MOTION, Level, Party, Positions, select_each
from argmap.errors import ArgmapError
from argmap.model import DebateMap
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Basis", "Bridge", "Coalition", "Coalitions", "adjusted_rand", "bridges", "coalitions", "shared_concepts", "ties"]

Basis = Literal["concepts", "stances"]
#: What stances are compared on, and agreement on concepts with them.
_LEVELS: tuple[Level, ...] = ("motion", "topic", "concept")


@dataclass(frozen=True, slots=True)
class Coalition:
    """A coalition: its members, those who say most first, and the mean of where they lean.

    `leaning` lies between -1 (all that members say is against the motion) and 1 (for it).
    """

    number: int
    members: tuple[str, ...]
    leaning: float


@dataclass(frozen=True, slots=True)
class Coalitions:
    """The coalitions of a map and how far to trust them.

    `apart` are actors without a tie; `modularity` is Newman's Q of the positive ties, `stability` the mean adjusted Rand index
    between the partitions that different seeds of the random order gave: 1 where all agree, about 0 where chance decides.
    `basis` says what ties rest on and `shared` why: the share of actors that common concepts join into one network. Ties are
    looked for among the `compared` actors who say most.
    """

    groups: tuple[Coalition, ...]
    apart: tuple[str, ...]
    modularity: float
    stability: float
    seeds: int
    basis: Basis
    shared: float
    compared: int
    parties: Mapping[str, Party]
    ties: nx.Graph[Any]

    def number(self, actor: str) -> int | None:
        """The number of an actor's coalition."""
        return next((group.number for group in self.groups if actor in group.members), None)


@dataclass(frozen=True, slots=True)
class Bridge:
    """An actor between coalitions.

    `participation` in [0, 1) is how evenly the actor's ties are spread over coalitions, `betweenness` in [0, 1] the share of
    the others' shortest paths that lead through the actor, strong ties being short; `other` is the coalition, beside the
    actor's own, that the strongest ties lead to.
    """

    actor: str
    coalition: int
    other: int
    participation: float
    betweenness: float


def shared_concepts(positions: Positions) -> float:
    """The share of actors in the largest part that common concepts join, whichever side they take; 0 if there are no actors.

    >>> from argmap.analyse.positions import Position
    >>> rows = [Position("", actor, item, True, "") for actor, item in (("a", "k"), ("b", "k"), ("b", "l"), ("c", "l"), ("d", "m"))]
    >>> shared_concepts(Positions("concept", tuple(rows)))
    0.75
    """
    import networkx as nx

    graph: nx.Graph[Any] = nx.Graph()
    graph.add_edges_from((("actor", row.actor), ("item", row.item)) for row in positions.rows)
    sizes = [sum(kind == "actor" for kind, _ in part) for part in nx.connected_components(graph)]
    return max(sizes) / sum(sizes) if sizes else 0.0


def ties(map: DebateMap, *, basis: Basis, most: int = DEFAULTS.coalition_actors, **selection: Any) -> nx.Graph[Any]:
    """The network that coalitions are looked for in.

    With ``concepts`` it is the subtract network of discourse network analysis: concepts that two actors agree on less those that
    they disagree on, by average activity. With ``stances`` each actor has a position on the motion as a whole, on each topic
    spoken about and on each concept: p = (positive - negative) / (positive + negative + 1) statements, so that one statement
    gives half a position and many of one kind a whole one, and an actor who says both stands in the middle. The tie between two
    actors is the sum of the products of their positions on what both speak about, by average activity (the mean number of
    positions that the two have). So actors are close who take one side on the same topics, a little less close if on other
    topics; those on opposite sides have a negative tie. Such ties follow the sides more than shared concepts do: they tell
    who is with whom, and little about factions within a side.

    Args:
        map: the map.
        basis: what ties rest on.
        most: ties are looked for among so many actors, those who say most: pairs grow with their square.
        selection: as in `argmap.analyse.positions.select`, without `level`.

    Returns:
        A graph of all actors that take a side. Nodes: `label`, `kind`, `affiliation`, `statements` (what ties rest on: for or
        against the motion, or with ``concepts`` those about a concept), `leaning`
        in [-1, 1]: (for - against) / all of these. Edges: `weight`, negative for opponents.
    """
    return _tied(select_each(map, _LEVELS, **selection), basis, most)


def _tied(tables: Mapping[Level, Positions], basis: Basis, most: int) -> nx.Graph[Any]:
    """What `ties` gives, from the positions on all levels."""
    import networkx as nx

    from argmap.analyse.networks import one_mode
    sides: dict[str, list[bool]] = defaultdict(list)
    for row in tables["motion"].rows:
        sides[row.actor].append(row.agreement)
    about = Counter(row.actor for row in tables["concept"].rows)
    names = {name: party for table in tables.values() for name, party in table.actors.items()}
    graph: nx.Graph[Any] = nx.Graph(basis=basis)
    for name in sorted(names if basis == "concepts" else sides):
        said, party = sides[name], names[name]
        graph.add_node(name, label=party.label, kind=party.kind, affiliation=party.affiliation,
                       statements=about[name] if basis == "concepts" else len(said),
                       leaning=(2 * sum(said) - len(said)) / len(said) if said else 0.0)
    compared = heapq.nsmallest(most, graph, key=lambda name: (-graph.nodes[name]["statements"], name))
    if basis == "concepts":
        chosen = set(compared)
        among = replace(tables["concept"], rows=tuple(row for row in tables["concept"].rows if row.actor in chosen))
        found = one_mode(among, aggregation="subtract", normalisation="average", duplicates="article")
        for one, other, values in found.edges(data=True):
            if values["weight"]:
                graph.add_edge(one, other, weight=values["weight"])
        return graph
    stands = _stands(tables)
    for one, other in combinations(sorted(compared), 2):
        both = sorted(stands[one].keys() & stands[other].keys())
        weight = sum(stands[one][item] * stands[other][item] for item in both)
        if weight:
            graph.add_edge(one, other, weight=weight / ((len(stands[one]) + len(stands[other])) / 2))
    return graph


def coalitions(map: DebateMap, *, basis: Basis | Literal["auto"] = "auto", resolution: float = 1.0, settings: Settings = DEFAULTS,
               **selection: Any) -> Coalitions:
    """Find the coalitions of a debate, by Louvain's method on the positive ties.

    Args:
        map: the map.
        basis: what ties rest on, see `ties`; "auto" takes concepts where they join `Settings.concept_ties` of the actors.
        resolution: above 1 gives more and smaller coalitions, below 1 fewer and larger ones.
        settings: `coalition_seeds` random orders are tried; the partition with the highest modularity is kept. Each actor's
            `coalition_ties` strongest ties count, among the `coalition_actors` who say most.
        selection: as in `argmap.analyse.positions.select`, without `level`.

    Returns:
        The coalitions, the largest first.

    Raises:
        ArgmapError: there is no such basis.
    """
    import networkx as nx

    if basis not in ("auto", *get_args(Basis)):
        raise ArgmapError(f"{basis!r}: ties rest on concepts or stances; auto chooses")
    tables = select_each(map, ("motion", "concept"), **selection)
    shared = shared_concepts(tables["concept"])
    chosen: Basis = basis if basis != "auto" else "concepts" if shared >= settings.concept_ties else "stances"
    if chosen == "stances":
        tables |= select_each(map, ("topic",), **selection)
    graph = _tied(tables, chosen, settings.coalition_actors)
    del tables
    names = list(graph)
    index = {name: i for i, name in enumerate(names)}
    # numbers, not names: sets of numbers have one order, whatever the seed of the hashes
    positive: nx.Graph[Any] = nx.Graph()
    positive.add_nodes_from(range(len(names)))
    positive.add_weighted_edges_from((index[one], index[other], weight) for one, other, weight in _positive(graph, settings.coalition_ties))
    positive.remove_nodes_from(list(nx.isolates(positive)))
    runs: list[list[set[int]]] = [[set(part) for part in nx.community.louvain_communities(positive, resolution=resolution, seed=seed)]
                                 for seed in range(settings.coalition_seeds if positive else 0)]
    values = [nx.community.modularity(positive, run, resolution=resolution) for run in runs]
    best = max(range(len(runs)), key=lambda i: (round(values[i], 12), -i), default=None)
    labels = [[number for _, number in sorted((node, n) for n, group in enumerate(run) for node in group)] for run in runs]
    # the same partition comes up again and again: each pair of different ones is compared once
    kinds = Counter(_numbered(run) for run in labels)
    pairs = comb(len(runs), 2)
    alike = sum(comb(times, 2) for times in kinds.values()) + sum(
        adjusted_rand(one, other) * kinds[one] * kinds[other] for one, other in combinations(sorted(kinds), 2))
    groups = sorted((sorted(names[node] for node in group) for group in runs[best]), key=lambda g: (-len(g), g)) if best is not None else []
    return Coalitions(
        groups=tuple(_coalition(graph, number, group) for number, group in enumerate(groups, 1)),
        apart=tuple(sorted(set(names) - {name for group in groups for name in group})),
        modularity=values[best] if best is not None else 0.0, stability=alike / pairs if pairs else 1.0, seeds=len(runs), basis=chosen,
        shared=shared, compared=min(len(names), settings.coalition_actors),
        parties={name: Party(graph.nodes[name]["label"], graph.nodes[name]["kind"], graph.nodes[name]["affiliation"]) for name in names},
        ties=graph)


def adjusted_rand(one: Sequence[int], other: Sequence[int]) -> float:
    """How alike two partitions are, corrected for chance (Hubert and Arabie 1985).

    Args:
        one, other: the part of each element.

    >>> adjusted_rand([0, 0, 1, 1], [1, 1, 0, 0]), round(adjusted_rand([0, 0, 1, 1], [0, 1, 0, 1]), 3)
    (1.0, -0.5)
    """
    together = sum(comb(n, 2) for n in Counter(zip(one, other, strict=True)).values())
    first, second = (sum(comb(n, 2) for n in Counter(parts).values()) for parts in (one, other))
    expected = first * second / max(1, comb(len(one), 2))
    highest = (first + second) / 2
    return (together - expected) / (highest - expected) if highest != expected else 1.0


def bridges(found: Coalitions, *, settings: Settings = DEFAULTS) -> tuple[Bridge, ...]:
    """The actors between coalitions: those whose ties are spread over several of them come first, then by betweenness.

    Args:
        found: the coalitions.
        settings: above `betweenness_sample` actors, betweenness is estimated from so many.
    """
    import networkx as nx

    positive: nx.Graph[Any] = nx.Graph()
    positive.add_nodes_from(found.ties)
    for one, other, weight in _positive(found.ties, settings.coalition_ties):
        positive.add_edge(one, other, weight=weight, distance=1 / weight)
    sampled = settings.betweenness_sample if len(positive) > settings.betweenness_sample else None
    between = nx.betweenness_centrality(positive, k=sampled, weight="distance", seed=0)
    coalition = {actor: group.number for group in found.groups for actor in group.members}
    result = []
    for actor, own in sorted(coalition.items()):
        strength: dict[int, float] = defaultdict(float)
        for neighbour in positive[actor]:
            strength[coalition[neighbour]] += positive.edges[actor, neighbour]["weight"]
        whole = sum(strength.values())
        beyond = {number: value for number, value in strength.items() if number != own}
        if not beyond:
            continue
        participation = 1 - sum((value / whole) ** 2 for value in strength.values())
        other = min(beyond, key=lambda number: (-beyond[number], number))
        result.append(Bridge(actor, own, other, participation, between[actor]))
    return tuple(sorted(result, key=lambda bridge: (-round(bridge.participation, 9), -round(bridge.betweenness, 9), bridge.actor)))


def _numbered(labels: Sequence[int]) -> tuple[int, ...]:
    """The same partition with its parts numbered in the order in which they occur.

    >>> _numbered([4, 4, 0, 2, 0])
    (0, 0, 1, 2, 1)
    """
    order = {label: i for i, label in enumerate(dict.fromkeys(labels))}
    return tuple(order[label] for label in labels)


def _stands(tables: Mapping[Level, Positions]) -> dict[str, dict[tuple[str, str], float]]:
    tally: dict[str, dict[tuple[str, str], list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for level, table in tables.items():
        for row in table.rows:
            tally[row.actor][level, MOTION if level == "motion" else row.item][row.agreement] += 1
    return {actor: {item: (positive - negative) / (positive + negative + 1) for item, (negative, positive) in items.items()}
            for actor, items in tally.items()}


def _positive(graph: nx.Graph[Any], kept: int) -> list[tuple[Any, Any, float]]:
    """The positive ties; of actors with very many, each one's strongest."""
    chosen: set[tuple[Any, Any]] = set()
    for name in graph:
        strong = [(-values["weight"], other) for other, values in graph[name].items() if values["weight"] > 0]
        nearest = heapq.nsmallest(kept, strong) if len(strong) > kept else strong
        chosen.update((min(name, other), max(name, other)) for _, other in nearest)
    return [(one, other, graph.edges[one, other]["weight"]) for one, other in sorted(chosen)]


def _coalition(graph: nx.Graph[Any], number: int, members: Sequence[str]) -> Coalition:
    leanings = [graph.nodes[name]["leaning"] for name in members]
    return Coalition(number, tuple(sorted(members, key=lambda name: (-graph.nodes[name]["statements"], graph.nodes[name]["label"], name))),
                     sum(leanings) / len(leanings))
