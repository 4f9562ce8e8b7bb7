"""Texts in; out, which words and marks stand before which in them: "limits open models" is not "open models limit".

A feature is an ordered pair of words that stand near each other in one clause, where a word goes by its lemma and by what
it marks (`argmap.polarity`): "ban on open weights" and "vietare i modelli aperti" both hold a word that stops something
before one of the cause of openness. Which pairs speak for a side is learned (`argmap.head`), so that what is said of a
side's cause can outweigh the words of its topic.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from argmap import polarity
from argmap.vectors import lemma

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from argmap.model import Debate

__all__ = ["Found", "Known", "known", "pairs", "vocabulary_digest", "weigh"]

#: Words from one of a pair to the other at most.
REACH = 4
#: Marks of `argmap.polarity` that a word goes by, beside its lemma.
MARKS = frozenset({"up", "down", "good", "bad", "praise", "blame", "doubt", "alarm", "demand", "negation", "favoured", "opposed"})
#: Texts in which a pair must occur to be learned from.
LEAST = 2
#: Odd numbers that spread two 32-bit hashes over 64 bits, of which the upper half is kept.
_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_HALF = np.uint64(32)


class Found(NamedTuple):
    """The pairs of n texts: each text's row, a hash and how often it occurs there, in the order of rows and hashes."""

    rows: NDArray[np.int64]
    keys: NDArray[np.uint32]
    counts: NDArray[np.float32]
    texts: int


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The pairs that occurred in at least `LEAST` of some texts: their hashes in order, and how rare each was."""

    keys: NDArray[np.uint32]
    rarity: NDArray[np.float32]


def pairs(texts: Sequence[str], languages: Sequence[str], debate: Debate | None = None) -> Found:
    """The ordered pairs of near words of each text.

    Args:
        texts: n of them.
        languages: the ISO 639-1 code of each.
        debate: whose sides' terms are marks, too.

    >>> one, other = (set(pairs([text], ["en"]).keys.tolist()) for text in ("Openness hurts secrecy", "Secrecy hurts openness"))
    >>> one & other
    set()
    """
    symbols: list[int] = []
    places: list[int] = []
    ends: list[int] = []
    at = 0
    for text, language in zip(texts, languages, strict=True):
        at = _read(text, polarity.vocabulary(language, debate), symbols, places, at)
        ends.append(len(symbols))
    symbol, place = np.array(symbols, dtype=np.uint64), np.array(places, dtype=np.int64)
    row = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))
    rows, keys, step = [], [], 0
    while (step := step + 1) < len(symbol):
        gap = place[step:] - place[:-step]
        near = np.flatnonzero((gap > 0) & (gap <= REACH))
        if not (gap <= REACH).any():
            break
        rows.append(row[near])
        keys.append((symbol[near] * _FIRST + symbol[near + step] * _SECOND) >> _HALF)
    joined = (np.concatenate(rows).astype(np.uint64) << _HALF) | np.concatenate(keys) if rows else np.zeros(0, dtype=np.uint64)
    each, counts = np.unique(joined, return_counts=True)
    return Found((each >> _HALF).astype(np.int64), each.astype(np.uint32), counts.astype(np.float32), len(ends))


def _read(text: str, vocabulary: polarity.Vocabulary, symbols: list[int], places: list[int], at: int) -> int:
    """Add the symbols of a text's words with their places, the first of which is `at`; the place after the last, and a gap."""
    forms = polarity.words(text)
    lemmas = [lemma(word, vocabulary.language) for word in forms]
    phrases = vocabulary.phrases
    marked: tuple[int, ...] = ()
    until = 0
    for number, (form, base) in enumerate(zip(forms, lemmas, strict=True)):
        at += 1
        if form in polarity.STOPS:
            at += REACH
            continue
        symbols.append(_symbol(base))
        places.append(at)
        if number >= until:
            until, marked = number + 1, ()
            if form in phrases or base in phrases:
                size, marks = vocabulary.marks(forms, lemmas, number)
                until, marked = number + max(size, 1), _marks(marks)
        symbols.extend(marked)
        places.extend(at for _ in marked)
    return at + REACH + 1


@lru_cache(maxsize=1 << 16)
def _symbol(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=1 << 10)
def _marks(marks: frozenset[str]) -> tuple[int, ...]:
    return tuple(_symbol(f"#{mark}") for mark in sorted(marks & MARKS))  # no lemma has a "#"


def known(found: Found) -> Known:
    """The pairs that several of these texts have, the fewer the rarer."""
    keys, present = np.unique(found.keys, return_counts=True)
    several = present >= LEAST
    rarity = np.log((1 + found.texts) / (1 + present[several])) + 1
    return Known(keys[several], rarity.astype(np.float32))


def weigh(found: Found, among: Known) -> csr_matrix:
    """Vectors of unit length over the known pairs, one row a text; a product of two is their cosine."""
    from scipy.sparse import csr_matrix

    column = np.minimum(np.searchsorted(among.keys, found.keys), max(0, len(among.keys) - 1))
    there = among.keys[column] == found.keys if len(among.keys) else np.zeros(len(column), dtype=bool)
    rows, column = found.rows[there], column[there]
    values = (1 + np.log(found.counts[there])) * among.rarity[column]
    norms = np.sqrt(np.bincount(rows, values * values, minlength=found.texts))
    values = (values / norms[rows]).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=found.texts))])
    return csr_matrix((values, column, starts), shape=(found.texts, len(among.keys)))


def vocabulary_digest(language: str, debate: Debate) -> int:
    """A number that changes with the marks of a language or the terms of a debate's sides."""
    return zlib.crc32(repr(sorted(polarity.vocabulary(language, debate).phrases.items())).encode("utf-8"))
