"""A text in, its quotations out: every style of quotation mark, nested, running over paragraphs, odd marks survived.

Marks are read one paragraph at a time, so that a mark without its partner never costs more than its paragraph. Whether
an ambiguous mark (", ', ’) opens or closes follows from the characters beside it, as a reader sees it; what is left is
matched with a stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from argmap.lexicon import Lexicon

__all__ = ["Quotation", "quotations"]

PARAGRAPH = re.compile(r"[^\n]+")
#: Two apostrophes or accents in place of a double mark, as typewriters and agencies set them.
DOUBLED = re.compile(r"(?P<opening>(?<![^\s(\[—–])(?:''|``)(?=\S))|''")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch; `start` and `end` are offsets of its words, the marks left out.

    `depth` is 0 for an outermost quotation. `closed` is false where no closing mark was found and the quotation was
    taken to the paragraph's end. `continues` is true where the quotation goes on in the paragraph after it.
    """

    start: int
    end: int
    depth: int = 0
    closed: bool = True
    continues: bool = False


def quotations(text: str, lexicon: Lexicon) -> tuple[Quotation, ...]:
    """All quotations of a text, in order of their start, outer before inner.

    The marks are those of the language file's ``quotation`` table: ``pairs`` are two different marks ("«»"), ``same``
    one mark for both ends ('"'). A quotation left open at a paragraph's end runs to that end if the next paragraph
    opens with a mark again (the convention for speech over several paragraphs) or if it opens its sentence; else the
    mark is taken for a slip and ignored.

    >>> from argmap.lexicon import load
    >>> text = 'She said "no" and “never” left.'
    >>> [text[q.start:q.end] for q in quotations(text, load("en"))]
    ['no', 'never']
    """
    text = DOUBLED.sub(lambda mark: ' "' if mark["opening"] else '" ', text)  # as long as before, so offsets hold
    pairs = {pair[0]: pair[1] for pair in lexicon.sequence("quotation.pairs")}
    same = frozenset(lexicon.sequence("quotation.same"))
    found: list[Quotation] = []
    left: tuple[int, int, str] | None = None  # what the paragraph before left open: words from, paragraph's end, closing mark
    for paragraph in PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        done, opened, orphans = _paragraph(text, start, end, pairs, same)
        if left is not None:
            reopened = text[start:end].lstrip()[:1]
            orphan = next((at for at, mark in orphans if mark == left[2]), None)
            if orphan is not None and (left[2] not in same or not any(q.start < orphan for q in done)):
                found += [Quotation(left[0], left[1], 0, False, True), Quotation(start, orphan)]
            elif reopened in same or reopened in pairs:
                found.append(Quotation(left[0], left[1], 0, False, True))
            elif _begins_sentence(text, left[0]):
                found.append(Quotation(left[0], left[1], 0, False))
            left = None
        if opened is not None:
            left = (opened[0], end, opened[1])
        found += done
    if left is not None and _begins_sentence(text, left[0]):
        found.append(Quotation(left[0], left[1], 0, False))
    return tuple(_nested(found))


def _nested(found: list[Quotation]) -> Iterator[Quotation]:
    """The quotations in order with their depth; what is empty or crosses an earlier one is dropped."""
    around: list[Quotation] = []
    for quotation in sorted(found, key=lambda q: (q.start, -q.end)):
        while around and around[-1].end <= quotation.start:
            around.pop()
        if quotation.start < quotation.end and (not around or quotation.end <= around[-1].end):
            yield replace(quotation, depth=len(around))
            around.append(quotation)


def _begins_sentence(text: str, at: int) -> bool:
    """Whether an opening mark just before this offset stands where a sentence begins."""
    before = text[:at - 1].rstrip(" \t")
    return not before or before[-1] in ".:!?\n"


def _paragraph(text: str, start: int, end: int, pairs: dict[str, str], same: frozenset[str]) -> tuple[
        list[Quotation], tuple[int, str] | None, list[tuple[int, str]]]:
    """A paragraph's closed quotations, the outermost left open (start, closing mark), and closing marks without an opening."""
    closers = frozenset(pairs.values())
    stack: list[tuple[int, str]] = []  # where the words begin, and the mark that closes them
    done: list[Quotation] = []
    orphans: list[tuple[int, str]] = []
    for at in range(start, end):
        character = text[at]
        if (character not in pairs and character not in closers and character not in same) or _is_apostrophe(text, at, start, end):
            continue
        open_here = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][1] == character), None)
        if character in same:
            closing = open_here is not None and not _looks_opening(text, at, start, end)
        else:
            closing = character in closers and (open_here is not None or character not in pairs)
        if closing and open_here is not None:
            begin, _ = stack[open_here]
            del stack[open_here:]  # what was opened inside and never closed was a slip
            if begin < at:
                done.append(Quotation(begin, at, open_here))
        elif character in pairs or (character in same and _may_open(text, at, start, end)):
            stack.append((at + 1, pairs.get(character, character)))
        else:
            orphans.append((at, character))
    if stack:
        # The odd mark counts as an opening or not at all: what stood inside it moves up.
        done = [Quotation(q.start, q.end, q.depth - 1 if q.start > stack[0][0] and q.depth else q.depth) for q in done]
        return done, stack[0], orphans
    return done, None, orphans


def _is_apostrophe(text: str, at: int, start: int, end: int) -> bool:
    """Whether a mark that is also an apostrophe stands as one: between letters, or before an elided year or word."""
    if text[at] not in "'’‘":
        return False
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if before.isalnum() and after.isalnum():
        return True
    if text[at] == "’" and before.isalnum():
        # "the analysts’ view" has no opening mark before it; a real closing mark does.
        opened = text.rfind("‘", start, at)
        return opened < 0 or "’ " in text[opened + 1:at]
    if text[at] == "'" and before.isalnum():
        return re.search(r"(?:^|[\s(«“\"])'(?=\w)[^']*$", text[start:at]) is None
    return False


def _looks_opening(text: str, at: int, start: int, end: int) -> bool:
    """Whether the characters beside a mark say that it opens: space before it and none after it."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return (before.isspace() or before in "([—–-«“‘/") and not after.isspace() and after not in ".,;:!?)"


def _may_open(text: str, at: int, start: int, end: int) -> bool:
    """Whether a mark that is the same at both ends may open: 1'56" and 5" have primes, not quotation marks."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return not after.isspace() and not before.isalnum()
