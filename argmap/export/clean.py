"""A text of a map in, the text that a foreign format can hold out: no half characters, no line breaks where a line ends a record."""

from __future__ import annotations

import re

__all__ = ["brief", "one_line", "printable", "whole"]

#: Halves of characters outside the basic plane, alone: no encoding of Unicode holds them.
HALVES = re.compile("[\ud800-\udfff]")
#: What XML 1.0 cannot hold, escaped or not (https://www.w3.org/TR/xml/#charsets).
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\ufffd"
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


def brief(text: str, longest: int) -> str:
    """The text, or its beginning and an ellipsis; of so many characters at most.

    >>> brief("Open models help research", 12)
    'Open models…'
    """
    if len(text) <= longest:
        return text
    return text[:longest - 1].rstrip() + "…"
