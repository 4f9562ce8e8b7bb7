"""Corrections of relations: add, reject, flip, reverse; and relations that follow the statements they were read from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace

from argmap.corrections import find
from argmap.corrections.actors import RULE
from argmap.corrections.entries import Correction, Reference
from argmap.corrections.state import State, Unapplied, human
from argmap.model import Evidence, Relation, RelationKind
from argmap.relate.lift import merged

__all__ = ["HANDLERS", "follow_statements"]


def follow_statements(state: State) -> None:
    """Let relations lead between the claims that their evidence makes now.

    What was read from a rejected statement is gone, what leads from a claim to itself too. Where relations of two claims come to
    join the same two, they are one, with all their evidence; a person's word on its kind counts before a program's.
    """
    def home(statement: str, claim: str) -> str | None:
        """The claim that an end of a relation now is, as far as its evidence says so."""
        if statement not in state.statements:
            return None if statement in state.owner else claim
        now = state.statements[statement].claim
        return now if now != state.owner.get(statement) else claim

    kept: list[Relation] = []
    moved: set[tuple[str, str]] = set()
    for relation in state.relations:
        ends: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
        for piece in relation.evidence:
            pair = home(piece.origin_statement, relation.origin), home(piece.target_statement, relation.target)
            if pair[0] is not None and pair[1] is not None:
                ends[pair[0], pair[1]].append(piece)
        kept += [replace(relation, origin=origin, target=target, evidence=tuple(evidence)) for (origin, target), evidence in ends.items()
                 if origin != target and {origin, target} <= state.claims.keys()]
        moved |= ends.keys() - {(relation.origin, relation.target)}
    state.relations = _joined(kept, moved)


def _joined(relations: list[Relation], moved: set[tuple[str, str]]) -> list[Relation]:
    """One relation for each pair of claims that relations have come to join."""
    pairs: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    for relation in relations:
        pairs[relation.origin, relation.target].append(relation)
    found = []
    for pair, group in pairs.items():
        if len(group) == 1 or pair not in moved:
            found += group
            continue
        said = [one for one in group if one.human]
        found += merged([one for one in group if not said or one.kind == said[0].kind])
    return found


def _pair(state: State, correction: Correction) -> tuple[str, str]:
    asked: tuple[Reference, Reference] = correction.values["origin"], correction.values["target"]
    origin, target = (find.claim(state, one) for one in asked)
    if origin == target:
        raise Unapplied("both ends are one claim")
    return origin, target


def _between(state: State, origin: str, target: str) -> list[Relation]:
    return [one for one in state.relations if (one.origin, one.target) == (origin, target)]


def _there(state: State, origin: str, target: str) -> list[Relation]:
    found = _between(state, origin, target)
    if not found:
        raise Unapplied("there is no such relation")
    return found


def _put(state: State, origin: str, target: str, relations: list[Relation]) -> None:
    """Put relations in the place of those between two claims."""
    state.relations = [one for one in state.relations if (one.origin, one.target) != (origin, target)] + relations


def _slot(origin: str, target: str) -> tuple[str, str, str]:
    return "relation", origin, target


def _reject(state: State, correction: Correction, order: int) -> None:
    origin, target = _pair(state, correction)
    _there(state, origin, target)
    state.set_value(_slot(origin, target), correction, order, "none", lambda: _put(state, origin, target, []))


def _flip(state: State, correction: Correction, order: int) -> None:
    origin, target = _pair(state, correction)
    found, kind = _there(state, origin, target), correction.values["kind"]
    state.set_value(_slot(origin, target), correction, order, kind, lambda: _put(state, origin, target, [_said(found, kind, "kind")]))


def _said(relations: list[Relation], kind: RelationKind, mark: str) -> Relation:
    """One relation, as a person says it, that keeps the evidence."""
    evidence = tuple(dict.fromkeys(piece for one in relations for piece in one.evidence))
    return human(relations[0], mark, kind=kind, rule=RULE, confidence=1.0, evidence=evidence)


def _reverse(state: State, correction: Correction, order: int) -> None:
    origin, target = _pair(state, correction)
    back = _between(state, target, origin)
    if not _between(state, origin, target) and back:
        return  # as it should be
    found = _there(state, origin, target)
    turned = _said([*found, *back], found[0].kind, "direction")
    evidence = tuple(dict.fromkeys(_turned(piece) for one in found for piece in one.evidence))

    def change() -> None:
        _put(state, origin, target, [])
        _put(state, target, origin, [replace(turned, origin=target, target=origin, evidence=evidence)])

    state.set_value(_slot(origin, target), correction, order, "reversed", change)


def _turned(piece: Evidence) -> Evidence:
    return replace(piece, origin_statement=piece.target_statement, target_statement=piece.origin_statement)


def _add(state: State, correction: Correction, order: int) -> None:
    origin, target = _pair(state, correction)
    kind, found = correction.values["kind"], _between(state, origin, target)

    def change() -> None:
        if found:  # the program found it too, or read it the other way
            _put(state, origin, target, [_said(found, kind, "added")])
            return
        one, other = (_witness(state, correction.values[end], claim) for end, claim in (("origin", origin), ("target", target)))
        article = state.statements[one].article
        state.relations.append(Relation(origin, target, kind, RULE, 1.0, (Evidence(article, one, other),), ("added",)))

    state.set_value(_slot(origin, target), correction, order, kind, change)


def _witness(state: State, asked: Reference, claim: str) -> str:
    """The statement that a relation is shown by: the one quoted, else the claim's first."""
    made = state.made(claim)
    if not made:
        raise Unapplied(f"no statement makes the claim {asked}: a relation is shown by one")
    if asked.quotation:
        try:
            quoted = find.statement(state, find.asked_statement(asked, state))
        except Unapplied:
            return made[0].id
        if quoted in {one.id for one in made}:
            return quoted
    return made[0].id


#: What applies each action on relations.
HANDLERS: Mapping[str, Callable[[State, Correction, int], None]] = {
    "reject-relation": _reject, "reverse-relation": _reverse, "flip-relation": _flip, "add-relation": _add,
}
