"""PERSPECTRUM's claims and perspectives in; out, on standard output, how well stance is composed for any claim.

::

    python -m argmap.training.perspectrum FOLDER

FOLDER holds ``perspectrum_train_dev.json``, ``perspective_pool_train_dev.json`` and ``split_train_dev.json`` (Chen et al.
2019, CC BY-SA 4.0). Does a perspective support or undermine its claim? A logistic regression over what argmap's stance
sees without examples (sentence vectors, the polarity of both texts' clauses and the marks in their words, the words
themselves) learns from the claims of the train part and is scored on those of the dev part: the two share no claim.
Nothing of this is shipped; the figure says how far the signs carry where a debate has no examples.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack

from argmap import lexicon as lexicons
from argmap import polarity, vectors

__all__ = ["Pair", "features", "fit", "macro_f1", "main", "read"]

#: Strength of the pull of all weights towards zero.
RIDGE = 3.0
#: Vectors of unit length have entries of about 0.04, their products of 0.002; marks and words count from 1.
SCALE, PRODUCT_SCALE = 5.0, 40.0
#: Occurrences of a mark beyond which more of them say no more.
ENOUGH = 2
_MARKS = ("up", "down", "good", "bad", "praise", "blame", "doubt", "alarm", "demand")


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, a perspective on it, and whether it supports the claim."""

    claim: str
    perspective: str
    supports: bool


def read(folder: Path, part: str) -> list[Pair]:
    """The pairs of one part.

    Args:
        folder: of the three files.
        part: ``train`` or ``dev``.
    """
    split, pool, claims = (json.loads((folder / name).read_text(encoding="utf-8"))
                           for name in ("split_train_dev.json", "perspective_pool_train_dev.json", "perspectrum_train_dev.json"))
    texts: dict[int, str] = {each["pId"]: each["text"] for each in pool}
    return [Pair(claim["text"], texts[number], group["stance_label_3"] == "SUPPORT")
            for claim in claims if split[str(claim["cId"])] == part
            for group in claim["perspectives"] for number in group["pids"]]


def features(pairs: Sequence[Pair], *, embed: vectors.Embedder | None = None) -> csr_matrix:
    """What stance sees of each pair, one a row."""
    embedder = embed or vectors.sentence_embedder()
    claims, perspectives = [pair.claim for pair in pairs], [pair.perspective for pair in pairs]
    one, other = embedder(claims), embedder(perspectives)
    signs = np.einsum("ni,nj->nij", _signs(claims), _signs(perspectives)).reshape(len(pairs), -1)
    marks = np.einsum("ni,nj->nij", np.minimum(_marks(claims), 1), _marks(perspectives)).reshape(len(pairs), -1)
    dense = np.hstack([SCALE * other, PRODUCT_SCALE * one * other, signs, marks, _shared(claims, perspectives)])
    return csr_matrix(hstack([csr_matrix(dense), _words(perspectives)]))


def _signs(texts: Sequence[str]) -> NDArray[np.float64]:
    """Constant, effect, attitude and sign of each text: a pair's products tell whether two texts value alike."""
    known = polarity.vocabulary("en")
    rows = []
    for text in texts:
        clauses = polarity.read(text, known)
        sums = [sum(c.weight * value for c, value in zip(clauses, values, strict=True))
                for values in ([c.effect for c in clauses], [c.attitude for c in clauses], [c.sign for c in clauses])]
        rows.append([1.0, *np.sign(sums)])
    return np.array(rows)


def _marks(texts: Sequence[str]) -> NDArray[np.float64]:
    lexicon = lexicons.load("en")
    lists = [lexicon.words(f"stance.{mark}") for mark in _MARKS] + [lexicon.words("negation.words")]
    rows = []
    for text in texts:
        words = [(word, vectors.lemma(word, "en")) for word in vectors.tokens(text)]
        rows.append([1.0, *(min(ENOUGH, sum(bool({*forms} & listed) for forms in words)) for listed in lists)])
    return np.array(rows)


def _shared(claims: Sequence[str], perspectives: Sequence[str]) -> NDArray[np.float64]:
    rows = []
    for claim, perspective in zip(claims, perspectives, strict=True):
        one, other = ({vectors.lemma(word, "en") for word in vectors.tokens(text)} for text in (claim, perspective))
        rows.append([len(one & other) / max(1, len(one)), len(one & other) / max(1, len(other))])
    return np.array(rows)


def _words(texts: Sequence[str]) -> csr_matrix:
    """Which lemmas, and which two in a row, each text has."""
    import zlib

    starts, columns = [0], list[int]()
    for text in texts:
        words = [vectors.lemma(word, "en") for word in vectors.tokens(text)]
        found = {*words, *(" ".join(two) for two in pairwise(words))}
        columns += sorted({zlib.crc32(each.encode()) % vectors.COLUMNS for each in found})
        starts.append(len(columns))
    return csr_matrix((np.ones(len(columns)), np.array(columns, dtype=np.int64), starts), shape=(len(texts), vectors.COLUMNS))


def fit(seen: csr_matrix, supports: NDArray[np.bool_], *, ridge: float = RIDGE) -> NDArray[np.float64]:
    """Logistic regression with a ridge, by L-BFGS; features that never occur keep the weight 0."""
    used = np.unique(seen.indices)
    known, signed = seen[:, used], np.where(supports, 1.0, -1.0)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = signed * (known @ weights)
        slope = known.T @ (-signed / (1 + np.exp(margins))) + ridge * weights
        return float(np.logaddexp(0, -margins).sum() + ridge / 2 * weights @ weights), slope

    weights = np.zeros(seen.shape[1])
    weights[used] = minimize(loss, np.zeros(len(used)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return weights


def macro_f1(true: NDArray[np.bool_], found: NDArray[np.bool_]) -> float:
    """The mean of the F1 of both answers.

    >>> macro_f1(np.array([True, True, False]), np.array([True, False, False]))
    0.6666666666666666
    """
    scores = [2 * float((one & other).sum()) / max(1, int(one.sum() + other.sum())) for one, other in ((true, found), (~true, ~found))]
    return sum(scores) / len(scores)


def main() -> None:
    """Learn from the train part, print the score on the dev part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    train, dev = read(folder, "train"), read(folder, "dev")
    weights = fit(features(train), np.array([pair.supports for pair in train]))
    found = features(dev) @ weights > 0
    sys.stdout.write(f"macro F1 {macro_f1(np.array([pair.supports for pair in dev]), found):.3f} on {len(dev)} pairs of the dev part\n")


if __name__ == "__main__":
    main()
