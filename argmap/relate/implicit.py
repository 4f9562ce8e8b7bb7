"""Statements with their signalled links in, all relations inside each article out, those without a signal word included.

Two log-linear models over readable features (`argmap.relate.features`) look at each two statements that stand near each
other: the one tells how likely they are related at all, the other which backs or attacks which, if they are. What stays
below the threshold is left out (scoring pairs and then decoding a structure follows Stab and Gurevych 2017, Afantenos et
al. 2018).
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import repeat
from operator import mul
from types import MappingProxyType
from typing import Any

from argmap.columns import grouped, hold, linked, sequence, take
from argmap.model import Article, Link, RelationKind, Statement
from argmap.relate.features import ends, pair, pairs, tie
from argmap.relate.view import Sides, View, view
from argmap.settings import DEFAULTS, Settings
from argmap.vectors import Embedder

__all__ = ["IMPLICIT", "calibration", "chance", "confidence", "infer", "ways", "weigh", "weights"]

#: The rule that relations without a signal carry.
IMPLICIT = "implicit"
KINDS: tuple[RelationKind, ...] = ("support", "attack")

#: By what is asked (``related``; if so, ``support`` or ``attack``) and feature.
Weights = Mapping[str, Mapping[str, float]]
#: What the confidence of a relation is computed with; see `confidence`.
Calibration = Mapping[str, float]
#: No probability counts as nearer to 0 or 1.
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
        total: the model's probability that the two are related in whatever way.
        share: the part of it that falls to the way chosen, in (0, 1].
        by: the `constant`, and what the log odds of `total` (`related`) and the logarithm of `share` (`way`) count.
    """
    total = min(max(total, NEVER), 1 - NEVER)
    score = by["constant"] + by["related"] * math.log(total / (1 - total)) + by["way"] * math.log(share)
    return 1 / (1 + math.exp(-score))


def infer(statements: Iterable[Statement], links: Iterable[Link], articles: Iterable[Article], *, embed: Embedder,
          sides: Sides = MappingProxyType({}), settings: Settings = DEFAULTS) -> Sequence[Link]:
    """All relations between statements of the same article.

    Args:
        statements: of all articles, with their stance.
        links: the signalled links of `argmap.relate.link`; they are weighed, not taken for granted.
        articles: the articles that the statements stand in.
        embed: texts to unit vectors, as of `argmap.vectors`.
        sides: by statement how likely each stance is its own, as far as it is known.
        settings: `relation`, `relations_per_statement`, `stance_trust`, `contrast_odds`.

    Returns:
        Links by article and place of their origin. A link that a signal led to keeps that rule and its words. Their
        confidence is calibrated: of those with 0.6, six of ten are right.
    """
    return weigh(statements, links, articles, embed=embed, sides=sides, settings=settings)[0]


def weigh(statements: Iterable[Statement], links: Iterable[Link], articles: Iterable[Article], *, embed: Embedder,
          sides: Sides = MappingProxyType({}), settings: Settings = DEFAULTS) -> tuple[Sequence[Link], int]:
    """What `infer` finds, and how many pairs were likely enough to be counted (`relation_counted`) but not to be taken."""
    stated, signalled = sequence(statements), sequence(links)
    of_article, signals = grouped(stated), linked(signalled, stated)
    left_out = 0

    def found() -> Iterator[Link]:
        nonlocal left_out
        for article in sorted(articles, key=lambda a: a.id):
            if article.id in of_article:
                seen = view(article, take(stated, of_article[article.id]), take(signalled, signals.get(article.id, ())), embed,
                            sides=sides, trust=settings.stance_trust, contrast_odds=settings.contrast_odds)
                taken, doubtful = settle(seen, weights(), settings)
                yield from (_link(seen, *choice, confidence(total, share, calibration())) for choice, total, share in taken)
                left_out += doubtful

    made = hold(Link, found())
    return made, left_out


def settle(seen: View, weight: Weights, settings: Settings) -> tuple[list[tuple[Choice, float, float]], int]:
    """The relations of one article, each with how likely its two are related at all and which part of that is its own.

    Beside them stands how many pairs were likely enough to be counted, but not to be related.

    The likeliest way in which two are related is taken. Surer pairs are settled first, and hold against what would close a
    circle of support or give a statement too many targets.
    """
    ranked = sorted(((chance(seen, *both, weight), both) for both in pairs(seen)), key=lambda item: (-item[0], item[1]))
    decided: dict[int, list[tuple[int, RelationKind]]] = defaultdict(list)
    found: list[tuple[Choice, float, float]] = []
    for total, both in ranked:
        if total < settings.relation:
            break
        for (origin, target, kind), share in sorted(ways(seen, *both, weight), key=lambda way: (-way[1], way[0])):
            if share < LEAST_SHARE:
                break
            full = len(decided[origin]) >= settings.relations_per_statement
            if full or kind == "support" and _leads(target, origin, decided):
                continue
            decided[origin].append((target, kind))
            found.append(((origin, target, kind), total, share))
            break
    doubtful = sum(settings.relation_counted <= total < settings.relation for total, _ in ranked)
    return sorted(found), doubtful


def chance(seen: View, earlier: int, later: int, weight: Weights) -> float:
    """How likely two statements are related, whichever backs or attacks the other; both must be statements in the first place."""
    sure = seen.statements[earlier].confidence * seen.statements[later].confidence
    return sure / (1 + math.exp(-_score(tie(seen, earlier, later), weight["related"])))


def ways(seen: View, earlier: int, later: int, weight: Weights) -> list[tuple[Choice, float]]:
    """In which way two statements are related, if they are: each way with its probability; these sum to 1.

    A reason stands at most a few statements before what it backs.
    """
    options: list[Choice] = []
    scores = []
    for origin, target in ends(earlier, later):
        values = pair(seen, origin, target)
        options += [(origin, target, kind) for kind in KINDS]
        scores += [_score(values, weight[kind]) for kind in KINDS]
    top = max(scores)
    shares = [math.exp(score - top) for score in scores]
    total = math.fsum(shares)
    return [(option, share / total) for option, share in zip(options, shares, strict=True)]


def _score(values: Mapping[str, float], weight: Mapping[str, float]) -> float:
    return math.fsum(map(mul, values.values(), map(weight.get, values, repeat(0.0))))


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
