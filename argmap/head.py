"""A debate's example statements in; out, a head that tells how much any statement resembles those of each side, and their middle.

The head of a debate is trained when it is needed, which takes a moment for a few hundred examples. That of the bundled
debate has been trained ahead (``python -m argmap.training.stance``), and on statements in whole articles, too; it is
used as long as the debate file's examples and terms, and the marks of its languages, are those that it was trained on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from argmap import order, vectors
from argmap.model import Debate, Stance
from argmap.points import bare
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

__all__ = ["STANCES", "Example", "Head", "centres", "digest", "examples", "head_of", "load", "middles", "save", "train"]

#: The order of the columns of every score.
STANCES: tuple[Stance, ...] = ("for", "against", "neutral")
#: Statements that are compared with all examples at once: what is held in memory meanwhile stays below 30 MB.
CHUNK = 1024
#: What the middle of all languages is called among those of each.
EVERY = ""
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
        pairs: the pairs of words that the examples have (`argmap.order`).
        ordered: of each of them, the weights of a statement's words (3 columns) and of its sentence (3 more).
        probe: one of the examples, by which an encoder is recognised.
        debate: whose sides' terms are marks of these pairs.
    """

    centre: NDArray[np.float32]
    words: NDArray[np.float32]
    around: NDArray[np.float32]
    reach: NDArray[np.float32]
    weights: NDArray[np.float32]
    rarity: vectors.Rarity
    lexical: csr_matrix
    pairs: order.Known
    ordered: NDArray[np.float32]
    probe: str
    debate: Debate | None = None

    def __call__(self, texts: Sequence[str], sentences: Sequence[str], languages: Sequence[str], *, embed: vectors.Embedder,
                 settings: Settings = DEFAULTS) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """How much each statement resembles those of each stance (n × 3), and its cosine to the example nearest to it."""
        share = settings.sentence_share
        scores, nearest = np.zeros((len(texts), len(STANCES))), np.zeros(len(texts))
        for at in range(0, len(texts), CHUNK):
            chunk = slice(at, at + CHUNK)
            # Side by side, for what a statement and its sentence have in common is encoded once.
            made = embed([text for both in zip(texts[chunk], sentences[chunk], strict=True) for text in both])
            own, cosines, length = self._alike(made[::2], self.words, settings.sharpness)
            # Statements share sentences: each is compared once.
            first = {sentence: place for place, sentence in reversed(list(enumerate(sentences[chunk])))}
            row = {sentence: place for place, sentence in enumerate(first)}
            around, _, _ = self._alike(made[1::2][list(first.values())], self.around, settings.sharpness)
            scores[chunk] = (1 - share) * own + share * around[[row[sentence] for sentence in sentences[chunk]]]
            # The cosine of the vectors themselves, from that of what separates them from the centre.
            cosines *= length[:, None] * self.reach
            cosines += self.reach * (self.words @ self.centre) + self.centre @ self.centre
            nearest[chunk] = cosines.max(axis=1) + (made[::2] - self.centre) @ self.centre
        scores += self._worded(texts, languages)[:, :3] + self._worded(sentences, languages)[:, 3:]
        return scores + self._paired(texts, sentences, languages), nearest

    def _paired(self, texts: Sequence[str], sentences: Sequence[str], languages: Sequence[str]) -> NDArray[np.float32]:
        """What the order of words says; each text is read once, for statements are sentences and share them."""
        each = list(dict.fromkeys(zip([*texts, *sentences], [*languages, *languages], strict=True)))
        made = np.zeros((len(each), 2 * len(STANCES)), dtype=np.float32)
        for at in range(0, len(each), CHUNK):
            several = each[at:at + CHUNK]
            found = order.pairs([text for text, _ in several], [language for _, language in several], self.debate)
            made[at:at + CHUNK] = order.weigh(found, self.pairs) @ self.ordered
        row = {key: place for place, key in enumerate(each)}
        own, around = ([row[key] for key in zip(several, languages, strict=True)] for several in (texts, sentences))
        return np.asarray(made[own, :3] + made[around, 3:])

    def _worded(self, texts: Sequence[str], languages: Sequence[str]) -> NDArray[np.float32]:
        parts = [(vectors.lexical(texts[at:at + CHUNK], languages[at:at + CHUNK], weighted=self.rarity) @ self.lexical).toarray()
                 for at in range(0, len(texts), CHUNK)]
        return np.concatenate([np.zeros((0, 2 * len(STANCES)), dtype=np.float32), *parts])

    def _alike(self, made: NDArray[np.float32], to: NDArray[np.float32], sharpness: float,
               ) -> tuple[NDArray[np.float64], NDArray[np.float32], NDArray[np.float32]]:
        """How much vectors resemble those of each stance; their cosines to each, and lengths, both from the centre."""
        moved, length = _from(made, self.centre)
        cosines = moved @ to.T
        return np.exp(2 * sharpness * (cosines - 1)) @ self.weights, cosines, length


class Kept(NamedTuple):
    """A head trained ahead, with the digest that it is recognised by and the middles of the debate that it was trained on."""

    digest: str
    head: Head
    middles: dict[str, NDArray[np.float32]]


def head_of(debate: Debate, *, embed: vectors.Embedder, settings: Settings = DEFAULTS) -> Head:
    """The head trained ahead if it is this debate's and this encoder's, or else one trained on the debate's examples."""
    kept = _kept(debate, embed, settings)
    return replace(kept.head, debate=debate) if kept else train(examples(debate), debate, embed=embed, settings=settings)


def centres(languages: Sequence[str], debate: Debate, *, embed: vectors.Embedder, settings: Settings = DEFAULTS) -> NDArray[np.float32]:
    """The vectors that texts in each of these languages are seen from, one row each: the middle of a debate, whatever its articles say.

    All claims of a debate are alike; only what sets one off from the rest tells what it is about. Seen from the middle of
    their language, claims of two languages on one subject fall together. One without examples has the middle of all.
    """
    kept = _kept(debate, embed, settings)
    known = kept.middles if kept else middles(debate, embed=embed)
    return np.stack([known.get(language, known[EVERY]) for language in languages])


def middles(debate: Debate, *, embed: vectors.Embedder) -> dict[str, NDArray[np.float32]]:
    """The mean vector of the sides' examples in each language, and that of all of them under `EVERY`."""
    texts: dict[str, list[str]] = {}
    for side in debate.sides:
        for language, some in sorted(side.examples.items()):
            texts.setdefault(language, []).extend(some)
    every = [text for some in texts.values() for text in some] or list(debate.motion.text.values())
    return {language: embed(some).mean(axis=0) for language, some in (*texts.items(), (EVERY, every)) if some}


def _kept(debate: Debate, embed: vectors.Embedder, settings: Settings) -> Kept | None:
    """What is shipped if it is this debate's and this encoder's."""
    kept = load()
    return kept if kept and kept.digest == digest(debate, settings) and _knows(kept.head, embed) else None


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
    how = [settings.sharpness, settings.lexical_share, settings.pair_share, settings.ridge, settings.sentence_share]
    seen = vectors.lexical([each.text for each in known[:1]], [each.language for each in known[:1]]).indices
    marks = [order.vocabulary_digest(language, debate) for language in sorted({each.language for each in known})]
    content = [[[each.text, each.language, each.stance] for each in known], how, sorted(map(int, seen)), marks]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def train(known: Iterable[Example], debate: Debate | None = None, *, embed: vectors.Embedder | None = None,
          settings: Settings = DEFAULTS) -> Head:
    """Fit kernel ridge regression (Saunders et al. 1998) to example statements.

    Two statements are alike by a Gaussian of their sentence vectors' distance, by the words that they share and by the pairs
    of words that stand in one order; likewise the sentences that they stand in. The fit has a closed form, so that the same
    examples give the same weights.

    Args:
        known: of both sides, and neutral ones if there are any.
        debate: whose sides' terms are marks of pairs of words.
        embed: sentence vectors; the shipped ones unless given.
        settings: `sharpness`, `lexical_share`, `pair_share`, `ridge`, `sentence_share`.
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
    found = [order.pairs(several, languages, debate) for several in (texts, sentences)]
    pairs = order.known(found[0])
    parts, ordered = [], []
    for share, vector, several, near in ((1 - settings.sentence_share, words, texts, found[0]),
                                         (settings.sentence_share, around, sentences, found[1])):
        lexical = vectors.lexical(several, languages, weighted=rarity)
        alike += share * np.exp(2 * settings.sharpness * (vector @ vector.T - 1))
        alike += share * settings.lexical_share * (lexical @ lexical.T).toarray()
        parts.append(share * settings.lexical_share * lexical)
        paired = order.weigh(near, pairs)
        alike += share * settings.pair_share * (paired @ paired.T).toarray()
        ordered.append(share * settings.pair_share * paired)
    alike[np.diag_indices(len(given))] += settings.ridge
    weights = solve(alike, wanted - wanted.mean(axis=0), assume_a="pos", overwrite_a=True, check_finite=False).astype(np.float32)
    return Head(centre, words, around, reach, weights, rarity, _lexical(parts, weights), pairs,
                np.concatenate([part.T @ weights for part in ordered], axis=1), texts[0], debate)


def _lexical(parts: Sequence[csr_matrix], weights: NDArray[np.float32]) -> csr_matrix:
    """What the examples' weights come to for each lexical feature."""
    from scipy.sparse import csr_matrix, hstack

    return csr_matrix(hstack([part.T @ csr_matrix(weights) for part in parts]))


def _from(made: NDArray[np.float32], centre: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Unit vectors from a centre, and how far each lay from it."""
    moved = made - centre
    length = np.linalg.norm(moved, axis=1)
    return moved / np.maximum(length, np.finfo(np.float32).eps)[:, None], length


def save(head: Head, of: str, middles: Mapping[str, NDArray[np.float32]], path: Path) -> None:
    """Write a head, its vectors rounded to one byte a number, and the middles of a debate.

    Args:
        head: the head.
        of: the digest of what it was trained on.
        middles: of that debate.
        path: an ``.npz`` file.
    """
    lexical = head.lexical.tocsr()
    used = np.flatnonzero(np.diff(lexical.indptr))
    own = (head.words == head.around).all(axis=1)
    np.savez_compressed(
        path, allow_pickle=False, languages=list(middles), middles=np.stack(list(middles.values())), digest=of,
        probe=head.probe, centre=head.centre, reach=head.reach, weights=head.weights,
        words=_bytes(head.words), apart=np.flatnonzero(~own), around=_bytes(head.around[~own]), features=used.astype(np.int32),
        rarity=head.rarity.weights[used], absent=head.rarity.weights.max(), lexical=lexical[used].toarray().astype(np.float16),
        pairs=head.pairs.keys, pair_rarity=head.pairs.rarity, ordered=head.ordered.astype(np.float16))


def _bytes(unit: NDArray[np.float32]) -> NDArray[np.int8]:
    return np.asarray(np.round(unit / np.abs(unit).max(axis=1, keepdims=True) * np.iinfo(np.int8).max), dtype=np.int8)


@cache
def load() -> Kept | None:
    """What is shipped, or None if none is; the card ``stance.toml`` says what it was learned from."""
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
        head = Head(kept["centre"], words, around, kept["reach"], kept["weights"], vectors.Rarity(rarity), lexical,
                    order.Known(kept["pairs"], kept["pair_rarity"]), kept["ordered"].astype(np.float32), str(kept["probe"]))
        return Kept(str(kept["digest"]), head, dict(zip(map(str, kept["languages"]), kept["middles"], strict=True)))


def _units(rounded: NDArray[np.int8]) -> NDArray[np.float32]:
    values = rounded.astype(np.float32)
    return np.asarray(values / np.linalg.norm(values, axis=1, keepdims=True))
