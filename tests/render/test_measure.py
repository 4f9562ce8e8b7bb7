"""Widths and line breaks, measured without a font."""

from hypothesis import given
from hypothesis import strategies as st

from argmap.render.measure import ELLIPSIS, clean, shorten, width, wrap


@given(st.text(), st.integers(40, 400), st.integers(1, 9))
def test_no_line_is_wider_than_the_room(text, room, lines):
    got = wrap(text, 13, room, lines=lines)
    assert 1 <= len(got) <= lines
    assert all(width(line, 13) <= room + 1e-6 for line in got)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_wrapping_keeps_every_letter_when_there_is_room(text):
    assert "".join("".join(wrap(text, 13, 100, lines=1000)).split()) == "".join(clean(text).split())


@given(st.text(), st.integers(20, 200))
def test_shortened_text_fits_and_is_marked(text, room):
    got = shorten(text, 12, room)
    assert got == text or (got.endswith(ELLIPSIS) and width(got, 12) <= room)


def test_what_is_left_out_is_marked_even_when_the_last_line_is_short():
    assert wrap("aaa bbbbbbbbbbbbbbbbbbbbbbbbbb", 13, 60, lines=1)[-1].endswith(ELLIPSIS)


def test_a_long_word_breaks_and_combining_marks_stay_with_their_letter():
    lines = wrap("e\u0301" * 60, 13, 100, lines=20)
    assert len(lines) > 1
    assert not any(line.startswith("\u0301") for line in lines)


def test_controls_and_direction_overrides_are_dropped():
    assert clean("a\x00b\u202ec\ud800\u2066d\x1b e\tf") == "abcd e f"
