"""A text in, its quotations out: every style of quotation mark, nested, running over paragraphs, odd marks survived.

Marks are read one paragraph at a time, so that a mark without its partner never costs more than its paragraph. Whether
an ambiguous mark (", ', ’) opens or closes follows from the characters beside it, as a reader sees it; what is left is
matched with a stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from argmap.lexicon import Lexicon

__all__ = ["Quotation", "quotations"]

PARAGRAPH = re.compile(r"[^\n]+")


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
    pairs = {pair[0]: pair[1] for pair in lexicon.sequence("quotation.pairs")}
    same = frozenset(lexicon.sequence("quotation.same"))
    paragraphs = list(PARAGRAPH.finditer(text))
    found: list[Quotation] = []
    for n, paragraph in enumerate(paragraphs):
        following = paragraphs[n + 1][0].lstrip() if n + 1 < len(paragraphs) else ""
        found += _paragraph(text, paragraph.start(), paragraph.end(), pairs, same, bool(following) and _opens(following[0], pairs, same))
    return tuple(sorted(found, key=lambda q: (q.start, -q.end)))


def _opens(character: str, pairs: dict[str, str], same: frozenset[str]) -> bool:
    return character in same or character in pairs


def _paragraph(text: str, start: int, end: int, pairs: dict[str, str], same: frozenset[str], runs_on: bool) -> Iterator[Quotation]:
    closers = frozenset(pairs.values())
    stack: list[tuple[int, str]] = []  # where the words begin, and the mark that closes them
    done: list[Quotation] = []
    for at in range(start, end):
        character = text[at]
        if character not in pairs and character not in closers and character not in same:
            continue
        if _is_apostrophe(text, at, start, end):
            continue
        open_here = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][1] == character), None)
        if character in same:
            closing = open_here is not None and not _looks_opening(text, at, start, end)
        else:
            closing = character in closers and (open_here is not None or character not in pairs)
        if closing:
            if open_here is not None:
                # What was opened inside and never closed was a slip.
                begin, _ = stack[open_here]
                del stack[open_here:]
                if begin < at:
                    done.append(Quotation(begin, at, open_here))
        elif character in pairs or (character in same and _may_open(text, at, start, end)):
            stack.append((at + 1, pairs.get(character, character)))
    for depth, (begin, _) in enumerate(stack[:1]):
        if begin < end and (runs_on or not text[start:begin - 1].strip() or text[start:begin - 1].rstrip()[-1:] in ".:!?"):
            # The inner ones that were closed keep their depth below it.
            done.append(Quotation(begin, end, depth, closed=False, continues=runs_on))
    if stack and not any(not q.closed for q in done):
        # The odd mark is ignored, so what stood inside it moves up.
        done = [Quotation(q.start, q.end, q.depth - (1 if q.start > stack[0][0] and q.depth else 0), q.closed, q.continues) for q in done]
    yield from done


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
        opened = re.search(r"(?:^|[\s(«“\"])'(?=\w)[^']*$", text[start:at])
        return opened is None
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
