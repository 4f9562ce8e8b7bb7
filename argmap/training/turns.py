"""Texts with marked statements in, what the signs of `argmap.turns` count out.

The recipe of ``argmap/models/turns.json``::

    python -m argmap.training.turns argmap/models/turns.json --check

The texts are those of ``argmap.training.relations``; what they quarrel about does not matter. Each pair of statements is
one observation: are they on one side, on opposed ones, is one of them neutral, or both? Multinomial logistic regression
with a ridge, by L-BFGS, on top of how often each happens.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from argmap.model import Link, Stance
from argmap.training.marked import Example, read_all
from argmap.training.relations import signalled
from argmap.turns import TURNS, pairs, passage, signs

__all__ = ["Observation", "cross_validate", "fit", "main", "observations"]

#: Strength of the pull of all weights towards zero, chosen by leaving out a quarter of the texts at a time.
RIDGE = 8.0
#: Parts into which the texts are divided, each scored by what the others taught.
FOLDS = 6
#: Weights below this change no probability by more than a thousandth.
NOTHING = 0.001


@dataclass(frozen=True, slots=True)
class Observation:
    """The signs between two statements, and which of `TURNS` they are to each other."""

    signs: tuple[str, ...]
    turn: int


def observations(example: Example, links: Sequence[Link]) -> list[Observation]:
    """All pairs of a text that tell each other something."""
    seen = passage(example.article, example.statements, links)
    return [Observation(tuple(signs(seen, one, other)), _turn(seen.statements[one].stance, seen.statements[other].stance))
            for one, other in pairs(seen)]


def _turn(one: Stance, other: Stance) -> int:
    if "neutral" not in (one, other):
        return TURNS.index("same" if one == other else "opposed")
    if one == other:
        return TURNS.index("neutral")
    return TURNS.index("to_neutral" if other == "neutral" else "from_neutral")


def fit(seen: Iterable[Observation], *, ridge: float = RIDGE) -> dict[str, list[float]]:
    """The weights of each sign, one for each of `TURNS`, and under ``prior`` the logarithm of how often each happens."""
    seen = list(seen)
    matrix, names = _matrix(seen)
    happened = np.eye(len(TURNS))[[each.turn for each in seen]]
    prior = np.log((happened.sum(axis=0) + 1) / (len(seen) + len(TURNS)))
    shape = len(names), len(TURNS)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(shape)
        likely = _log_shares(matrix @ weights + prior)
        slope = matrix.T @ (np.exp(likely) - happened) + ridge * weights
        return float(ridge / 2 * (weights ** 2).sum() - (happened * likely).sum()), np.asarray(slope).ravel()

    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x.reshape(shape)
    learned = {name: [round(float(weight), 3) for weight in row] for name, row in zip(names, found, strict=True)}
    return {"prior": [round(float(share), 3) for share in prior],
            **{name: row for name, row in learned.items() if max(map(abs, row)) >= NOTHING}}


def _matrix(seen: Sequence[Observation]) -> tuple[csr_matrix, list[str]]:
    names = sorted({name for each in seen for name in each.signs})
    column = {name: i for i, name in enumerate(names)}
    columns = [column[name] for each in seen for name in each.signs]
    starts = np.concatenate([[0], np.cumsum([len(each.signs) for each in seen])])
    return csr_matrix((np.ones(len(columns)), np.array(columns, dtype=np.int64), starts), shape=(len(seen), len(names))), names


def _log_shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    scores = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)))


def cross_validate(texts: Sequence[Sequence[Observation]], *, folds: int = FOLDS) -> float:
    """How often neighbours that both take a side are rightly told to be on one or on two, by weights learned from other texts."""
    right = asked = 0
    for fold in range(folds):
        weights = fit(each for i, text in enumerate(texts) if i % folds != fold for each in text)
        sided = [each for text in texts[fold::folds] for each in text if each.turn < TURNS.index("to_neutral")]
        for each in (each for each in sided if "next" in each.signs):
            scores = np.array([weights[name] for name in ("prior", *each.signs) if name in weights]).sum(axis=0)
            right += (scores[0] > scores[1]) == (each.turn == 0)
            asked += 1
    return right / asked


def write(weights: Mapping[str, Sequence[float]], path: Path) -> None:
    """The weights as JSON, one sign a line."""
    rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(list(row))}" for name, row in sorted(weights.items()))
    text = f'{{\n "format": "argmap-turns/1",\n "turns": {json.dumps(TURNS)},\n "weights": {{\n{rows}\n }}\n}}\n'
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Train on all marked texts and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--check", action="store_true", help="print how often texts that were left out are read rightly, too")
    args = parser.parse_args()
    texts = [observations(example, links) for example, links in signalled(read_all())]
    write(fit(each for text in texts for each in text), args.out)
    if args.check:
        sys.stdout.write(f"turns of neighbours told rightly: {cross_validate(texts):.3f}\n")


if __name__ == "__main__":
    main()
