"""Corrections of actors: merge, split, rename, kind, affiliation, other names, add, reject."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from argmap.corrections import find
from argmap.corrections.entries import Correction
from argmap.corrections.state import State, Unapplied, human, touch
from argmap.gold import fold
from argmap.model import AUTHOR, Actor, Merge, stable_id

__all__ = ["HANDLERS", "RULE"]

#: The rule of a merge, and of a relation, that a person made.
RULE = "human"


def _add(state: State, correction: Correction, order: int) -> None:
    values = correction.values
    if any(fold(one.name) == fold(values["name"]) for one in state.actors.values()):
        return  # a later version of the rules may find it by itself
    name = _new_id(state, values["name"])
    state.actors[name] = Actor(name, values["name"], values["kind"], values.get("affiliation") or None, values.get("aliases", ()),
                               human=("added",))


def _new_id(state: State, name: str) -> str:
    """An id made of the name's words, as those of the actors that are found."""
    slug = "-".join(fold(name).split()) or stable_id("a", name)
    return state.free(slug, {*state.actors, AUTHOR})


def _merge(state: State, correction: Correction, order: int) -> None:
    old, new = (find.actor(state, correction.values[end]) for end in ("actor", "into"))
    if old == new:
        return
    gone, kept = state.actors[old], state.actors[new]
    forms = dict.fromkeys((*kept.aliases, gone.name, *gone.aliases))
    forms.pop(kept.name, None)
    state.merges = [replace(merge, actor=new) if merge.actor == old else merge for merge in state.merges]
    state.merges += [Merge(new, article, gone.name, RULE, correction.note or correction.action) for article in _articles(state, old)]
    state.actors[new] = human(kept, "merged", aliases=tuple(forms), known=kept.known or gone.known,
                              affiliation=None if kept.affiliation in (kept.name, gone.name) else kept.affiliation)
    del state.actors[old]
    state.gone(old, new)
    _replace(state, old, new)
    _respell(state, gone.name, kept.name)


def _articles(state: State, name: str) -> list[str]:
    """The articles that name an actor or have it speak."""
    return sorted({*(mention.article for mention in state.mentions if mention.actor == name),
                   *(one.article for one in state.statements.values() if name in one.actors)})


def _replace(state: State, old: str, new: str | None) -> None:
    """Put an actor in another's place everywhere, or nobody."""
    state.attributions = [replace(one, actors=touch(one.actors, old, new)) if old in one.actors else one for one in state.attributions]
    for one in list(state.statements.values()):
        if old in one.actors:
            state.put(replace(one, actors=touch(one.actors, old, new)))
    if new is None:
        state.mentions = [one for one in state.mentions if one.actor != old]
    else:
        state.mentions = [replace(one, actor=new) if one.actor == old else one for one in state.mentions]


def _respell(state: State, old: str, new: str) -> None:
    """Name an organisation anew where it is an affiliation."""
    for actor in list(state.actors.values()):
        if actor.affiliation == old and actor.name != new:
            state.actors[actor.id] = replace(actor, affiliation=new)


def _split(state: State, correction: Correction, order: int) -> None:
    values = correction.values
    old = find.actor(state, values["actor"])
    chosen = {find.statement(state, one) for one in values.get("statements", ())}
    forms = {fold(form) for form in values.get("forms", ())}
    articles = set(values.get("articles", ()))
    mentioned = [one.actor == old and (one.article in articles or fold(one.span.text) in forms) for one in state.mentions]
    told = {(one.article, one.span) for one, moved in zip(state.mentions, mentioned, strict=True) if moved}
    for one in state.statements.values():
        if old in one.actors and (one.article in articles or one.source is not None and (
                fold(one.source.text) in forms or any(home == one.article and span.overlaps(one.source) for home, span in told))):
            chosen.add(one.id)
    chosen = {name for name in chosen if old in state.statements[name].actors}
    if not chosen and not told:
        if any(fold(one.name) == fold(values["name"]) for one in state.actors.values() if one.id != old):
            return
        raise Unapplied(f"nothing of {values['actor']} is among the forms, articles and statements given")
    new = _other(state, old, correction)
    for name in chosen:
        statement = state.statements[name]
        state.put(human(statement, "actors", actors=touch(statement.actors, old, new)))
    quoted = {state.statements[name].attribution for name in chosen}
    state.attributions = [replace(one, actors=touch(one.actors, old, new)) if one.id in quoted else one for one in state.attributions]
    state.mentions = [replace(one, actor=new) if moved else one for one, moved in zip(state.mentions, mentioned, strict=True)]
    state.merges = [replace(one, actor=new) if one.actor == old and (one.article in articles or fold(one.name) in forms) else one
                    for one in state.merges]


def _other(state: State, old: str, correction: Correction) -> str:
    """The actor that part of another becomes: the one of that name, or a new one; the forms that are his are no longer the other's."""
    values, kept = correction.values, state.actors[old]
    forms = {fold(form) for form in values.get("forms", ())}
    own = tuple(form for form in values.get("forms", ()) if form != values["name"])
    left = tuple(form for form in kept.aliases if fold(form) not in forms)
    state.actors[old] = human(kept, "split", aliases=left)
    same = [one.id for one in state.actors.values() if one.id != old and fold(one.name) == fold(values["name"])]
    if same:
        other = state.actors[same[0]]
        state.actors[other.id] = human(other, "split", aliases=tuple(dict.fromkeys((*other.aliases, *own))))
        return other.id
    new = _new_id(state, values["name"])
    state.actors[new] = Actor(new, values["name"], values.get("kind", kept.kind), aliases=own, human=("split",))
    return new


def _rename(state: State, correction: Correction, order: int) -> None:
    name, new = find.actor(state, correction.values["actor"]), correction.values["name"]

    def change() -> None:
        actor = state.actors[name]
        if actor.name != new:
            aliases = dict.fromkeys((*actor.aliases, actor.name))
            aliases.pop(new, None)
            state.actors[name] = replace(actor, name=new, aliases=tuple(aliases))
            _respell(state, actor.name, new)
        state.actors[name] = human(state.actors[name], "name")

    state.set_value(("actor", name, "name"), correction, order, new, change)


def _set(field: str) -> Callable[[State, Correction, int], None]:
    """What gives a field of an actor another value."""
    def handler(state: State, correction: Correction, order: int) -> None:
        name, value = find.actor(state, correction.values["actor"]), correction.values[field]
        if field == "affiliation":
            value = value or None
        if field == "aliases":
            value = tuple(dict.fromkeys(form for form in value if form != state.actors[name].name))

        def change() -> None:
            state.actors[name] = human(state.actors[name], field, **{field: value})

        state.set_value(("actor", name, field), correction, order, value, change)

    return handler


def _reject(state: State, correction: Correction, order: int) -> None:
    name = find.actor(state, correction.values["actor"], sure=True)
    del state.actors[name]
    _replace(state, name, None)
    state.merges = [merge for merge in state.merges if merge.actor != name]


#: What applies each action on actors.
HANDLERS: Mapping[str, Callable[[State, Correction, int], None]] = {
    "add-actor": _add, "merge-actors": _merge, "split-actor": _split, "rename-actor": _rename, "set-kind": _set("kind"),
    "set-affiliation": _set("affiliation"), "set-aliases": _set("aliases"), "reject-actor": _reject,
}
