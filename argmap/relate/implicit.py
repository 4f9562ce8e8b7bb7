"""Statements with their signalled links in, all relations inside each article out, those without a signal word included.

Each statement chooses among the others of its article: which it backs, which it attacks, or none. The choice is a
log-linear model over readable features (`argmap.relate.features`); from the choices' probabilities the pairs are told
that are related at all, and what stays below the threshold is left out (scoring pairs and then decoding a structure
follows Stab and Gurevych 2017, Afantenos et al. 2018).
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from argmap.model import Article, Link, RelationKind, Statement
from argmap.relate.features import candidates, no_relation, pair
from argmap.relate.view import View, view
from argmap.settings import DEFAULTS, Settings
from argmap.vectors import Embedder

__all__ = ["IMPLICIT", "calibration", "choices", "confidence", "infer", "weigh", "weights"]

#: The rule that relations without a signal carry.
IMPLICIT = "implicit"
KINDS: tuple[RelationKind, ...] = ("support", "attack")

#: By what is chosen (``none``, ``support``, ``attack``) and feature.
Weights = Mapping[str, Mapping[str, float]]
#: What the confidence of a relation is computed with; see `confidence`.
Calibration = Mapping[str, float]
#: No probability counts as nearer to 0 or 1: sums above 1 are no certainties.
NEVER = 0.01
#: Where the likeliest way to be related is ruled out, one with less than this part of the pair's probability is not taken for it.
LEAST_SHARE = 0.1
#: Origin, target and kind of a possible relation.
Choice = tuple[int, int, RelationKind]


@cache
def weights() -> Weights:
    """The shipped weights; the card ``relations.toml`` beside them says what they were learned from."""
    return dict(_shipped()["weights"])


@cache
def calibration() -> Calibration:
    """What makes the shipped weights' probabilities those that relations were right with, on texts left out of training."""
    return dict(_shipped()["calibration"])


@cache
def _shipped() -> dict[str, Any]:
    text = (resources.files("argmap") / "models" / "relations.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def confidence(total: float, share: float, by: Calibration) -> float:
    """How likely a relation is right, direction and kind included (Platt 1999).

    Args:
        total: the model's probability that the two are related in whatever way; several choices may sum to more than 1.
        share: the part of it that falls to the way chosen, in (0, 1].
        by: the `constant`, and what the log odds of `total` (`related`) and the logarithm of `share` (`way`) count.
    """
    total = min(max(total, NEVER), 1 - NEVER)
    score = by["constant"] + by["related"] * math.log(total / (1 - total)) + by["way"] * math.log(share)
    return 1 / (1 + math.exp(-score))


def infer(statements: Iterable[Statement], links: Iterable[Link], articles: Iterable[Article], *,
          embed: Embedder, settings: Settings = DEFAULTS) -> tuple[Link, ...]:
    """All relations between statements of the same article.

    Args:
        statements: of all articles, with their stance.
        links: the signalled links of `argmap.relate.link`; they are weighed, not taken for granted.
        articles: the articles that the statements stand in.
        embed: texts to unit vectors, as of `argmap.vectors`.
        settings: `relation`, `relations_per_statement`, `stance_trust`, `contrast_odds`.

    Returns:
        Links by article and place of their origin. A link that a signal led to keeps that rule and its words. Their
        confidence is calibrated: of those with 0.6, six of ten are right.
    """
    return weigh(statements, links, articles, embed=embed, settings=settings)[0]


def weigh(statements: Iterable[Statement], links: Iterable[Link], articles: Iterable[Article], *,
          embed: Embedder, settings: Settings = DEFAULTS) -> tuple[tuple[Link, ...], int]:
    """What `infer` finds, and how many pairs were likely enough to be counted (`relation_counted`) but not to be taken."""
    of_article: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        of_article[statement.article].append(statement)
    article_of = {statement.id: statement.article for group in of_article.values() for statement in group}
    links_in: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.origin in article_of:
            links_in[article_of[link.origin]].append(link)
    found: list[Link] = []
    left_out = 0
    for article in sorted(articles, key=lambda a: a.id):
        if of_article[article.id]:
            seen = view(article, of_article[article.id], links_in[article.id], embed, trust=settings.stance_trust,
                        contrast_odds=settings.contrast_odds)
            taken, doubtful = settle(seen, weights(), settings)
            found += [_link(seen, *choice, confidence(total, share, calibration())) for choice, total, share in taken]
            left_out += doubtful
    return tuple(found), left_out


def settle(seen: View, weight: Weights, settings: Settings) -> tuple[list[tuple[Choice, float, float]], int]:
    """The relations of one article, each with how likely its two are related at all and which part of that is its own.

    Beside them stands how many pairs were likely enough to be counted, but not to be related.

    Two statements are related if all the ways in which they may be (either direction, either kind) are likely enough
    together; the likeliest way is taken. Surer pairs are settled first, and hold against what would close a circle of
    support or give a statement too many targets.
    """
    chances: dict[tuple[int, int], dict[Choice, float]] = defaultdict(dict)
    for origin in range(len(seen.statements)):
        for target, kind, probability in choices(seen, origin, weight):
            chances[min(origin, target), max(origin, target)][origin, target, kind] = probability
    ranked = sorted(((sum(ways.values()), ways) for ways in chances.values()), key=lambda item: (-item[0], sorted(item[1])))
    decided: dict[int, list[tuple[int, RelationKind]]] = defaultdict(list)
    found: list[tuple[Choice, float, float]] = []
    for total, ways in ranked:
        if total < settings.relation:
            break
        for (origin, target, kind), probability in sorted(ways.items(), key=lambda way: (-way[1], way[0])):
            if probability < total * LEAST_SHARE:
                break
            full = len(decided[origin]) >= settings.relations_per_statement
            if full or kind == "support" and _leads(target, origin, decided):
                continue
            decided[origin].append((target, kind))
            found.append(((origin, target, kind), total, probability / total))
            break
    doubtful = sum(settings.relation_counted <= total < settings.relation for total, _ in ranked)
    return sorted(found), doubtful


def choices(seen: View, origin: int, weight: Weights) -> list[tuple[int, RelationKind, float]]:
    """Each possible relation of a statement with its probability; what they lack to 1 is that of having none."""
    options: list[tuple[int, RelationKind]] = []
    scores = [_score(no_relation(seen, origin), weight["none"])]
    for target in candidates(seen, origin):
        values = pair(seen, origin, target)
        options += [(target, kind) for kind in KINDS]
        scores += [_score(values, weight[kind]) for kind in KINDS]
    top = max(scores)
    shares = [math.exp(score - top) for score in scores]
    total = math.fsum(shares)
    return [(target, kind, share / total) for (target, kind), share in zip(options, shares[1:], strict=True)]


def _score(values: Mapping[str, float], weight: Mapping[str, float]) -> float:
    return math.fsum(value * weight.get(name, 0.0) for name, value in values.items())


def _leads(start: int, goal: int, decided: Mapping[int, Sequence[tuple[int, RelationKind]]]) -> bool:
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
