"""Folders of labelled pairs in, figures out: how well argmap tells that two texts make the same point, and that they do not.

    python -m argmap.training.points evaluate ARGKP [--pairs FILE] [--entailment FILE]

ARGKP is the folder ``kpm_data`` of the Key Point Analysis shared task (Friedman et al. 2021): the score is the organisers'
mean average precision, strict and relaxed, beside those of TF-IDF and of the plain sentence vectors. FILE of pairs has the
lines of ``tests/pairs/claims.tsv``; FILE of entailment is one of e-RTE-3-it (Zaninello et al. 2023). It printed::

    ArgKP dev, TF-IDF: strict 0.749, relaxed 0.833
    ArgKP dev, sentence vectors: strict 0.731, relaxed 0.858
    ArgKP dev, argmap: strict 0.820, relaxed 0.879
    pairs, fitted: same point precision 0.93, recall 0.72; of 52 opposite 0 merged, 49 in one concept
    pairs, held out: same point precision 0.75, recall 0.62; of 18 opposite 0 merged, 14 in one concept
    entailment NO: 31 of 80 read as opposed
    entailment UNKNOWN: 94 of 308 read as opposed
    entailment YES: 126 of 412 read as opposed

So likeness is worth its while; opposition in long news sentences, as e-RTE-3-it has them, is hardly told by marks of polarity.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import numpy as np

from argmap import debate as debates
from argmap import vectors
from argmap.claims import merge
from argmap.likeness import likeness, signs
from argmap.model import Article, Debate, Span, Statement
from argmap.points import opposed, point

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Group", "average_precision", "contradictions", "main", "mean_average_precision", "outcomes", "read_groups", "read_pairs"]

#: The part of the arguments, the surest, that the organisers judge.
JUDGED = 0.5

#: Kind, whether it was looked at while fitting, language and text twice.
Pair = tuple[str, str, str, str, str, str]
#: Arguments and key points in, the score of each for each out.
Scorer = Callable[["Group"], "NDArray[np.float32]"]


@dataclass(frozen=True, slots=True)
class Group:
    """The arguments and key points of one topic and side, with the label of each pair that has one, by their places."""

    arguments: tuple[str, ...]
    key_points: tuple[str, ...]
    labels: Mapping[tuple[int, int], int]


def read_groups(folder: Path, part: str) -> list[Group]:
    """The groups of a part ("train", "dev") of ArgKP."""
    texts: dict[tuple[str, str], tuple[dict[str, str], dict[str, str]]] = defaultdict(lambda: ({}, {}))
    for place, (name, key) in enumerate((("arguments", "arg_id"), ("key_points", "key_point_id"))):
        for row in _rows(folder / f"{name}_{part}.csv"):
            texts[row["topic"], row["stance"]][place][row[key]] = row["argument" if place == 0 else "key_point"]
    labels = {(row["arg_id"], row["key_point_id"]): int(row["label"]) for row in _rows(folder / f"labels_{part}.csv")}
    groups = list[Group]()
    for arguments, points in texts.values():
        pairs = {(i, j): (one, other) for i, one in enumerate(arguments) for j, other in enumerate(points)}
        groups.append(Group(tuple(arguments.values()), tuple(points.values()),
                            {place: labels[pair] for place, pair in pairs.items() if pair in labels}))
    return groups


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def average_precision(right: Sequence[bool]) -> float:
    """The mean of the precisions at each right answer of a ranking.

    >>> average_precision([True, False, True])
    0.8333333333333333
    """
    hits = np.cumsum(right) / np.arange(1, len(right) + 1)
    return float(hits[np.array(right, dtype=bool)].mean()) if any(right) else 0.0


def mean_average_precision(groups: Iterable[Group], score: Scorer) -> tuple[float, float]:
    """Strict and relaxed: each argument with its best key point, the surer half of them, averaged over the groups.

    A pair without a label is one that annotators were divided about; strict counts it as wrong, relaxed as right.
    """
    strict, relaxed = list[float](), list[float]()
    for group in groups:
        scores = score(group)
        best = scores.argmax(axis=1)
        order = np.argsort(-scores.max(axis=1), kind="stable")[:int(JUDGED * len(best))].tolist()
        found = [group.labels.get((place, int(best[place]))) for place in order]
        strict.append(average_precision([label == 1 for label in found]))
        relaxed.append(average_precision([label != 0 for label in found]))
    return float(np.mean(strict)), float(np.mean(relaxed))


def by_words(group: Group) -> NDArray[np.float32]:
    """The cosine of lexical vectors."""
    texts = (*group.arguments, *group.key_points)
    made = vectors.lexical(texts, ["en"] * len(texts))
    return np.asarray((made[:len(group.arguments)] @ made[len(group.arguments):].T).toarray(), dtype=np.float32)


def by_vectors(group: Group) -> NDArray[np.float32]:
    """The cosine of sentence vectors."""
    embed = vectors.sentence_embedder()
    return np.asarray(embed(group.arguments) @ embed(group.key_points).T, dtype=np.float32)


def by_likeness(group: Group) -> NDArray[np.float32]:
    """What `argmap.claims` merges by, arguments and key points each seen from their centre."""
    embed, size = vectors.sentence_embedder(), len(group.arguments)
    texts = (*group.arguments, *group.key_points)
    left, right = (grid.ravel() for grid in np.meshgrid(np.arange(size), np.arange(size, len(texts)), indexing="ij"))
    about = np.concatenate([np.repeat(embed(part).mean(axis=0)[None], len(part), axis=0) for part in (group.arguments, group.key_points)])
    found = signs(texts, ["en"] * len(texts), left, right, embed=embed, about=about)
    return likeness(found).reshape(size, -1)


#: What is compared, by the name that is printed.
SCORERS: Mapping[str, Scorer] = {"TF-IDF": by_words, "sentence vectors": by_vectors, "argmap": by_likeness}


def read_pairs(path: Path) -> list[Pair]:
    """The lines of a file of pairs: kind ("same", "opposite", "related"), use ("fitted", "held out"), language and text twice."""
    found = list[Pair]()
    for line in path.read_text(encoding="utf-8").splitlines():
        use, kind, one_language, one, other_language, other = line.split("\t")
        found.append((kind, use, one_language, one, other_language, other))
    return found


def outcomes(pairs: Iterable[Pair], debate: Debate) -> Counter[tuple[str, str]]:
    """How many pairs of each kind became one claim ("merged"), two of one concept ("concept") or nothing common ("apart")."""
    counts: Counter[tuple[str, str]] = Counter()
    embed = vectors.sentence_embedder()
    for kind, _, one_language, one, other_language, other in pairs:
        articles = [Article("a", one, language=one_language), Article("b", other, language=other_language)]
        said = [Statement(article.id, article.id, "author", "author", (Span(0, len(article.text), article.text),)) for article in articles]
        made = merge(said, articles, debate, embed=embed)
        counts[kind, "merged" if len(made.claims) == 1 else "concept" if len(made.concepts) == 1 else "apart"] += 1
    return counts


def contradictions(path: Path, debate: Debate) -> Counter[tuple[str, bool]]:
    """For each label of an entailment corpus, how many hypotheses deny their text for argmap, and how many do not."""
    counts: Counter[tuple[str, bool]] = Counter()
    # The declaration of the file is malformed, and its text is UTF-8 anyway.
    _, _, text = path.read_text(encoding="utf-8").partition("?>")
    for pair in ElementTree.fromstring(text).iter("pair"):  # noqa: S314 - a file of a published corpus, chosen by who runs this
        one, other = (point(pair.findtext(part) or "", "it", "neutral", debate) for part in ("t", "h"))
        counts[pair.get("entailment", ""), opposed(one, other)] += 1
    return counts


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["evaluate"])
    parser.add_argument("argkp", type=Path)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--entailment", type=Path)
    args = parser.parse_args()
    for part in ("train", "dev"):
        groups = read_groups(args.argkp, part)
        for name, score in SCORERS.items():
            strict, relaxed = mean_average_precision(groups, score)
            sys.stdout.write(f"ArgKP {part}, {name}: strict {strict:.3f}, relaxed {relaxed:.3f}\n")
    debate = debates.load()
    for use in ("fitted", "held out") if args.pairs else ():
        counts = outcomes((pair for pair in read_pairs(args.pairs) if pair[1] == use), debate)
        merged = {kind: counts[kind, "merged"] for kind in ("same", "opposite", "related")}
        same = sum(number for (kind, _), number in counts.items() if kind == "same")
        opposite = sum(number for (kind, _), number in counts.items() if kind == "opposite")
        sys.stdout.write(f"pairs, {use}: same point precision {merged['same'] / max(1, sum(merged.values())):.2f}, "
                         f"recall {merged['same'] / max(1, same):.2f}; of {opposite} opposite {merged['opposite']} merged, "
                         f"{counts['opposite', 'concept']} in one concept\n")
    if args.entailment:
        denied = contradictions(args.entailment, debate)
        for label in sorted({label for label, _ in denied}):
            sys.stdout.write(f"entailment {label}: {denied[label, True]} of {denied[label, True] + denied[label, False]} read as opposed\n")


if __name__ == "__main__":
    main()
