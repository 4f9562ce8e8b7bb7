"""A map comes in and is taken apart, corrections change the parts, a map goes out again: what the modules that apply them share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from argmap.corrections.entries import Correction
from argmap.gold import fold
from argmap.model import Actor, Claim, DebateMap, Relation, Statement
from argmap.settings import Settings

__all__ = ["Rejected", "State", "Unapplied", "human", "touch"]

T = TypeVar("T", Actor, Statement, Claim, Relation)


class Unapplied(Exception):  # noqa: N818  # an outcome, no error
    """A correction does not apply; the message says why."""


@dataclass(frozen=True, slots=True)
class _Set:
    """A value that a correction set, and which correction it was."""

    correction: Correction
    order: int
    value: Any


def human(item: T, *names: str, **values: Any) -> T:
    """The item with new values, marked as a person's in what is named."""
    marks = tuple(sorted({*item.human, *names}))
    return replace(item, human=marks, **values)


def touch(items: Iterable[str], old: str, new: str | None) -> tuple[str, ...]:
    """Ids with one replaced by another, or taken out, each once."""
    found = (new if item == old else item for item in items)
    return tuple(dict.fromkeys(item for item in found if item is not None))


class Rejected(Unapplied):
    """A correction is about a statement that another one rejected."""


class State:
    """The parts of a map while it is corrected.

    Ids that corrections take away stay known: `follow` says what they have become. `owner` holds the claim that each statement
    made at first, so that what the map's relations rest on can be told from what was moved.
    """

    def __init__(self, debate_map: DebateMap, settings: Settings) -> None:
        self.map, self.settings = debate_map, settings
        self.articles = {article.id: article for article in debate_map.articles}
        self.actors = {actor.id: actor for actor in debate_map.actors}
        self.attributions = list(debate_map.attributions)
        self.statements = {statement.id: statement for statement in debate_map.statements}
        self.dropped: dict[str, Statement] = {}
        self.claims = {claim.id: claim for claim in debate_map.claims}
        self.concepts = {concept.id: concept for concept in debate_map.concepts}
        self.relations = list(debate_map.relations)
        self.mentions = list(debate_map.mentions)
        self.merges = list(debate_map.merges)
        self.owner = {statement.id: statement.claim for statement in debate_map.statements}
        self._members: dict[str, set[str]] = defaultdict(set)
        #: Claims whose statements changed, and those whose side may have.
        self.changed: set[str] = set()
        self.judged: set[str] = set()
        #: Corrections, by their place in the file, that a later one overrode, and why.
        self.overridden: dict[int, str] = {}
        #: The words of statements that stand for others, since their place is much the same: emptied before each correction.
        self.instead: dict[str, None] = {}
        self._gone: dict[str, str] = {}
        self._values: dict[tuple[str, ...], _Set] = {}
        self._words: dict[str, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
        for statement in debate_map.statements:
            self._members[statement.claim].add(statement.id)
            self._index(statement)

    # ids

    def gone(self, old: str, new: str) -> None:
        """Note that what had an id is now part of something else."""
        self._gone[old] = new

    def follow(self, name: str) -> str:
        """The id that stands for an id now."""
        seen = {name}
        while name in self._gone and self._gone[name] not in seen:
            name = self._gone[name]
            seen.add(name)
        return name

    def free(self, name: str, taken: Iterable[str]) -> str:
        """The id, or the first of `name-2`, `name-3` … that is not taken."""
        used, number, found = set(taken), 1, name
        while found in used:
            number += 1
            found = f"{name}-{number}"
        return found

    # words

    def with_words(self, article: str | None, asked: tuple[str, ...]) -> list[Statement]:
        """The statements of an article, or of all, that have just these words."""
        homes = list(self._words) if article is None else [article]
        found = (name for home in homes if home in self._words for name in self._words[home].get(asked, ()))
        return [self.statements[name] for name in found if name in self.statements]

    def of_article(self, article: str) -> list[Statement]:
        """The statements of an article."""
        return [self.statements[name] for names in self._words.get(article, {}).values() for name in names if name in self.statements]

    def _index(self, statement: Statement) -> None:
        self._words[statement.article][tuple(fold(statement.text).split())].append(statement.id)

    # statements

    def put(self, statement: Statement) -> None:
        """Add a statement, or give one new values; the claims that lose or gain it are noted."""
        before = self.statements.get(statement.id)
        if before is None:
            self._index(statement)
        elif before.claim != statement.claim:
            self._members[before.claim].discard(statement.id)
            self.changed.add(before.claim)
        if before is None or before.claim != statement.claim:
            self._members[statement.claim].add(statement.id)
            self.changed.add(statement.claim)
        self.statements[statement.id] = statement

    def drop(self, name: str) -> None:
        """Take a statement away."""
        statement = self.dropped[name] = self.statements.pop(name)
        self._members[statement.claim].discard(name)
        self.changed.add(statement.claim)

    def made(self, claim: str) -> list[Statement]:
        """The statements that make a claim now: those that it had in their order, then those that came, by article and place."""
        names = self._members[claim]
        had = [name for name in self.claims[claim].statements if name in names] if claim in self.claims else []
        came = sorted((self.statements[name] for name in names - set(had)), key=_place)
        return [*(self.statements[name] for name in had), *came]

    # values

    def set_value(self, slot: tuple[str, ...], correction: Correction, order: int, value: Any, change: Callable[[], None]) -> None:
        """Make a change, unless a correction further down in the file gives the same thing another value.

        Raises:
            Unapplied: one does.
        """
        before = self._values.get(slot)
        if before is not None and before.value != value:
            if before.order > order:
                raise Unapplied(_overruled(before.correction))
            self.overridden[before.order] = _overruled(correction)
        self._values[slot] = _Set(correction, order, value)
        change()


def _overruled(by: Correction) -> str:
    return f"another correction of the same thing stands further down ({by.place or by})"


def _place(statement: Statement) -> tuple[str, int, str]:
    return statement.article, statement.content[0].start if statement.content else -1, statement.id
