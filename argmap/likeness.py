"""Pairs of texts in; out, how surely the two of each pair speak to one point, whether they assert or deny it.

Four signs are weighed: the cosine of the sentence vectors, the same about the centre of the debate in the text's language (all
texts of a debate are alike; only what sets one off from the others tells its point), how well each word of one text is matched by a word of
the other, and, within a language, the words that the two share. Words are matched by their senses (`argmap.senses`) or else in
the space of the sentence vectors, which two languages share: so "scholars" and "thieves", or "studiosi" and "thieves", keep
apart what is otherwise worded alike.

``python -m argmap.training.points evaluate`` prints what it is worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from argmap import lexicon as lexicons
from argmap import vectors
from argmap.senses import senses
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

__all__ = ["Seen", "Signs", "content_words", "likeness", "see", "signs"]


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """What speaks for each of n pairs; all arrays of length n.

    `cosine` and `centred` are cosines of sentence vectors; `matched` is the mean cosine of a word to its best match in the
    other text, `weakest` the least of the words of the text that has fewer (the longer may say more);
    `shared` is the cosine of the lexical vectors, `together` whether the language is one.
    """

    cosine: NDArray[np.float32]
    centred: NDArray[np.float32]
    matched: NDArray[np.float32]
    weakest: NDArray[np.float32]
    shared: NDArray[np.float32]
    together: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Texts as they are compared, n of them.

    Attributes:
        vectors: sentence vectors of unit length, n × d.
        middles, middle: the vectors that texts are seen from (`argmap.head.centres`), and which of them each text is seen from.
        along: products of the texts' vectors with `middles`, n × as many; with them cosines from a middle need no other vectors.
        lexical: lexical vectors, sparse, n rows.
        language: a number for each text's language.
        starts, words: the content words of text i are ``words[starts[i]:starts[i + 1]]``, as places in `spelt` and `senses`.
        spelt: the words' vectors.
        senses: the words' senses as numbers, a word a row; rows are filled up with numbers that nothing else has.
    """

    vectors: NDArray[np.float32]
    middles: NDArray[np.float32]
    middle: NDArray[np.int64]
    along: NDArray[np.float32]
    lexical: csr_matrix
    language: NDArray[np.int64]
    starts: NDArray[np.int64]
    words: NDArray[np.int64]
    spelt: NDArray[np.float32]
    senses: NDArray[np.int32]


def see(texts: Sequence[str], languages: Sequence[str], made: NDArray[np.float32], *, embed: vectors.Embedder,
        middles: NDArray[np.float32], middle: Sequence[int]) -> Seen:
    """What of texts is compared.

    Args:
        texts: n texts.
        languages: the ISO 639-1 code of each.
        made: their sentence vectors, n × d.
        embed: vectors of words.
        middles: vectors that texts are seen from.
        middle: for each text, which of them.
    """
    codes = sorted(set(languages))
    found = [content_words(text, language) for text, language in zip(texts, languages, strict=True)]
    starts = np.cumsum([0, *map(len, found)])
    number: dict[tuple[str, str], int] = {}
    words = np.array([number.setdefault((word, language), len(number)) for row, language in zip(found, languages, strict=True)
                      for word in row], dtype=np.int64)
    spelt = embed([word for word, _ in number]) if number else np.zeros((0, 1), dtype=np.float32)
    return Seen(made, middles, np.array(middle, dtype=np.int64), made @ middles.T, vectors.lexical(texts, languages),
                np.array([codes.index(language) for language in languages], dtype=np.int64), starts, words, spelt, _numbered(list(number)))


def signs(seen: Seen, left: NDArray[np.int64], right: NDArray[np.int64], *, floor: float = 0.0, settings: Settings = DEFAULTS) -> Signs:
    """What speaks for each pair of texts ``left[k], right[k]`` being one point.

    Args:
        seen: the texts.
        left, right: places of texts; pairs with one `left` in a row are faster.
        floor: a probability; pairs that do not reach it however well their words match are not looked at word by word.
        settings: `likeness_weights`, which tell them.
    """
    cosine = vectors.dots(seen.vectors, left, right)
    best = np.ones(len(left), dtype=np.float32)
    found = Signs(cosine, _centred(seen, cosine, left, right), best, best, vectors.row_dots(seen.lexical, left, right),
                  seen.language[left] == seen.language[right])
    hopeful = np.flatnonzero(likeness(found, settings=settings) >= floor)
    matched, weakest = np.zeros((2, len(left)), dtype=np.float32)
    matched[hopeful], weakest[hopeful] = _matched(seen, left[hopeful], right[hopeful])
    return replace(found, matched=matched, weakest=weakest)


def likeness(found: Signs, *, settings: Settings = DEFAULTS) -> NDArray[np.float32]:
    """The probability of each pair to speak to one point.

    Args:
        found: of `signs`.
        settings: `likeness_weights`.
    """
    weights = settings.likeness_weights
    odds = (weights.base + weights.cosine * found.cosine + weights.centred * found.centred + weights.matched * found.matched
            + weights.weakest * found.weakest + np.where(found.together, weights.together + weights.shared * found.shared, 0))
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


def _centred(seen: Seen, cosine: NDArray[np.float32], left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float32]:
    """The cosine of each two texts seen from their middles: (a - m)(b - n) = ab - an - mb + mn, over the lengths of the two."""
    between = seen.middles @ seen.middles.T
    one, other = seen.middle[left], seen.middle[right]
    product = cosine - seen.along[left, other] - seen.along[right, one] + between[one, other]
    far = np.sqrt(np.maximum(1 - 2 * seen.along + np.diag(between), 0))  # of unit vectors, from each middle
    reach = far[left, one] * far[right, other]
    return np.asarray(product / np.where(reach > 0, reach, 1), dtype=np.float32)


def _matched(seen: Seen, left: NDArray[np.int64], right: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Of each pair, the mean cosine of a word to the likest word of the other text, and the least for the words of the shorter.

    Forms of one word, and words of one sense in any language, are one: "costs", "cost", "costo".
    """
    mean, least = np.zeros(len(left), dtype=np.float32), np.zeros(len(left), dtype=np.float32)
    sizes = np.diff(seen.starts)
    usable = np.flatnonzero((sizes[left] > 0) & (sizes[right] > 0))
    for some in np.split(usable, np.flatnonzero(np.diff(left[usable])) + 1) if len(usable) else ():
        # One text against all that it is paired with.
        mine = seen.words[seen.starts[left[some[0]]]:seen.starts[left[some[0]] + 1]]
        others = right[some]
        theirs = np.concatenate([seen.words[seen.starts[other]:seen.starts[other + 1]] for other in others.tolist()])
        begin = np.cumsum(sizes[others]) - sizes[others]
        alike = seen.spelt[mine] @ seen.spelt[theirs].T
        alike[(seen.senses[mine][:, None, :, None] == seen.senses[theirs][None, :, None, :]).any(axis=(2, 3))] = 1
        best = np.maximum.reduceat(alike, begin, axis=1)  # of each of my words, in each of the others
        back = alike.max(axis=0)  # of each of their words, in mine
        mean[some] = (best.sum(axis=0) + np.add.reduceat(back, begin)) / (len(mine) + sizes[others])
        weakest, weakest_back = best.min(axis=0), np.minimum.reduceat(back, begin)
        least[some] = np.where(sizes[others] == len(mine), np.minimum(weakest, weakest_back),
                               np.where(sizes[others] < len(mine), weakest_back, weakest))
    return mean, least


def _numbered(words: Sequence[tuple[str, str]]) -> NDArray[np.int32]:
    """The senses of words of languages as numbers, a word a row."""
    number: dict[str, int] = {}
    each = [[number.setdefault(sense, len(number)) for sense in sorted(senses(word, language))] for word, language in words]
    width = max(map(len, each), default=0)
    table = -1 - np.arange(len(words) * width, dtype=np.int32).reshape(len(words), width)
    for row, known in zip(table, each, strict=True):
        row[:len(known)] = known
    return table


@lru_cache(maxsize=1 << 12)
def content_words(text: str, language: str) -> tuple[str, ...]:
    """The words that say what a text is about, each once; all its words where there are no others.

    >>> content_words("They are not the owners of the code", "en")
    ('owners', 'code')
    """
    words = tuple(dict.fromkeys(vectors.tokens(text)))
    if language not in lexicons.languages():
        return words
    empty = lexicons.load(language).words("claims.function_words")
    return tuple(word for word in words if word not in empty) or words
