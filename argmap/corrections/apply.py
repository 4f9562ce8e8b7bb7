"""A map and corrections in; out, the corrected map, and what became of each correction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from argmap.corrections import actors, claims, relations, statements
from argmap.corrections.entries import ACTIONS, Correction, plain
from argmap.corrections.state import State, Unapplied
from argmap.model import DebateMap
from argmap.settings import DEFAULTS, Settings

__all__ = ["APPLIED", "Corrected", "Outcome", "apply"]

#: What a map records of a correction that applied; of another it records why not.
APPLIED = "applied"
_HANDLERS = {**actors.HANDLERS, **statements.HANDLERS, **claims.HANDLERS, **relations.HANDLERS}
T = TypeVar("T")
_ORDER = {action: number for number, action in enumerate(ACTIONS)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction: ``applied``; ``before``, the map has it already; ``left``, it does not apply for `reason`.

    `instead` holds the words of statements that were taken for those quoted, since they are at much the same place.
    """

    correction: Correction
    status: Literal["applied", "before", "left"]
    reason: str = ""
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrected map, and what became of each correction, in the order of the file."""

    map: DebateMap
    outcomes: tuple[Outcome, ...]

    @property
    def left(self) -> tuple[Outcome, ...]:
        """Those that do not apply."""
        return tuple(outcome for outcome in self.outcomes if outcome.status == "left")


def apply(debate_map: DebateMap, corrections: Iterable[Correction], *, settings: Settings = DEFAULTS) -> Corrected:
    """Correct a map.

    Actors come first, then statements, claims, sides, and relations at last, wherever the corrections stand in their file; the
    order counts only where two give one thing different values: then the one further down does. A map records what became of each
    correction, and what it records is not tried again.

    Args:
        debate_map: any map; it is not changed.
        corrections: those of a file (`argmap.corrections.load`).
        settings: `correction_overlap` and `correction_likeness` decide what is found again when ids have changed.

    Returns:
        The map with all that applies, what was corrected marked in its `human` field; claims' sides, concepts, repeated
        statements and relations follow. Each correction that does not apply is among the outcomes, with the reason.
    """
    entries = tuple(corrections)
    state = State(debate_map, settings)
    outcomes: dict[int, Outcome] = {}
    todo = sorted(range(len(entries)), key=lambda at: _rank(entries[at]))
    settled = False
    for at in todo:
        one = entries[at]
        recorded = debate_map.corrections.get(one.key)
        if recorded is not None:
            outcomes[at] = Outcome(one, "before") if recorded == APPLIED else Outcome(one, "left", recorded)
            continue
        if one.action in relations.HANDLERS and not settled:
            _settle(state)
            settled = True
        state.instead.clear()
        try:
            _HANDLERS[one.action](state, one, at)
            outcomes[at] = Outcome(one, "applied", instead=tuple(state.instead))
        except Unapplied as error:
            outcomes[at] = Outcome(one, "left", str(error))
    if not settled:
        _settle(state)
    outcomes |= {at: Outcome(entries[at], "left", reason) for at, reason in state.overridden.items()}
    record = {outcome.correction.key: outcome.reason or APPLIED for outcome in outcomes.values()}
    ordered = tuple(outcomes[at] for at in range(len(entries)))
    return Corrected(_assembled(state, {**debate_map.corrections, **record}), ordered)


def _rank(correction: Correction) -> tuple[int, bool, str]:
    """When a correction takes effect: what is said of a statement after what is said of its claim."""
    said = json.dumps(plain(correction) | {"note": "", "by": ""}, sort_keys=True)
    return _ORDER[correction.action], "claim" not in correction.values, said


def _settle(state: State) -> None:
    claims.settle(state)
    relations.follow_statements(state)


def _assembled(state: State, record: dict[str, str]) -> DebateMap:
    old = state.map
    return replace(
        old, actors=_ordered(old.actors, state.actors.values(), _by_id), attributions=tuple(state.attributions),
        statements=_ordered(old.statements, state.statements.values(), _by_id),
        claims=_ordered(old.claims, state.claims.values(), _by_id), concepts=_ordered(old.concepts, state.concepts.values(), _by_id),
        relations=_ordered(old.relations, state.relations, lambda one: (one.origin, one.target, one.kind, one.rule)),
        mentions=tuple(state.mentions), merges=_ordered(old.merges, state.merges, lambda one: (one.actor, one.article, one.name)),
        corrections=dict(sorted(record.items())))


def _by_id(item: Any) -> str:
    return str(item.id)


def _ordered(old: Sequence[T], new: Iterable[T], key: Callable[[T], Any]) -> tuple[T, ...]:
    """Items in the order of their keys if they were so before; else in the order that they had, and what came after them."""
    items = sorted(new, key=key)
    if [*map(key, old)] == sorted(map(key, old)):
        return tuple(items)
    places: dict[Any, int] = {}
    for item in old:
        places.setdefault(key(item), len(places))
    return tuple(sorted(items, key=lambda item: places.get(key(item), len(places))))
