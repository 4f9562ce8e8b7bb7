"""A map in, JSON text of schema ``argmap/1`` out, and back without loss.

The stable keys are those that the schema names; the debate's labels, examples, terms, topics, actors and keywords,
the concepts, the mentions, the files skipped and the models stand under keys of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from argmap.errors import MapError
from argmap.export.codec import decode, decode_all, encode
from argmap.model import (
    AUTHOR,
    Actor,
    Article,
    Attribution,
    Claim,
    Concept,
    Debate,
    DebateMap,
    KnownActor,
    Mention,
    Motion,
    Relation,
    Side,
    Skipped,
    Stance,
    Statement,
    Topic,
)

__all__ = ["SCHEMA", "dumps", "loads"]

SCHEMA = "argmap/1"
#: Halves of characters outside the basic plane, alone: JSON may hold them escaped, UTF-8 cannot.
SURROGATE = re.compile("[\ud800-\udfff]")
#: The type of each list of the map; the stable ones must be there.
STABLE: dict[str, type] = {"articles": Article, "actors": Actor, "attributions": Attribution, "statements": Statement, "claims": Claim,
          "relations": Relation}
ADDED: dict[str, type] = {"concepts": Concept, "mentions": Mention, "skipped": Skipped}
#: The language whose label names a side under the stable key ``sides``.
LABEL_LANGUAGE = "en"


def dumps(debate_map: DebateMap) -> str:
    """The map as JSON text, the same for equal maps, ending in a newline.

    Raises:
        MapError: the map holds what JSON cannot, as a confidence that is no number.

    >>> loads(dumps(DebateMap(Debate("d", Motion({"en": "Open?"}), ())))).debate.motion.text
    {'en': 'Open?'}
    """
    raw: dict[str, Any] = {"schema": SCHEMA, "version": debate_map.version, "debate": _encode_debate(debate_map.debate)}
    raw |= {name: encode(getattr(debate_map, name)) for name in (*STABLE, *ADDED)}
    raw["models"] = dict(sorted(debate_map.models.items()))
    try:
        text = json.dumps(raw, ensure_ascii=False, indent=1, allow_nan=False)
    except ValueError as error:
        raise MapError(f"the map holds a number that JSON cannot: {error}") from error
    return SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text) + "\n"


def loads(text: str) -> DebateMap:
    """The map that JSON text holds; keys that argmap does not know are ignored.

    Raises:
        MapError: it is no JSON, of another schema, lacks a key, has a value of another type, refers to an id that
            is not there, or has a span that does not hold its text; the message names the place.
    """
    raw = _parse(text)
    if raw.get("schema") != SCHEMA:
        raise MapError(f"schema is {raw.get('schema')!r}, this version of argmap reads {SCHEMA!r}: build the map again")
    for key in ("debate", *STABLE):
        if key not in raw:
            raise MapError(f"key {key!r} is missing")
    lists = {name: decode_all(kind, raw.get(name, []), name) for name, kind in (STABLE | ADDED).items()}
    found = DebateMap(_decode_debate(raw["debate"]), **lists, models=decode(dict[str, str], raw.get("models", {}), "models"),
                      version=decode(str, raw.get("version", ""), "version"))
    _check(found)
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
    return {
        "id": debate.id,
        "motion": dict(debate.motion.text),
        "sides": {side.stance: side.label.get(LABEL_LANGUAGE) or next(iter(side.label.values()), "") for side in debate.sides},
        "labels": {side.stance: encode(side.label) for side in debate.sides},
        "examples": {side.stance: encode(side.examples) for side in debate.sides},
        "terms": {side.stance: encode(side.terms) for side in debate.sides},
        "topics": encode(debate.topics),
        "actors": encode(debate.actors),
        "keywords": encode(debate.keywords),
    }


def _decode_debate(raw: Any) -> Debate:
    if not isinstance(raw, dict):
        raise MapError("debate: must be an object")
    for key in ("id", "motion", "sides"):
        if key not in raw:
            raise MapError(f"debate: key {key!r} is missing")
    sides = decode(dict[str, str], raw["sides"], "debate.sides")
    labels = decode(dict[str, dict[str, str]], raw.get("labels", {}), "debate.labels")
    words = {key: decode(dict[str, dict[str, tuple[str, ...]]], raw.get(key, {}), f"debate.{key}") for key in ("examples", "terms")}
    return Debate(
        id=decode(str, raw["id"], "debate.id"),
        motion=Motion(decode(dict[str, str], raw["motion"], "debate.motion")),
        sides=tuple(Side(decode(Stance, stance, "debate.sides"), labels.get(stance, {LABEL_LANGUAGE: label}),
                         words["examples"].get(stance, {}), words["terms"].get(stance, {})) for stance, label in sides.items()),
        topics=decode(tuple[Topic, ...], raw.get("topics", []), "debate.topics"),
        actors=decode(tuple[KnownActor, ...], raw.get("actors", []), "debate.actors"),
        keywords=decode(dict[str, tuple[str, ...]], raw.get("keywords", {}), "debate.keywords"),
    )


def _check(found: DebateMap) -> None:
    """Raise `MapError` unless every id is there and every span holds."""
    texts = {article.id: article.text for article in found.articles}
    actors, claims = _ids(found.actors, "actors"), _ids(found.claims, "claims")
    attributions, statements = _ids(found.attributions, "attributions"), _ids(found.statements, "statements")
    for attribution in found.attributions:
        _known([attribution.article], texts, f"attribution {attribution.id}: article")
        _known(attribution.actors, actors, f"attribution {attribution.id}: actor")
        _known([attribution.parent] if attribution.parent else [], attributions, f"attribution {attribution.id}: parent")
    for statement in found.statements:
        _known([statement.article], texts, f"statement {statement.id}: article")
        _known(statement.actors, actors | {AUTHOR}, f"statement {statement.id}: actor")
        _known([statement.claim] if statement.claim else [], claims, f"statement {statement.id}: claim")
        _known([statement.attribution] if statement.attribution else [], attributions, f"statement {statement.id}: attribution")
    for claim in found.claims:
        _known(claim.statements, statements, f"claim {claim.id}: statement")
    for relation in found.relations:
        where = f"relation {relation.origin} -> {relation.target}"
        _known([relation.origin, relation.target], claims, f"{where}: claim")
        if not relation.evidence:
            raise MapError(f"{where}: has no evidence")
        for evidence in relation.evidence:
            _known([evidence.origin_statement, evidence.target_statement], statements, f"{where}: statement")
            _known([evidence.article] if evidence.signal else [], texts, f"{where}: article")
    for mention in found.mentions:
        _known([mention.article], texts, "mention: article")
    for article, span in found.spans():
        if not 0 <= span.start <= span.end or texts[article][span.start:span.end] != span.text:
            raise MapError(f"article {article!r}: characters {span.start} to {span.end} are not {span.text[:40]!r}: the text was "
                           "changed after the map was built")


def _ids(items: Iterable[Any], name: str) -> set[str]:
    ids = [item.id for item in items]
    if len(set(ids)) < len(ids):
        raise MapError(f"{name}: id {next(one for one in ids if ids.count(one) > 1)!r} is used twice")
    return set(ids)


def _known(ids: Iterable[str], among: Any, where: str) -> None:
    for one in ids:
        if one not in among:
            raise MapError(f"{where} {one!r} is not in the map")
