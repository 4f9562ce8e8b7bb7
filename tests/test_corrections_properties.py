"""What holds after any corrections of any map: it is valid, a second time changes nothing, the order in the file does not count."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.corrections import apply, dumps, loads
from argmap.export.validate import problems
from tests.corrected import corrections
from tests.export.small import maps

corrected_maps = maps().flatmap(lambda debate_map: st.tuples(st.just(debate_map), corrections(debate_map)))


def content(debate_map):
    """A map without the account of its corrections."""
    return replace(debate_map, corrections={})


@given(corrected_maps)
@settings(max_examples=300)
def test_a_corrected_map_is_valid(drawn):
    debate_map, entries = drawn
    found = apply(debate_map, entries).map
    assert problems(json.loads(found.to_json())) == []
    assert type(found).from_json(found.to_json()) == found


@given(corrected_maps)
def test_corrections_apply_once(drawn):
    debate_map, entries = drawn
    once = apply(debate_map, entries)
    twice = apply(once.map, entries)
    assert twice.map == once.map
    assert [outcome.status == "left" for outcome in twice.outcomes] == [outcome.status == "left" for outcome in once.outcomes]


@given(corrected_maps)
def test_a_correction_that_the_map_does_not_record_changes_nothing_a_second_time(drawn):
    """Rejected statements are left aside: in texts of a few characters the next one has their words too often."""
    debate_map, entries = drawn
    for entry in entries:
        once = apply(debate_map, [entry])
        if not once.left and entry.action != "reject-statement":
            assert content(apply(content(once.map), [entry]).map) == content(once.map)


@given(corrected_maps)
def test_every_correction_is_applied_or_listed_with_a_reason(drawn):
    debate_map, entries = drawn
    outcomes = apply(debate_map, entries).outcomes
    assert [outcome.correction for outcome in outcomes] == list(entries)
    assert all((outcome.status == "left") == bool(outcome.reason) for outcome in outcomes)


@given(corrected_maps, st.randoms(use_true_random=False))
def test_the_order_in_the_file_does_not_count_unless_two_disagree(drawn, random):
    debate_map, entries = drawn
    first = apply(debate_map, entries)
    if any("further down" in outcome.reason for outcome in first.outcomes):
        return
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert content(apply(debate_map, shuffled).map) == content(first.map)


@given(corrected_maps)
def test_corrections_come_back_from_their_file(drawn):
    _, entries = drawn
    once = tuple({entry.key: entry for entry in reversed(entries)}.values())
    for kind in ("toml", "json"):
        again = loads(dumps(entries, format=kind), format=kind)
        assert Counter(map(str, again)) == Counter(map(str, once))
        assert {entry.key for entry in again} == {entry.key for entry in entries}
        assert dumps(again, format=kind) == dumps(entries, format=kind)


@given(maps())
def test_no_corrections_change_nothing(debate_map):
    assert apply(debate_map, ()).map == debate_map
