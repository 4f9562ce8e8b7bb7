"""Bytes to text: encodings, newlines, control characters, what is no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.errors import ArticleError
from argmap.read.decode import clean, decode

ITALIAN = "Perché è così: «sì», disse l’uomo — e andò via."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac_roman"])
def test_text_of_any_usual_encoding_is_read(encoding):
    assert decode(ITALIAN.encode(encoding)) == ITALIAN


def test_a_big_endian_mark_is_understood():
    assert decode(b"\xfe\xff" + ITALIAN.encode("utf-16-be")) == ITALIAN


def test_a_declared_encoding_counts_where_the_bytes_are_not_utf8():
    assert decode("łódź".encode("iso8859_2"), declared="iso-8859-2") == "łódź"


@pytest.mark.parametrize("declared", ["no-such-encoding", "ascii"])
def test_a_wrong_declaration_does_no_harm(declared):
    assert decode(ITALIAN.encode("cp1252"), declared=declared) == ITALIAN


def test_valid_utf8_wins_over_a_declaration():
    assert decode(ITALIAN.encode(), declared="cp1252") == ITALIAN


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_newline_reads_as_one_line_feed(newline):
    assert decode(f"one{newline}{newline}two".encode()) == "one\n\ntwo"


def test_text_is_what_python_reads_in_text_mode(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Uno\r\ndue\rtre\n".encode())
    assert decode(path.read_bytes()) == path.read_text(encoding="utf-8")


def test_a_stray_control_character_becomes_a_space_and_offsets_stay():
    assert decode(b"He said\x00 yes\x1b[31m" + b" and more" * 20) == "He said  yes [31m" + " and more" * 20


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe", "no mark".encode("utf-16-le")])
def test_binary_is_refused(data):
    with pytest.raises(ArticleError, match="binary"):
        decode(data)


def test_a_truncated_utf16_file_says_so():
    with pytest.raises(ArticleError, match="UTF-16"):
        decode(b"\xff\xfea\x00b")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_printable_text_is_verbatim(text):
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    try:
        once = clean(text)
    except ArticleError:
        return
    assert clean(once) == once


@given(st.binary())
def test_any_bytes_are_text_or_refused(data):
    try:
        assert isinstance(decode(data), str)
    except ArticleError:
        pass
