"""Maps as JSON: the schema's stable keys, round trips, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap import columns
from argmap.columns import rows
from argmap.errors import MapError
from argmap.export import argmap_json
from argmap.export.argmap_json import dumps, loads
from argmap.export.codec import encode, row_writer, written
from argmap.model import Article, Attribution, Debate, DebateMap, Motion, Skipped, Span, Statement

#: The schema as published: the keys of each item, with the type or types that JSON has for them.
SCHEMA = {
    "articles": {"id": str, "title": str, "author": str, "outlet": str, "date": str, "url": str, "language": str, "text": str},
    "actors": {"id": str, "name": str, "kind": str, "affiliation": (str, type(None)), "aliases": list},
    "attributions": {"id": str, "article": str, "type": str, "source": (dict, type(None)), "cue": (dict, type(None)), "content": list,
                     "actors": list, "parent": (str, type(None)), "confidence": float},
    "statements": {"id": str, "article": str, "voice": str, "attribution": (str, type(None)), "type": str, "source": (dict, type(None)),
                   "cue": (dict, type(None)), "content": list, "actors": list, "claim": str, "stance": str, "relevance": float,
                   "confidence": float},
    "claims": {"id": str, "text": str, "language": str, "stance": str, "topic": str, "concept": str, "polarity": int, "statements": list},
    "relations": {"origin": str, "target": str, "kind": str, "rule": str, "confidence": float, "evidence": list},
}


def raw(debate_map: DebateMap) -> dict:
    return json.loads(dumps(debate_map))


def test_the_schema_s_keys_are_there_with_their_types(debate_map):
    found = raw(debate_map)
    assert found["schema"] == "argmap/1"
    assert found["debate"]["id"] == "bridge"
    assert found["debate"]["motion"] == {"en": "The bridge should be toll-free.", "it": "Il ponte dovrebbe essere gratuito."}
    assert found["debate"]["sides"] == {"for": "Free", "against": "Toll"}
    for name, keys in SCHEMA.items():
        assert found[name], name
        for item in found[name]:
            for key, kind in keys.items():
                assert isinstance(item[key], kind), (name, key)
    span = found["statements"][0]["content"][0]
    assert span == {"start": 15, "end": 40, "text": "a free bridge helps trade"}
    assert found["relations"][0]["evidence"] == [{"article": "bridge-1", "origin_statement": "s-2", "target_statement": "s-1",
                                                  "signal": {"start": 42, "end": 45, "text": "But"}}]


def test_a_map_comes_back_as_it_was(debate_map):
    assert loads(dumps(debate_map)) == debate_map
    assert DebateMap.from_json(debate_map.to_json()) == debate_map


def test_every_field_of_the_sample_is_filled(debate_map):
    """So that the round trip says something about each field."""
    empty = [f"{type(item).__name__}.{field.name}" for items in (getattr(debate_map, f.name) for f in fields(debate_map))
             if isinstance(items, tuple) for field in fields(items[0])
             if not any(getattr(item, field.name) for item in items) for item in items[:1]]
    assert empty == ["Attribution.parent", "Statement.repeats"]


def test_equal_maps_give_equal_text_whatever_the_order_of_models(debate_map):
    one, other = (replace(debate_map, models=dict(pairs)) for pairs in ([("a", "1"), ("b", "2")], [("b", "2"), ("a", "1")]))
    assert dumps(one) == dumps(other)


def test_letters_are_written_as_they_are_and_the_text_ends_in_a_newline(debate_map):
    text = dumps(replace(debate_map, skipped=(Skipped("così.txt", "è vuoto"),)))
    assert "così.txt" in text and text.endswith("}\n")


def test_unknown_keys_are_ignored(debate_map):
    found = raw(debate_map)
    found["remarks"] = [1]
    found["statements"][0]["note"] = "x"
    found["debate"]["colour"] = "red"
    assert loads(json.dumps(found)) == debate_map


def test_a_map_with_stable_keys_only_loads(debate_map):
    found = raw(debate_map)
    small = {key: found[key] for key in ("schema", "debate", *SCHEMA)}
    small["debate"] = {key: found["debate"][key] for key in ("id", "motion", "sides")}
    loaded = loads(json.dumps(small))
    assert loaded.statements == debate_map.statements
    assert [side.label for side in loaded.debate.sides] == [{"en": "Free"}, {"en": "Toll"}]


def test_a_byte_order_mark_is_no_obstacle(debate_map):
    assert loads("\ufeff" + dumps(debate_map)) == debate_map


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "NaN", '{"schema": "argmap/1", "debate": Infinity}', "[" * 100_000])
def test_what_is_no_map_is_refused(text):
    with pytest.raises(MapError):
        loads(text)


def test_another_schema_is_refused_by_name():
    with pytest.raises(MapError, match="argmap/9"):
        loads('{"schema": "argmap/9"}')


@pytest.mark.parametrize("key", ["debate", *SCHEMA])
def test_a_missing_key_is_named(debate_map, key):
    found = raw(debate_map)
    del found[key]
    with pytest.raises(MapError, match=f"key '{key}' is missing"):
        loads(json.dumps(found))


@pytest.mark.parametrize(("path", "value", "message"), [
    (("statements", 0, "content", 0, "start"), "15", r"statements\[0\].content\[0\].start: must be a whole number"),
    (("statements", 0, "content", 0, "start"), True, "must be a whole number"),
    (("statements", 0, "content", 0, "end"), 41, "are not 'a free bridge helps trade'"),
    (("statements", 0, "content", 0, "start"), -1, "are not"),
    (("statements", 0, "content"), {}, "must be a list"),
    (("statements", 0, "stance"), "maybe", "none of 'for', 'against', 'neutral'"),
    (("statements", 0, "article"), "elsewhere", "article 'elsewhere' is not in the map"),
    (("statements", 0, "actors", 0), "nobody", "actor 'nobody'"),
    (("statements", 0, "claim"), "c-9", "claim 'c-9'"),
    (("statements", 1, "id"), "s-1", "'s-1' is used twice"),
    (("attributions", 0, "parent"), "a-9", "parent 'a-9'"),
    (("claims", 0, "statements", 0), "s-9", "statement 's-9'"),
    (("claims", 0, "polarity"), 0, "none of 1, -1"),
    (("relations", 0, "target"), "c-9", "claim 'c-9'"),
    (("relations", 0, "evidence"), [], "no evidence"),
    (("relations", 0, "confidence"), "high", "must be a number"),
    (("articles", 0, "text"), "Other text.", "was changed"),
    (("articles", 0), 3, r"articles\[0\]: must be an object"),
    (("actors", 0, "kind"), "robot", "none of 'person'"),
    (("debate",), [], "debate: must be an object"),
    (("debate", "sides"), {"perhaps": "x"}, "debate.sides: 'perhaps' is none of"),
    (("debate", "motion", "en"), 1, "debate.motion.en: must be a text"),
    (("debate", "examples", "for", "en"), "x", "debate.examples.for.en: must be a list"),
])
def test_a_wrong_value_is_refused_where_it_stands(debate_map, path, value, message):
    found = raw(debate_map)
    at = found
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(MapError, match=message):
        loads(json.dumps(found))


def test_a_missing_field_is_named(debate_map):
    found = raw(debate_map)
    del found["articles"][0]["text"]
    with pytest.raises(MapError, match=r"articles\[0\]: key 'text' is missing"):
        loads(json.dumps(found))


def test_a_number_that_json_cannot_hold_is_refused(debate_map):
    (first, *rest) = debate_map.statements
    with pytest.raises(MapError, match="number"):
        dumps(replace(debate_map, statements=(replace(first, relevance=float("nan")), *rest)))


def test_numbers_of_numpy_are_saved_as_numbers(debate_map):
    import numpy as np
    (first, *rest) = debate_map.statements
    found = raw(replace(debate_map, statements=(replace(first, relevance=np.float32(0.5)), *rest)))
    assert found["statements"][0]["relevance"] == 0.5


names = st.text(min_size=1, max_size=8)


@st.composite
def maps(draw: st.DrawFn) -> DebateMap:
    """Maps of one article with any text and any spans in it, and any words in the debate."""
    text = draw(st.text(min_size=1, max_size=60))
    article = Article(draw(names), text, *draw(st.lists(st.text(max_size=5), min_size=6, max_size=6)))
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda pair: article.span(min(pair), max(pair)))
    contents = st.lists(spans, max_size=3).map(tuple)
    attributions = tuple(Attribution(f"a-{number}", article.id, "mixed", draw(st.none() | spans), draw(st.none() | spans), draw(contents),
                                     confidence=draw(st.floats(0, 1))) for number in range(draw(st.integers(0, 3))))
    statements = tuple(Statement(f"s-{number}", article.id, "author", "author", draw(contents), relevance=draw(st.floats(0, 1)))
                       for number in range(draw(st.integers(0, 3))))
    words = st.dictionaries(names, st.lists(names, max_size=2).map(tuple), max_size=2)
    debate = Debate(draw(names), Motion(draw(st.dictionaries(names, st.text(), max_size=2))), (), keywords=draw(words))
    return DebateMap(debate, (article,), attributions=attributions, statements=statements,
                     models=draw(st.dictionaries(names, st.text(max_size=4), max_size=2)), version=draw(st.text(max_size=3)))


@given(maps())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_map_comes_back_as_it_was(debate_map):
    text = dumps(debate_map)
    assert loads(text) == debate_map
    assert dumps(loads(text)) == text
    assert all(debate_map.articles[0].text[span.start:span.end] == span.text for _, span in debate_map.spans())
    text.encode("utf-8")


def test_a_lone_half_of_a_character_survives(debate_map):
    broken = replace(debate_map, skipped=(Skipped("\udce8", "x"),))
    text = dumps(broken)
    assert loads(text) == broken and text.encode("utf-8")


keys = st.sampled_from(["id", "text", "start", "content"])
values = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner))


@given(values)
def test_any_json_in_a_map_s_place_is_refused_cleanly(value):
    for key in SCHEMA:
        empty = {"schema": argmap_json.SCHEMA, "debate": {"id": "", "motion": {}, "sides": {}}} | {name: [] for name in SCHEMA}
        found = empty | {key: value}
        try:
            assert isinstance(loads(json.dumps(found)), DebateMap)
        except MapError:
            pass


held = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.builds(Span, st.integers(), st.integers(), st.text()),
    lambda inner: st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=12)


@given(value=held, depth=st.integers(0, 3))
def test_what_is_written_is_what_json_writes(value, depth):
    line = "\n" + " " * depth
    try:
        wanted = json.dumps(encode(value), ensure_ascii=False, indent=1, allow_nan=False).replace("\n", line)
    except ValueError:
        with pytest.raises(ValueError, match="JSON"):
            written(value, line)
    else:
        assert written(value, line) == wanted


@pytest.mark.parametrize("kind", [get_args(hint)[0] for hint in get_type_hints(DebateMap).values() if get_origin(hint) is Sequence])
@given(data=st.data(), depth=st.integers(0, 3))
def test_rows_are_written_as_the_items_that_they_are_of(kind, data, depth):
    line, item = "\n" + " " * depth, data.draw(st.from_type(kind))
    texts = data.draw(st.sampled_from([{}, {item.article: "some text"}])) if hasattr(item, "article") else {}
    (row,) = rows(kind, [item], texts)
    try:
        wanted = written(item, line)
    except ValueError:
        with pytest.raises(ValueError, match="JSON"):
            row_writer(kind, line)(row, texts)
    else:
        assert row_writer(kind, line)(row, texts) == wanted


def test_a_large_map_is_loaded_into_columns_and_equals_what_was_saved(debate_map, monkeypatch):
    monkeypatch.setattr(columns, "PLAIN", 0)
    found = loads(dumps(debate_map))
    assert isinstance(found.statements, columns.Column) and isinstance(found.articles, tuple)
    assert found == debate_map and dumps(found) == dumps(debate_map)


def test_keys_may_come_in_any_order_and_the_last_of_two_counts(debate_map):
    raw = json.loads(dumps(debate_map))
    turned = json.dumps(dict(reversed(raw.items())))
    assert loads(turned) == debate_map
    assert loads(turned[:-1] + ', "mentions": [], "mentions": ' + json.dumps(raw["mentions"]) + "}") == debate_map
    with pytest.raises(MapError, match="mentions: must be a list"):
        loads(dumps(debate_map).rstrip()[:-1] + ', "mentions": 3}')
