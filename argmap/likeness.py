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
from argmap.model import Debate
from argmap.senses import senses
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Signs", "centres", "content_words", "likeness", "signs"]


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


def centres(languages: Sequence[str], debate: Debate, embed: vectors.Embedder) -> NDArray[np.float32]:
    """The middle of a debate in each of these languages, one row each: the mean vector of the sides' examples.

    It does not depend on the articles. A language without examples has the middle of all.
    """
    texts = {language: [text for side in debate.sides for text in side.examples.get(language, ())] for language in set(languages)}
    every = [text for side in debate.sides for examples in side.examples.values() for text in examples] or list(debate.motion.text.values())
    middle = {language: embed(found or every).mean(axis=0) for language, found in sorted(texts.items())}
    return np.stack([middle[language] for language in languages]).astype(np.float32)


def signs(texts: Sequence[str], languages: Sequence[str], left: NDArray[np.int64], right: NDArray[np.int64], *,
          embed: vectors.Embedder, about: NDArray[np.float32], floor: float = 0.0, settings: Settings = DEFAULTS) -> Signs:
    """What speaks for each pair ``texts[left[k]], texts[right[k]]`` being one point.

    Args:
        texts: n texts.
        languages: the ISO 639-1 code of each.
        left, right: places in `texts`.
        embed: vectors of texts and of words.
        about: for each text, the vector that it is seen from (`centres`); n × the vectors' length.
        floor: a probability; pairs that do not reach it however well their words match are not looked at word by word.
        settings: `likeness_weights`, which tell them.
    """
    used = np.unique(np.concatenate([left, right]))
    place = np.zeros(len(texts), dtype=np.int64)
    place[used] = np.arange(len(used))
    some, codes = [texts[i] for i in used.tolist()], [languages[i] for i in used.tolist()]
    one, other = place[left], place[right]
    made = embed(some)
    kinds = np.array([sorted(set(languages)).index(language) for language in languages])
    best = np.ones(len(left), dtype=np.float32)
    found = Signs(vectors.dots(made, one, other), vectors.dots(vectors.directions(made - about[used]), one, other), best, best,
                  vectors.row_dots(vectors.lexical(some, codes), one, other), kinds[left] == kinds[right])
    hopeful = np.flatnonzero(likeness(found, settings=settings) >= floor)
    matched, weakest = np.zeros((2, len(left)), dtype=np.float32)
    matched[hopeful], weakest[hopeful] = _matched(some, codes, one[hopeful], other[hopeful], embed)
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


def _matched(texts: Sequence[str], languages: Sequence[str], left: NDArray[np.int64], right: NDArray[np.int64],
             embed: vectors.Embedder) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Of each pair, the mean cosine of a word to the likest word of the other text, and the least for the words of the shorter."""
    met = set(left.tolist()) | set(right.tolist())
    words = [content_words(text, language) if at in met else () for at, (text, language) in enumerate(zip(texts, languages, strict=True))]
    spelt = sorted({word for row in words for word in row})
    number = {word: at for at, word in enumerate(spelt)}
    made = embed(spelt) if spelt else np.zeros((0, 1), dtype=np.float32)
    rows = [made[[number[word] for word in row]] for row in words]
    # Forms of one word, and words of one sense in any language, are one: "costs", "cost", "costo".
    meant = _numbered(words, languages)
    mean, least = np.zeros(len(left), dtype=np.float32), np.zeros(len(left), dtype=np.float32)
    for at, (i, j) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        if not len(rows[i]) or not len(rows[j]):
            continue
        alike = rows[i] @ rows[j].T
        alike[(meant[i][:, None, :, None] == meant[j][None, :, None, :]).any(axis=(2, 3))] = 1
        mine, theirs = alike.max(axis=1), alike.max(axis=0)
        mean[at] = (mine.sum() + theirs.sum()) / (len(mine) + len(theirs))
        fewest = [best.min() for best in (mine, theirs) if len(best) == min(len(mine), len(theirs))]
        least[at] = min(fewest)
    return mean, least


def _numbered(words: Sequence[Sequence[str]], languages: Sequence[str]) -> list[NDArray[np.int32]]:
    """The senses of each text's words as numbers, a word a row; rows are filled up with numbers that nothing else has."""
    number: dict[str, int] = {}
    nothing = 0
    found = []
    for row, language in zip(words, languages, strict=True):
        each = [[number.setdefault(sense, len(number)) for sense in sorted(senses(word, language))] for word in row]
        table = np.empty((len(row), max(map(len, each), default=0)), dtype=np.int32)
        for at, known in enumerate(each):
            missing = table.shape[1] - len(known)
            table[at] = known + list(range(nothing - missing, nothing))
            nothing -= missing
        found.append(table)
    return found


@lru_cache(maxsize=1 << 16)
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
