"""A debate's example statements in; out, a head that tells how much any statement resembles those of each side.

The head of a debate is trained when it is needed, which takes a moment for a few hundred examples. That of the bundled
debate has been trained ahead (``python -m argmap.training.stance``), and on statements in whole articles, too; it is
used as long as the debate file's examples are those that it was trained on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from argmap import vectors
from argmap.model import Debate, Stance
from argmap.points import bare
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

__all__ = ["STANCES", "Example", "Head", "digest", "examples", "head_of", "load", "save", "train"]

#: The order of the columns of every score.
STANCES: tuple[Stance, ...] = ("for", "against", "neutral")
#: Statements that are compared with all examples at once: what is held in memory meanwhile stays below 30 MB.
CHUNK = 1024
#: Cosine from which two vectors of one text come from one encoder: those kept are rounded to 256 steps.
SAME = 0.99


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """A statement whose stance is known: its words, the sentence that it stands in, its language."""

    text: str
    sentence: str
    language: str
    stance: Stance


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """What has been learned from n examples.

    Attributes:
        centre: mean of the examples' vectors.
        words, around: unit vectors of the examples' words and of the sentences around them, from the centre, n × d.
        reach: how far the words' vectors lie from the centre.
        weights: of each example for each of `STANCES`, n × 3.
        rarity: how rare each lexical feature is among the examples.
        lexical: of each lexical feature, the weights of a statement's words (3 columns) and of its sentence (3 more).
        probe: one of the examples, by which an encoder is recognised.
    """

    centre: NDArray[np.float32]
    words: NDArray[np.float32]
    around: NDArray[np.float32]
    reach: NDArray[np.float32]
    weights: NDArray[np.float32]
    rarity: vectors.Rarity
    lexical: csr_matrix
    probe: str

    def __call__(self, texts: Sequence[str], sentences: Sequence[str], languages: Sequence[str], *, embed: vectors.Embedder,
                 settings: Settings = DEFAULTS) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """How much each statement resembles those of each stance (n × 3), and its cosine to the example nearest to it."""
        share = settings.sentence_share
        found, nearest = self._alike(texts, self.words, embed, settings.sharpness)
        # Statements share sentences: each is compared once.
        place = {sentence: at for at, sentence in enumerate(dict.fromkeys(sentences))}
        each, _ = self._alike(list(place), self.around, embed, settings.sharpness, near=False)
        around = each[[place[sentence] for sentence in sentences]]
        own = self._worded(texts, languages)[:, :3]
        wider = self._worded(sentences, languages)[:, 3:]
        return (1 - share) * found + share * around + own + wider, nearest

    def _worded(self, texts: Sequence[str], languages: Sequence[str]) -> NDArray[np.float32]:
        parts = [(vectors.lexical(texts[at:at + CHUNK], languages[at:at + CHUNK], weighted=self.rarity) @ self.lexical).toarray()
                 for at in range(0, len(texts), CHUNK)]
        return np.concatenate([np.zeros((0, 2 * len(STANCES)), dtype=np.float32), *parts])

    def _alike(self, texts: Sequence[str], to: NDArray[np.float32], embed: vectors.Embedder, sharpness: float, *,
               near: bool = True) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        scores = np.zeros((len(texts), len(STANCES)))
        nearest = np.zeros(len(texts))
        offset = self.reach * (to @ self.centre) + self.centre @ self.centre
        for at in range(0, len(texts), CHUNK):
            made = embed(texts[at:at + CHUNK])
            moved, length = _from(made, self.centre)
            cosines = moved @ to.T
            scores[at:at + CHUNK] = np.exp(2 * sharpness * (cosines - 1)) @ self.weights
            if not near:
                continue
            # The cosine of the vectors themselves, from that of what separates them from the centre.
            cosines *= length[:, None] * self.reach
            cosines += offset
            nearest[at:at + CHUNK] = cosines.max(axis=1) + (made - self.centre) @ self.centre
        return scores, nearest


def head_of(debate: Debate, *, embed: vectors.Embedder, settings: Settings = DEFAULTS) -> Head:
    """The head trained ahead if it is this debate's and this encoder's, or else one trained on the debate's examples."""
    kept = load()
    if kept is not None and kept[0] == digest(debate, settings) and _knows(kept[1], embed):
        return kept[1]
    return train(examples(debate), embed=embed, settings=settings)


def _knows(head: Head, embed: vectors.Embedder) -> bool:
    made = embed([head.probe])
    return made.shape[1] == len(head.centre) and float((_from(made, head.centre)[0] @ head.words.T).max()) >= SAME


def examples(debate: Debate) -> tuple[Example, ...]:
    """The example statements of a debate file, each once, in one order."""
    by_stance = {side.stance: side.examples for side in debate.sides} | {"neutral": debate.neutral}
    return tuple(sorted({Example(clean, clean, language, stance) for stance in STANCES for language, several in by_stance[stance].items()
                         for clean in map(bare, several)}))


def digest(debate: Debate, settings: Settings = DEFAULTS) -> str:
    """What a head trained ahead is recognised by: a hash of the examples, of the settings of training and of how words are seen."""
    known = examples(debate)
    how = [settings.sharpness, settings.lexical_share, settings.ridge, settings.sentence_share]
    seen = vectors.lexical([each.text for each in known[:1]], [each.language for each in known[:1]]).indices
    content = [[[each.text, each.language, each.stance] for each in known], how, sorted(map(int, seen))]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def train(known: Iterable[Example], *, embed: vectors.Embedder | None = None, settings: Settings = DEFAULTS) -> Head:
    """Fit kernel ridge regression (Saunders et al. 1998) to example statements.

    Two statements are alike by a Gaussian of their sentence vectors' distance and by the words that they share; likewise
    the sentences that they stand in. The fit has a closed form, so that the same examples give the same weights.

    Args:
        known: of both sides, and neutral ones if there are any.
        embed: sentence vectors; the shipped ones unless given.
        settings: `sharpness`, `lexical_share`, `ridge`, `sentence_share`.
    """
    from scipy.linalg import solve

    given = tuple(known)
    embedder = embed or vectors.sentence_embedder()
    texts, sentences, languages = [e.text for e in given], [e.sentence for e in given], [e.language for e in given]
    made = embedder(texts)
    centre = made.mean(axis=0)
    words, reach = _from(made, centre)
    around, _ = _from(embedder(sentences), centre)
    rarity = vectors.rarity(texts, languages)
    wanted = np.eye(len(STANCES), dtype=np.float32)[[STANCES.index(e.stance) for e in given]]
    alike = np.zeros((len(given), len(given)), dtype=np.float32)
    parts = []
    for share, vector, several in ((1 - settings.sentence_share, words, texts), (settings.sentence_share, around, sentences)):
        lexical = vectors.lexical(several, languages, weighted=rarity)
        alike += share * np.exp(2 * settings.sharpness * (vector @ vector.T - 1))
        alike += share * settings.lexical_share * (lexical @ lexical.T).toarray()
        parts.append(share * settings.lexical_share * lexical)
    alike[np.diag_indices(len(given))] += settings.ridge
    weights = solve(alike, wanted - wanted.mean(axis=0), assume_a="pos", overwrite_a=True, check_finite=False).astype(np.float32)
    return Head(centre, words, around, reach, weights, rarity, _lexical(parts, weights), texts[0])


def _lexical(parts: Sequence[csr_matrix], weights: NDArray[np.float32]) -> csr_matrix:
    """What the examples' weights come to for each lexical feature."""
    from scipy.sparse import csr_matrix, hstack

    return csr_matrix(hstack([part.T @ csr_matrix(weights) for part in parts]))


def _from(made: NDArray[np.float32], centre: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Unit vectors from a centre, and how far each lay from it."""
    moved = made - centre
    length = np.linalg.norm(moved, axis=1)
    return moved / np.maximum(length, np.finfo(np.float32).eps)[:, None], length


def save(head: Head, of: str, path: Path) -> None:
    """Write a head, its vectors rounded to one byte a number.

    Args:
        head: the head.
        of: the digest of what it was trained on.
        path: an ``.npz`` file.
    """
    lexical = head.lexical.tocsr()
    used = np.flatnonzero(np.diff(lexical.indptr))
    own = (head.words == head.around).all(axis=1)
    np.savez_compressed(
        path, allow_pickle=False, digest=of, probe=head.probe, centre=head.centre, reach=head.reach, weights=head.weights,
        words=_bytes(head.words), apart=np.flatnonzero(~own), around=_bytes(head.around[~own]), features=used.astype(np.int32),
        rarity=head.rarity.weights[used], absent=head.rarity.weights.max(), lexical=lexical[used].toarray().astype(np.float16))


def _bytes(unit: NDArray[np.float32]) -> NDArray[np.int8]:
    return np.asarray(np.round(unit / np.abs(unit).max(axis=1, keepdims=True) * np.iinfo(np.int8).max), dtype=np.int8)


@cache
def load() -> tuple[str, Head] | None:
    """The digest and the head that are shipped, or None if none is; the card ``stance.toml`` says what it was learned from."""
    from scipy.sparse import csr_matrix

    path = resources.files("argmap") / "models" / "stance.npz"
    if not path.is_file():
        return None
    with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        words = _units(kept["words"])
        around = words.copy()
        around[kept["apart"]] = _units(kept["around"])
        rarity = np.full(vectors.COLUMNS, kept["absent"], dtype=np.float32)
        rarity[kept["features"]] = kept["rarity"]
        values = kept["lexical"].astype(np.float32)
        rows = np.repeat(kept["features"], values.shape[1])
        columns = np.tile(np.arange(values.shape[1]), len(values))
        lexical = csr_matrix((values.ravel(), (rows, columns)), shape=(vectors.COLUMNS, values.shape[1]))
        return str(kept["digest"]), Head(kept["centre"], words, around, kept["reach"], kept["weights"], vectors.Rarity(rarity), lexical,
                                         str(kept["probe"]))


def _units(rounded: NDArray[np.int8]) -> NDArray[np.float32]:
    values = rounded.astype(np.float32)
    return np.asarray(values / np.linalg.norm(values, axis=1, keepdims=True))
