"""Positions come in, networkx graphs go out: actors by concepts or claims, and the networks among either that follow from them.

The definitions are those of Discourse Network Analyzer. With a_ik the number of positive, d_ik of negative statements of
actor i about concept k, A and D the same cut down to 0 and 1, for two actors i and j and before normalisation

- congruence  = sum over k of A_ik A_jk + D_ik D_jk: concepts on which both take the same side;
- conflict    = sum over k of A_ik D_jk + D_ik A_jk: concepts on which they take opposite sides;
- subtract    = congruence - conflict, each normalised first;
- ignore      = sum over k of max(A, D)_ik max(A, D)_jk: concepts that both speak about.

References:
    Leifeld, P. (2017). Discourse network analysis: policy debates as dynamic networks. The Oxford Handbook of Political
    Networks, ch. 12. Leifeld, P., Gruber, J., & Bossner, F. R. (2019). Discourse Network Analyzer Manual. Leifeld, P., &
    Haunss, S. (2012). Political discourse networks and the conflict over software patents in Europe. European Journal of
    Political Research 51(3), for the normalisations.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args

from argmap.analyse.positions import Duplicates, Positions, collapse
from argmap.errors import ArgmapError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Aggregation", "Normalisation", "Qualifier", "Scaling", "one_mode", "two_mode"]

Qualifier = Literal["ignore", "combine", "subtract"]
Scaling = Literal["none", "activity", "prominence"]
Aggregation = Literal["ignore", "congruence", "conflict", "subtract"]
Normalisation = Literal["none", "average", "jaccard", "cosine"]

#: Weights of combined qualifiers: 1 positive statements only, 2 negative only, 3 both.
_COMBINED = {"yes": 1, "no": 2, "mixed": 3}


def two_mode(positions: Positions, *, qualifier: Qualifier = "subtract", scaling: Scaling = "none",
             duplicates: Duplicates = "include") -> nx.Graph[Any]:
    """The network of actors and what they speak about.

    Args:
        positions: who agrees with what.
        qualifier: how agreement counts: "ignore" gives the number of statements, "subtract" positive minus negative ones (0
            where they balance: the edge stays), "combine" the multiplex code 1 (agrees), 2 (disagrees), 3 (both).
        scaling: "activity" divides by the actor's number of statements, "prominence" by the item's; not with "combine".
        duplicates: see `argmap.analyse.positions.collapse`.

    Returns:
        A bipartite graph. Nodes: `bipartite` (0 actor, 1 item), `kind` (the actor's, or the level: concept, claim, topic),
        `label`, `affiliation` (empty for items), `statements` (after duplicates were collapsed). Edges: `weight` as asked for,
        `positive` and `negative`: numbers of statements, `agreement` (yes, no, mixed). Graph: the options.

    Raises:
        ArgmapError: an option is none of those that there are, or "combine" is to be scaled.

    Examples:
        >>> from argmap.analyse.positions import Position
        >>> rows = [Position("1", "a", "k", True, "x"), Position("2", "a", "k", True, "y"), Position("3", "a", "k", False, "y")]
        >>> two_mode(Positions("concept", tuple(rows))).edges["a", "k"]
        {'weight': 1.0, 'positive': 2, 'negative': 1, 'agreement': 'mixed'}
    """
    import networkx as nx

    _check(qualifier, Qualifier)
    _check(scaling, Scaling)
    if qualifier == "combine" and scaling != "none":
        raise ArgmapError(f"combined qualifiers are codes, not counts: scaling {scaling!r} has no meaning for them")
    rows = collapse(positions, per=duplicates).rows
    counts = Counter((row.actor, row.item, row.agreement) for row in rows)
    activity, prominence = Counter(row.actor for row in rows), Counter(row.item for row in rows)
    graph: nx.Graph[Any] = nx.Graph(level=positions.level, qualifier=qualifier, scaling=scaling, duplicates=duplicates)
    for actor in sorted(activity):
        _add_actor(graph, positions, actor, bipartite=0, statements=activity[actor])
    for item in sorted(prominence):
        graph.add_node(item, bipartite=1, kind=positions.level, label=positions.items.get(item, item), affiliation="",
                       statements=prominence[item])
    for actor, item in sorted({(actor, item) for actor, item, _ in counts}):
        positive, negative = counts[actor, item, True], counts[actor, item, False]
        agreement = "mixed" if positive and negative else "yes" if positive else "no"
        weight = float({"ignore": positive + negative, "subtract": positive - negative, "combine": _COMBINED[agreement]}[qualifier])
        weight /= {"none": 1, "activity": activity[actor], "prominence": prominence[item]}[scaling]
        graph.add_edge(actor, item, weight=weight, positive=positive, negative=negative, agreement=agreement)
    return graph


def one_mode(positions: Positions, *, of: Literal["actors", "items"] = "actors", aggregation: Aggregation = "congruence",
             normalisation: Normalisation = "none", counts: bool = False, duplicates: Duplicates = "include") -> nx.Graph[Any]:
    """The network among actors that follows from what they agree on, or among concepts or claims from who supports them together.

    Args:
        positions: who agrees with what.
        of: "actors", or "items": then two items are congruent by each actor who takes the same side on both (co-support).
        aggregation: see the top of this module.
        normalisation: of a tie between i and j that refer to n_i and n_j different items, an item counting twice for who both
            affirms and denies it (once if agreement is ignored): "average" activity divides by (n_i + n_j) / 2, "jaccard"
            by n_i + n_j - tie, "cosine" by the square root of n_i n_j.
        counts: count pairs of statements instead of items: a_ik and d_ik stand in place of A_ik and D_ik, n_i is the number
            of statements, in "cosine" the length of the vector. Not with "jaccard", which compares sets.
        duplicates: matters only with `counts`.

    Returns:
        A graph without loops. Nodes as in `two_mode`, isolates too, without `bipartite`. Edges join the pairs that speak about
        a common item with both sides as `aggregation` asks: `weight`, and before normalisation `congruence` and `conflict`
        (with "ignore": `shared`).

    Raises:
        ArgmapError: an option is none of those that there are.

    Examples:
        >>> from argmap.analyse.positions import Position
        >>> said = {"a": "+k +l -m", "b": "+k -l -m", "c": "-k"}
        >>> rows = [Position("", actor, word[1], word[0] == "+", "") for actor, words in said.items() for word in words.split()]
        >>> table = Positions("concept", tuple(rows))
        >>> sorted(one_mode(table).edges(data="weight"))
        [('a', 'b', 2.0)]
        >>> sorted(one_mode(table, aggregation="subtract", normalisation="average").edges(data="weight"))
        [('a', 'b', 0.3333333333333333), ('a', 'c', -0.5), ('b', 'c', -0.5)]
        >>> sorted(one_mode(table, of="items").edges(data="weight"))
        [('k', 'l', 1.0), ('l', 'm', 1.0)]
    """
    import networkx as nx

    _check(aggregation, Aggregation)
    _check(normalisation, Normalisation)
    if of not in ("actors", "items"):
        raise ArgmapError(f"{of!r}: a network of actors or items")
    if counts and normalisation == "jaccard":
        raise ArgmapError("Jaccard's coefficient compares sets of items: leave counts off, or normalise otherwise")
    rows = collapse(positions, per=duplicates).rows
    actors = of == "actors"
    tally = Counter((row.actor, row.item, row.agreement) if actors else (row.item, row.actor, row.agreement) for row in rows)
    said = Counter(row.actor if actors else row.item for row in rows)
    graph: nx.Graph[Any] = nx.Graph(level=positions.level, of=of, aggregation=aggregation, normalisation=normalisation, counts=counts,
                                   duplicates=duplicates)
    for name in sorted(said):
        if actors:
            _add_actor(graph, positions, name, statements=said[name])
        else:
            graph.add_node(name, kind=positions.level, label=positions.items.get(name, name), affiliation="", statements=said[name])
    vectors = _vectors(tally, counts=counts, signed=aggregation != "ignore")
    sizes = {name: (math.sqrt(sum(x * x for x in vector.values())) if normalisation == "cosine" else sum(vector.values()))
             for name, vector in vectors.items()}
    for (one, other), (same, opposed) in sorted(_products(vectors).items()):
        size = sizes[one], sizes[other]
        alike, unlike = _normalised(same, size, normalisation), _normalised(opposed, size, normalisation)
        if aggregation == "ignore":
            graph.add_edge(one, other, weight=alike, shared=same)
        elif {"congruence": same, "conflict": opposed, "subtract": same + opposed}[aggregation]:
            weight = {"congruence": alike, "conflict": unlike, "subtract": alike - unlike}[aggregation]
            graph.add_edge(one, other, weight=weight, congruence=same, conflict=opposed)
    return graph


_Vectors = dict[str, dict[tuple[str, bool], float]]


def _vectors(tally: Mapping[tuple[str, str, bool], int], *, counts: bool, signed: bool) -> _Vectors:
    vectors: _Vectors = {}
    for (name, item, agreement), number in tally.items():
        vector = vectors.setdefault(name, {})
        key = item, agreement if signed else True
        vector[key] = vector.get(key, 0) + number if counts else 1
    return vectors


def _products(vectors: _Vectors) -> dict[tuple[str, str], tuple[float, float]]:
    """For each pair in alphabetical order that shares an item: the products of like and of unlike sides, summed."""
    by_item: dict[str, list[tuple[str, bool, float]]] = {}
    for name, vector in sorted(vectors.items()):
        for (item, agreement), number in vector.items():
            by_item.setdefault(item, []).append((name, agreement, number))
    found: dict[tuple[str, str], list[float]] = {}
    for entries in by_item.values():
        for i, (one, side, number) in enumerate(entries):
            for other, opposite, times in entries[i + 1:]:
                if one != other:
                    found.setdefault((one, other), [0.0, 0.0])[side != opposite] += number * times
    return {pair: (same, opposed) for pair, (same, opposed) in found.items()}


def _normalised(tie: float, sizes: tuple[float, float], how: Normalisation) -> float:
    one, other = sizes
    if how == "none" or not tie:
        return float(tie)
    return tie / {"average": (one + other) / 2, "jaccard": one + other - tie,
                  "cosine": one * other}[how]


def _add_actor(graph: nx.Graph[Any], positions: Positions, actor: str, **attributes: int) -> None:
    party = positions.actors.get(actor)
    graph.add_node(actor, kind=party.kind if party else "", label=party.label if party else actor,
                   affiliation=party.affiliation if party else "", **attributes)


def _check(value: str, choices: object) -> None:
    if value not in get_args(choices):
        raise ArgmapError(f"{value!r}: one of {', '.join(get_args(choices))}")
