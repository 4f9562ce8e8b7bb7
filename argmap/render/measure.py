"""A text comes in, its width or its wrapped lines go out: measured from a table of character widths, so that every machine agrees.

A browser draws the lines with whatever sans-serif font the reader has; the table holds the wider of two common fonts, so
lines rarely come out wider than computed (and are condensed to fit when they do).
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache, lru_cache
from importlib import resources

__all__ = ["ELLIPSIS", "clean", "shorten", "width", "wrap"]

ELLIPSIS = "…"

#: Widths of characters that the table lacks, in thousandths of an em: East Asian wide characters and emoji fill the em
#: square, the rest is taken as wide as a capital.
WIDE, OTHER = 1000, 760


@cache
def _table(bold: bool) -> dict[str, int]:
    raw = json.loads((resources.files("argmap.render") / "widths.json").read_text(encoding="utf-8"))
    return {char: int(thousandths) for thousandths, chars in raw["bold" if bold else "regular"].items() for char in chars}


def _advance(char: str, table: dict[str, int]) -> int:
    known = table.get(char)
    if known is not None:
        return known
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return WIDE if unicodedata.east_asian_width(char) in "WF" or ord(char) > 0xFFFF else OTHER


def clean(text: str) -> str:
    """The text on one line without what cannot be drawn: controls, lone surrogates, direction overrides.

    >>> clean("one\\n two\\x00 \\u202ethree")
    'one two three'
    """
    if text.isprintable():
        return " ".join(text.split())
    kept = (" " if char.isspace() else char for char in text
            if char.isspace() or unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn")
            and unicodedata.bidirectional(char) not in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
    return " ".join("".join(kept).split())


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in pixels at a font size in pixels.

    >>> width("WW", 10) > width("ll", 10) > 0
    True
    """
    table = _table(bold)
    return sum(_advance(char, table) for char in text) * size / 1000


def shorten(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text if it fits into `room` pixels, else its beginning with an ellipsis.

    >>> shorten("Ministry of Innovation", 10, 60)
    'Ministry…'
    """
    if width(text, size, bold=bold) <= room:
        return text
    table = _table(bold)
    used = _advance(ELLIPSIS, table) * size / 1000
    kept = 0
    while kept < len(text) and used <= room:
        used += _advance(text[kept], table) * size / 1000
        kept += 1
    kept = max(0, kept - 1)
    word_end = text.rfind(" ", 0, kept + 1)
    return text[:word_end if word_end > kept / 2 else kept].rstrip(" ,;:.") + ELLIPSIS


def wrap(text: str, size: float, room: float, *, lines: int, bold: bool = False) -> tuple[str, ...]:
    """The text in at most so many lines of at most `room` pixels; what is left over becomes an ellipsis.

    Lines break at spaces; a word longer than a line breaks where the line ends.

    Args:
        text: any text; it is cleaned first.
        size: font size in pixels.
        room: width of a line in pixels.
        lines: the most lines to return.
        bold: measure in bold.

    Returns:
        The lines, at least one.

    >>> wrap("Open models can be checked by anyone", 13, 120, lines=2)
    ('Open models can', 'be checked by…')
    """
    space = _advance(" ", _table(bold)) * size / 1000
    done: list[str] = []
    line, used = "", 0.0
    for word in clean(text).split(" "):
        for piece, long in _pieces(word, size, room, bold):
            if line and used + space + long > room:
                done.append(line)
                line, used = piece, long
            elif line:
                line, used = f"{line} {piece}", used + space + long
            else:
                line, used = piece, long
        if len(done) > lines:
            break
    done.append(line)
    if len(done) > lines:
        rest = f"{done[lines - 1]} {done[lines]}"
        done = [*done[:lines - 1], shorten(f"{rest} {ELLIPSIS}" if width(rest, size, bold=bold) <= room else rest, size, room, bold=bold)]
    return tuple(done)


@lru_cache(maxsize=1 << 14)
def _pieces(word: str, size: float, room: float, bold: bool) -> list[tuple[str, float]]:
    """The word, cut where a line would end if it is longer than a line, with widths; combining marks stay with their letter."""
    table = _table(bold)
    pieces, piece, used = [], "", 0.0
    for char in word:
        step = _advance(char, table) * size / 1000
        if piece and step and used + step > room:
            pieces.append(piece)
            piece, used = "", 0.0
        piece += char
        used += step
    return [(one, width(one, size, bold=bold)) for one in (*pieces, piece)]
