"""Texts with marked statements and relations in, the weights of the model of implicit relations out.

The recipe of ``argmap/models/relations.json``::

    python -m argmap.training.relations argmap/models/relations.json --check

The texts in ``training/relations`` are written for this purpose: news reports, interviews and opinion pieces about
invented quarrels (`argmap.training.marked`). Each two statements are asked whether they are related, and those that are, in
which way; the true answer among the possible ones is made likelier (conditional logit, McFadden 1974), by L-BFGS.

What is learned has to hold for statements and stances as argmap finds them. So each text is learned from three times: as it
is marked; with sides of which a share is blurred as argmap's judgement of stances errs; and with argmap's own statements,
which take relations and blurred sides from the marked ones that they overlap. A text's relations are weighed by what the
others taught, and the confidences shipped are fitted to how often these are right (Platt 1999).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from argmap import debate as debates
from argmap.evaluate import LOOSE
from argmap.evaluate import match as overlapping
from argmap.extract.actors import resolve
from argmap.extract.annotate import annotate
from argmap.extract.attribute import attribute
from argmap.extract.statements import state
from argmap.gold import Proposition, word_spans
from argmap.lexicon import load as load_lexicon
from argmap.model import (
    Link,
    Stance,
    Statement,
)
from argmap.relate import link
from argmap.relate.features import ends, pair, pairs, tie
from argmap.relate.implicit import KINDS, NEVER, confidence, settle
from argmap.relate.view import view
from argmap.settings import DEFAULTS, Settings
from argmap.training.marked import Example, read_all
from argmap.vectors import Embedder, caching, sentence_embedder

__all__ = [
    "Asked", "Weighed", "calibrate", "cross_validate", "fit", "folded", "learn", "main", "own", "questions", "reliability", "signalled",
]

#: Strength of the pull towards zero of the weights that tell whether two statements are related, and in which way; chosen by
#: cross-validation.
RELATED_RIDGE, WAY_RIDGE = 20.0, 5.0
#: Parts into which the texts are divided, each scored by what the others taught.
FOLDS = 4
#: Weights below this change no probability by more than a thousandth.
NOTHING = 0.001
#: How argmap judges statements of each stance (rounded, on articles marked by hand); with sides swapped every second time,
#: for what is "for" in one quarrel is nothing of the kind in another.
ERRORS: Mapping[Stance, Mapping[Stance, float]] = {
    "for": {"for": 0.72, "neutral": 0.22, "against": 0.06},
    "against": {"for": 0.16, "neutral": 0.24, "against": 0.6},
    "neutral": {"for": 0.2, "neutral": 0.72, "against": 0.08},
}
#: Settings for statements whose stances are true.
CERTAIN = replace(DEFAULTS, stance_trust=1.0, contrast_odds=1.0)
SWAPPED: Mapping[Stance, Stance] = {"for": "against", "against": "for", "neutral": "neutral"}
#: Ends of the bins in which confidences are compared with what was right.
BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)


#: The features of a statement's options and each option's share of the truth.
Question = tuple[list[dict[str, float]], list[float]]


def signalled(examples: Iterable[Example], *, models: str = "default") -> list[tuple[Example, tuple[Link, ...]]]:
    """Each example with the links that the rules find in its parse."""
    examples = list(examples)
    docs = annotate((example.article for example in examples), models=models)
    return [(example, link(doc, example.article, load_lexicon(example.article.language), example.statements))
            for example, doc in zip(examples, docs, strict=True)]


def own(examples: Iterable[Example], *, models: str = "default") -> list[tuple[Example, tuple[Link, ...]]]:
    """Each example with argmap's own statements and links in place of the marked ones.

    A statement that overlaps a marked one takes its stance and its relations; another one is neutral and has none.
    """
    examples, debate = list(examples), debates.load()
    found = []
    for example, doc in zip(examples, annotate((one.article for one in examples), models=models), strict=True):
        article, lexicon = example.article, load_lexicon(example.article.language)
        attributions, _, _ = resolve(doc, article, lexicon, debate, attribute(doc, article, lexicon))
        statements = state(doc, article, lexicon, attributions, debate)
        words = word_spans(article.text)
        marked, ours = ([_proposition(one, words) for one in each] for each in (example.statements, statements))
        mine = {one.id: other.id for one, other in overlapping(marked, ours, LOOSE)}
        side = {mine[one.id]: one.stance for one in example.statements if one.id in mine}
        found.append((Example(article, tuple(replace(one, stance=side.get(one.id, "neutral")) for one in statements),
                              frozenset((mine[o], mine[t], kind) for o, t, kind in example.relations if o in mine and t in mine)),
                      link(doc, article, lexicon, statements)))
    return found


def _proposition(statement: Statement, words: Sequence[tuple[int, int]]) -> Proposition:
    held = (i for i, (start, end) in enumerate(words) if any(start < span.end and end > span.start for span in statement.content))
    return Proposition(statement.id, frozenset(held), attributed=True)


def blurred(example: Example) -> Example:
    """The example with stances that err as argmap's do, the same each time."""
    chance = random.Random(example.article.id)  # noqa: S311  # noise, no secret
    turned = chance.random() < 1 / 2

    def blur(stance: Stance) -> Stance:
        shares = ERRORS[SWAPPED[stance] if turned else stance]
        drawn = chance.choices(list(shares), list(shares.values()))[0]
        return SWAPPED[drawn] if turned else drawn

    return replace(example, statements=tuple(replace(one, stance=blur(one.stance)) for one in example.statements))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is learned from one text: of each two statements whether they are related, and of each related two in which way."""

    related: tuple[Question, ...]
    way: tuple[Question, ...]


def questions(example: Example, links: Sequence[Link], embed: Embedder, *, settings: Settings = DEFAULTS) -> Asked:
    """What is asked of each two statements of a text, with the true answers."""
    seen = view(example.article, example.statements, links, embed, trust=settings.stance_trust, contrast_odds=settings.contrast_odds)
    names = [statement.id for statement in seen.statements]
    marked = {frozenset(relation[:2]) for relation in example.relations}
    related: list[Question] = []
    way: list[Question] = []
    for both in pairs(seen):
        true = float(frozenset(names[i] for i in both) in marked)
        related.append(([{}, {f"related:{name}": value for name, value in tie(seen, *both).items()}], [1 - true, true]))
        choices = [(origin, target, kind) for origin, target in ends(*both) for kind in KINDS]
        shares = [float((names[origin], names[target], kind) in example.relations) for origin, target, kind in choices]
        if total := sum(shares):
            options = [{f"{kind}:{name}": value for name, value in pair(seen, origin, target).items()} for origin, target, kind in choices]
            way.append((options, [share / total for share in shares]))
    return Asked(tuple(related), tuple(way))


def learn(asked: Iterable[Asked]) -> dict[str, dict[str, float]]:
    """The weights of both models."""
    asked = list(asked)
    return {**fit([question for one in asked for question in one.related], ridge=RELATED_RIDGE),
            **fit([question for one in asked for question in one.way], ridge=WAY_RIDGE)}


def fit(asked: Sequence[Question], *, ridge: float = 1.0) -> dict[str, dict[str, float]]:
    """The weights under which the true choices are likeliest, by choice and feature."""
    names = sorted({name for options, _ in asked for option in options for name in option})
    column = {name: i for i, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    share: list[float] = []
    starts = [0]
    for options, shares in asked:
        for option, part in zip(options, shares, strict=True):
            rows += [len(share)] * len(option)
            columns += [column[name] for name in option]
            values += list(option.values())
            share.append(part)
        starts.append(len(share))
    matrix = csr_matrix((values, (rows, columns)), shape=(len(share), len(names)))
    wanted, bounds = np.array(share), np.array(starts[:-1])
    sizes = np.diff(starts)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        scores = scores - np.repeat(np.maximum.reduceat(scores, bounds), sizes)
        likely = np.exp(scores)
        totals = np.add.reduceat(likely, bounds)
        surprise = float(np.log(totals).sum() - wanted @ scores)
        gradient = matrix.T @ (likely / np.repeat(totals, sizes) - wanted)
        return surprise + ridge / 2 * float(weights @ weights), gradient + ridge * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 2000})
    weights: dict[str, dict[str, float]] = {}
    for name, weight in zip(names, found.x, strict=True):
        choice, feature = name.split(":", 1)
        weights.setdefault(choice, {})[feature] = round(float(weight), 4)
    return weights


def write(weights: Mapping[str, Mapping[str, float]], calibration: Mapping[str, float], path: Path) -> None:
    """The weights as JSON, without those that come to nothing, and what makes confidences of their probabilities."""
    kept = {choice: {name: weight for name, weight in sorted(named.items()) if abs(weight) >= NOTHING}
            for choice, named in sorted(weights.items())}
    table = {"format": "argmap-relations/1", "calibration": dict(calibration), "weights": kept}
    path.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A relation found in a text left out of training: `total` and `share` as of `argmap.relate.implicit.confidence`."""

    total: float
    share: float
    right: bool
    right_pair: bool


def folded(asked: Sequence[Sequence[Asked]], *, folds: int = FOLDS) -> list[dict[str, dict[str, float]]]:
    """For each fold of the texts what the texts of the other folds teach."""
    return [learn(one for i, each in enumerate(asked) if i % folds != fold for one in each) for fold in range(folds)]


def cross_validate(examples: Sequence[tuple[Example, tuple[Link, ...]]], taught: Sequence[Mapping[str, Mapping[str, float]]],
                   embed: Embedder, *, settings: Settings = DEFAULTS) -> list[Weighed]:
    """The relations of each text under weights learned from texts of other folds.

    Args:
        examples: texts with their links.
        taught: the weights of each fold, as of `folded`.
        embed: texts to vectors.
        settings: the thresholds.
    """
    found = []
    for fold, weights in enumerate(taught):
        for example, links in examples[fold::len(taught)]:
            seen = view(example.article, example.statements, links, embed, trust=settings.stance_trust,
                        contrast_odds=settings.contrast_odds)
            pairs_marked = {frozenset(relation[:2]) for relation in example.relations}
            for (origin, target, kind), total, share in settle(seen, weights, settings)[0]:
                ids = seen.statements[origin].id, seen.statements[target].id
                found.append(Weighed(total, share, (*ids, kind) in example.relations, frozenset(ids) in pairs_marked))
    return found


def calibrate(found: Sequence[Weighed]) -> dict[str, float]:
    """What makes confidences of these relations' probabilities, so that they say how often relations are right."""
    total = np.clip([one.total for one in found], NEVER, 1 - NEVER)
    rows = np.column_stack([np.ones(len(found)), np.log(total / (1 - total)), np.log([one.share for one in found])])
    right = np.array([one.right for one in found], dtype=float)

    def loss(weights: Any) -> tuple[float, Any]:
        score = rows @ weights
        return float(np.logaddexp(0, score).sum() - right @ score), rows.T @ (expit(score) - right)

    best = minimize(loss, np.array([0.0, 1.0, 1.0]), jac=True, method="L-BFGS-B").x
    return dict(zip(("constant", "related", "way"), (round(float(weight), 4) for weight in best), strict=True))


def reliability(found: Sequence[Weighed], calibration: Mapping[str, float]) -> str:
    """How many relations have a confidence between two tenths, what it is on average, and how many of them are right."""
    rows = ["confidence    relations  on average  right"]
    sure = [(confidence(one.total, one.share, calibration), one.right) for one in found]
    for low, high in pairwise(BINS):
        held = [one for one in sure if low <= one[0] < high]
        if held:
            mean, right = (sum(one[i] for one in held) / len(held) for i in (0, 1))
            rows.append(f"{low:.1f} to {high:.1f} {len(held):12} {mean:11.2f} {right:6.2f}")
    return "\n".join(rows) + "\n"


def _scored(found: Sequence[Weighed], examples: Iterable[Example]) -> str:
    """F1 of relations, and of pairs without kind and direction."""
    marked = sum(len(example.relations) for example in examples)
    relations, pairs = (2 * sum(hits) / (len(found) + marked) for hits in ([one.right for one in found], [one.right_pair for one in found]))
    return f"relations {relations:.3f}, pairs {pairs:.3f}\n"


def _asked(marked: tuple[Example, Sequence[Link]], judged: tuple[Example, Sequence[Link]], found: tuple[Example, Sequence[Link]],
           embed: Embedder) -> list[Asked]:
    """What is learned from one text: as it is marked, with blurred stances, and, for the way of relations only, as argmap finds it.

    Whether two statements are related is not learned from argmap's own: most of those that have no relation there are
    no statements of the annotator's, which a statement's confidence tells already.
    """
    return [questions(*marked, embed, settings=CERTAIN), questions(*judged, embed),
            replace(questions(*found, embed), related=())]


def main() -> None:
    """Train on all marked texts and write weights and calibration."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, nargs="?", help="where the weights go; nowhere if it is left out")
    parser.add_argument("--check", action="store_true", help="print what texts score that were left out of training, and how reliable"
                        " their confidences are")
    args = parser.parse_args()
    embed = caching(sentence_embedder())
    texts = read_all()
    as_marked, as_found = signalled(texts), [(blurred(example), links) for example, links in own(texts)]
    as_judged = [(blurred(example), links) for example, links in as_marked]
    asked = [_asked(*each, embed) for each in zip(as_marked, as_judged, as_found, strict=True)]
    taught = folded(asked)
    found = cross_validate(as_found, taught, embed)
    calibration = calibrate(found)
    if args.out:
        write(learn(one for each in asked for one in each), calibration, args.out)
    if args.check:
        for name, some, settings in (("true", as_marked, CERTAIN), ("blurred", as_judged, DEFAULTS)):
            known = cross_validate(some, taught, embed, settings=settings)
            sys.stdout.write(f"statements as marked, stances {name}: " + _scored(known, texts))
        sys.stdout.write("argmap's statements, stances blurred: " + _scored(found, texts) + reliability(found, calibration))


if __name__ == "__main__":
    main()
