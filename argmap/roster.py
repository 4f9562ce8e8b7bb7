"""A map in, an account of its actors out: what each is called, how often and where it speaks, why names were taken for one.

A researcher reads it to check the actors before counting with them: `merges` say by which rule and on what evidence
names of several articles became one actor, `doubles` which actors may still be one and the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from argmap.gold import fold
from argmap.model import Actor, DebateMap, Merge

__all__ = ["Double", "Entry", "doubles", "roster"]

#: Letters of the shortest word that tells actors apart when they share it; initials and particles are shorter.
TELLING = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor with its mentions, its statements, the articles that name it, and the account of its merges."""

    actor: Actor
    mentions: int
    statements: int
    articles: tuple[str, ...]
    merges: tuple[Merge, ...]


@dataclass(frozen=True, slots=True)
class Double:
    """Two actors that may be one, by `reason`: ``name inside name``, ``initials`` or ``same surname``."""

    one: Actor
    other: Actor
    reason: str


def roster(debate_map: DebateMap) -> tuple[Entry, ...]:
    """The actors of a map, those with most statements first, then those mentioned most, then by id."""
    mentions = Counter(mention.actor for mention in debate_map.mentions)
    statements = Counter(actor for statement in debate_map.statements for actor in statement.actors)
    articles: dict[str, set[str]] = defaultdict(set)
    for mention in debate_map.mentions:
        articles[mention.actor].add(mention.article)
    for statement in debate_map.statements:
        for actor in statement.actors:
            articles[actor].add(statement.article)
    merges: dict[str, list[Merge]] = defaultdict(list)
    for merge in debate_map.merges:
        merges[merge.actor].append(merge)
    entries = [Entry(actor, mentions[actor.id], statements[actor.id], tuple(sorted(articles[actor.id])), tuple(merges[actor.id]))
               for actor in debate_map.actors]
    return tuple(sorted(entries, key=lambda entry: (-entry.statements, -entry.mentions, entry.actor.id)))


def doubles(debate_map: DebateMap) -> tuple[Double, ...]:
    """Pairs of actors of one kind that may be the same, for a person to decide.

    A pair is named where one actor's name is the other's initials, where all its words are among the other's ("Garante"
    and "Garante privacy"), or where two persons share a surname.

    >>> from argmap.model import Debate, Motion
    >>> actors = (Actor("a", "Ada Kellner", "person"), Actor("b", "Kellner", "person"), Actor("c", "Jonas Wedel", "person"))
    >>> [(pair.one.id, pair.other.id, pair.reason) for pair in doubles(DebateMap(Debate("d", Motion({}), ()), actors=actors))]
    [('a', 'b', 'name inside name')]
    """
    sharing: dict[str, list[Actor]] = defaultdict(list)
    for actor in debate_map.actors:
        words = fold(actor.name).split()
        for word in {*(word for word in words if len(word) >= TELLING), _initials(words), fold(actor.name)}:
            sharing[word].append(actor)
    pairs = {(one.id, other.id): (one, other) for actors in sharing.values() for one, other in combinations(actors, 2)}
    return tuple(_judged(sorted(pairs.items())))


def _judged(pairs: list[tuple[tuple[str, str], tuple[Actor, Actor]]]) -> Iterator[Double]:
    for _, (one, other) in pairs:
        if one.kind != other.kind or one.affiliation == other.name or other.affiliation == one.name:
            continue
        mine, theirs = fold(one.name).split(), fold(other.name).split()
        if set(mine) <= set(theirs) or set(theirs) <= set(mine):
            yield Double(one, other, "name inside name")
        elif "".join(mine) == _initials(theirs) or "".join(theirs) == _initials(mine):
            yield Double(one, other, "initials")
        elif one.kind == "person" and mine[-1] == theirs[-1]:
            yield Double(one, other, "same surname")


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words) if len(words) > 1 else "".join(words)
