"""Positions on the motion come in; how far the actors are apart, and how that changed over time, goes out.

The measure is Esteban and Ray's: a debate is polarized when its actors form few, large groups that are alike within and far
from each other. Each actor stands at y = (for - against) / (for + against) statements, between -1 and 1; the groups are those
who lean for the motion, those who lean against, and those who balance. With the groups' shares p and mean positions y,

    P = K * sum over groups g, h of p_g^(1 + alpha) p_h |y_g - y_h|,

K chosen so that P is 1 when two groups of one size stand at the two ends, and 0 when all stand at one place.

References:
    Esteban, J.-M., & Ray, D. (1994). On the measurement of polarization. Econometrica 62(4). Efron, B. (1979). Bootstrap
    methods: another look at the jackknife. The Annals of Statistics 7(1), for the intervals.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from argmap.analyse.positions import Positions, windows
from argmap.settings import DEFAULTS, Settings

__all__ = ["Moment", "Polarization", "course", "esteban_ray", "leanings", "polarization", "window_length"]

#: Draws of actors for an interval, and the shares of them that lie below and above it (95 %).
_DRAWS, _TAIL = 200, 0.025
#: Lengths of windows that `window_length` chooses from: a month, a quarter, half a year, a year, two years.
_LENGTHS = (30, 91, 182, 365, 730)


@dataclass(frozen=True, slots=True)
class Polarization:
    """How polarized actors are: `index` in [0, 1] with its 95 % interval over draws of the actors, and how many lean where."""

    index: float
    low: float
    high: float
    favour: int
    against: int
    balanced: int

    @property
    def actors(self) -> int:
        """How many actors take a side."""
        return self.favour + self.against + self.balanced


@dataclass(frozen=True, slots=True)
class Moment:
    """The polarization of a window of time, from `start` to `end`, ISO 8601 days; `none` where too few actors spoke."""

    start: str
    end: str
    articles: int
    polarization: Polarization | None


def leanings(positions: Positions) -> dict[str, float]:
    """Where each actor stands: (for - against) / all statements, in [-1, 1].

    Args:
        positions: on the level "motion".
    """
    sides: dict[str, list[bool]] = defaultdict(list)
    for row in positions.rows:
        sides[row.actor].append(row.agreement)
    return {actor: (2 * sum(said) - len(said)) / len(said) for actor, said in sorted(sides.items())}


def esteban_ray(stands: Sequence[float], *, alpha: float = DEFAULTS.polarization_alpha) -> float:
    """Esteban and Ray's polarization of positions in [-1, 1], grouped by their sign.

    Args:
        stands: one position an actor.
        alpha: how much more a group weighs than its members one by one, from 0 to 1.6.

    >>> esteban_ray([1, 1, -1, -1]), esteban_ray([1, 1, 1]), round(esteban_ray([1, 0, -1]), 3)
    (1.0, 0.0, 0.593)
    """
    groups = [group for group in ([y for y in stands if y < 0], [y for y in stands if y == 0], [y for y in stands if y > 0]) if group]
    parts = [(len(group) / len(stands), sum(group) / len(group)) for group in groups]
    return float(2 ** alpha * sum(p ** (1 + alpha) * q * abs(y - z) for p, y in parts for q, z in parts))


def polarization(positions: Positions, *, settings: Settings = DEFAULTS) -> Polarization:
    """How polarized the actors of a table are.

    Args:
        positions: on the level "motion".
        settings: `polarization_alpha`.
    """
    stands = list(leanings(positions).values())
    index = esteban_ray(stands, alpha=settings.polarization_alpha) if stands else 0.0
    draw = random.Random(0)  # noqa: S311  # a sample, no secret
    drawn = sorted(esteban_ray(draw.choices(stands, k=len(stands)), alpha=settings.polarization_alpha)
                   for _ in range(_DRAWS if stands else 0))
    low, high = (drawn[int(share * (len(drawn) - 1))] if drawn else 0.0 for share in (_TAIL, 1 - _TAIL))
    return Polarization(index, low, high, sum(y > 0 for y in stands), sum(y < 0 for y in stands), sum(y == 0 for y in stands))


def course(positions: Positions, *, days: int, step: int | None = None, settings: Settings = DEFAULTS) -> tuple[Moment, ...]:
    """Polarization over time.

    Args:
        positions: on the level "motion".
        days, step: length and distance of the windows, as in `argmap.analyse.positions.windows`.
        settings: windows with fewer actors than `window_actors` have no figure.
    """
    moments = []
    for window in windows(positions, days=days, step=step):
        rows = window.positions.rows
        enough = len({row.actor for row in rows}) >= settings.window_actors
        moments.append(Moment(window.start, window.end, len({row.article for row in rows}),
                              polarization(window.positions, settings=settings) if enough else None))
    return tuple(moments)


def window_length(positions: Positions, *, settings: Settings = DEFAULTS) -> int | None:
    """The shortest usual length in days (30, 91, 182, 365, 730) at which most fixed windows have enough actors; None if none has.

    Args:
        positions: on the level "motion".
        settings: `window_actors`.
    """
    for days in _LENGTHS:
        moments = course(positions, days=days, settings=settings)
        if len(moments) > 1 and sum(moment.polarization is not None for moment in moments) > len(moments) / 2:
            return days
    return None
