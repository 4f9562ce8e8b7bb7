"""What two readers say of the same things comes in, how far they agree goes out: chance-corrected coefficients.

References:
    Krippendorff, K. (2019). Content analysis, 4th ed., ch. 12 (alpha). Rosenberg, A., & Hirschberg, J. (2007). V-measure: a conditional
    entropy-based external cluster evaluation measure. EMNLP-CoNLL.
"""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from argmap.errors import ArgmapError

__all__ = ["PACKAGE", "REMEDY", "Grouping", "alpha", "available", "v_measure"]

#: The package that computes alpha, and how to get it; it is under the GPL and so not argmap's to require.
PACKAGE = "krippendorff"
REMEDY = "Krippendorff's alpha needs a package of that name: pip install 'argmap[agreement]'"


def available() -> bool:
    """Whether `alpha` can be computed here."""
    return importlib.util.find_spec(PACKAGE) is not None


def alpha(pairs: Mapping[tuple[str, str], int]) -> float | None:
    """Krippendorff's alpha for nominal values of two readers.

    Args:
        pairs: how many things the one gave the first value and the other the second.

    Returns:
        1 for full agreement, 0 for what chance gives, below 0 for less; None where there is nothing to compare, or both readers
        give all things one value: then chance explains all.

    Raises:
        ArgmapError: the package that computes it is missing.

    >>> round(alpha({("for", "for"): 4, ("against", "against"): 4, ("for", "against"): 2}), 3)
    0.62
    """
    if not available():
        raise ArgmapError(REMEDY)
    import krippendorff
    import numpy as np
    values = sorted({value for pair, number in pairs.items() if number for value in pair})
    if len(values) < 2:
        return None
    place = {value: number for number, value in enumerate(values)}
    counted = [(place[one], place[other], number) for (one, other), number in sorted(pairs.items()) if number]
    rows = np.zeros((len(counted), len(values)), dtype=int)
    for row, (one, other, _) in enumerate(counted):
        rows[row, one] += 1
        rows[row, other] += 1
    units = np.repeat(rows, [number for *_, number in counted], axis=0)
    return float(krippendorff.alpha(value_counts=units, value_domain=range(len(values)), level_of_measurement="nominal"))


@dataclass(frozen=True, slots=True)
class Grouping:
    """How well one grouping of things fits another, each figure in [0, 1].

    `homogeneity` is 1 where all in a found group are of one wanted group, `completeness` 1 where all of a wanted group are in one found
    group, `v` their harmonic mean.
    """

    homogeneity: float
    completeness: float
    v: float


def v_measure(wanted: Sequence[object], found: Sequence[object]) -> Grouping:
    """How well found groups fit those that are wanted.

    Args:
        wanted, found: the group of each thing, in one order.

    >>> v_measure(["a", "a", "b", "b"], [1, 1, 2, 3]).homogeneity
    1.0
    >>> round(v_measure(["a", "a", "b", "b"], [1, 1, 2, 3]).v, 3)
    0.8
    """
    together, first, second = Counter(zip(wanted, found, strict=True)), Counter(wanted), Counter(found)
    total = len(wanted)

    def entropy(groups: Counter[object]) -> float:
        return -sum(number / total * log(number / total) for number in groups.values())

    of_first, of_second = entropy(first), entropy(second)
    first_given = -sum(number / total * log(number / second[other]) for (_, other), number in together.items())
    second_given = -sum(number / total * log(number / first[one]) for (one, _), number in together.items())
    homogeneity = 1 - first_given / of_first if of_first else 1.0
    completeness = 1 - second_given / of_second if of_second else 1.0
    both = homogeneity + completeness
    return Grouping(homogeneity, completeness, 2 * homogeneity * completeness / both if both else 0.0)
