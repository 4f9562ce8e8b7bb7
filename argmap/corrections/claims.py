"""Corrections of claims: merge, split, text, topic; and what follows for claims, concepts and relations when statements moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Literal

from argmap.claims import wording
from argmap.corrections import find
from argmap.corrections.entries import Correction
from argmap.corrections.state import State, Unapplied, human
from argmap.corrections.statements import concept_id, judge
from argmap.model import Claim, Concept, Statement, stable_id
from argmap.points import plain

__all__ = ["HANDLERS", "settle"]


def _merge(state: State, correction: Correction, order: int) -> None:
    old, new = (find.claim(state, correction.values[end]) for end in ("claim", "into"))
    if old == new:
        return
    gone, kept = state.claims[old], state.claims[new]
    for one in state.made(old):
        state.put(replace(one, claim=new))
    state.changed |= {old, new}
    if gone.concept != kept.concept and gone.concept and kept.concept:
        # What asserts or denies the one asserts or denies the other, now that both are one.
        turn = gone.polarity * kept.polarity
        for claim in list(state.claims.values()):
            if claim.concept == gone.concept and claim.id != old:
                state.claims[claim.id] = replace(claim, concept=kept.concept, polarity=_SIGNS[claim.polarity * turn])
    state.claims[new] = human(state.claims[new], "merged")
    del state.claims[old]
    state.gone(old, new)


_SIGNS: Mapping[int, Literal[1, -1]] = {1: 1, -1: -1}


def _split(state: State, correction: Correction, order: int) -> None:
    values = correction.values
    chosen = sorted({find.statement(state, one) for one in values["statements"]})
    homes = {state.statements[name].claim for name in chosen}
    if len(homes) == 1 and set(chosen) == {one.id for one in state.made(*homes)}:
        name = homes.pop()  # they are a claim of their own already
    else:
        old = find.claim(state, values["claim"]) if "claim" in values else state.statements[chosen[0]].claim
        name = state.free(stable_id("c", "split", *chosen), state.claims)
        kept = state.claims.get(old)
        if kept is None:
            raise Unapplied("the claim that they make is gone")
        texts = [_text(state, state.statements[one]) for one in chosen]
        state.claims[name] = Claim(name, texts[0], state.articles[state.statements[chosen[0]].article].language, kept.stance, kept.topic,
                                   concept_id(state, name), 1, (), ("split",))
        for one in chosen:
            state.put(human(state.statements[one], "claim", claim=name))
        state.claims[old] = human(kept, "split")
    if values.get("text"):
        _retell(state, name, values["text"])


def _text(state: State, statement: Statement) -> str:
    article = state.articles[statement.article]
    return plain(wording(statement, article, {actor.id: actor.name for actor in state.actors.values()}), article.language)


def _retell(state: State, name: str, text: str) -> None:
    claim = state.claims[name]
    state.claims[name] = human(claim, "text", text=text)
    concept = state.concepts.get(claim.concept)
    if concept is not None and concept.text == claim.text:  # the claim that names it
        state.concepts[concept.id] = replace(concept, text=text)


def _edit(state: State, correction: Correction, order: int) -> None:
    name, text = find.claim(state, correction.values["claim"]), correction.values["text"]
    state.set_value(("claim", name, "text"), correction, order, text, lambda: _retell(state, name, text))


def _topic(state: State, correction: Correction, order: int) -> None:
    name, topic = find.claim(state, correction.values["claim"]), correction.values["topic"]
    known = [one.id for one in state.map.debate.topics]
    if topic and topic not in known and topic not in {claim.topic for claim in state.map.claims}:
        raise Unapplied(f"there is no topic {topic!r}: the map has {', '.join(known) or 'none'}")

    def change() -> None:
        state.claims[name] = human(state.claims[name], "topic", topic=topic)

    state.set_value(("claim", name, "topic"), correction, order, topic, change)


def settle(state: State) -> None:
    """Let all follow that follows from statements that came, went or moved: claims, their sides, concepts, relations."""
    before = {claim.id: claim for claim in state.map.claims}
    first = {statement.id: statement for statement in state.map.statements}
    for name in sorted(state.changed & state.claims.keys()):
        made, old = state.made(name), before.get(name)
        if not made:
            if old is None or old.statements:  # it has lost them all
                del state.claims[name]
            continue
        claim = replace(state.claims[name], statements=tuple(one.id for one in made))
        left = {one for one in (old.statements if old else ()) if one not in claim.statements and one in first}
        if "text" not in claim.human and any(claim.text == _text(state, first[one]) for one in left):
            claim = replace(claim, text=_text(state, min(made, key=lambda one: not one.clause)))
        state.claims[name] = claim
        if old is None or old.stance == _side(first[one] for one in old.statements if one in first):
            state.judged.add(name)
    for statement in list(state.statements.values()):
        again = statement.repeats
        if again and again in first and again in state.statements and first[again].claim == first[statement.id].claim \
                and state.statements[again].claim != statement.claim:
            state.put(replace(statement, repeats=None))  # the same words, but people say that they make another point
    for name in sorted(state.judged & state.claims.keys()):
        judge(state, name)
    _concepts(state)


def _side(statements: Iterable[Statement]) -> str:
    return next((one.stance for one in statements if one.stance != "neutral"), "neutral")


def _concepts(state: State) -> None:
    """Each concept with the claims that share it now; those that nobody shares are gone."""
    before = {claim.id: claim for claim in state.map.claims}
    members: dict[str, list[str]] = {}
    for claim in state.claims.values():
        if claim.concept:
            members.setdefault(claim.concept, []).append(claim.id)
    for name in [name for name in state.concepts if name not in members]:
        if any(claim.concept == name for claim in before.values()):
            del state.concepts[name]
    for name, claims in members.items():
        concept = state.concepts.get(name)
        if concept is None:
            if claims[0] not in before:
                state.concepts[name] = Concept(name, state.claims[claims[0]].text, tuple(sorted(claims)))
            continue
        now = (*(one for one in concept.claims if one in claims), *sorted(set(claims) - set(concept.claims)))
        if now == concept.claims:
            continue
        named = {before[one].text for one in concept.claims if one not in claims and one in before}
        text = state.claims[now[0]].text if concept.text in named else concept.text
        state.concepts[name] = replace(concept, claims=now, text=text)


#: What applies each action on claims.
HANDLERS: Mapping[str, Callable[[State, Correction, int], None]] = {
    "merge-claims": _merge, "split-claim": _split, "edit-claim": _edit, "set-topic": _topic,
}
