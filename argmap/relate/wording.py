"""The texts of an article's statements in text order in; out, what words they share, and where each word was said before.

Vectors of sentences tell what two statements are about; in an article about one thing all are about the same. The words that come
back tell more: "the waiver … the waiver's authors" ties two statements if nothing between them speaks of the waiver.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from argmap import vectors

__all__ = ["Recalled", "Wording", "recalled", "wording"]

#: Letters at a word's beginning that count when words are compared: "releases" and "released", "modello" and "modelli".
STEM = 5


@dataclass(frozen=True, slots=True, eq=False)
class Recalled:
    """For each text and each earlier one, the share of its words that were said there last, and first; those without any are missing."""

    last: tuple[Mapping[int, float], ...]
    first: tuple[Mapping[int, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """What words texts share.

    Attributes:
        shared: cosines of the lexical vectors of each two, by number.
        recalled: where their words were said before.
    """

    shared: tuple[tuple[float, ...], ...]
    recalled: Recalled


def stems(words: Sequence[str]) -> frozenset[str]:
    """The beginnings of the words that are long enough to mean something.

    >>> sorted(stems(["the", "released", "model"]))
    ['model', 'relea']
    """
    return frozenset(word[:STEM] for word in words if len(word) >= STEM - 1)


def wording(texts: Sequence[str], language: str) -> Wording:
    """What words these texts of one article share.

    Args:
        texts: in text order.
        language: the ISO 639-1 code of theirs.
    """
    shared = tuple(map(tuple, vectors.lexical_cosines(texts, language).tolist()))
    return Wording(shared, recalled([stems(vectors.tokens(text)) for text in texts]))


def recalled(texts: Sequence[Collection[str]]) -> Recalled:
    """Where the words of texts, each once, were said before; a word counts as much as it is rare among the texts (its idf).

    >>> found = recalled([{"waiver"}, {"waiver"}, {"waiver"}, {"cost"}])
    >>> found.last[2], found.first[2]
    ({1: 1.0}, {0: 1.0})
    """
    in_texts = Counter(word for text in texts for word in text)
    rarity = {word: math.log((1 + len(texts)) / count) for word, count in in_texts.items()}
    latest: dict[str, int] = {}
    earliest: dict[str, int] = {}
    last: list[Mapping[int, float]] = []
    first: list[Mapping[int, float]] = []
    for at, text in enumerate(texts):
        total = math.fsum(rarity[word] for word in text)
        shares: tuple[dict[int, float], dict[int, float]] = defaultdict(float), defaultdict(float)
        for word in sorted(text):
            if word in latest:
                shares[0][latest[word]] += rarity[word] / total
                shares[1][earliest[word]] += rarity[word] / total
        last.append(dict(shares[0]))
        first.append(dict(shares[1]))
        for word in text:
            latest[word] = at
            earliest.setdefault(word, at)
    return Recalled(tuple(last), tuple(first))
