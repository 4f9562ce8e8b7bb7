"""Texts in, vectors out: sentence vectors that two languages share, and lexical vectors of words and letters.

Sentence vectors find the same point in other words and in another language; lexical ones keep apart what only sounds
alike. Either alone misleads, so what compares texts uses both.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from argmap.encoding import load

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

__all__ = [
    "Block", "Embedder", "Rarity", "blocks", "caching", "directions", "dots", "fold", "lemma", "lexical", "lexical_cosines", "neighbours",
    "rarity", "row_dots", "sentence_embedder", "tokens",
]

#: Texts in, one vector of unit length a row out.
Embedder = Callable[[Sequence[str]], "NDArray[np.float32]"]

#: Columns of a lexical vector: features are hashed into them, and with 2^20 two of ten thousand seldom meet.
COLUMNS = 1 << 20
#: Lengths of the letter n-grams: three letters bridge inflection ("apert-o", "apert-i"), five come near to words.
LETTERS = (3, 4, 5)

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*")


def fold(text: str) -> str:
    """Lower-case text in one normal form, with straight apostrophes: what words are compared in.

    >>> fold("L’Apertura")
    "l'apertura"
    """
    return unicodedata.normalize("NFC", text).replace("’", "'").casefold()


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, folded; what an apostrophe joins is taken apart.

    >>> tokens("L'open-source costa 1,5 euro")
    ['l', 'open-source', 'costa', '1,5', 'euro']
    """
    return _WORD.findall(fold(text))


@lru_cache(maxsize=1 << 18)
def lemma(word: str, language: str) -> str:
    """The dictionary form of a folded word; the word itself in a language without a dictionary.

    >>> lemma("models", "en"), lemma("aperti", "it")
    ('model', 'aperto')
    """
    import simplemma
    try:
        return simplemma.lemmatize(word, lang=language).casefold()
    except ValueError:
        return word


def caching(embed: Embedder, *, most: int | None = None) -> Embedder:
    """The embedder, asked only once for each text; with `most`, of so many texts at least the last ones are known."""
    known: dict[str, NDArray[np.float32]] = {}

    def cached(texts: Sequence[str]) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if most is not None and len(known) + len(new) > most:
            if len(texts) > most:
                return embed(texts)
            known.clear()
            new = list(dict.fromkeys(texts))
        if new:
            known.update(zip(new, embed(new), strict=True))
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        return np.stack([known[text] for text in texts])

    return cached


@cache
def sentence_embedder() -> Embedder:
    """Google's multilingual Universal Sentence Encoder v3 (Yang et al. 2020), 512 numbers a text, run in numpy.

    It needs no network and is loaded when first called.
    """
    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        return load().encode(texts)

    return caching(embed)


@dataclass(frozen=True, slots=True, eq=False)
class Rarity:
    """How rare each feature is among some texts: what the features of lexical vectors are weighted by."""

    weights: NDArray[np.float32]


def rarity(texts: Sequence[str], languages: Sequence[str]) -> Rarity:
    """The inverse document frequencies of these texts (Salton and Buckley 1988)."""
    return _rarity(_counts(texts, languages))


def _rarity(counts: csr_matrix) -> Rarity:
    present = np.bincount(counts.indices, minlength=COLUMNS)
    return Rarity((np.log((1 + counts.shape[0]) / (1 + present)) + 1).astype(np.float32))


def lexical(texts: Sequence[str], languages: Sequence[str], *, weighted: Rarity | None = None) -> csr_matrix:
    """TF-IDF vectors of unit length over lemmas and letter n-grams.

    Args:
        texts: what to compare, n of them.
        languages: the ISO 639-1 code of each.
        weighted: by the rarity of features in these or other texts; in the texts themselves unless given.

    Returns:
        A sparse n × `COLUMNS` matrix; a product of two rows is their cosine.
    """
    from scipy.sparse import csr_matrix, diags

    counts = _counts(texts, languages)
    counts.data = counts.data * (weighted or _rarity(counts)).weights[counts.indices]
    norms = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    return csr_matrix(diags(1 / np.where(norms > 0, norms, 1)) @ counts, dtype=np.float32)


def lexical_cosines(texts: Sequence[str], language: str) -> NDArray[np.float32]:
    """The products of each two of some texts' `lexical` vectors, n × n; for a few texts much faster than by way of these."""
    from scipy.sparse import csr_matrix

    counts = _counts(texts, [language] * len(texts))
    _, column, present = np.unique(counts.indices, return_inverse=True, return_counts=True)
    weights = (np.log((1 + len(texts)) / (1 + present)) + 1).astype(np.float32)
    rows = csr_matrix((counts.data * weights[column], column, counts.indptr), shape=(len(texts), len(present)))
    norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    norms[norms == 0] = 1
    return np.asarray((rows @ rows.T).toarray() / norms / norms[:, None], dtype=np.float32)


def _counts(texts: Sequence[str], languages: Sequence[str]) -> csr_matrix:
    """The features of each text, a row each, with 1 + the logarithm of how often they occur."""
    from scipy.sparse import csr_matrix, vstack

    parts = [_some_counts(texts[at:at + AT_ONCE], languages[at:at + AT_ONCE]) for at in range(0, len(texts), AT_ONCE)]
    return csr_matrix(vstack(parts)) if len(parts) > 1 else parts[0] if parts else csr_matrix((0, COLUMNS), dtype=np.float32)


#: Texts whose features are counted at a time: before equal ones are summed, they take much room.
AT_ONCE = 1 << 12


def _some_counts(texts: Sequence[str], languages: Sequence[str]) -> csr_matrix:
    from scipy.sparse import csr_matrix

    starts = [0]
    columns: list[NDArray[np.int64]] = []
    for text, language in zip(texts, languages, strict=True):
        words = [_columns(word, language) for word in tokens(text)]
        columns.extend(words)
        starts.append(starts[-1] + sum(map(len, words)))
    found = np.concatenate(columns) if columns else np.zeros(0, dtype=np.int64)
    counts = csr_matrix((np.ones(len(found), dtype=np.float32), found, np.array(starts, dtype=np.int64)), shape=(len(texts), COLUMNS))
    counts.sum_duplicates()
    counts.data = (1 + np.log(counts.data)).astype(np.float32)
    return counts


@lru_cache(maxsize=1 << 16)
def _columns(word: str, language: str) -> NDArray[np.int64]:
    """The columns of a word's lemma and of its letter n-grams; texts repeat their words, so they are worked out once."""
    padded = f"_{word}_"
    features = ["w:" + lemma(word, language)]
    features += [padded[start:start + size] for size in LETTERS for start in range(len(padded) - size + 1)]
    return np.array([zlib.crc32(feature.encode("utf-8", "surrogatepass")) % COLUMNS for feature in features], dtype=np.int64)


def row_dots(matrix: csr_matrix, left: NDArray[np.int64], right: NDArray[np.int64], *, chunk: int = 1 << 14) -> NDArray[np.float32]:
    """The products of pairs of a sparse matrix's rows, computed `chunk` pairs at a time."""
    parts = [np.asarray(matrix[left[at:at + chunk]].multiply(matrix[right[at:at + chunk]]).sum(axis=1)).ravel()
             for at in range(0, len(left), chunk)]
    return np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, dtype=np.float32)


def directions(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows at unit length; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def dots(rows: NDArray[np.float32], left: NDArray[np.int64], right: NDArray[np.int64], *, chunk: int = 1 << 14) -> NDArray[np.float32]:
    """The products of pairs of rows, computed `chunk` pairs at a time."""
    parts = [np.einsum("ij,ij->i", rows[left[at:at + chunk]], rows[right[at:at + chunk]]) for at in range(0, len(left), chunk)]
    return np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, dtype=np.float32)


#: Texts up to which each is compared with all others; above, with those in the cells of the space around it.
EXACT = 1 << 14
#: Cells for the square root of as many texts, and how many around a text are looked into: 999 of 1,000 neighbours are found.
CELLS, LOOKED_INTO = 4, 32


def neighbours(vectors: NDArray[np.float32], floor: float, *, most: int = 64, chunk: int = 256,
               exact: int = EXACT) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of rows whose product reaches the floor: at most the `most` nearest of each row.

    Up to `exact` rows all products are computed, `chunk` rows at a time, so that n texts never need n × n numbers at once.
    More rows are looked for in an inverted file of cells (Jégou, Douze and Schmid 2011), in time that grows with n · √n; there
    a few pairs are missed, and some are given whose product is up to `ROUNDED` below the floor.

    Returns:
        The rows i and j of each pair, i < j, in ascending order.
    """
    found = _nearest(vectors, floor, most, chunk) if len(vectors) > exact else _compared(vectors, floor, most, chunk)
    codes = [np.zeros(0, dtype=np.int64)]
    codes += [np.minimum(rows, columns) * len(vectors) + np.maximum(rows, columns) for rows, columns in found]
    pairs = np.unique(np.concatenate(codes))
    return np.divmod(pairs, max(len(vectors), 1))


class Block(NamedTuple):
    """Some texts that are near each other: their `places`, ascending, their `vectors`, and pairs of them, by their numbers here."""

    places: NDArray[np.int64]
    vectors: NDArray[np.float32]
    left: NDArray[np.int64]
    right: NDArray[np.int64]


def blocks(texts: Sequence[str], embed: Embedder, floor: float, *, most: int = 64, size: int = EXACT) -> Iterator[Block]:
    """The pairs of texts whose vectors' product reaches the floor, at most the `most` nearest of each text, block by block.

    Up to `size` texts are one block. More are gathered around centres (k-means, Lloyd 1982), as in an inverted file (Jégou, Douze
    and Schmid 2011): each text is compared with those that have the centre nearest to it among their `HELD` nearest. Whatever the
    number of texts, the vectors of some thousand are in memory at a time, and time grows as the texts do; a few pairs are missed.

    Args:
        texts: what to compare.
        embed: their vectors; it is asked for a text's more than once, and should know them.
        floor: of the product.
        most: neighbours of a text.
        size: of a block, about four times what it is on average.

    Returns:
        Blocks in which each pair comes once.
    """
    if len(texts) <= size:
        made = embed(texts)
        yield Block(np.arange(len(texts)), made, *neighbours(made, floor, most=most))
        return
    sample = embed(texts[::-(-len(texts) // size)])
    cells = min(-(-len(texts) * HELD * FULL // size), len(sample))
    centres = _centres(sample, cells)
    holds = np.empty((len(texts), HELD), dtype=np.int32)  # the nearest centre first
    for at in range(0, len(texts), AT_ONCE):
        products = embed(texts[at:at + AT_ONCE]) @ centres.T
        holds[at:at + AT_ONCE] = np.argsort(-products, axis=1, kind="stable")[:, :HELD]
    least = np.full(len(texts), np.inf, dtype=np.float32)  # the product from which a text's neighbours were given
    for cell in range(cells):
        places = np.flatnonzero((holds == cell).any(axis=1))
        rows = np.flatnonzero(holds[places, 0] == cell)
        made = embed([texts[at] for at in places.tolist()])
        parts = [(rows[:0], rows[:0])]
        for some in np.split(rows, range(CHUNK, len(rows), CHUNK)):
            products = made[some] @ made.T
            products[np.arange(len(some)), some] = -1
            reached = np.maximum(np.partition(products, -most, axis=1)[:, -most], floor) if most < len(made) else floor
            least[places[some]] = reached
            left, right = np.nonzero(products >= np.broadcast_to(reached, len(some))[:, None])
            value, left = products[left, right], some[left]
            # A neighbour may have found this text before; of two that are looked at together, the later one has been found.
            found = (holds[places[left]] == holds[places[right], :1]).any(axis=1) & (value >= least[places[right]])
            found &= (right < left) | ~np.isin(right, some)
            parts.append((left[~found], right[~found]))
        left, right = (np.concatenate(each) for each in zip(*parts, strict=True))
        yield Block(places, made, left, right)


#: Texts that are compared with all of a block at a time: with their products a few dozen MB.
CHUNK = 1 << 10
#: Centres that a text is gathered around, and how many blocks of average size the largest that is wanted has room for.
HELD, FULL = 6, 4


def _centres(vectors: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    import faiss

    with _one_thread():
        found = faiss.Kmeans(vectors.shape[1], count, spherical=True, seed=0, min_points_per_centroid=1,
                             max_points_per_centroid=len(vectors))
        found.train(vectors)
        return np.asarray(found.centroids, dtype=np.float32)


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """One thread in faiss: several sum in an order that differs between runs."""
    import faiss

    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


def _compared(vectors: NDArray[np.float32], floor: float, most: int, chunk: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    for start in range(0, len(vectors), chunk):
        products = vectors[start:start + chunk] @ vectors.T
        own = np.arange(len(products))
        products[own, start + own] = -1  # not its own neighbour
        if most < len(vectors):
            least = np.partition(products, -most, axis=1)[:, -most, None]
            products[products < least] = -1
        rows, columns = np.nonzero(products >= floor)
        yield rows + start, columns


def _nearest(vectors: NDArray[np.float32], floor: float, most: int, chunk: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    import faiss

    with _one_thread():
        count, length = vectors.shape
        cells = int(CELLS * count ** 0.5)
        index = faiss.IndexIVFScalarQuantizer(faiss.IndexFlatIP(length), length, cells, faiss.ScalarQuantizer.QT_fp16,
                                              faiss.METRIC_INNER_PRODUCT)
        index.cp.min_points_per_centroid = 1  # it warns where there are fewer than it likes
        index.train(vectors)
        index.add(vectors)
        index.nprobe = LOOKED_INTO
        for start in range(0, count, chunk):
            products, columns = index.search(vectors[start:start + chunk], most + 1)
            rows = np.repeat(np.arange(start, start + len(columns))[:, None], most + 1, axis=1)
            # Products are rounded in the index.
            near = (products >= floor - ROUNDED) & (columns != rows) & (columns >= 0)
            yield rows[near], columns[near]


#: What a product of vectors of unit length may lose when their numbers are kept in two bytes.
ROUNDED = 1e-3
