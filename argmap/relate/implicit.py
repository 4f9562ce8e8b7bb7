"""Statements with their signalled links in, all relations inside each article out, those without a signal word included.

Each statement, in text order, chooses among the others of its article: which it backs, which it attacks, or none. The
choice is a log-linear model over readable features (`argmap.relate.features`), so a choice's probability is the
relation's confidence; what stays below the threshold is left out. After Afantenos et al. (2018) and Stab & Gurevych
(2017), with an incremental decoder in place of global ones: news texts are read, and argued, from front to back.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources

from argmap.model import Article, Link, RelationKind, Statement
from argmap.relate.features import Edge, candidates, no_relation, pair
from argmap.relate.view import View, view
from argmap.settings import DEFAULTS, Settings
from argmap.vectors import Embedder

__all__ = ["IMPLICIT", "choices", "infer", "weights"]

#: The rule that relations without a signal carry.
IMPLICIT = "implicit"
KINDS: tuple[RelationKind, ...] = ("support", "attack")


@cache
def weights() -> Mapping[str, float]:
    """The shipped weights by feature; `argmap/models/relations.md` says what they were learned from."""
    text = (resources.files("argmap") / "models" / "relations.json").read_text(encoding="utf-8")
    return dict(json.loads(text)["weights"])


def infer(statements: Iterable[Statement], links: Iterable[Link], articles: Iterable[Article], *,
          embed: Embedder, settings: Settings = DEFAULTS) -> tuple[Link, ...]:
    """All relations between statements of the same article.

    Args:
        statements: of all articles, with their stance.
        links: the signalled links of `argmap.relate.link`; they are weighed, not taken for granted.
        articles: the articles that the statements stand in.
        embed: texts to unit vectors, as of `argmap.vectors`.
        settings: `relation` is the probability that a relation must reach.

    Returns:
        Links by article and place of their origin. A link that a signal led to keeps that rule and its words.
    """
    of_article: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        of_article[statement.article].append(statement)
    article_of = {statement.id: statement.article for group in of_article.values() for statement in group}
    links_in: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.origin in article_of:
            links_in[article_of[link.origin]].append(link)
    found: list[Link] = []
    for article in sorted(articles, key=lambda a: a.id):
        if of_article[article.id]:
            seen = view(article, of_article[article.id], links_in[article.id], embed)
            found += decode(seen, weights(), settings)
    return tuple(found)


def decode(seen: View, weight: Mapping[str, float], settings: Settings) -> list[Link]:
    """The relations of one article, chosen statement by statement."""
    decided: dict[int, list[Edge]] = {}
    found: list[Link] = []
    for origin in range(len(seen.statements)):
        ranked = sorted(choices(seen, origin, decided, weight), key=lambda choice: (-choice[2], choice[0], choice[1]))
        decided[origin] = []
        targets: set[int] = set()
        for target, kind, probability in ranked:
            if probability < settings.relation or len(targets) == settings.relations_per_statement:
                break
            if target in targets or any(goal == origin for goal, _ in decided.get(target, ())):
                continue
            if kind == "support" and _leads(target, origin, decided):
                continue
            targets.add(target)
            decided[origin].append((target, kind))
            found.append(_link(seen, origin, target, kind, probability))
    return found


def choices(seen: View, origin: int, decided: Mapping[int, Sequence[Edge]], weight: Mapping[str, float]) -> list[tuple[int, RelationKind, float]]:
    """Each possible relation of a statement with its probability; what they lack to 1 is that of having none."""
    options = [(target, kind) for target in candidates(seen, origin) for kind in KINDS]
    scores = [_score(no_relation(seen, origin), weight)]
    scores += [_score(pair(seen, origin, target, kind, decided), weight) for target, kind in options]
    top = max(scores)
    shares = [math.exp(score - top) for score in scores]
    total = math.fsum(shares)
    return [(target, kind, share / total) for (target, kind), share in zip(options, shares[1:], strict=True)]


def _score(values: Mapping[str, float], weight: Mapping[str, float]) -> float:
    return math.fsum(value * weight.get(name, 0.0) for name, value in values.items())


def _leads(start: int, goal: int, decided: Mapping[int, Sequence[Edge]]) -> bool:
    """Whether chains of support lead from one statement to another: adding the reverse would close a circle."""
    todo, done = [start], set()
    while todo:
        at = todo.pop()
        if at == goal:
            return True
        done.add(at)
        todo += [target for target, kind in decided.get(at, ()) if kind == "support" and target not in done]
    return False


def _link(seen: View, origin: int, target: int, kind: RelationKind, probability: float) -> Link:
    """The link, with the rule and words of the signal that led to it: one for this pair, or else one of the origin's."""
    signals = seen.signals.get(max(origin, target), ())
    exact = [link for link, start, end in signals if (start, end) == (origin, target) and link.kind == kind]
    near = [link for link, start, _ in signals if start == origin and link.kind == kind and target < origin]
    best = max(exact or near, key=lambda link: link.confidence, default=None)
    ids = seen.statements[origin].id, seen.statements[target].id
    confidence = round(probability, 3)
    return Link(*ids, kind, best.rule, confidence, best.signal) if best else Link(*ids, kind, IMPLICIT, confidence)
