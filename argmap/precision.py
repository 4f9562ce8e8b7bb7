"""A sheet that people have checked comes in, how often the map is right goes out: by thing, language and confidence, with intervals.

The share of right answers estimates the map's precision; what it missed no sample of it can show. Where rows were drawn from strata,
each counts as many as it stands for. Intervals are Clopper and Pearson's (1934) at 95 %, of the effective number of rows where they
count differently (Kish 1965; Korn and Graubard 1998). They take no account of how much of the map the sheet holds: where it holds most
of it, the truth is closer than they say.

A cell is filled with yes or no (or 1, 0, true, false, sì, no, vero, falso), or with ? where nobody can tell. Cells left empty are
counted, not guessed, and so are question marks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import nan
from pathlib import Path

from argmap.errors import FormatError
from argmap.export.clean import bare
from argmap.export.incoming import csv_rows, read
from argmap.sample import ASKED, BANDS, NOT_ASKED, band

__all__ = ["Checked", "Precision", "Scores", "interval", "read_sheet", "score"]

VERDICTS: Mapping[str, bool | None] = {
    **dict.fromkeys(("yes", "y", "1", "true", "right", "sì", "si", "s", "vero"), True),
    **dict.fromkeys(("no", "n", "0", "false", "wrong", "falso"), False),
    **dict.fromkeys(("?", "unclear", "unsure"), None)}
#: What the interval leaves out at its ends together.
ALPHA = 0.05
ALL = "all"
#: More things than any map holds.
MOST = 10 ** 9


@dataclass(frozen=True, slots=True)
class Checked:
    """A row of a sheet. `verdicts` holds the things that were asked: right, wrong, None where nobody could tell; those left empty are
    `unfilled`."""

    line: int
    id: str
    language: str
    confidence: float
    stratum: str
    stratum_size: int
    verdicts: Mapping[str, bool | None]
    unfilled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Precision:
    """How often one thing is right in one group of rows.

    `dimension` says what was grouped by (all, language, confidence, stratum) and `group` which it is. `value` lies between `low` and
    `high`, all in [0, 1]; `confidence` is the mean of the rows' own: near `value`, if confidences mean what they say.
    """

    thing: str
    dimension: str
    group: str
    right: int
    checked: int
    value: float
    low: float
    high: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of a sheet, and by thing how many cells were left empty and how many were marked as unclear."""

    rows: int
    figures: tuple[Precision, ...]
    unfilled: Mapping[str, int]
    unclear: Mapping[str, int]


def read_sheet(path: Path) -> tuple[Checked, ...]:
    """The rows of a sheet that `argmap.sample` wrote and people filled; other columns and the order of rows and columns do not matter.

    Raises:
        FormatError: it is no such sheet, or a cell holds what is no answer; the message names the line and the column.
    """
    rows = csv_rows(path, read(path))
    _, header = next(rows, (0, []))
    names = [name.strip().casefold() for name in header]
    needed = ("kind", "id", "language", "confidence", "stratum", "stratum size")
    if missing := [name for name in (*needed, *map(_column, _things())) if name not in names]:
        raise FormatError(f"{path}: no column {', '.join(missing)}: is it a sheet of “argmap sample”? Its first line must stay")
    found: dict[str, Checked] = {}
    for line, cells in rows:
        row = _checked(path, line, dict(zip(names, map(bare, cells))))
        if row.id in found:
            raise FormatError(f"{path}, line {line}: the same as line {found[row.id].line}: each row counts once, remove one of them")
        found[row.id] = row
    if not found:
        raise FormatError(f"{path}: no rows below the names of the columns")
    return tuple(found.values())


def score(rows: Iterable[Checked]) -> Scores:
    """How often what was checked is right.

    Args:
        rows: of one sheet.

    Raises:
        FormatError: not one cell is filled.
    """
    rows = list(rows)
    strata = {row.stratum for row in rows}
    dimensions: dict[str, Callable[[Checked], str]] = {
        ALL: lambda row: ALL, "language": lambda row: row.language, "confidence": lambda row: band(row.confidence)}
    if len(strata) > len(ASKED):
        dimensions["stratum"] = lambda row: row.stratum.partition(", ")[2]
    figures = []
    for thing in _things():
        judged = [row for row in rows if row.verdicts.get(thing) is not None]
        weight = _weights(judged)
        for dimension, of in dimensions.items():
            groups: dict[str, list[Checked]] = defaultdict(list)
            for row in judged:
                groups[of(row)].append(row)
            figures += [_precision(thing, dimension, group, groups[group], weight) for group in sorted(groups, key=_order)]
    if not figures:
        raise FormatError("not one answer is filled in: write yes, no or ? below the columns that end in “right?”")
    return Scores(len(rows), tuple(figures), Counter(thing for row in rows for thing in row.unfilled),
                  Counter(thing for row in rows for thing, right in row.verdicts.items() if right is None))


def interval(right: float, checked: float) -> tuple[float, float]:
    """Clopper and Pearson's interval for a share, at 95 %; numbers need not be whole.

    >>> [round(end, 3) for end in interval(45, 50)]
    [0.782, 0.967]
    """
    from scipy.stats import beta
    low = float(beta.ppf(ALPHA / 2, right, checked - right + 1)) if right > 0 else 0.0
    high = float(beta.ppf(1 - ALPHA / 2, right + 1, checked - right)) if right < checked else 1.0
    return low, high


def _things() -> tuple[str, ...]:
    return tuple(thing for things in ASKED.values() for thing in things)


def _column(thing: str) -> str:
    return f"{thing} right?"


def _checked(path: Path, line: int, row: Mapping[str, str]) -> Checked:
    kind = row.get("kind", "").strip()
    if kind not in ASKED:
        raise FormatError(f"{path}, line {line}: kind {kind[:40]!r} is none of {', '.join(ASKED)}: keep what argmap wrote")
    verdicts: dict[str, bool | None] = {}
    unfilled = []
    for thing in _things():
        answer = row.get(_column(thing), "").strip().casefold()
        if answer == NOT_ASKED:
            continue
        if thing not in ASKED[kind]:  # type: ignore[index]  # checked above
            if answer:
                raise FormatError(f"{path}, line {line}: {_column(thing)} is not asked of a {kind}: leave {NOT_ASKED} there")
        elif not answer:
            unfilled.append(thing)
        elif answer not in VERDICTS:
            raise FormatError(f"{path}, line {line}: {_column(thing)} {answer[:40]!r} is none of yes, no and ?: write remarks under note")
        else:
            verdicts[thing] = VERDICTS[answer]
    return Checked(line, row["id"], row.get("language", ""), _number(path, line, row, "confidence", 0, 1), row.get("stratum", ""),
                   round(_number(path, line, row, "stratum size", 1, MOST)), verdicts, tuple(unfilled))


def _number(path: Path, line: int, row: Mapping[str, str], column: str, least: float, most: float) -> float:
    try:
        number = float(row.get(column, "").replace(",", "."))  # as an Italian spreadsheet writes it
    except ValueError:
        number = nan
    if not least <= number <= most:
        raise FormatError(f"{path}, line {line}: {column} {row.get(column, '')[:40]!r} is no number that it can be: keep what argmap wrote")
    return number


def _weights(judged: Iterable[Checked]) -> Mapping[str, float]:
    """How many of the map each judged row of a stratum stands for."""
    counted = Counter((row.stratum, row.stratum_size) for row in judged)
    return {stratum: size / number for (stratum, size), number in counted.items()}


def _precision(thing: str, dimension: str, group: str, rows: list[Checked], weight: Mapping[str, float]) -> Precision:
    weights = [weight[row.stratum] for row in rows]
    right = [bool(row.verdicts[thing]) for row in rows]
    total = sum(weights)
    value = sum(w for w, good in zip(weights, right) if good) / total
    effective = total ** 2 / sum(w * w for w in weights)
    low, high = interval(value * effective, effective)
    sure = sum(w * row.confidence for w, row in zip(weights, rows)) / total
    return Precision(thing, dimension, group, sum(right), len(rows), value, low, high, sure)


def _order(group: str) -> tuple[int, str]:
    """Bands from doubtful to sure, all else by name."""
    bands = [band(0.0), *(band(edge) for edge in BANDS)]
    return (bands.index(group) if group in bands else len(bands), group)
