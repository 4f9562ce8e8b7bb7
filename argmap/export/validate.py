"""The text of a map's file in, all that is wrong with it out, each with its place: what the JSON Schema says, and what no schema can.

Beyond the schema (`argmap.export.schema`): ids are unique and lead somewhere, spans hold their text, shares lie in [0, 1], dates are of
the calendar, claims and statements name each other, relations lead from one claim to another and are evidenced by statements of
theirs, the article's own voice is nobody else's.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argmap.errors import ArgmapError
from argmap.export.clean import brief
from argmap.export.incoming import json_object
from argmap.export.schema import PUBLISHED
from argmap.model import AUTHOR

__all__ = ["Problem", "problems", "validate"]

#: A message quotes so many characters of a value at most.
LONGEST = 160
#: Lists whose items have ids.
IDENTIFIED = ("articles", "actors", "attributions", "statements", "claims", "concepts")
#: Where items refer to others: list, key, list that is referred to; a key may hold an id, a list of them, or null.
REFERENCES = (
    ("attributions", "article", "articles"), ("attributions", "actors", "actors"), ("attributions", "parent", "attributions"),
    ("statements", "article", "articles"), ("statements", "actors", "actors"), ("statements", "claim", "claims"),
    ("statements", "attribution", "attributions"), ("statements", "repeats", "statements"), ("claims", "statements", "statements"),
    ("concepts", "claims", "claims"), ("relations", "origin", "claims"), ("relations", "target", "claims"),
    ("mentions", "article", "articles"), ("mentions", "actor", "actors"), ("merges", "actor", "actors"),
)
#: Lists of which the schema does not say that they must be there.
OPTIONAL = ("concepts", "mentions", "merges")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a place of the file (``statements[3].content[0]``; empty for the whole)."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


def validate(path: Path) -> list[Problem]:
    """All that is wrong with a map's file, in the order of the file; nothing where it is valid.

    Raises:
        FormatError: it cannot be read, or is no JSON.
        ArgmapError: the package that reads the schema is not installed.
    """
    return problems(json_object(path))


def problems(raw: Mapping[str, Any]) -> list[Problem]:
    """All that is wrong with a map as JSON holds it: what the schema says, and only if it says nothing, what lies beyond.

    >>> [str(problem) for problem in problems({"schema": "argmap/1"})][:1]
    ["'debate' is a required property"]
    """
    return list(_schema_problems(raw)) or list(_other_problems(raw))


def _schema_problems(raw: Mapping[str, Any]) -> Iterator[Problem]:
    try:
        import jsonschema
    except ImportError as error:
        raise ArgmapError("validate needs the package jsonschema: pip install 'argmap[validate]'") from error
    validator = jsonschema.Draft202012Validator(json.loads(PUBLISHED.read_text(encoding="utf-8")))
    for found in sorted(validator.iter_errors(raw), key=lambda found: [f"{step:>12}" for step in found.absolute_path]):
        yield Problem(found.json_path.removeprefix("$").removeprefix("."), brief(found.message, LONGEST))


def _other_problems(raw: Mapping[str, Any]) -> Iterator[Problem]:
    ids = {name: {item["id"] for item in raw.get(name, ())} for name in IDENTIFIED}
    for name in IDENTIFIED:
        yield from _twice(name, [item["id"] for item in raw.get(name, ())])
    for name, key, among in REFERENCES:
        if among in OPTIONAL and among not in raw:
            continue
        allowed = ids[among] | {AUTHOR} if (name, key) == ("statements", "actors") else ids[among]
        for number, item in enumerate(raw.get(name, ())):
            found = item.get(key)
            for one in found if isinstance(found, list) else [found]:
                if one is not None and one not in allowed:
                    yield Problem(f"{name}[{number}].{key}", f"{_quoted(one)} is not among the {among}")
    texts = {article["id"]: article["text"] for article in raw["articles"]}
    for path, article, span in _spans(raw):
        if article in texts and not (0 <= span["start"] <= span["end"] and texts[article][span["start"]:span["end"]] == span["text"]):
            where = f"characters {span['start']} to {span['end']} of article {_quoted(article)}"
            yield Problem(path, f"{where} are not {_quoted(span['text'])}")
    for name, keys in (("attributions", ("confidence",)), ("statements", ("relevance", "confidence")), ("relations", ("confidence",))):
        for number, item in enumerate(raw[name]):
            yield from (Problem(f"{name}[{number}].{key}", f"{item[key]} is not between 0 and 1") for key in keys
                        if not 0 <= item.get(key, 0) <= 1)
    for number, article in enumerate(raw["articles"]):
        if not _is_date(article.get("date", "")):
            yield Problem(f"articles[{number}].date", f"{_quoted(article['date'])} is no date of the form 2025-03-04")
    yield from _parents(raw["attributions"])
    yield from _memberships(raw)
    yield from _relations(raw, ids["statements"])


def _quoted(value: Any) -> str:
    return repr(brief(str(value), LONGEST // 2))


def _twice(name: str, ids: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, one in enumerate(ids):
        if one in seen:
            yield Problem(f"{name}[{number}].id", f"{_quoted(one)} is used twice")
        seen.add(one)


def _spans(raw: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Place, article and value of each span."""
    for name in ("attributions", "statements"):
        for number, item in enumerate(raw[name]):
            for key in ("source", "cue"):
                if item.get(key) is not None:
                    yield f"{name}[{number}].{key}", item["article"], item[key]
            for place, span in enumerate(item["content"]):
                yield f"{name}[{number}].content[{place}]", item["article"], span
    for number, mention in enumerate(raw.get("mentions", ())):
        yield f"mentions[{number}].span", mention["article"], mention["span"]
    for number, relation in enumerate(raw["relations"]):
        for place, evidence in enumerate(relation["evidence"]):
            if evidence.get("signal") is not None:
                yield f"relations[{number}].evidence[{place}].signal", evidence["article"], evidence["signal"]


def _is_date(text: str) -> bool:
    if not text:
        return True
    try:
        return bool(DATE.match(text) and datetime.datetime.fromisoformat(text))
    except ValueError:
        return False


def _parents(attributions: Iterable[Mapping[str, Any]]) -> Iterator[Problem]:
    """Attributions that are nested in themselves."""
    parents = {item["id"]: item.get("parent") for item in attributions}
    safe: set[str] = set()
    for number, start in enumerate(parents):
        way: list[str] = []
        at: str | None = start
        while at is not None and at not in safe and at not in way:
            way.append(at)
            at = parents.get(at)
        if at is not None and at in way:
            yield Problem(f"attributions[{number}].parent", "leads back to the attribution itself")
        safe.update(way)


def _memberships(raw: Mapping[str, Any]) -> Iterator[Problem]:
    """Where claims and statements, or concepts and claims, do not name each other."""
    for lower, key, upper in (("statements", "claim", "claims"), ("claims", "concept", "concepts")):
        holders = {item["id"]: set(item[lower]) for item in raw.get(upper, ())}
        for number, item in enumerate(raw[lower]):
            if item.get(key) in holders and item["id"] not in holders[item[key]]:
                yield Problem(f"{lower}[{number}].{key}", f"{_quoted(item[key])} does not list {_quoted(item['id'])} among its {lower}")
        own = {item["id"]: item.get(key) for item in raw[lower]}
        for number, item in enumerate(raw.get(upper, ())):
            for place, one in enumerate(item[lower]):
                if one in own and own[one] != item["id"]:
                    yield Problem(f"{upper}[{number}].{lower}[{place}]", f"{_quoted(one)} has another {key}, {_quoted(own[one])}")
    for number, statement in enumerate(raw["statements"]):
        own_voice = statement["voice"] == AUTHOR
        if own_voice != (statement["type"] == AUTHOR) or own_voice and set(statement.get("actors", ())) - {AUTHOR}:
            yield Problem(f"statements[{number}].voice", f"{statement['voice']!r} does not go with its type or its actors")


def _relations(raw: Mapping[str, Any], statements: set[str]) -> Iterator[Problem]:
    members = {claim["id"]: set(claim["statements"]) for claim in raw["claims"]}
    articles = {article["id"] for article in raw["articles"]}
    for number, relation in enumerate(raw["relations"]):
        if relation["origin"] == relation["target"]:
            yield Problem(f"relations[{number}]", "leads from a claim to itself")
        if not relation["evidence"]:
            yield Problem(f"relations[{number}].evidence", "is empty")
        for place, evidence in enumerate(relation["evidence"]):
            where = f"relations[{number}].evidence[{place}]"
            if evidence["article"] not in articles:
                yield Problem(f"{where}.article", f"{_quoted(evidence['article'])} is not among the articles")
            for key, claim in (("origin_statement", relation["origin"]), ("target_statement", relation["target"])):
                if evidence[key] not in statements:
                    yield Problem(f"{where}.{key}", f"{_quoted(evidence[key])} is not among the statements")
                elif evidence[key] not in members.get(claim, {evidence[key]}):
                    yield Problem(f"{where}.{key}", f"{_quoted(evidence[key])} is no statement of claim {_quoted(claim)}")
