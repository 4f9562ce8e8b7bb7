"""Corrections of statements: add, reject, who speaks, which side it takes, which claim it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from argmap.corrections import find
from argmap.corrections.entries import Correction, Reference
from argmap.corrections.state import Rejected, State, human
from argmap.gold import fold
from argmap.model import AUTHOR, Claim, Stance, Statement, StatementType, Voice, stable_id
from argmap.points import plain

__all__ = ["HANDLERS", "concept_id", "judge"]


def _add(state: State, correction: Correction, order: int) -> None:
    values = correction.values
    article, spans = find.article(state, values["article"], values["quotation"], start=values.get("start"))
    speakers = find.actors(state, values.get("actors", ()))
    own = values.get("voice") == AUTHOR or speakers == (AUTHOR,)
    voice: Voice = "author" if own else "attributed"
    kind: StatementType = "author" if own else values.get("type", "indirect")
    there = [one for one in state.with_words(article, tuple(fold(values["quotation"]).split()))
             if one.content and one.content[0].overlaps(spans[0])]
    home = find.claim(state, values["claim"]) if "claim" in values else None
    if there:  # found by the program as well: what was said of it holds
        made = there[0]
        if "actors" in values or "voice" in values:
            made = _spoken(made, speakers, own=own)
        state.put(human(made, "added", relevance=1.0, claim=home or made.claim))
    else:
        name = state.free(stable_id("s", article, *(at for span in spans for at in (span.start, span.end))), state.statements)
        made = Statement(name, article, voice, kind, spans, actors=(AUTHOR,) if own else tuple(a for a in speakers if a != AUTHOR),
                         claim=home or _new_claim(state, name, correction), relevance=1.0, human=("added",))
        state.put(made)
    if "stance" in values:
        _take(state, made.id, values["stance"])


def _new_claim(state: State, statement: str, correction: Correction) -> str:
    """A claim that nobody else makes, for an added statement."""
    values = correction.values
    language = state.articles[values["article"]].language if values["article"] in state.articles else ""
    name = state.free(stable_id("c", statement), state.claims)
    text = values.get("text") or plain(values["quotation"], language)
    state.claims[name] = Claim(name, text, language, "neutral", values.get("topic", ""), concept_id(state, name), 1, (), ("added",))
    return name


def concept_id(state: State, claim: str) -> str:
    """The id of a concept that one claim has for itself."""
    return state.free(stable_id("k", claim), state.concepts)


def _reject(state: State, correction: Correction, order: int) -> None:
    try:
        name = find.statement(state, correction.values["statement"], sure=True)
    except Rejected:  # two people say so
        return
    state.drop(name)
    copies = sorted((one for one in state.statements.values() if one.repeats == name), key=lambda one: (one.article, one.id))
    for one in copies:  # the next of those with the same words stands for them now
        state.put(replace(one, repeats=None if one is copies[0] else copies[0].id))


def _speak(state: State, correction: Correction, order: int) -> None:
    name = find.statement(state, correction.values["statement"])
    speakers = find.actors(state, correction.values["actors"])

    def change() -> None:
        state.put(human(_spoken(state.statements[name], speakers, own=speakers == (AUTHOR,)), "actors"))

    state.set_value(("statement", name, "actors"), correction, order, speakers, change)


def _spoken(statement: Statement, speakers: tuple[str, ...], *, own: bool) -> Statement:
    """The statement in other mouths; what the article says in its own voice has no source and no cue."""
    if own:
        return replace(statement, voice="author", type="author", actors=(AUTHOR,), attribution=None, source=None, cue=None)
    kind: StatementType = "indirect" if statement.type == "author" else statement.type
    return replace(statement, voice="attributed", type=kind, actors=tuple(name for name in speakers if name != AUTHOR))


def _move(state: State, correction: Correction, order: int) -> None:
    name = find.statement(state, correction.values["statement"])
    home = find.claim(state, correction.values["claim"])

    def change() -> None:
        state.put(human(state.statements[name], "claim", claim=home))

    state.set_value(("statement", name, "claim"), correction, order, home, change)


def _side(state: State, correction: Correction, order: int) -> None:
    stance: Stance = correction.values["stance"]
    if "claim" in correction.values:
        name = find.claim(state, correction.values["claim"])

        def change() -> None:
            for one in state.made(name):
                _take(state, one.id, stance)
            state.claims[name] = human(state.claims[name], "stance", stance=stance)

        state.set_value(("claim", name, "stance"), correction, order, stance, change)
        return
    asked: Reference = correction.values["statement"]
    name = find.statement(state, asked)
    state.set_value(("statement", name, "stance"), correction, order, stance, lambda: _take(state, name, stance))


def _take(state: State, name: str, stance: Stance) -> None:
    statement = human(state.statements[name], "stance", stance=stance)
    state.put(statement)
    state.judged.add(statement.claim)


def judge(state: State, claim: str) -> None:
    """Give a claim the side of its statements, and the statements that a program put on the other side the claim's.

    As in `argmap.claims` it is that of the first that takes one, those that people judged before all others: statements that make
    one claim say one thing, so that who puts one of them right has put all right. What repeats another's words takes its side.
    """
    made = state.made(claim)
    if not made:
        return
    sides = {one.id: one.stance for one in made}
    judged = {one.id for one in made if "stance" in one.human}
    sides |= {one.id: sides[one.repeats] for one in made if one.repeats in sides and one.id not in judged}
    told = sorted(sides, key=lambda name: name not in judged)
    stance: Stance = next((sides[name] for name in told if sides[name] != "neutral"), "neutral")
    for one in made:
        side = sides[one.id] if one.id in judged or sides[one.id] == "neutral" else stance
        if side != one.stance:
            state.put(replace(one, stance=side))
    known = state.claims[claim]
    marks = ("stance",) if judged else ()
    state.claims[claim] = human(known, *marks, stance=stance)


#: What applies each action on statements.
HANDLERS: Mapping[str, Callable[[State, Correction, int], None]] = {
    "add-statement": _add, "set-speakers": _speak, "move-statement": _move, "set-stance": _side, "reject-statement": _reject,
}
