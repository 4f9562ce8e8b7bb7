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
from itertools import islice
from typing import Any, get_args, get_origin

from argmap.columns import hold, rows
from argmap.errors import MapError
from argmap.export.codec import decode, encode, field_types, row_writer, written
from argmap.export.json_text import Json
from argmap.model import AUTHOR, Debate, DebateMap, Motion, Side, Span, Stance

__all__ = ["SCHEMA", "check", "dumps", "loads", "pieces"]

SCHEMA = "argmap/1"
#: The keys that the schema promises.
STABLE = ("debate", "articles", "actors", "attributions", "statements", "claims", "relations")
#: Items of a list that are written at a time.
BLOCK = 200
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
            for number, block in enumerate(_blocks(get_args(kind)[0], value, texts)):
                yield f"{',' if number else '['}\n  {block}"
            yield "\n ]"
        else:
            yield _text(value, 1)
    yield "\n}\n"


def _blocks(kind: type[Any], items: Iterable[Any], texts: Mapping[str, str]) -> Iterator[str]:
    """The items of a list of the map as JSON, some at a time."""
    write, found = row_writer(kind, "\n  "), rows(kind, items, texts)
    with _named_errors():
        while block := [write(row, texts) for row in islice(found, BLOCK)]:
            yield _escaped(",\n  ".join(block))


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
    try:
        found = _map(Json(text.removeprefix("\ufeff"), parse_constant=_no_number))
    except json.JSONDecodeError as error:
        raise MapError(f"not JSON: {error.msg} in line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise MapError("not a map: nested too deeply") from error
    check(found)
    return found


def _map(source: Json) -> DebateMap:
    """The map of a JSON text, item by item: the values of a large one would take several times the room of the map."""
    if source.next() != "{":
        source.value()
        raise MapError("not a map: the JSON is no object")
    kinds = {name: kind for name, (kind, _) in field_types(DebateMap).items() if name != "debate"}
    texts: dict[str, str] = {}
    raw: dict[str, Any] = {}
    held: dict[str, Sequence[Any]] = {}

    def hold_items(name: str, items: Iterable[Any]) -> None:
        kind = get_args(kinds[name])[0]
        held[name] = hold(kind, (decode(kind, item, f"{name}[{number}]") for number, item in enumerate(items)), texts)
        if name == "articles":
            texts.update((article.id, article.text) for article in held[name])

    for key in source.members():
        if raw.get("schema") == SCHEMA and get_origin(kinds.get(key)) in (tuple, Sequence) and source.next() == "[":
            hold_items(key, source.items())
        else:
            raw[key] = source.value()
            held.pop(key, None)
            if key == "schema":
                _same_schema(raw)
    source.end()
    _same_schema(raw)
    for key in STABLE:
        if key not in raw and key not in held:
            raise MapError(f"key {key!r} is missing")
    for name, value in raw.items():
        if get_origin(kinds.get(name)) in (tuple, Sequence) and isinstance(value, list):
            hold_items(name, value)
    fields = {name: decode(kind, raw[name], name) for name, kind in kinds.items() if name in raw and name not in held}
    fields |= {name: tuple(items) if get_origin(kinds[name]) is tuple else items for name, items in held.items()}
    return DebateMap(_decode_debate(raw["debate"]), **fields)


def _same_schema(raw: Mapping[str, Any]) -> None:
    if raw.get("schema") != SCHEMA:
        raise MapError(f"schema is {raw.get('schema')!r}, this version of argmap reads {SCHEMA!r}: build the map again")


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
    _ids(found.articles, "articles")
    actors, claims = _ids(found.actors, "actors"), _ids(found.claims, "claims")
    attributions, statements = _ids(found.attributions, "attributions"), _ids(found.statements, "statements")
    voices = actors | {AUTHOR}
    for attribution in found.attributions:
        where = f"attribution {attribution.id}"
        _known(attribution.article, texts, where, "article")
        _known(attribution.actors, actors, where, "actor")
        _known(attribution.parent, attributions, where, "parent")
        _verbatim(texts[attribution.article], attribution.article, (attribution.source, attribution.cue, *attribution.content))
    for statement in found.statements:
        where = f"statement {statement.id}"
        _known(statement.article, texts, where, "article")
        _known(statement.actors, voices, where, "actor")
        _known(statement.claim, claims, where, "claim")
        _known(statement.attribution, attributions, where, "attribution")
        _known(statement.repeats, statements, where, "repeats")
        _verbatim(texts[statement.article], statement.article, (statement.source, statement.cue, *statement.content))
    for claim in found.claims:
        _known(claim.statements, statements, f"claim {claim.id}", "statement")
    for relation in found.relations:
        where = f"relation {relation.origin} -> {relation.target}"
        _known((relation.origin, relation.target), claims, where, "claim")
        if not relation.evidence:
            raise MapError(f"{where}: has no evidence")
        for evidence in relation.evidence:
            _known((evidence.origin_statement, evidence.target_statement), statements, where, "statement")
            if evidence.signal:
                _known(evidence.article, texts, where, "article")
                _verbatim(texts[evidence.article], evidence.article, (evidence.signal,))
    for mention in found.mentions:
        _known(mention.article, texts, "mention", "article")
        _verbatim(texts[mention.article], mention.article, (mention.span,))


def _ids(items: Iterable[Any], name: str) -> set[str]:
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            raise MapError(f"{name}: id {item.id!r} is used twice")
        seen.add(item.id)
    return seen


def _known(ids: Iterable[str] | str | None, among: Collection[str], where: str, what: str) -> None:
    """Raise unless each id, or the one if there is one, is among those."""
    for one in ([ids] if ids else []) if ids is None or isinstance(ids, str) else ids:
        if one not in among:
            raise MapError(f"{where}: {what} {one!r} is not in the map")


def _verbatim(text: str, article: str, spans: Iterable[Span | None]) -> None:
    """Raise unless each span is what stands there in its article's text."""
    for span in spans:
        if span is not None and not (0 <= span.start <= span.end and text[span.start:span.end] == span.text):
            raise MapError(f"article {article!r}: characters {span.start} to {span.end} are not {span.text[:40]!r}: the text was "
                           "changed after the map was built")
