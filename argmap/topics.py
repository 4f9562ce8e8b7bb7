"""Claims in; out, the same with the debate's topic that each is about, or "other"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from argmap import vectors
from argmap.model import Claim, Debate
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["OTHER", "assign"]

#: The topic of a claim that fits none of the debate's.
OTHER = "other"


def assign(claims: Iterable[Claim], debate: Debate, *, embed: vectors.Embedder | None = None,
           settings: Settings = DEFAULTS) -> tuple[Claim, ...]:
    """The claims with their topic set.

    A topic's words count more the fewer topics share them, and each only once; nearness to the topic's label and words in
    the space of sentence vectors decides where words are missing or tie.

    Args:
        claims: in any language.
        debate: its topics with their words.
        embed: sentence vectors; the shipped ones unless given.
        settings: `topic`, `topic_words`.
    """
    known = tuple(claims)
    if not known or not debate.topics:
        return tuple(replace(claim, topic=OTHER) for claim in known)
    embedder = embed or vectors.sentence_embedder()
    described = [" ".join((label, *topic.terms.get(language, ()))) for topic in debate.topics for language, label in topic.label.items()]
    owners = np.array([at for at, topic in enumerate(debate.topics) for _ in topic.label])
    # All claims of a debate are alike; only what sets one off from the debate as a whole tells its topic.
    debated = [text for side in debate.sides for texts in side.examples.values() for text in texts]
    centre = embedder(debated).mean(axis=0)
    cosines = _directions(embedder([claim.text for claim in known]) - centre) @ _directions(embedder(described) - centre).T
    near = np.stack([cosines[:, owners == at].mean(axis=1) for at in range(len(debate.topics))], axis=1)
    scores = near + settings.topic_words * np.array([_word_scores(claim, debate) for claim in known])
    best = scores.argmax(axis=1)
    return tuple(replace(claim, topic=debate.topics[at].id if scores[row, at] >= settings.topic else OTHER)
                 for row, (claim, at) in enumerate(zip(known, best.tolist(), strict=True)))


def _directions(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _word_scores(claim: Claim, debate: Debate) -> list[float]:
    """For each topic, how many of its words a claim has, a word that n topics share counting 1/n."""
    words = [vectors.lemma(word, claim.language) for word in vectors.tokens(claim.text)]
    text = f" {' '.join(words)} "
    hits = [{term for term in (_lemmas(one, claim.language) for one in topic.terms.get(claim.language, ())) if f" {term} " in text}
            for topic in debate.topics]
    return [sum(1 / sum(term in other for other in hits) for term in found) for found in hits]


def _lemmas(term: str, language: str) -> str:
    return " ".join(vectors.lemma(word, language) for word in vectors.tokens(term))
