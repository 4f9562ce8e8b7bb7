"""A `DebateMap` comes in, a networkx graph of motion, claims and actors goes out: the one place that says what nodes and edges hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from argmap.model import AUTHOR, Article, Claim, DebateMap, Statement, Voice, unique

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["author_id", "author_name", "motion_id", "speakers", "to_networkx", "voices"]


def motion_id(map: DebateMap) -> str:
    """The id of the motion's node."""
    return f"motion:{map.debate.id}"


def author_name(article: Article) -> str:
    """Who speaks in the article's own voice: its author, else its outlet, else its id."""
    return article.author.strip() or article.outlet.strip() or article.id


def author_id(article: Article) -> str:
    """The id of the node of an article's own voice; articles of one author share it.

    >>> author_id(Article("it00", "", author="Marta Silvestri"))
    'author:Marta Silvestri'
    """
    return f"{AUTHOR}:{author_name(article)}"


def speakers(statement: Statement, article: Article) -> tuple[str, ...]:
    """The ids of those who put a statement forward; an author's own statement has `author_id` of its article.

    An attributed statement whose speaker was not found has none.
    """
    return voices(statement.voice, statement.actors, article)


def voices(voice: Voice, actors: Iterable[str], article: Article) -> tuple[str, ...]:
    """What `speakers` gives for a statement of that voice, by those actors."""
    if voice == "author":
        return (author_id(article),)
    return unique(author_id(article) if actor == AUTHOR else actor for actor in actors)


def to_networkx(map: DebateMap) -> nx.MultiDiGraph[Any]:
    """The map as a directed multigraph whose attributes are all scalars, so that it can be written as GraphML or GEXF as it is.

    Every node and edge has a `kind`. Confidence and relevance lie in [0, 1]; dates are ISO 8601, or empty where the articles
    have none; an attribute that does not apply is an empty string. Nodes and edges come in a fixed order: the same map gives
    the same graph, and the same bytes when written.

    Nodes:

    ``motion`` (id ``motion:<debate id>``)
        `label`: its text, English where there is one.
    ``claim`` (id: the claim's)
        `label`: its text; `language`; `stance` (for, against, neutral); `topic`; `concept`; `polarity` (1 asserts the concept,
        -1 denies it); `statements`, `articles`, `actors`: how many make it, repeated words counted once; `relevance` and
        `confidence`: the highest among its statements; `first`, `last`: dates of the earliest and latest article; `human`: what a
        person corrected of it ("stance, text"), of its statements or of where they belong.
    ``actor`` (id: the actor's, or ``author:<name>`` for an article's own voice)
        `label`: the name; `type` (person, organisation, government, policy, group, author); `affiliation`; `statements`: how
        many it makes; `first`, `last`; `human`.

    Edges (the key is the kind, for relations the kind and the rule):

    ``asserts`` actor to claim
        `weight`: number of statements; `stance`; `confidence`: of the surest; `first`, `last`.
    ``supports``, ``attacks`` claim to claim, from the reason or objection to what it backs or attacks
        `weight`, `confidence`; `rule`: what it was read from; `evidence`: number of places; `signal`: the first signal word;
        `human`.
    ``for``, ``against`` claim to motion (a neutral claim has none)
        `weight`, `confidence`: those of the claim.
    ``mentions`` claim to an actor that its statements name
        `weight`: number of mentions.

    Args:
        map: a map; it is not changed.

    Returns:
        A new graph with the graph attributes `debate`, `motion` and `version`.

    References:
        The relations read as in AIF (Chesnevar et al. 2006, Towards an argument interchange format); actors that assert
        claims are the two-mode network of discourse network analysis (Leifeld 2017).

    Examples:
        >>> from argmap.model import Actor, Debate, Motion
        >>> article = Article("a", "Roth says models should be open.", date="2025-03-04")
        >>> said = Statement("s", "a", "attributed", "indirect", (article.span(10, 31),), actors=("roth",), claim="c", stance="for")
        >>> claim = Claim("c", "Models should be open", "en", "for", "", "k", 1, ("s",))
        >>> graph = to_networkx(DebateMap(Debate("open", Motion({"en": "Open?"}), ()), (article,), (Actor("roth", "Roth", "person"),),
        ...                               statements=(said,), claims=(claim,)))
        >>> [(origin, target, kind) for origin, target, kind in graph.edges(data="kind")]
        [('c', 'motion:open', 'for'), ('roth', 'c', 'asserts')]
        >>> graph.nodes["roth"]["first"]
        '2025-03-04'
    """
    import networkx as nx

    articles = {article.id: article for article in map.articles}
    statements = {statement.id: statement for statement in map.statements}
    members = {claim.id: [statements[name] for name in claim.statements if name in statements] for claim in map.claims}
    motion = motion_id(map)
    text = map.debate.motion.text
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(debate=map.debate.id, motion=text.get("en") or next(iter(text.values()), ""),
                                                 version=map.version)
    graph.add_node(motion, kind="motion", label=graph.graph["motion"])
    for claim in sorted(map.claims, key=lambda claim: claim.id):
        graph.add_node(claim.id, **_claim(claim, members[claim.id], articles))
    _add_actors(graph, map, members, articles)
    for claim in sorted(map.claims, key=lambda claim: claim.id):
        if claim.stance != "neutral":
            confidence = graph.nodes[claim.id]["confidence"]
            graph.add_edge(claim.id, motion, key=claim.stance, kind=claim.stance, weight=confidence, confidence=confidence)
    _add_asserts(graph, map, members, articles)
    for relation in sorted(map.relations, key=lambda r: (r.origin, r.target, r.kind, r.rule)):
        kind = f"{relation.kind}s"
        signal = next((e.signal.text for e in relation.evidence if e.signal), "")
        graph.add_edge(relation.origin, relation.target, key=f"{kind}:{relation.rule}", kind=kind, weight=relation.confidence,
                       confidence=relation.confidence, rule=relation.rule, evidence=len(relation.evidence), signal=signal,
                       human=", ".join(relation.human))
    _add_mentions(graph, map, members)
    return graph


def _dates(statements: list[Statement], articles: dict[str, Article]) -> dict[str, str]:
    dates = sorted(filter(None, (articles[s.article].date for s in statements)))
    return {"first": dates[0] if dates else "", "last": dates[-1] if dates else ""}


def _claim(claim: Claim, statements: list[Statement], articles: dict[str, Article]) -> dict[str, str | int | float]:
    return {
        "kind": "claim", "label": claim.text, "language": claim.language, "stance": claim.stance, "topic": claim.topic,
        "concept": claim.concept, "polarity": claim.polarity, "statements": len([s for s in statements if not s.repeats]),
        "articles": len({s.article for s in statements if not s.repeats}),
        "actors": len({name for s in statements for name in speakers(s, articles[s.article])}),
        "relevance": max((s.relevance for s in statements), default=0.0),
        "confidence": max((s.confidence for s in statements), default=0.0), **_dates(statements, articles),
        "human": ", ".join(sorted({*claim.human, *(mark for s in statements for mark in s.human)})),
    }


def _add_actors(graph: nx.MultiDiGraph[Any], map: DebateMap, members: dict[str, list[Statement]], articles: dict[str, Article]) -> None:
    made: dict[str, list[Statement]] = defaultdict(list)
    authors: dict[str, str] = {}
    for claim in map.claims:
        for statement in members[claim.id]:
            article = articles[statement.article]
            for name in speakers(statement, article):
                made[name].append(statement)
                if name == author_id(article):
                    authors[name] = author_name(article)
    for actor in sorted(map.actors, key=lambda actor: actor.id):
        graph.add_node(actor.id, kind="actor", label=actor.name, type=actor.kind, affiliation=actor.affiliation or "",
                       statements=len(made[actor.id]), **_dates(made[actor.id], articles), human=", ".join(actor.human))
    for name, label in sorted(authors.items()):
        graph.add_node(name, kind="actor", label=label, type="author", affiliation="", statements=len(made[name]),
                       **_dates(made[name], articles), human="")


def _add_asserts(graph: nx.MultiDiGraph[Any], map: DebateMap, members: dict[str, list[Statement]], articles: dict[str, Article]) -> None:
    for claim in sorted(map.claims, key=lambda claim: claim.id):
        by: dict[str, list[Statement]] = defaultdict(list)
        for statement in members[claim.id]:
            for name in speakers(statement, articles[statement.article]):
                by[name].append(statement)
        for name, group in sorted(by.items()):
            graph.add_edge(name, claim.id, key="asserts", kind="asserts", weight=len(group), stance=claim.stance,
                           confidence=max(s.confidence for s in group), **_dates(group, articles))


def _add_mentions(graph: nx.MultiDiGraph[Any], map: DebateMap, members: dict[str, list[Statement]]) -> None:
    named = defaultdict(list)
    for mention in map.mentions:
        named[mention.article].append(mention)
    for claim in sorted(map.claims, key=lambda claim: claim.id):
        count: dict[str, int] = defaultdict(int)
        for statement in members[claim.id]:
            for mention in named[statement.article]:
                if any(span.covers(mention.span) for span in statement.content):
                    count[mention.actor] += 1
        for actor, times in sorted(count.items()):
            graph.add_edge(claim.id, actor, key="mentions", kind="mentions", weight=times)
