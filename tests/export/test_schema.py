"""The published JSON Schema: up to date, and true of what argmap writes."""

from __future__ import annotations

import json

import pytest

from argmap.debate import load
from argmap.export.schema import PUBLISHED, schema
from argmap.model import DebateMap

jsonschema = pytest.importorskip("jsonschema")
VALIDATOR = jsonschema.Draft202012Validator(json.loads(PUBLISHED.read_text(encoding="utf-8")))


def test_the_published_schema_is_up_to_date():
    """If not: python -m argmap.export.schema."""
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == schema()


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(schema())


def test_what_argmap_writes_is_valid(debate_map):
    VALIDATOR.validate(json.loads(debate_map.to_json()))
    VALIDATOR.validate(json.loads(DebateMap(load()).to_json()))


@pytest.mark.parametrize(("path", "value"), [
    (("schema",), "argmap/2"),
    (("statements", 0, "stance"), "maybe"),
    (("statements", 0, "content", 0, "start"), "0"),
    (("claims", 0, "polarity"), 0),
    (("debate", "sides"), {"perhaps": "x"}),
    (("relations",), None),
])
def test_what_argmap_refuses_is_invalid(debate_map, path, value):
    raw = json.loads(debate_map.to_json())
    at = raw
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert not VALIDATOR.is_valid(raw)


def test_other_keys_are_allowed(debate_map):
    raw = json.loads(debate_map.to_json())
    raw["remarks"] = []
    raw["statements"][0]["note"] = 1
    VALIDATOR.validate(raw)
