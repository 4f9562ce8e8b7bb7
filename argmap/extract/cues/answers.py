"""A parsed article in, the answers of an interview out that stand without quotation marks, each a paragraph after a question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from argmap.extract.cues.words import Candidate, numbers
from argmap.extract.sentences import paragraphs
from argmap.extract.syntax import VERBAL
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

__all__ = ["answer"]

#: Questions that make an interview; one alone may be a headline's or the author's.
QUESTIONS = 2
#: Share of the answers in the first person from which somebody answers; explainers ask and answer in the third.
FIRST_PERSON = 0.5
#: Share of quoted words from which an answer has quotation marks of its own.
QUOTED = 0.3


def answer(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"Couldn't the bank guarantee it itself?", and in the next paragraph: "[For that I'd need thirty specialists.]"."""
    if sum(token.text == "?" for token in doc) < QUESTIONS:
        return
    parts = [span for start, end in paragraphs(doc.text) if (span := doc.char_span(start, end, alignment_mode="contract")) is not None]
    asked = [at for at, part in enumerate(parts) if part.text.strip().endswith("?") and not quoted & set(range(part.start, part.end))]
    if len(asked) < QUESTIONS:
        return
    # After the last question only the next paragraph is surely its answer.
    told = [part for at, part in enumerate(parts) if asked[0] < at <= asked[-1] + 1 and at not in asked]
    told = [part for part in told if sum(t.i in quoted for t in part) < QUOTED * len(part)]
    if not told or sum(_in_first_person(part, lexicon) for part in told) < FIRST_PERSON * len(told):
        return
    for part in told:
        yield Candidate("interview answer", (), (), numbers(t for t in part if not t.is_space))


def _in_first_person(part: Span, lexicon: Lexicon) -> bool:
    first = lexicon.words("actors.pronouns.first")
    return any(t.lower_ in first or t.pos_ in VERBAL and "1" in t.morph.get("Person", []) for t in part)
