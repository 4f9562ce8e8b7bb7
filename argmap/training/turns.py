"""Texts with marked statements in, the weights of `argmap.settings.TurnWeights` out, on standard output.

::

    python -m argmap.training.turns

The texts are those of ``argmap.training.relations``. Each pair of statements that follow each other and both take a side
is one observation: do they take the same side? Logistic regression with a ridge, by L-BFGS.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

import numpy as np
from scipy.optimize import minimize

from argmap.coherence import passages, signals
from argmap.training.relations import Example, read_all

__all__ = ["fit", "main"]

#: Strength of the pull of all weights towards zero.
RIDGE = 2.0


def fit(examples: Iterable[Example], *, ridge: float = RIDGE) -> dict[str, float]:
    """The weight of each sign."""
    rows: list[dict[str, bool]] = []
    stays: list[bool] = []
    for example in examples:
        ordered = sorted(example.statements, key=lambda statement: statement.content[0])
        for passage in passages(ordered, example.article):
            if "neutral" not in (passage.one.stance, passage.other.stance):
                rows.append(signals(passage))
                stays.append(passage.one.stance == passage.other.stance)
    names = list(rows[0])
    seen = np.array([[row[name] for name in names] for row in rows], dtype=np.float64)
    signed = np.where(stays, 1.0, -1.0)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margins = signed * (seen @ weights)
        slope = -signed / (1 + np.exp(margins))
        return float(np.logaddexp(0, -margins).sum() + ridge / 2 * weights @ weights), seen.T @ slope + ridge * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return dict(zip(names, found.x.tolist(), strict=True))


def main() -> None:
    """Print the weights."""
    for name, weight in fit(read_all()).items():
        sys.stdout.write(f"{name}: {weight:.1f}\n")


if __name__ == "__main__":
    main()
