"""Columns: what a corpus has most of, held as bytes and made anew, equal to what was put in."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap import columns
from argmap.columns import Column, Holder, each, grouped, hold, index, linked, places, rows, sequence, take
from argmap.model import Attribution, Claim, Evidence, Link, Mention, Relation, Span, Statement
from argmap.texts import Texts

TEXT = "Ada said the bridge — “free” — helps. Perché no? \N{GRINNING FACE} \ud800"

TEXTS = st.text(st.characters(), max_size=12)
ENDS = st.integers(0, len(TEXT))
#: Words that stand in the text, and words that do not.
SPANS = st.one_of(
    st.tuples(ENDS, ENDS).map(sorted).map(lambda ends: Span(*ends, TEXT[slice(*ends)])),
    st.builds(Span, st.integers(0, 1 << 40), st.integers(0, 1 << 40), TEXTS))
SHARES = st.floats(allow_nan=False)
NAMES = st.lists(TEXTS, max_size=3).map(tuple)
STATEMENTS = st.builds(
    Statement, TEXTS, st.sampled_from(["a", "elsewhere"]), st.sampled_from(["attributed", "author"]), st.sampled_from(["direct", "author"]),
    st.lists(SPANS, min_size=1, max_size=3).map(tuple), st.none() | TEXTS, st.none() | SPANS, st.none() | SPANS, NAMES, TEXTS,
    st.sampled_from(["for", "against", "neutral"]), SHARES, SHARES, st.booleans(), st.none() | TEXTS, NAMES)
RELATIONS = st.builds(
    Relation, TEXTS, TEXTS, st.sampled_from(["support", "attack"]), TEXTS, SHARES,
    st.lists(st.builds(Evidence, st.sampled_from(["a", "b"]), TEXTS, TEXTS, st.none() | SPANS), max_size=3).map(tuple), NAMES)


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold more than two items as a column."""
    monkeypatch.setattr(columns, "PLAIN", 2)


def statement(number: int, article: str = "a") -> Statement:
    return Statement(f"s{number}", article, "author", "author", (Span(0, 3, "Ada"),))


@given(st.lists(STATEMENTS, max_size=5))
def test_spans_are_asked_for_as_places_in_both_forms(items: list[Statement]) -> None:
    for held in (items, Column(Statement, {"a": TEXT}, items)):
        assert [([span[:2] for span in content], cue and cue[:2]) for content, cue in each(held, "content", "cue")] == [
            ([(span.start, span.end) for span in one.content], one.cue and (one.cue.start, one.cue.end)) for one in items]
        assert [source and source[:2] for source in each(held, "source")] == [
            one.source and (one.source.start, one.source.end) for one in items]


@given(st.lists(STATEMENTS, max_size=5))
def test_statements_come_back_as_they_were(items: list[Statement]) -> None:
    held = Column(Statement, {"a": TEXT}, items)
    assert list(held) == items and held == tuple(items) and tuple(items) == held
    assert [held[at] for at in range(len(held))] == items
    assert [repr(one) for one in held] == [repr(one) for one in items]  # spans are compared by their ends alone


@given(st.lists(RELATIONS, max_size=4))
def test_relations_come_back_with_the_words_of_their_evidence(items: list[Relation]) -> None:
    assert [repr(one) for one in Column(Relation, {"a": TEXT}, items)] == [repr(one) for one in items]


def test_numbers_of_numpy_come_back_as_pythons_own() -> None:
    (claim,) = Column(Claim, {}, [Claim("c", "Yes", "en", "for", "t", "k", np.int64(-1), ("s",))])
    assert claim.polarity == -1 and type(claim.polarity) is int
    (link,) = Column(Link, {}, [Link("a", "b", "support", "cause", np.float32(0.5), Span(np.int64(1), np.int64(3), "he"))])
    assert (type(link.confidence), link.confidence, repr(link.signal)) == (float, 0.5, "Span(start=1, end=3, text='he')")


@given(st.lists(STATEMENTS, max_size=5), st.sampled_from([{}, {"a": TEXT}]))
def test_rows_are_values_of_json_and_make_the_same_items_whichever_texts_they_are_read_with(items: list[Statement], texts: dict[str, str]) -> None:
    def listed(value: object) -> object:
        return [listed(one) for one in value] if isinstance(value, tuple) else value

    def tupled(value: object) -> object:
        return tuple(map(tupled, value)) if isinstance(value, list) else value

    for held in (items, Column(Statement, {"a": TEXT}, items)):
        found = list(rows(Statement, held, texts))
        again = [tupled(row) for row in json.loads(json.dumps(listed(tuple(found))))]
        assert again == found
        for form in (Holder(Statement, texts), Holder(Statement, texts)):
            form.extend_rows(again)
            assert [repr(one) for one in form.done()] == [repr(one) for one in items]


@pytest.mark.parametrize("number", range(5))
def test_rows_come_as_items_do(number: int, packed: None) -> None:
    items = [statement(at) for at in range(number)]
    holder = Holder(Statement, {"a": TEXT})
    holder.extend_rows(rows(Statement, items, {"a": TEXT}))
    assert isinstance(holder.done(), tuple if number <= 2 else Column) and list(holder.done()) == items


@pytest.mark.parametrize("number", range(5))
def test_few_items_are_a_tuple_and_more_a_column(number: int, packed: None) -> None:
    items = [statement(at) for at in range(number)]
    held = hold(Statement, iter(items), {"a": TEXT})
    assert isinstance(held, tuple if number <= 2 else Column)
    assert list(held) == items


def test_items_that_come_bit_by_bit_keep_their_order(packed: None) -> None:
    holder = Holder(Mention, texts := {})
    items = [Mention(f"a{at // 2}", "x", Span(0, at, TEXT[:at])) for at in range(7)]
    for at in range(0, 7, 2):
        texts[f"a{at // 2}"] = TEXT
        holder.extend(items[at:at + 2])
    assert [repr(one) for one in holder.done()] == [repr(one) for one in items]


def test_words_of_the_text_are_not_kept_twice() -> None:
    span = Span(0, 30, TEXT[:30])
    here, nowhere = (Column(Mention, texts, [Mention("a", "x", span)] * 9) for texts in ({"a": TEXT}, {}))
    assert here == nowhere and len(here._bytes) + 9 * 30 <= len(nowhere._bytes)


def test_items_are_taken_by_place_and_looked_up_by_id_in_both_forms(packed: None) -> None:
    items = tuple(statement(number, f"a{number % 2}") for number in range(6))
    for held in (items, hold(Statement, items)):
        assert list(take(held, [5, 0, 5])) == [items[5], items[0], items[5]]
        assert held[1:3] == items[1:3] and held[-1] == items[-1]
        assert list(each(held, "id")) == [one.id for one in items]
        assert list(each(held, "article", "actors")) == [(one.article, one.actors) for one in items]
        assert grouped(held) == {"a0": [0, 2, 4], "a1": [1, 3, 5]}
        assert linked([Link("s1", "s2", "support", "r", 1.0), Link("gone", "s2", "support", "r", 1.0)], held) == {"a1": [0]}
        found = index(held)
        assert [found[one.id] for one in items] == list(items) and list(found) == [one.id for one in items] and len(found) == 6
        assert "gone" not in found and found.get("gone") is None
        with pytest.raises(KeyError):
            found["gone"]
        where = places(held)
        assert dict(where) == {one.id: at for at, one in enumerate(items)} and where.get("gone") is None
        assert sequence(held) is held
        with pytest.raises(IndexError):
            held[6]


def test_ids_of_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "hash", lambda _: 7, raising=False)
    items = [statement(number) for number in range(4)]
    found = index(Column(Statement, {}, items))
    assert [found[one.id] for one in items] == items and "s9" not in found


def test_a_column_is_changed_by_nothing_that_is_taken_from_it() -> None:
    items = [statement(number) for number in range(3)]
    held = Column(Statement, {"a": TEXT}, items)
    taken = take(held, [2, 1])
    assert replace(held[0], claim="c") != held[0] == items[0]
    assert list(taken) == [items[2], items[1]] and list(held) == items


def test_a_column_equals_only_what_has_equal_items_in_its_order() -> None:
    held = Column(Statement, {}, [statement(1), statement(2)])
    assert held == (statement(1), statement(2)) == held
    assert held != (statement(2), statement(1)) and held != (statement(1),) and held != "s1" and held != 2
    with pytest.raises(TypeError):
        hash(held)


def test_a_column_is_copied_and_pickled_as_a_tuple() -> None:
    held = Column(Attribution, {"a": TEXT}, [Attribution("t", "a", "direct", None, Span(4, 8, "said"), (Span(9, 12, "the"),))])
    for one in (pickle.loads(pickle.dumps(held)), copy.deepcopy(held)):
        assert isinstance(one, tuple) and one == held
    assert repr(held) == "<1 × Attribution>"


@given(st.lists(TEXTS, max_size=6))
def test_texts_come_back_as_they_were(texts: list[str]) -> None:
    held = Texts(texts)
    assert list(held) == texts and [held[at - len(texts)] for at in range(len(texts))] == texts and held[1:] == tuple(texts[1:])
    for beyond in (len(texts), -len(texts) - 1):
        with pytest.raises(IndexError):
            held[beyond]
