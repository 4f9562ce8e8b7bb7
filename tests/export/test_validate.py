"""Validation: each thing that can be wrong is found where it is."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.errors import ArgmapError, MapError
from argmap.export import argmap_json
from argmap.export.validate import problems
from tests.export.small import maps
from tests.maps import sample

pytest.importorskip("jsonschema")


def raw(debate_map):
    return json.loads(argmap_json.dumps(debate_map))


def test_maps_that_argmap_writes_are_valid(debate_map):
    assert problems(raw(debate_map)) == []


@given(maps())
def test_any_sound_map_is_valid(debate_map):
    assert problems(raw(debate_map)) == []


@pytest.mark.parametrize(("path", "value", "place", "message"), [
    (("statements", 0, "stance"), "maybe", "statements[0].stance", "'maybe' is not one of ['for', 'against', 'neutral']"),
    (("statements", 0, "content", 0, "start"), "1", "statements[0].content[0].start", "'1' is not of type 'integer'"),
    (("schema",), "argmap/9", "schema", "'argmap/1' was expected"),
    (("statements", 0, "content", 0, "text"), "x", "statements[0].content[0]", "characters 15 to 40 of article 'bridge-1' are not 'x'"),
    (("statements", 0, "content", 0, "start"), -1, "statements[0].content[0]", "characters -1 to 40"),
    (("statements", 0, "cue"), {"start": 0, "end": 1, "text": "x"}, "statements[0].cue", "are not 'x'"),
    (("mentions", 0, "span", "end"), 3, "mentions[0].span", "are not"),
    (("relations", 0, "evidence", 0, "signal", "text"), "x", "relations[0].evidence[0].signal", "are not"),
    (("statements", 0, "article"), "x", "statements[0].article", "'x' is not among the articles"),
    (("statements", 0, "actors"), ["x"], "statements[0].actors", "'x' is not among the actors"),
    (("statements", 0, "claim"), "x", "statements[0].claim", "'x' is not among the claims"),
    (("statements", 0, "claim"), "c-2", "statements[0].claim", "'c-2' does not list 's-1' among its statements"),
    (("claims", 0, "statements"), [], "statements[0].claim", "'c-1' does not list 's-1'"),
    (("claims", 0, "statements"), ["s-1", "s-2"], "claims[0].statements[1]", "'s-2' has another claim, 'c-2'"),
    (("claims", 0, "concept"), "k-2", "concepts[0].claims[0]", "'c-1' has another concept, 'k-2'"),
    (("claims", 0, "id"), "c-2", "claims[1].id", "'c-2' is used twice"),
    (("attributions", 0, "parent"), "a-1", "attributions[0].parent", "leads back to the attribution itself"),
    (("attributions", 0, "parent"), "x", "attributions[0].parent", "'x' is not among the attributions"),
    (("relations", 0, "target"), "c-2", "relations[0]", "leads from a claim to itself"),
    (("relations", 0, "evidence"), [], "relations[0].evidence", "is empty"),
    (("relations", 0, "evidence", 0, "origin_statement"), "s-1", "relations[0].evidence[0].origin_statement",
     "'s-1' is no statement of claim 'c-2'"),
    (("relations", 0, "evidence", 0, "origin_statement"), "x", "relations[0].evidence[0].origin_statement", "not among the statements"),
    (("relations", 0, "evidence", 0, "article"), "x", "relations[0].evidence[0].article", "'x' is not among the articles"),
    (("mentions", 0, "actor"), "x", "mentions[0].actor", "'x' is not among the actors"),
    (("statements", 0, "confidence"), 1.5, "statements[0].confidence", "1.5 is not between 0 and 1"),
    (("relations", 0, "confidence"), -1, "relations[0].confidence", "-1 is not between 0 and 1"),
    (("articles", 0, "date"), "2025-02-30", "articles[0].date", "'2025-02-30' is no date"),
    (("articles", 0, "date"), "May", "articles[0].date", "'May' is no date"),
    (("statements", 0, "voice"), "author", "statements[0].voice", "does not go with its type or its actors"),
])
def test_what_is_wrong_is_found_where_it_is(debate_map, path, value, place, message):
    found = raw(debate_map)
    at = found
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert any(problem.path == place and message in problem.message for problem in problems(found)), problems(found)


def test_a_circle_of_attributions_is_found_and_ends():
    found = raw(sample())
    ids = [item["id"] for item in found["attributions"]]
    for item, parent in zip(found["attributions"], ids[1:] + ids[:1]):
        item["parent"] = parent
    assert any("leads back" in problem.message for problem in problems(found))


@given(st.data())
def test_any_json_in_a_map_s_place_gives_problems_and_no_other_error(data):
    values = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                          lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "actors"]), inner))
    found = raw(sample())
    found[data.draw(st.sampled_from(sorted(found)))] = data.draw(values)
    judged = problems(found)
    try:
        argmap_json.loads(json.dumps(found))
    except MapError:
        assert judged != []


def test_without_the_package_it_says_what_to_install(debate_map, monkeypatch):
    monkeypatch.setitem(sys.modules, "jsonschema", None)
    with pytest.raises(ArgmapError, match=r"argmap\[validate\]"):
        problems(raw(debate_map))
