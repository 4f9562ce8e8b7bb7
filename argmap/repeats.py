"""Statements in; out, which of them are another's words once more: syndicated text, or a quotation quoted again.

Such a statement stays a statement of its article, but tells nothing new of how many make a claim: who counts sources or
weighs a claim leaves it out.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence

from argmap import vectors
from argmap.model import AUTHOR, Article, Statement
from argmap.points import Point, details_differ
from argmap.settings import DEFAULTS, Settings

__all__ = ["COMMON", "chronological", "repeats"]

#: A run of words that more statements have is a phrase of the language, by which no repetition is looked for.
COMMON = 50


def chronological(statements: Sequence[Statement], articles: Mapping[str, Article]) -> list[int]:
    """The places of statements in the order in which they were published; those without a date come last."""
    def when(at: int) -> tuple[str, str, int, str]:
        one = statements[at]
        return articles[one.article].date or "9999", one.article, one.content[0].start, one.id

    return sorted(range(len(statements)), key=when)


def repeats(statements: Sequence[Statement], articles: Mapping[str, Article], points: Sequence[Point], *,
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
    words = [vectors.tokens(statement.text) for statement in statements]
    order = {place: rank for rank, place in enumerate(chronological(statements, articles))}
    runs = [_runs(row, settings.repeated_run) if len(row) >= settings.repeated_words else frozenset[int]() for row in words]
    holders: dict[int, list[int]] = {}
    for place in sorted(order, key=order.__getitem__):
        for run in runs[place]:
            holders.setdefault(run, []).append(place)
    common = Counter((one, other) for places in holders.values() if len(places) <= COMMON
                     for rank, other in enumerate(places) for one in places[:rank])
    found: dict[int, int] = {}
    for (one, other), shared in sorted(common.items(), key=lambda entry: (order[entry[0][1]], order[entry[0][0]])):
        shorter, longer = sorted((len(runs[one]), len(runs[other])))
        enough = shared >= settings.repeated * shorter and (len(runs[other]) == shorter or 2 * shorter >= longer)
        if other not in found and enough and _one_voice(statements[one], statements[other]) and _no_change(points[one], points[other]):
            found[other] = found.get(one, one)
    return found


def _runs(words: Sequence[str], length: int) -> frozenset[int]:
    """The runs of so many words, as numbers: text takes more room."""
    return frozenset(zlib.crc32(" ".join(words[at:at + length]).encode("utf-8", "surrogatepass")) for at in range(len(words) - length + 1))


def _one_voice(one: Statement, other: Statement) -> bool:
    mine, theirs = set(one.actors) - {AUTHOR}, set(other.actors) - {AUTHOR}
    return bool(mine & theirs) or not (mine and theirs)


def _no_change(one: Point, other: Point) -> bool:
    return one.language == other.language and (one.negations - other.negations) % 2 == 0 and not details_differ(one, other)
