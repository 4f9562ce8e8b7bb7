"""Folders of labelled pairs in, figures out: how well argmap tells that two texts make the same point, and that they do not.

    python -m argmap.training.points evaluate ARGKP [--pairs FILE] [--entailment FILE]
    python -m argmap.training.points fit --pairs FILE

ARGKP is the folder ``kpm_data`` of the Key Point Analysis shared task (Friedman et al. 2021): the score is the organisers'
mean average precision, strict and relaxed, beside those of TF-IDF and of the plain sentence vectors. FILE of pairs has the
lines of ``tests/pairs/claims.tsv``; FILE of entailment is one of e-RTE-3-it (Zaninello et al. 2023). It printed::

    ArgKP dev, TF-IDF: strict 0.749, relaxed 0.833
    ArgKP dev, sentence vectors: strict 0.731, relaxed 0.858
    ArgKP dev, argmap: strict 0.820, relaxed 0.878
    pairs, varied-it-en: same point precision 0.91, recall 0.63; of 81 related 1, of 81 opposite 4 merged, 50 in one concept
    pairs, free-it-en: same point precision 0.75, recall 0.10; of 121 related 0, of 121 opposite 4 merged, 13 in one concept
    pairs, free-en-it: same point precision 0.93, recall 0.15; of 92 related 0, of 92 opposite 1 merged, 14 in one concept
    pairs, en-en: same point precision 0.70, recall 0.80; of 20 related 6, of 20 opposite 1 merged, 18 in one concept
    pairs, it-it: same point precision 0.58, recall 0.58; of 12 related 4, of 12 opposite 1 merged, 11 in one concept
    pairs, fitted: same point precision 0.92, recall 0.84; of 52 related 4, of 52 opposite 0 merged, 47 in one concept
    pairs, held out: same point precision 0.78, recall 0.58; of 18 related 4, of 18 opposite 0 merged, 15 in one concept
    pairs, held out, paraphrased: same point precision 1.00, recall 0.02; of 45 related 0, of 45 opposite 0 merged, 0 in one concept
    entailment NO: 31 of 80 read as opposed
    entailment UNKNOWN: 94 of 308 read as opposed
    entailment YES: 125 of 412 read as opposed

So paraphrases in two languages that share few words hardly ever become one claim (1 of 60). It is less their likeness that is in the
way than that opposed texts are as like: four of five pairs of the free files with one point are more alike than all but one in five
hundred pairs of their texts and others of the same debate, but opposed ones are nearly as like (area under the curve 0.59), and
`argmap.points.apart` holds 43 % of those with one point to be opposed, and misses 16 % of those that are.

``fit`` prints the weights of likeness that the fitted pairs of FILE and ``training/pairs/it-en.tsv`` lead to. The other files of
that folder are measured only: their related texts of one language share nearly all words, as few of a corpus do, and weights
fitted on them as well take ArgKP dev down to 0.50. Weights of their own for two languages leave ArgKP alone: fitted on all files for
two languages, with other texts of a debate as related ones, they raised the recall of the free ones from 0.12 to 0.19
(cross-validated by line), but not that of the pairs held out, whose precision fell to 0.74. An opposition learned from what
`argmap.points.opposed` looks at (logistic regression, cross-validated by line) merged fewer texts of one point than its rule does
where it merged as many opposite ones.

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
from scipy.optimize import minimize

from argmap import debate as debates
from argmap import vectors
from argmap.claims import merge
from argmap.head import centres
from argmap.likeness import likeness, see, signs
from argmap.model import Article, Debate, Span, Statement
from argmap.points import opposed, plain, point

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Group", "average_precision", "contradictions", "fit", "main", "mean_average_precision", "outcomes", "read_fours",
           "read_groups", "read_pairs"]

#: The part of the arguments, the surest, that the organisers judge.
JUDGED = 0.5

#: Strength of the pull of the weights of likeness towards zero, chosen by ten-fold cross-validation.
RIDGE = 0.3
#: What likeness is fitted on, and what it is measured on besides: freely worded across languages, and within each.
FOURS = Path(__file__).parent / "pairs" / "it-en.tsv"
MEASURED = tuple(FOURS.with_name(name) for name in ("varied-it-en.tsv", "free-it-en.tsv", "free-en-it.tsv", "en-en.tsv", "it-it.tsv"))
#: Uses of pairs; those "paraphrased" were written by somebody else, in longer sentences and without a look at the others.
USES = ("fitted", "held out", "held out, paraphrased")
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
    middles = np.stack([embed(part).mean(axis=0) for part in (group.arguments, group.key_points)])
    middle = [0] * size + [1] * len(group.key_points)
    found = signs(see(texts, ["en"] * len(texts), embed(texts), embed=embed, middles=middles, middle=middle), left, right)
    return likeness(found).reshape(size, -1)


#: What is compared, by the name that is printed.
SCORERS: Mapping[str, Scorer] = {"TF-IDF": by_words, "sentence vectors": by_vectors, "argmap": by_likeness}


def read_pairs(path: Path) -> list[Pair]:
    """The lines of a file of pairs: kind ("same", "opposite", "related"), use (`USES`), language and text twice."""
    found = list[Pair]()
    for line in path.read_text(encoding="utf-8").splitlines():
        use, kind, one_language, one, other_language, other = line.split("\t")
        found.append((kind, use, one_language, one, other_language, other))
    return found


def read_fours(path: Path = FOURS) -> list[Pair]:
    """The pairs of a file of a text and three others that make the same point, a related one and the opposite.

    The end of the file's name tells the languages of the first text and of the three: "it-en".
    """
    kinds = ("same", "related", "opposite")
    language, other_language = path.stem.split("-")[-2:]
    return [(kind, "fitted", language, one, other_language, other)
            for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
            for one, *others in [line.split("\t")] for kind, other in zip(kinds, others, strict=True)]


def fit(pairs: Iterable[Pair], debate: Debate, *, ridge: float = RIDGE) -> dict[str, float]:
    """The weights of likeness by logistic regression with a ridge: opposed texts are on one point, related ones are not."""
    known = list(pairs)
    texts = [plain(text, language) for _, _, *sides in known for language, text in zip(sides[::2], sides[1::2], strict=True)]
    languages = [language for _, _, *sides in known for language in sides[::2]]
    embed, left = vectors.sentence_embedder(), np.arange(0, len(texts), 2)
    seen = see(texts, languages, embed(texts), embed=embed, middles=centres(languages, debate, embed=embed), middle=range(len(texts)))
    found = signs(seen, left, left + 1)
    together = found.together.astype(np.float64)
    rows = np.column_stack([found.cosine, found.centred, found.matched, found.weakest, together, together * found.shared])
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    rows = np.column_stack([np.ones(len(rows)), (rows - middle) / spread])
    signed = np.array([-1.0 if kind == "related" else 1.0 for kind, *_ in known])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins, free = signed * (rows @ weights), np.r_[0.0, weights[1:]]
        slope = rows.T @ (-signed / (1 + np.exp(margins))) + ridge * free
        return float(np.logaddexp(0, -margins).sum() + ridge / 2 * free @ free), slope

    best = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x
    weights = best[1:] / spread
    names = ("base", "cosine", "centred", "matched", "weakest", "together", "shared")
    return dict(zip(names, (round(float(weight), 2) for weight in (best[0] - weights @ middle, *weights)), strict=True))


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


def _figures(counts: Mapping[tuple[str, str], int]) -> str:
    merged = {kind: counts.get((kind, "merged"), 0) for kind in ("same", "related", "opposite")}
    of = {kind: sum(number for (known, _), number in counts.items() if known == kind) for kind in merged}
    return (f"same point precision {merged['same'] / max(1, sum(merged.values())):.2f}, recall {merged['same'] / max(1, of['same']):.2f}; "
            f"of {of['related']} related {merged['related']}, of {of['opposite']} opposite {merged['opposite']} merged, "
            f"{counts.get(('opposite', 'concept'), 0)} in one concept")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["evaluate", "fit"])
    parser.add_argument("argkp", type=Path, nargs="?")
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--entailment", type=Path)
    args = parser.parse_args()
    if args.task == "fit":
        pairs = [pair for pair in read_pairs(args.pairs) if pair[1] == "fitted"] if args.pairs else []
        sys.stdout.write(f"{fit([*pairs, *read_fours()], debates.load())}\n")
        return
    if args.argkp is None:
        parser.error("the folder of ArgKP is missing")
    for part in ("train", "dev"):
        groups = read_groups(args.argkp, part)
        for name, score in SCORERS.items():
            strict, relaxed = mean_average_precision(groups, score)
            sys.stdout.write(f"ArgKP {part}, {name}: strict {strict:.3f}, relaxed {relaxed:.3f}\n")
    debate = debates.load()
    measured = {path.stem: read_fours(path) for path in MEASURED}
    if args.pairs:
        measured |= {use: [pair for pair in read_pairs(args.pairs) if pair[1] == use] for use in USES}
    for name, pairs in measured.items():
        sys.stdout.write(f"pairs, {name}: {_figures(outcomes(pairs, debate))}\n")
    if args.entailment:
        denied = contradictions(args.entailment, debate)
        for label in sorted({label for label, _ in denied}):
            sys.stdout.write(f"entailment {label}: {denied[label, True]} of {denied[label, True] + denied[label, False]} read as opposed\n")


if __name__ == "__main__":
    main()
