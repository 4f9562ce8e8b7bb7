"""A map in, JSON text of schema ``argmap/1`` out, and back without loss.

The stable keys are those that the schema names. All else that a map holds (the sides' labels, examples and terms,
topics, known actors, concepts, mentions, files skipped, models) stands under keys of its own, named as the fields
of the dataclasses, so that a field added to the model is saved and loaded without a change here.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, get_args

from argmap.columns import rows
from argmap.errors import MapError
from argmap.export.codec import decode, encode, field_types, row_writer, written
from argmap.model import AUTHOR, Debate, DebateMap, Motion, Side, Stance

__all__ = ["SCHEMA", "check", "dumps", "loads", "pieces"]

SCHEMA = "argmap/1"
#: The keys that the schema promises.
STABLE = ("debate", "articles", "actors", "attributions", "statements", "claims", "relations")
#: Halves of characters outside the basic plane, alone: JSON may hold them escaped, UTF-8 cannot.
SURROGATE = re.compile("[\ud800-\udfff]")
#: The language whose label names a side under the stable key ``sides``.
LABEL_LANGUAGE = "en"


def dumps(debate_map: DebateMap) -> str:
    """The map as JSON text, the same for equal maps, ending in a newline.

    Raises:
        MapError: the map holds what JSON cannot, as a confidence that is no number.

    >>> from argmap.model import Motion
    >>> loads(dumps(DebateMap(Debate("d", Motion({"en": "Open?"}), ())))).debate.motion.text
    {'en': 'Open?'}
    """
    return "".join(pieces(debate_map))


def pieces(debate_map: DebateMap) -> Iterator[str]:
    """The text of `dumps` piece by piece, for maps of which no copy fits into memory.

    Raises:
        MapError: the map holds what JSON cannot, as a confidence that is no number.
    """
    texts = {article.id: article.text for article in debate_map.articles}
    special = {"debate": _encode_debate(debate_map.debate), "models": dict(sorted(debate_map.models.items()))}
    yield f'{{\n "schema": {_text(SCHEMA)}'
    for name, (kind, _) in field_types(DebateMap).items():
        value = special.get(name, getattr(debate_map, name))
        yield f',\n {_text(name)}: '
        if isinstance(value, Sequence) and not isinstance(value, str) and value:
            for number, item in enumerate(_items(get_args(kind)[0], value, texts)):
                yield f"{',' if number else '['}\n  {item}"
            yield "\n ]"
        else:
            yield _text(value, 1)
    yield "\n}\n"


def _items(kind: type[Any], items: Iterable[Any], texts: Mapping[str, str]) -> Iterator[str]:
    """Each item of a list of the map as JSON."""
    write = row_writer(kind, "\n  ")
    with _named_errors():
        for row in rows(kind, items, texts):
            yield _escaped(write(row, texts))


def _text(value: Any, depth: int = 0) -> str:
    """A value as JSON, its lines after the first indented as deep as it stands."""
    with _named_errors():
        text = written(value, "\n" + " " * depth)
    return _escaped(text)


@contextlib.contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise MapError(f"the map holds a number that JSON cannot: {error}") from error


def _escaped(text: str) -> str:
    try:
        text.encode("utf-8")  # which nearly every text passes, ten times as fast as a search
    except UnicodeEncodeError:
        return SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
    return text


def loads(text: str) -> DebateMap:
    """The map that JSON text holds; keys that argmap does not know are ignored.

    Raises:
        MapError: it is no JSON, of another schema, lacks a key, has a value of another type, refers to an id that
            is not there, or has a span that does not hold its text; the message names the place.
    """
    raw = _parse(text)
    if raw.get("schema") != SCHEMA:
        raise MapError(f"schema is {raw.get('schema')!r}, this version of argmap reads {SCHEMA!r}: build the map again")
    for key in STABLE:
        if key not in raw:
            raise MapError(f"key {key!r} is missing")
    fields = {name: decode(kind, raw[name], name) for name, (kind, _) in field_types(DebateMap).items() if name in raw and name != "debate"}
    found = DebateMap(_decode_debate(raw["debate"]), **fields)
    check(found)
    return found


def _parse(text: str) -> dict[str, Any]:
    try:
        raw = json.loads(text.removeprefix("\ufeff"), parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise MapError(f"not JSON: {error.msg} in line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise MapError("not a map: nested too deeply") from error
    if not isinstance(raw, dict):
        raise MapError("not a map: the JSON is no object")
    return raw


def _no_number(name: str) -> float:
    raise MapError(f"not JSON: {name} is no number")


def _encode_debate(debate: Debate) -> dict[str, Any]:
    """The debate with what its sides hold keyed by stance: ``sides`` names each in one language, ``labels`` in all."""
    raw: dict[str, Any] = {name: encode(getattr(debate, name)) for name in field_types(Debate)}
    raw["motion"] = dict(debate.motion.text)
    raw["sides"] = {side.stance: side.label.get(LABEL_LANGUAGE) or next(iter(side.label.values()), "") for side in debate.sides}
    for key, name in _side_keys().items():
        raw[key] = {side.stance: encode(getattr(side, name)) for side in debate.sides}
    return raw


def _decode_debate(raw: Any) -> Debate:
    if not isinstance(raw, dict):
        raise MapError("debate: must be an object")
    for key in ("id", "motion", "sides"):
        if key not in raw:
            raise MapError(f"debate: key {key!r} is missing")
    sides = tuple(_decode_side(stance, label, raw) for stance, label in decode(dict[str, str], raw["sides"], "debate.sides").items())
    fields = {name: decode(kind, raw[name], f"debate.{name}") for name, (kind, _) in field_types(Debate).items()
              if name in raw and name not in ("motion", "sides")}
    return Debate(motion=Motion(decode(dict[str, str], raw["motion"], "debate.motion")), sides=sides, **fields)


def _decode_side(stance: str, label: str, raw: dict[str, Any]) -> Side:
    values: dict[str, Any] = {"stance": decode(Stance, stance, "debate.sides"), "label": {LABEL_LANGUAGE: label}}
    types = field_types(Side)
    for key, name in _side_keys().items():
        table = decode(dict, raw.get(key, {}), f"debate.{key}")
        if stance in table:
            values[name] = decode(types[name][0], table[stance], f"debate.{key}.{stance}")
        elif types[name][1]:
            values.setdefault(name, {})
    return Side(**values)


def _side_keys() -> dict[str, str]:
    """The debate's key for each field of its sides."""
    return {("labels" if name == "label" else name): name for name in field_types(Side) if name != "stance"}


def check(found: DebateMap) -> None:
    """Make sure that every id is there and every span holds.

    Raises:
        MapError: one is not; the message names the first.
    """
    texts = {article.id: article.text for article in found.articles}
    actors, claims = _ids(found.actors, "actors"), _ids(found.claims, "claims")
    attributions, statements = _ids(found.attributions, "attributions"), _ids(found.statements, "statements")
    _ids(found.articles, "articles")
    for attribution in found.attributions:
        where = f"attribution {attribution.id}"
        _known(attribution.article, texts, f"{where}: article")
        _known(attribution.actors, actors, f"{where}: actor")
        _known(attribution.parent, attributions, f"{where}: parent")
    for statement in found.statements:
        where = f"statement {statement.id}"
        _known(statement.article, texts, f"{where}: article")
        _known(statement.actors, actors | {AUTHOR}, f"{where}: actor")
        _known(statement.claim, claims, f"{where}: claim")
        _known(statement.attribution, attributions, f"{where}: attribution")
        _known(statement.repeats, statements, f"{where}: repeats")
    for claim in found.claims:
        _known(claim.statements, statements, f"claim {claim.id}: statement")
    for relation in found.relations:
        where = f"relation {relation.origin} -> {relation.target}"
        _known((relation.origin, relation.target), claims, f"{where}: claim")
        if not relation.evidence:
            raise MapError(f"{where}: has no evidence")
        for evidence in relation.evidence:
            _known((evidence.origin_statement, evidence.target_statement), statements, f"{where}: statement")
            _known(evidence.article if evidence.signal else None, texts, f"{where}: article")
    for mention in found.mentions:
        _known(mention.article, texts, "mention: article")
    for article, span in found.spans():
        if not 0 <= span.start <= span.end or texts[article][span.start:span.end] != span.text:
            raise MapError(f"article {article!r}: characters {span.start} to {span.end} are not {span.text[:40]!r}: the text was "
                           "changed after the map was built")


def _ids(items: Iterable[Any], name: str) -> set[str]:
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            raise MapError(f"{name}: id {item.id!r} is used twice")
        seen.add(item.id)
    return seen


def _known(ids: Iterable[str] | str | None, among: Collection[str], where: str) -> None:
    """Raise unless each id, or the one if there is one, is among those."""
    for one in ([ids] if ids else []) if ids is None or isinstance(ids, str) else ids:
        if one not in among:
            raise MapError(f"{where} {one!r} is not in the map")
