"""JSON read piece by piece: as json reads it as a whole, and refused where json refuses it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.export.json_text import Json

VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=6),
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3), max_leaves=12)


def pieced(text: str) -> object:
    """What the text holds, its outermost object and the lists in it read piece by piece."""
    source = Json(text)
    if source.next() != "{":
        value = source.value()
    else:
        value = {key: list(source.items()) if source.next() == "[" else source.value() for key in source.members()}
    source.end()
    return value


@given(st.dictionaries(st.text(max_size=4), VALUES, max_size=4) | VALUES, st.sampled_from([None, 0, 1, 3, "\t"]))
def test_pieces_are_those_of_the_whole(value, indent):
    text = json.dumps(value, indent=indent)
    assert pieced(text) == json.loads(text) == value


@given(st.dictionaries(st.text(max_size=4), VALUES, max_size=4).map(json.dumps).flatmap(
    lambda text: st.tuples(st.just(text), st.integers(0, len(text)), st.sampled_from(["", ",", "]", "}", "{", "[", ":", '"', " 1", "x"]))))
def test_what_json_refuses_is_refused(broken):
    text, at, put = broken
    changed = text[:at] + put + text[at + 1:]
    try:
        wanted = json.loads(changed)
    except json.JSONDecodeError:
        with pytest.raises(json.JSONDecodeError):
            pieced(changed)
    else:
        assert pieced(changed) == wanted
