"""Statements in; out, which of them are another's words once more: syndicated text, or a quotation quoted again.

Such a statement stays a statement of its article, but tells nothing new of how many make a claim: who counts sources or
weighs a claim leaves it out.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from argmap import vectors
from argmap.columns import grouped, take
from argmap.model import AUTHOR, Article, Statement
from argmap.points import Point, Points, details_differ
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["COMMON", "chronological", "repeats"]

#: A run of words that more statements have is a phrase of the language, by which no repetition is looked for.
COMMON = 50


def chronological(statements: Sequence[Statement], articles: Mapping[str, Article]) -> list[int]:
    """The places of statements in the order in which they were published; those without a date come last."""
    found: list[int] = []
    for _, places in sorted(grouped(statements).items(), key=lambda entry: (articles[entry[0]].date or "9999", entry[0])):
        placed = {at: (one.content[0].start, one.id) for at, one in zip(places, take(statements, places), strict=True)}
        found += sorted(places, key=placed.__getitem__)
    return found


def repeats(statements: Sequence[Statement], articles: Mapping[str, Article], points: Points, *,
            settings: Settings = DEFAULTS) -> dict[int, int]:
    """For each statement that repeats an earlier one, the place of the first.

    Two statements of one speaker, or two of which one has no known speaker, are the same words if the longer holds most of
    the shorter's runs of words, and neither a number, a name nor a "not" sets them apart. Who quotes at greater length later
    says more, and repeats nothing unless half of it was there.

    Args:
        statements: of all articles.
        articles: by id.
        points: of each statement.
        settings: `repeated`, `repeated_run`, `repeated_words`.
    """
    order = chronological(statements, articles)
    runs, sizes = array("I"), array("I")
    for place in order:
        some = _runs(statements[place], settings)
        runs.extend(some)
        sizes.append(len(some))
    found: dict[int, int] = {}
    for later, earlier, shared in _common(np.array(runs, dtype=np.uint32), np.array(sizes, dtype=np.int64)):
        one, other = order[earlier], order[later]
        shorter, longer = sorted((sizes[earlier], sizes[later]))
        enough = shared >= settings.repeated * shorter and (sizes[later] == shorter or 2 * shorter >= longer)
        if other not in found and enough and _one_voice(statements[one], statements[other]) and _no_change(points[one], points[other]):
            found[other] = found.get(one, one)
    return found


def _runs(statement: Statement, settings: Settings) -> list[int]:
    """A statement's runs of words, each once, as numbers: text takes more room."""
    words, length = vectors.tokens(statement.text), settings.repeated_run
    if len(words) < settings.repeated_words:
        return []
    runs = (" ".join(words[at:at + length]) for at in range(len(words) - length + 1))
    return sorted({zlib.crc32(run.encode("utf-8", "surrogatepass")) for run in runs})


def _common(each: NDArray[np.uint32], sizes: NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """The later and the earlier of each two texts that have runs in common, and how many: by the later, then by the earlier.

    Args:
        each: the runs of all texts, one text after another.
        sizes: how many are each text's.
    """
    holder = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    by_run = np.argsort(each, kind="stable")  # of one run, the earlier holder comes first
    each, holder = each[by_run], holder[by_run]
    starts = np.flatnonzero(np.r_[True, each[1:] != each[:-1]]) if len(each) else np.zeros(0, dtype=np.int64)
    frequent = np.diff(np.r_[starts, len(each)])
    telling = np.repeat(frequent <= COMMON, frequent)
    each, holder = each[telling], holder[telling]
    codes = [np.zeros(0, dtype=np.int64)]
    for step in range(1, min(COMMON, len(each))):
        same = np.flatnonzero(each[step:] == each[:-step])
        if not len(same):
            break
        codes.append(holder[same + step].astype(np.int64) * len(sizes) + holder[same])
    pairs, shared = np.unique(np.concatenate(codes), return_counts=True)
    for pair, count in zip(pairs.tolist(), shared.tolist(), strict=True):
        yield *divmod(pair, len(sizes)), count


def _one_voice(one: Statement, other: Statement) -> bool:
    mine, theirs = set(one.actors) - {AUTHOR}, set(other.actors) - {AUTHOR}
    return bool(mine & theirs) or not (mine and theirs)


def _no_change(one: Point, other: Point) -> bool:
    return one.language == other.language and (one.negations - other.negations) % 2 == 0 and not details_differ(one, other)
