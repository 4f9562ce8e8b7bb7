"""A map and what was counted in it come in; how it was made, how much was measured, and how far to trust it goes out."""

from __future__ import annotations

from collections.abc import Iterable

from argmap.analyse.analysis import Counts
from argmap.analyse.document import Block, Bullets, Heading, Table, many
from argmap.model import DebateMap
from argmap.settings import DEFAULTS, Settings

__all__ = ["caveats", "making", "measured"]

#: What a map's `corrections` say of one that holds.
APPLIED = "applied"


def making(map: DebateMap) -> str:
    """Who says that what a map holds is so."""
    if map.origin:
        return (f"Statements, speakers and relations were coded in {map.origin['program']} and imported from “{map.origin['file']}”; the "
                "figures were computed from them.")
    corrected = list(map.corrections.values()).count(APPLIED)
    by_hand = f", then corrected by hand in {many(corrected, 'place')}" if corrected else ""
    return f"Everything was read by program{by_hand}."


def measured(counts: Counts) -> Iterable[Block]:
    """How much of what the figures rest on."""
    yield Heading("What was measured")
    yield Table(("what", "number", "of which"), (
        ("articles", str(counts.articles), f"{counts.undated} without a date" if counts.undated else ""),
        ("statements that bear on the motion", str(counts.statements), (
            f"{counts.voiced} by persons, organisations, governments or documents; the rest are the articles' own voice, groups such "
            "as “critics”, or speakers that were not found")),
        ("statements by these actors", str(counts.voiced),
         f"{counts.neutral} take no side{' and do not count in coalitions and polarization' if counts.actors else ''}"),
        ("actors that take a side", str(counts.actors), f"{counts.single} on the strength of a single statement"),
        ("claims (statements that make one point)", str(counts.claims), f"{counts.once} made only once"),
        ("relations between claims", str(counts.relations), f"{counts.implicit} without a word that signals them")))


def caveats(map: DebateMap, counts: Counts, *, settings: Settings = DEFAULTS) -> Iterable[Block]:
    """What speaks against taking the figures for the debate itself.

    Args:
        map: the map.
        counts: what was counted in it.
        settings: the same that the figures were made with.
    """
    points = []
    if map.origin:
        points.append(f"Who said what is as it was coded in {map.origin['program']}; the figures are as good as that coding.")
    else:
        points.append("Actors, statements, sides and relations were extracted by program"
                      f"{'' if map.corrections else ' and not checked by hand'}. Programs err about sides and relations far more often "
                      "than about who said what: read the quotations in the map before you cite a figure. “argmap sample” draws "
                      "statements and relations for you to check and tells how many are right; “argmap evaluate” compares the map with "
                      "articles that you coded yourself.")
    if counts.actors:
        points.append(f"{counts.single} of {counts.actors} actors are placed by one statement; one error moves them to the other side.")
    points.append("An actor stands where the articles quote it. Who is quoted, on what and how often is the outlets' choice.")
    if counts.beside:
        points.append(f"Left out: {many(counts.beside, 'statement')} with a relevance below {settings.relevance:g}.")
    if counts.again:
        points.append(f"Counted once: {many(counts.again, 'statement')} in words that stand in another article too, as agencies' do.")
    if counts.doubtful:
        points.append(f"Left out: {many(counts.doubtful, 'relation')} with a confidence below {settings.low_confidence:g}. An "
                      "objection that is missing makes a claim look safe, and one too many makes it look lost.")
    if counts.claims and counts.once / counts.claims > settings.concept_ties:
        points.append(f"{counts.once / counts.claims:.0%} of the claims were made once. The more articles, the more claims recur, and "
                      "the more networks of shared claims and concepts say.")
    if counts.undated:
        points.append(f"Missing from the course over time: {many(counts.undated, 'article')} without a date.")
    points.append("“Undefended” and “accepted” refer to these articles only. They say nothing about what is true.")
    yield Heading("How far to trust this")
    yield Bullets(tuple(points))
