"""One entry of a file of corrections, as TOML or JSON hold it, in; a checked `Correction` out, and back.

An entry says what to do (`action`), what about, and the new value. What it is about is said twice: by id, and by what a reader
would know it by, the name of an actor or the quoted words of a statement, so that it is found again when ids have changed.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, get_args

from argmap.model import ActorKind, AttributionType, RelationKind, Stance, Voice, stable_id

__all__ = ["ACTIONS", "Correction", "Field", "Reference", "plain", "problems", "read_entry"]


@dataclass(frozen=True, slots=True)
class Reference:
    """What an entry is about: its id, and what it is found by when that has changed.

    An actor has a `name`; a statement an `article`, its words (`quotation`) and, where these stand there more than once, the
    character that they `start` at; a claim its `text`, and article and quotation of a statement that makes it.
    """

    id: str = ""
    name: str = ""
    text: str = ""
    article: str = ""
    quotation: str = ""
    start: int | None = None

    def __str__(self) -> str:
        return self.name or self.text or self.quotation or self.id


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: `values` holds what its action asks for, by the names in `ACTIONS`.

    `note` says why, `by` who; `place` is where it stands in its file. Two corrections that differ in these alone are equal.
    """

    action: str
    values: Mapping[str, Any]
    note: str = field(default="", compare=False)
    by: str = field(default="", compare=False)
    place: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """An id that depends on what the correction says alone."""
        return stable_id("x", json.dumps(plain(self) | {"note": None, "by": None}, ensure_ascii=False, sort_keys=True))

    def __str__(self) -> str:
        return " ".join((self.action, *filter(None, map(_brief, self.values.values()))))


@dataclass(frozen=True, slots=True)
class Field:
    """A value of an entry: how it is read, what it is called in messages, whether it must be there, and may be empty."""

    read: Callable[[Any], Any]
    needed: bool = True
    empty: bool = False


#: The keys of what a reference is about.
_ACTOR, _STATEMENT = ("id", "name"), ("id", "article", "quotation", "start")
_CLAIM = ("id", "text", "article", "quotation", "start")
#: Keys that any entry may have.
_COMMON = ("action", "note", "by")
#: A message quotes so many characters of a value at most, a line about a correction so many of its words.
_SHOWN = 60


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValueError("must be a text")
    return raw.strip()


def _whole(raw: Any) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or raw < 0:
        raise ValueError("must be a whole number, the place of a character")
    return raw


def _one_of(allowed: tuple[str, ...], raw: Any) -> str:
    if raw not in allowed:
        raise ValueError(f"{_quoted(raw)} is none of {', '.join(allowed)}")
    return str(raw)


def _reference(keys: tuple[str, ...], raw: Any) -> Reference:
    if not isinstance(raw, dict):
        raise ValueError(f"must have the keys {', '.join(keys)}")
    if unknown := [key for key in raw if key not in keys]:
        raise ValueError(f"has no key {_quoted(unknown[0])}: use {', '.join(keys)}")
    values: dict[str, Any] = {}
    for key, value in raw.items():
        try:
            values[key] = _whole(value) if key == "start" else _text(value)
        except ValueError as error:
            raise ValueError(f"its {key} {error}") from error
    found = Reference(**values)
    if not str(found):
        raise ValueError(f"is empty: give {' or '.join(key for key in keys if key in ('id', 'name', 'quotation', 'text'))}")
    return found


def _several(one: Callable[[Any], Any], raw: Any) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise ValueError("must be a list")
    return tuple(one(item) for item in raw)


_actor, _statement, _claim = (partial(_reference, keys) for keys in (_ACTOR, _STATEMENT, _CLAIM))
_actor_kind, _side, _kind = (partial(_one_of, get_args(kind)) for kind in (ActorKind, Stance, RelationKind))
_names = partial(_several, _text)
_may = partial(Field, needed=False, empty=True)

#: What each action asks for. They take effect in this order, wherever they stand in the file.
ACTIONS: Mapping[str, Mapping[str, Field]] = {
    "add-actor": {"name": Field(_text), "kind": Field(_actor_kind), "affiliation": _may(_text), "aliases": _may(_names)},
    "merge-actors": {"actor": Field(_actor), "into": Field(_actor)},
    "split-actor": {"actor": Field(_actor), "name": Field(_text), "kind": Field(_actor_kind, needed=False), "forms": _may(_names),
                    "articles": _may(_names), "statements": _may(partial(_several, _statement))},
    "rename-actor": {"actor": Field(_actor), "name": Field(_text)},
    "set-kind": {"actor": Field(_actor), "kind": Field(_actor_kind)},
    "set-affiliation": {"actor": Field(_actor), "affiliation": Field(_text, empty=True)},
    "set-aliases": {"actor": Field(_actor), "aliases": Field(_names, empty=True)},
    "reject-actor": {"actor": Field(_actor)},
    "add-statement": {"article": Field(_text), "quotation": Field(_text), "start": _may(_whole), "actors": _may(partial(_several, _actor)),
                      "voice": Field(partial(_one_of, get_args(Voice)), needed=False),
                      "type": Field(partial(_one_of, get_args(AttributionType)), needed=False), "stance": Field(_side, needed=False),
                      "claim": Field(_claim, needed=False), "text": _may(_text), "topic": _may(_text)},
    "set-speakers": {"statement": Field(_statement), "actors": Field(partial(_several, _actor), empty=True)},
    "merge-claims": {"claim": Field(_claim), "into": Field(_claim)},
    "move-statement": {"statement": Field(_statement), "claim": Field(_claim)},
    "split-claim": {"claim": Field(_claim, needed=False), "statements": Field(partial(_several, _statement)), "text": _may(_text)},
    "edit-claim": {"claim": Field(_claim), "text": Field(_text)},
    "set-topic": {"claim": Field(_claim), "topic": Field(_text, empty=True)},
    "set-stance": {"claim": Field(_claim, needed=False), "statement": Field(_statement, needed=False), "stance": Field(_side)},
    "reject-statement": {"statement": Field(_statement)},
    "reject-relation": {"origin": Field(_claim), "target": Field(_claim)},
    "reverse-relation": {"origin": Field(_claim), "target": Field(_claim)},
    "flip-relation": {"origin": Field(_claim), "target": Field(_claim), "kind": Field(_kind)},
    "add-relation": {"origin": Field(_claim), "target": Field(_claim), "kind": Field(_kind)},
}
#: Actions of which each entry must name one of some things, or at least one.
_EITHER = {"set-stance": ("claim", "statement")}
_SOME = {"split-actor": ("forms", "articles", "statements")}


def read_entry(raw: Any, *, place: str = "") -> Correction:
    """The correction that an entry holds.

    Args:
        raw: the entry, as TOML or JSON hold it.
        place: where it stands, for messages.

    Raises:
        ValueError: it is none; the message names all that is wrong with it.

    >>> read_entry({"action": "rename-actor", "actor": {"id": "roth"}, "name": "Nadia Roth"}).values["name"]
    'Nadia Roth'
    """
    if found := list(problems(raw)):
        raise ValueError("; ".join(found))
    fields = ACTIONS[raw["action"]]
    values = {name: fields[name].read(raw[name]) for name in fields if name in raw}
    values = {name: value for name, value in values.items() if fields[name].needed or value not in ("", ())}
    return Correction(raw["action"], values, raw.get("note", ""), raw.get("by", ""), place)


def problems(raw: Any) -> Iterator[str]:
    """All that is wrong with an entry."""
    if not isinstance(raw, dict):
        yield "must be a table with an action"
        return
    action = raw.get("action")
    if not isinstance(action, str) or action not in ACTIONS:
        yield f"action {_quoted(action)} is none of {', '.join(ACTIONS)}{_meant(action, ACTIONS)}" if "action" in raw else "has no action"
        return
    fields = ACTIONS[action]
    for name in raw:
        if name not in fields and name not in _COMMON:
            yield f"{action} has no key {_quoted(name)}{_meant(name, fields)}: it takes {', '.join(fields)}"
    for name in ("note", "by"):
        if not isinstance(raw.get(name, ""), str):
            yield f"{name} must be a text"
    for name, one in fields.items():
        if name not in raw:
            if one.needed:
                yield f"{action} needs {name}"
            continue
        try:
            value = one.read(raw[name])
        except ValueError as error:
            yield f"{name} {error}"
            continue
        if value in ("", ()) and not one.empty:
            yield f"{name} is empty"
    either, some = _EITHER.get(action, ()), _SOME.get(action, ())
    if either and sum(name in raw for name in either) != 1:
        yield f"{action} needs either {' or '.join(either)}"
    if some and not any(raw.get(name) for name in some):
        yield f"{action} needs one of {', '.join(some)}"


def plain(correction: Correction) -> dict[str, Any]:
    """The entry of a correction, as TOML or JSON hold it."""
    raw: dict[str, Any] = {"action": correction.action}
    raw |= {name: _plain(correction.values[name]) for name in ACTIONS[correction.action] if name in correction.values}
    return raw | {name: value for name, value in (("note", correction.note), ("by", correction.by)) if value}


def _plain(value: Any) -> Any:
    if isinstance(value, Reference):
        found = {name: getattr(value, name) for name in ("id", "name", "text", "article", "quotation", "start")}
        return {name: part for name, part in found.items() if part not in ("", None)}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _brief(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_brief, value))
    text = " ".join(str(value).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"


def _quoted(value: Any) -> str:
    return repr(_brief(value)) if isinstance(value, str) else _brief(repr(value))


def _meant(word: Any, known: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(str(word), known, n=1)
    return f" (did you mean {near[0]}?)" if near else ""
