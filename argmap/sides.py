"""A table of what agreeing with each concept means for the motion comes in, and coding by concepts; the same coding with sides goes out.

In the Discourse Network Analyzer actors agree or disagree with concepts, and no concept is for or against anything. A researcher knows
which are: a CSV file with the columns ``concept`` and ``side`` says the side (for, against, neutral) of who agrees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

from argmap.errors import FormatError
from argmap.export.incoming import OPPOSITE, csv_rows, read
from argmap.model import DebateMap, Stance

__all__ = ["read_sides", "with_sides"]


def read_sides(path: Path, coded: DebateMap) -> dict[str, Stance]:
    """What agreeing with each concept means, from a CSV file with the columns ``concept`` and ``side`` (for, against, neutral).

    Args:
        path: the file.
        coded: the coding whose concepts it names.

    Returns:
        The side of who agrees, by the concept's id; concepts that are not in the file are missing.

    Raises:
        FormatError: a column is missing, a side is none, or a concept is not in the coding.
    """
    ids = {concept.text.strip().casefold(): concept.id for concept in coded.concepts}
    rows = csv_rows(path, read(path))
    _, header = next(rows, (0, []))
    names = [name.strip().casefold() for name in header]
    if not {"concept", "side"} <= set(names):
        raise FormatError(f"{path}: the first line must name the columns concept and side")
    found: dict[str, Stance] = {}
    for line, cells in rows:
        row = dict(zip(names, map(str.strip, cells)))
        side = row.get("side", "").casefold()
        if side not in get_args(Stance):
            raise FormatError(f"{path}, line {line}: side {side[:40]!r} is none of {', '.join(get_args(Stance))}")
        concept = ids.get(row["concept"].casefold())
        if concept is None:
            raise FormatError(f"{path}, line {line}: the coding has no concept {row['concept'][:80]!r}")
        found[concept] = side  # type: ignore[assignment]  # checked
    return found


def with_sides(coded: DebateMap, sides: Mapping[str, Stance]) -> DebateMap:
    """The coding with the sides of its claims and statements; what is not in the table stays as it is.

    Args:
        coded: the coding.
        sides: the side of who agrees, by the concept's id.
    """
    claims = tuple(replace(claim, stance=sides[claim.concept] if claim.polarity == 1 else OPPOSITE[sides[claim.concept]])
                   if claim.concept in sides else claim for claim in coded.claims)
    stance = {claim.id: claim.stance for claim in claims}
    return replace(coded, claims=claims, statements=tuple(
        replace(statement, stance=stance.get(statement.claim, statement.stance)) for statement in coded.statements))
