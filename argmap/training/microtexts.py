"""Microtexts with marked argument graphs in, how well central claim, functions and attachment are found out.

Measures argmap's features of pairs and joint decoding where others have measured theirs::

    python -m argmap.training.microtexts FOLDER [--more FOLDER …]

`FOLDER` holds the arg-microtexts corpus (Peldszus and Stede 2015) in its XML; each text is read by what the others
taught. The texts of `--more` (its second part: Skeppstedt et al. 2018) are learned from only. As in Peldszus and Stede
(2015) four models look at central claim, role (the author's own view or the other side's), function (support or attack)
and attachment; their chances are added up in a graph whose maximum arborescence is the analysis of the text. An edge
between two roles that an attack would turn, or a support would keep, is likelier for it.

A graph becomes a tree of segments as there: what undercuts an inference, or is linked to a premise, hangs on the segment
that the inference comes from.
"""

from __future__ import annotations

import argparse
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from argmap.extract.annotate import annotate
from argmap.lexicon import load as load_lexicon
from argmap.model import AUTHOR, Article, Stance, Statement
from argmap.relate import link
from argmap.relate.features import pair
from argmap.relate.view import View, view
from argmap.vectors import caching, sentence_embedder, tokens

__all__ = ["Microtext", "Models", "analyse", "cross_validate", "decode", "learn", "main", "read", "read_all", "scores"]

#: Parts into which the texts are divided, each read by what the others taught.
FOLDS = 5
#: Strength of the pull of the weights towards zero: of segments' models, of attachment's; round numbers, not tuned.
SEGMENT_RIDGE, PAIR_RIDGE = 4.0, 4.0
#: How much a dimension of a sentence vector (unit length, 512 of them) counts beside features that are there or not.
VECTOR_SCALE = 4.0
#: Weights of the models' log chances when they are added up.
CENTRAL, ROLE, FUNCTION, ATTACHMENT = 1.0, 1.0, 1.0, 1.0
#: Words at a segment's beginning that count as its opening.
OPENING = 3

_SUPPORTS = {"sup": "support", "exa": "support", "add": "support", "reb": "attack", "und": "attack"}
_STANCES: dict[str, Stance] = {"pro": "for", "opp": "against"}

Features = dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Microtext:
    """A text of a few segments and its tree.

    Attributes:
        id: name of its file.
        segments: the statements in text order, on the author's side (for) or the other's (against).
        target: by segment, the number of the one that it backs or attacks; -1 for the central claim.
        attacks: by segment, whether it attacks its target.
        seen: what argmap's model of relations looks at; stances are hidden from it.
    """

    id: str
    segments: tuple[Statement, ...]
    target: tuple[int, ...]
    attacks: tuple[bool, ...]
    seen: View


@dataclass(frozen=True, slots=True, eq=False)
class Models:
    """The four models' weights by feature."""

    central: Mapping[str, float]
    role: Mapping[str, float]
    function: Mapping[str, float]
    attachment: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Tree:
    """An analysis: targets and attacks as in `Microtext`."""

    target: tuple[int, ...]
    attacks: tuple[bool, ...]


def read(path: Path) -> tuple[Article, tuple[Statement, ...], tuple[int, ...], tuple[bool, ...]]:
    """A text with its segments in text order, each one's target and whether it attacks that.

    Raises:
        ValueError: the file is no argument graph, or the graph is no tree.
    """
    root = ET.parse(path).getroot()  # noqa: S314  # the user's own files
    units = {unit.get("id", ""): (unit.text or "").strip() for unit in root.iter("edu")}
    text, places = "", {}
    for name, words in units.items():
        text += " " if text else ""
        places[name] = (len(text), len(text) + len(words))
        text += words
    article = Article(path.stem, text, language="en")
    parts: dict[str, list[tuple[int, int]]] = {}
    edges: dict[str, tuple[str, str, str]] = {}
    for edge in root.iter("edge"):
        kind, source, goal = edge.get("type", ""), edge.get("src", ""), edge.get("trg", "")
        if kind == "seg":
            if source in places:
                parts.setdefault(goal, []).append(places[source])
        else:
            edges[edge.get("id", "")] = (kind, source, goal)
    roles = {unit.get("id", ""): unit.get("type", "") for unit in root.iter("adu")}
    names = sorted((name for name in roles if name in parts), key=lambda name: min(parts[name]))
    number = {name: i for i, name in enumerate(names)}
    segments = tuple(Statement(f"{path.stem}/{name}", path.stem, "author", "author", tuple(article.span(*at) for at in sorted(parts[name])),
                               actors=(AUTHOR,), stance=_STANCES[roles[name]], relevance=1.0) for name in names)
    target, attacks = [-1] * len(names), [False] * len(names)
    for kind, source, goal in edges.values():
        if source in number:
            head = edges[goal][1] if goal in edges else goal
            target[number[source]], attacks[number[source]] = number.get(head, -1), _SUPPORTS[kind] == "attack"
    if not names or target.count(-1) != 1:
        raise ValueError(f"{path}: the graph has {target.count(-1)} central claims, not one")
    return article, segments, tuple(target), tuple(attacks)


def read_all(folder: Path) -> list[Microtext]:
    """All texts of a folder (or of its folder ``en``), sorted by name."""
    paths = sorted(folder.glob("*.xml")) or sorted((folder / "en").glob("*.xml"))
    found = [read(path) for path in paths]
    embed = caching(sentence_embedder())
    docs = annotate((article for article, *_ in found), models="default")
    texts = []
    for (article, segments, target, attacks), doc in zip(found, docs, strict=True):
        hidden = tuple(Statement(s.id, s.article, s.voice, s.type, s.content, actors=s.actors, relevance=1.0) for s in segments)
        links = link(doc, article, load_lexicon(article.language), hidden)
        texts.append(Microtext(article.id, segments, target, attacks, view(article, hidden, links, embed)))
    return texts


def _words(text: str, name: str) -> Features:
    found = tokens(text)
    opening = found[:OPENING]
    values = {f"{name}:{word}": 1.0 for word in found}
    values |= {f"{name}:{one} {other}": 1.0 for one, other in pairwise(found)}
    values |= {f"{name}:opening:{' '.join(opening[:length])}": 1.0 for length in range(1, len(opening) + 1)}
    return values


def segment_features(text: Microtext, vectors: NDArray[np.float32], at: int) -> Features:
    """What a segment says, what stands beside it, where it stands, and how it resembles the others."""
    last = len(text.segments) - 1
    values: Features = {"bias": 1.0, f"place:{at}": 1.0, f"from-end:{last - at}": 1.0, "part": at / last if last else 0.0}
    values |= _words(text.segments[at].text, "own")
    for name, other in (("before", at - 1), ("after", at + 1)):
        if 0 <= other <= last:
            opening = tokens(text.segments[other].text)[:OPENING]
            values |= {f"{name}:{word}": 1.0 for word in opening}
            values[f"{name}:opening:{' '.join(opening[:1])}"] = 1.0
    values |= {f"vector:{i}": VECTOR_SCALE * float(x) for i, x in enumerate(vectors[at])}
    likeness = text.seen.likeness.of[at]
    values["likeness"] = (sum(likeness) - likeness[at]) / max(last, 1)
    values["overlap"] = sum(text.seen.overlap[at][i] for i in range(last + 1) if i != at) / max(last, 1)
    values["likest"] = float(all(sum(text.seen.likeness.of[i]) <= sum(likeness) for i in range(last + 1)))
    values["demand"], values["negated"] = float(text.seen.demands[at]), float(text.seen.negated[at])
    values["question"] = float("?" in text.segments[at].text)
    for found, start, end in (one for signals in text.seen.signals.values() for one in signals):
        if at in (start, end):
            values[f"signal:{found.rule}:{'from' if at == start else 'to'}"] = 1.0
    return values


def pair_features(text: Microtext, vectors: NDArray[np.float32], origin: int, target: int) -> Features:
    """Why one segment may hang on another, beyond `argmap.relate.features`: openings, and how their vectors agree."""
    way = "ahead" if target > origin else "back"
    last = len(text.segments) - 1
    values = dict(pair(text.seen, origin, target))
    values |= {f"gap:{origin - target}": 1.0, f"to-place:{target}": 1.0, f"to-end:{last - target}": 1.0, "length": 1.0 / len(text.segments)}
    for name, at in (("origin", origin), ("target", target), ("next", max(origin, target) + 1)):
        if at <= last:
            opening = tokens(text.segments[at].text)[:OPENING]
            values |= {f"{way}:{name}:{word}": 1.0 for word in opening[:2]}
            values |= {f"{'near' if abs(origin - target) == 1 else 'far'}:{way}:{name}:{' '.join(opening[:1])}": 1.0}
    values |= {f"product:{i}": VECTOR_SCALE ** 2 * float(x) for i, x in enumerate(vectors[origin] * vectors[target])}
    return values


def analyse(text: Microtext, models: Models, vectors: NDArray[np.float32]) -> Tree:
    """The likeliest tree of a text."""
    count = len(text.segments)
    own = [segment_features(text, vectors, i) for i in range(count)]
    central = _shares([_score(values, models.central) for values in own])
    role = np.array([_chance(_score(values, models.role)) for values in own])
    function = np.array([_chance(_score(values, models.function)) for values in own])
    attachment = np.zeros((count, count))
    for origin in range(count):
        others = [i for i in range(count) if i != origin]
        attachment[origin, others] = _shares([_score(pair_features(text, vectors, origin, i), models.attachment) for i in others])
    return decode(central, role, function, attachment)


def decode(central: NDArray[np.float64], role: NDArray[np.float64], function: NDArray[np.float64],
           attachment: NDArray[np.float64]) -> Tree:
    """The tree with the greatest sum of log chances.

    Args:
        central: by segment, how likely it is the central claim; sums to 1.
        role: how likely it speaks for the other side.
        function: how likely it attacks, if it is not the central claim.
        attachment: by origin and target, how likely the one hangs on the other.
    """
    import networkx as nx

    count = len(central)
    tiny = np.finfo(float).tiny
    turned = np.outer(role, 1 - role) + np.outer(1 - role, role)
    graph: nx.DiGraph[int] = nx.DiGraph()
    kinds = {}
    for origin, target in permutations(range(count), 2):
        ways = [ATTACHMENT * np.log(attachment[origin, target] + tiny) + FUNCTION * np.log(chance + tiny) + ROLE * np.log(fits + tiny)
                for chance, fits in ((1 - function[origin], 1 - turned[origin, target]), (function[origin], turned[origin, target]))]
        kinds[origin, target] = bool(ways[1] > ways[0])
        graph.add_edge(target, origin, weight=float(max(ways)))
    best: tuple[float, Tree] | None = None
    for root in range(count):
        score = CENTRAL * float(np.log(central[root] + tiny)) + ROLE * float(np.log(1 - role[root] + tiny))
        heads, attacks = [-1] * count, [False] * count
        if count > 1:
            grown = graph.copy()
            grown.remove_edges_from(list(graph.in_edges(root)))
            for head, origin in nx.maximum_spanning_arborescence(grown).edges():
                score += graph.edges[head, origin]["weight"]
                heads[origin], attacks[origin] = head, kinds[origin, head]
        if best is None or score > best[0]:
            best = score, Tree(tuple(heads), tuple(attacks))
    if best is None:
        raise ValueError("a text without segments has no tree")
    return best[1]


def learn(texts: Sequence[Microtext], vectors: Sequence[NDArray[np.float32]]) -> Models:
    """The four models of these texts."""
    own = [[segment_features(text, rows, i) for i in range(len(text.segments))] for text, rows in zip(texts, vectors, strict=True)]
    each = [(values, text, i) for text, listed in zip(texts, own, strict=True) for i, values in enumerate(listed)]
    hanging = [(values, text.attacks[i]) for values, text, i in each if text.target[i] >= 0]
    asked = []
    for text, rows in zip(texts, vectors, strict=True):
        for origin, head in enumerate(text.target):
            others = [i for i in range(len(text.segments)) if i != origin]
            if head >= 0 and len(others) > 1:
                asked.append(([pair_features(text, rows, origin, i) for i in others], others.index(head)))
    roots = [(listed, text.target.index(-1)) for text, listed in zip(texts, own, strict=True)]
    empty: Features = {}
    return Models(
        central=_fit(roots, SEGMENT_RIDGE),
        role=_fit([([empty, values], int(text.segments[i].stance == "against")) for values, text, i in each], SEGMENT_RIDGE),
        function=_fit([([empty, values], int(attack)) for values, attack in hanging], SEGMENT_RIDGE),
        attachment=_fit(asked, PAIR_RIDGE))


def _fit(asked: Sequence[tuple[Sequence[Features], int]], ridge: float) -> dict[str, float]:
    """The weights under which each question's true option is likeliest (conditional logit), pulled towards zero."""
    column: dict[str, int] = {}
    rows, columns, values = [], [], []
    starts, right, row = [], [], 0
    for options, true in asked:
        starts.append(row)
        right.append(row + true)
        for option in options:
            for name, value in option.items():
                rows.append(row)
                columns.append(column.setdefault(name, len(column)))
                values.append(value)
            row += 1
    matrix = csr_matrix((values, (rows, columns)), shape=(row, len(column)))
    sizes = np.diff([*starts, row])
    wanted = np.zeros(row)
    wanted[right] = 1.0

    def loss(weights: Any) -> tuple[float, Any]:
        score = matrix @ weights
        score = score - np.repeat(np.maximum.reduceat(score, starts), sizes)
        likely = np.exp(score)
        totals = np.add.reduceat(likely, starts)
        surprise = float(np.log(totals).sum() - wanted @ score)
        return (surprise + ridge / 2 * float(weights @ weights),
                matrix.T @ (likely / np.repeat(totals, sizes) - wanted) + ridge * weights)

    found = minimize(loss, np.zeros(len(column)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return dict(zip(column, found.x.tolist(), strict=True))


def _score(values: Features, weight: Mapping[str, float]) -> float:
    return sum(value * weight.get(name, 0.0) for name, value in values.items())


def _chance(score: float) -> float:
    return float(1 / (1 + np.exp(-score)))


def _shares(scores: Sequence[float]) -> NDArray[np.float64]:
    likely = np.exp(np.array(scores) - max(scores)) if scores else np.zeros(0)
    return np.asarray(likely / likely.sum()) if scores else likely


def scores(texts: Iterable[Microtext], trees: Iterable[Tree]) -> dict[str, float]:
    """Macro F1 of the central claim and of attachment (is, is not), of support and attack; the central claim's accuracy."""
    central: list[tuple[bool, bool]] = []
    attached: list[tuple[bool, bool]] = []
    function: list[tuple[str, str]] = []
    role: list[tuple[bool, bool]] = []
    for text, tree in zip(texts, trees, strict=True):
        for i, (gold, mine) in enumerate(zip(text.target, tree.target, strict=True)):
            central.append((gold < 0, mine < 0))
            function.append((_function(gold, text.attacks[i]), _function(mine, tree.attacks[i])))
            attached += [(gold == j, mine == j) for j in range(len(text.target)) if j != i]
            role.append((text.segments[i].stance == "against", _turned(tree, i)))
    return {"central claim": _macro(central, (True, False)), "central claim, accuracy": _recall(central),
            "role": _macro(role, (True, False)), "support/attack": _macro(function, ("support", "attack")),
            "attachment": _macro(attached, (True, False))}


def _function(target: int, attacks: bool) -> str:
    return "none" if target < 0 else ("attack" if attacks else "support")


def _turned(tree: Tree, at: int) -> bool:
    """Whether a segment speaks for the other side: an odd number of attacks lies between it and the central claim."""
    turned = False
    while tree.target[at] >= 0:
        turned, at = turned != tree.attacks[at], tree.target[at]
    return turned


def _recall(pairs: Sequence[tuple[bool, bool]]) -> float:
    return sum(gold and mine for gold, mine in pairs) / sum(gold for gold, _ in pairs)


def _macro(pairs: Sequence[tuple[object, object]], labels: Sequence[object]) -> float:
    """The mean over labels of F1."""
    total = 0.0
    for label in labels:
        hits = sum(gold == label == mine for gold, mine in pairs)
        total += 2 * hits / max(1, sum((gold == label) + (mine == label) for gold, mine in pairs))
    return total / len(labels)


def cross_validate(texts: Sequence[Microtext], more: Sequence[Microtext] = (), *, folds: int = FOLDS) -> dict[str, float]:
    """What trees score that are read off by models of the other folds' texts, and of `more`."""
    embed = caching(sentence_embedder())
    vectors = {text.id: embed([s.text for s in text.segments]) for text in (*texts, *more)}
    trees: dict[str, Tree] = {}
    for fold in range(folds):
        known = [*(text for i, text in enumerate(texts) if i % folds != fold), *more]
        models = learn(known, [vectors[text.id] for text in known])
        trees |= {text.id: analyse(text, models, vectors[text.id]) for text in texts[fold::folds]}
    return scores(texts, [trees[text.id] for text in texts])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--more", type=Path, nargs="*", default=(), help="folders of texts that are learned from only")
    args = parser.parse_args()
    texts = read_all(args.folder)
    more = [text for folder in args.more for text in read_all(folder)]
    for name, value in cross_validate(texts, more).items():
        sys.stdout.write(f"{name:25} {value:.3f}\n")


if __name__ == "__main__":
    main()
