"""The types of a map in, the JSON Schema of its file out: what other programs check a map with.

The published copy is ``argmap-1.schema.json`` beside this module; a test says when it is out of date, and
``python -m argmap.export.schema`` writes it anew.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from argmap.export.argmap_json import SCHEMA, STABLE
from argmap.export.codec import field_types
from argmap.model import Debate, DebateMap, Side

__all__ = ["PUBLISHED", "main", "schema"]

PUBLISHED = Path(__file__).with_name("argmap-1.schema.json")
#: The JSON Schema types of Python's plain ones.
PLAIN: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``argmap/1``.

    Keys that it does not name are allowed anywhere. That spans hold their text and ids lead somewhere is more than a
    schema can say: `argmap.load` checks it.

    >>> schema()["required"][:2]
    ['schema', 'debate']
    """
    definitions: dict[str, Any] = {}
    properties = {"schema": {"const": SCHEMA}} | {
        name: _of(kind, definitions) for name, (kind, _) in field_types(DebateMap).items() if name != "debate"}
    properties["debate"] = _debate(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An argument map, as argmap saves it",
        "description": "Offsets are characters (Unicode code points) into the article's text, half-open: text[start:end] is the span's "
                       "text. Confidence and relevance lie in [0, 1]. Dates are ISO 8601 or empty.",
        "type": "object",
        "required": ["schema", *STABLE],
        "properties": properties,
        "$defs": dict(sorted(definitions.items())),
    }


def main() -> None:
    """Write the published copy."""
    PUBLISHED.write_text(json.dumps(schema(), indent=1) + "\n", encoding="utf-8")


def _debate(definitions: dict[str, Any]) -> dict[str, Any]:
    """The debate, whose sides' fields are keyed by stance (see `argmap_json`)."""
    def by_stance(kind: Any) -> dict[str, Any]:
        return {"type": "object", "propertyNames": {"enum": ["for", "against", "neutral"]}, "additionalProperties": _of(kind, definitions)}

    properties = {name: _of(kind, definitions) for name, (kind, _) in field_types(Debate).items() if name not in ("motion", "sides")}
    properties["motion"] = _of(dict[str, str], definitions)
    properties["sides"] = by_stance(str)
    properties |= {("labels" if name == "label" else name): by_stance(kind) for name, (kind, _) in field_types(Side).items()
                   if name != "stance"}
    return {"type": "object", "required": ["id", "motion", "sides"], "properties": properties}


def _of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a type; dataclasses are defined once, by name."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}  # so that a type that holds itself ends here
            fields = field_types(kind)
            definitions[kind.__name__] = {
                "type": "object",
                "required": [name for name, (_, required) in fields.items() if required],
                "properties": {name: _of(hint, definitions) for name, (hint, _) in fields.items()},
            }
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if origin in (tuple, Sequence):
        return {"type": "array", "items": _of(arguments[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _of(arguments[1], definitions)}
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [{"type": "null"} if one is type(None) else _of(one, definitions) for one in arguments]}
    if origin is Literal:
        return {"enum": list(arguments)}
    return {"type": PLAIN[kind]}


if __name__ == "__main__":
    main()
