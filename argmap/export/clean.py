"""A text of a map in, the text that a foreign format can hold out: no half characters, no line breaks where a line ends a record."""

from __future__ import annotations

import re

__all__ = ["bare", "brief", "harmless", "one_line", "points", "printable", "units", "whole"]

#: Halves of characters outside the basic plane, alone: no encoding of Unicode holds them.
HALVES = re.compile("[\ud800-\udfff]")
#: What XML 1.0 cannot hold, escaped or not (https://www.w3.org/TR/xml/#charsets).
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\ufffd"
#: The last character that is one unit of UTF-16, in which Java and JavaScript count.
BASIC = "\uffff"
#: What a spreadsheet may take for a formula, after any number of the marks that keep it from doing so.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
QUOTED = re.compile(r"'+[=+\-@\t\r]")
#: All that ends a line somewhere: to `str.splitlines`, to JavaScript, to a terminal.
SPACES = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")


def whole(text: str) -> str:
    r"""The text with a replacement character for each half of one, so that it can be encoded; of the same length.

    >>> whole("a\ud800")
    'a�'
    """
    return HALVES.sub(REPLACEMENT, text)


def printable(text: str) -> str:
    r"""The text with a replacement character for each that XML cannot hold; of the same length.

    >>> printable("nul\x00")
    'nul�'
    """
    return NOT_IN_XML.sub(REPLACEMENT, text)


def one_line(text: str) -> str:
    r"""The text on one line, as `printable` leaves it.

    >>> one_line(" a\r\n b\u2028c ")
    'a b c'
    """
    return SPACES.sub(" ", printable(text)).strip()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{whole(cell)}" if FORMULA.match(cell) else whole(cell)


def bare(cell: str) -> str:
    """What `harmless` made harmless.

    >>> bare("'=1+1"), bare("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if QUOTED.match(cell) else cell


def brief(text: str, longest: int) -> str:
    """The text, or its beginning and an ellipsis; of so many characters at most.

    >>> brief("Open models help research", 12)
    'Open models…'
    """
    if len(text) <= longest:
        return text
    return text[:longest - 1].rstrip() + "…"


def units(text: str, offset: int) -> int:
    """The offset in UTF-16 of one in code points.

    >>> units("😀 yes", 2)
    3
    """
    before = text[:offset]
    return offset if max(before, default="") <= BASIC else offset + sum(letter > BASIC for letter in before)


def points(text: str, offset: int) -> int:
    """The offset in code points of one in UTF-16; inside a character, that of its end.

    >>> points("😀 yes", 3)
    2
    """
    if max(text, default="") <= BASIC:
        return min(offset, len(text))
    at = 0
    for number, letter in enumerate(text):
        if at >= offset:
            return number
        at += 2 if letter > BASIC else 1
    return len(text)
