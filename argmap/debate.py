"""A debate file (TOML) in, a checked `Debate` out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any, get_args

from argmap.errors import DebateError
from argmap.model import ActorKind, Debate, KnownActor, Motion, Side, Stance, Topic

__all__ = ["DEFAULT", "TEMPLATE", "bundled", "load", "parse", "template"]

#: The debate used when none is named.
DEFAULT = "open-vs-closed-ai"
TEMPLATE = "template.toml"


def bundled() -> tuple[str, ...]:
    """The ids of the debates that come with argmap.

    >>> "open-vs-closed-ai" in bundled()
    True
    """
    names = (item.name for item in (resources.files("argmap") / "debates").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml") and name != TEMPLATE))


def template() -> str:
    """A commented debate file to start from."""
    return (resources.files("argmap") / "debates" / TEMPLATE).read_text(encoding="utf-8")


def load(debate: str | Path = DEFAULT) -> Debate:
    """The debate of a TOML file, or of a bundled debate's id.

    Raises:
        DebateError: the file is missing, no TOML, or lacks what a debate needs; the message names the key.
    """
    if isinstance(debate, str) and debate in bundled():
        text = (resources.files("argmap") / "debates" / f"{debate}.toml").read_text(encoding="utf-8")
        return parse(text, name=f"{debate}.toml")
    path = Path(debate)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DebateError(f"{debate}: cannot be read ({error.strerror}); bundled debates: {', '.join(bundled())}") from error
    except UnicodeDecodeError as error:
        raise DebateError(f"{debate}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    return parse(text, name=str(debate))


def parse(text: str, *, name: str = "debate") -> Debate:
    """The debate that TOML text defines; `name` stands in messages.

    Raises:
        DebateError: as for `load`.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DebateError(f"{name}: not TOML: {error}") from error
    known = {"id", "motion", "sides", "topics", "actors", "keywords", "neutral"}
    for key in raw:
        if key not in known:
            raise DebateError(f"{name}: unknown key {key!r}; a debate has {', '.join(sorted(known))}")
    sides = _table(raw.get("sides", {}), f"{name}: sides")
    if set(sides) != {"for", "against"}:
        raise DebateError(f"{name}: [sides] must have exactly 'for' and 'against', not {', '.join(sorted(sides)) or 'nothing'}")
    motion = _by_language(raw.get("motion"), f"{name}: motion", str)
    topics = tuple(_topic(entry, f"{name}: topics[{i}]") for i, entry in enumerate(_tables(raw.get("topics", []), f"{name}: topics")))
    actors = tuple(_actor(entry, f"{name}: actors[{i}]") for i, entry in enumerate(_tables(raw.get("actors", []), f"{name}: actors")))
    for what, ids in (("topics", [t.id for t in topics]), ("actors", [a.id for a in actors])):
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise DebateError(f"{name}: {what}: id {twice[0]!r} is used twice; give each its own")
    return Debate(
        id=_string(raw.get("id"), f"{name}: id"),
        motion=Motion(motion),
        sides=tuple(_side(stance, sides[stance], f"{name}: sides.{stance}") for stance in ("for", "against")),
        topics=topics,
        actors=actors,
        keywords=_by_language(raw.get("keywords", {}), f"{name}: keywords", list),
        neutral=_by_language(raw.get("neutral", {}), f"{name}: neutral", list),
    )


def _side(stance: Stance, raw: Any, where: str) -> Side:
    table = _table(raw, where)
    examples = _by_language(table.get("examples"), f"{where}.examples", list)
    if not any(examples.values()):
        raise DebateError(f"{where}.examples: give at least one example statement")
    return Side(stance, _by_language(table.get("label"), f"{where}.label", str), examples,
                _by_language(table.get("terms", {}), f"{where}.terms", list))


def _topic(raw: Any, where: str) -> Topic:
    table = _table(raw, where)
    return Topic(_string(table.get("id"), f"{where}.id"), _by_language(table.get("label"), f"{where}.label", str),
                 _by_language(table.get("terms", {}), f"{where}.terms", list))


def _actor(raw: Any, where: str) -> KnownActor:
    table = _table(raw, where)
    kind: Any = table.get("kind")
    if kind not in get_args(ActorKind):
        raise DebateError(f"{where}.kind: {kind!r} is none of {', '.join(get_args(ActorKind))}")
    affiliation = table.get("affiliation")
    return KnownActor(_string(table.get("id"), f"{where}.id"), _string(table.get("name"), f"{where}.name"), kind,
                      None if affiliation is None else _string(affiliation, f"{where}.affiliation"),
                      _strings(table.get("aliases", []), f"{where}.aliases"))


def _string(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise DebateError(f"{where}: must be a text, not {value!r}")
    return value


def _strings(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise DebateError(f"{where}: must be a list of texts, not {value!r}")
    return tuple(_string(item, where) for item in value)


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise DebateError(f"{where}: must be a table, not {value!r}")
    return value


def _tables(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise DebateError(f"{where}: must be a list of tables ([[…]]), not {value!r}")
    return value


def _by_language(value: Any, where: str, kind: type) -> dict[str, Any]:
    table = _table(value, where)
    return {code: _string(item, f"{where}.{code}") if kind is str else _strings(item, f"{where}.{code}")
            for code, item in sorted(table.items())}
