"""Domain types: spans hold, ids are stable, a map lists all its spans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from argmap.model import Article, Span, stable_id, unique


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_a_span_holds_and_has_no_white_space_at_its_ends(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    span = Article("a", text).span(start, end)
    assert text[span.start:span.end] == span.text == span.text.strip()
    assert start <= span.start <= span.end <= end
    assert span.text == text[start:end].strip()


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_spans_overlap_if_they_share_a_character(a, b, c, d):
    one, other = Span(*sorted((a, b)), ""), Span(*sorted((c, d)), "")
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    if one.start < one.end and other.start < other.end:
        assert one.overlaps(other) == bool(shared) == other.overlaps(one)
        assert one.covers(other) == (set(range(other.start, other.end)) <= set(range(one.start, one.end)))


@given(st.lists(st.text(), min_size=1))
def test_an_id_depends_on_its_parts_and_where_they_end(parts):
    assert stable_id("s", *parts) == stable_id("s", *parts)
    assert stable_id("s", *parts) != stable_id("s", *parts, "")


def test_ids_of_two_statements_that_agreed_in_ten_digits_differ():
    assert stable_id("s", "en-0008901", 1257, 1304) != stable_id("s", "it-0002565", 2162, 2242)


def test_spans_are_ordered_by_place_and_equal_by_place():
    assert sorted([Span(5, 9, "b"), Span(1, 2, "z"), Span(1, 9, "a")]) == [Span(1, 2, "z"), Span(1, 9, "a"), Span(5, 9, "b")]
    assert Span(1, 2, "x") == Span(1, 2, "y")


def test_a_map_lists_all_its_spans(debate_map):
    found = [span.text for article, span in debate_map.spans() if article == "bridge-1"]
    assert found.count("a free bridge helps trade") == 2  # the attribution's and the statement's
    assert {"Ms Ilieva", "said", "But", "replied", "repairs cost money"} <= set(found)


@given(st.lists(st.text(max_size=2)))
def test_unique_keeps_the_first_of_each(items):
    assert list(unique(items)) == sorted(set(items), key=items.index)
