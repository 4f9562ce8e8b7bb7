"""Quotation marks: every style, nested, odd ones, speech over several paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.extract.quotes import quotations
from argmap.lexicon import load

EN, IT = load("en"), load("it")


def quoted(text: str, *, depth: int | None = None) -> list[str]:
    return [text[q.start:q.end] for q in quotations(text, EN) if depth is None or q.depth == depth]


@pytest.mark.parametrize(("opening", "closing"), [
    ("«", "»"), ("“", "”"), ("„", "“"), ('"', '"'), ("‘", "’"), ("'", "'"), ("''", "''"), ("``", "''")])
def test_every_style_of_marks_is_read(opening: str, closing: str) -> None:
    assert quoted(f"She said {opening}the bridge is closed{closing} and left.") == ["the bridge is closed"]


def test_apostrophes_are_no_quotation_marks() -> None:
    assert quoted("The analysts' view isn't the ferrymen’s, and it's the '90s again.") == []


def test_primes_after_numbers_are_no_quotation_marks() -> None:
    assert quoted("""He won in 1'56" ahead of a rival in 2'01", on a 5" rim.""") == []


def test_a_quotation_inside_another_has_its_depth() -> None:
    text = "«He told me “never again”, and left», she said."
    assert quoted(text, depth=0) == ["He told me “never again”, and left"]
    assert quoted(text, depth=1) == ["never again"]


def test_an_odd_mark_costs_no_more_than_its_paragraph() -> None:
    text = 'A stray " mark here.\n\nShe said "the bridge is closed".'
    assert quoted(text) == ["the bridge is closed"]


def test_an_opening_mark_that_begins_a_sentence_and_is_never_closed_runs_to_the_paragraphs_end() -> None:
    text = 'He shrugged. "We will see.\n\nThe ferry left.'
    (only,) = quotations(text, EN)
    assert (text[only.start:only.end], only.closed) == ("We will see.", False)


def test_speech_over_two_paragraphs_continues_where_the_second_opens_again() -> None:
    text = '"The toll is fair.\n\n"And it pays for the bridge."'
    first, second = quotations(text, EN)
    assert first.continues
    assert text[second.start:second.end] == "And it pays for the bridge."


def test_speech_over_two_paragraphs_continues_where_only_the_second_closes() -> None:
    text = "Ha detto: «Il pedaggio è giusto.\n\nE paga il ponte»."
    assert [text[q.start:q.end] for q in quotations(text, IT)] == ["Il pedaggio è giusto.", "E paga il ponte"]


@given(st.text(alphabet="ab ,.:\n\"'«»“”„‘’`", max_size=120))
def test_any_text_is_read_and_quotations_nest(text: str) -> None:
    found = quotations(text, EN)
    for quotation in found:
        assert 0 <= quotation.start < quotation.end <= len(text)
        assert "\n" not in text[quotation.start:quotation.end]
    for a in found:
        for b in found:
            apart = a.end <= b.start or b.end <= a.start
            assert apart or (a.start <= b.start and b.end <= a.end) or (b.start <= a.start and a.end <= b.end)
