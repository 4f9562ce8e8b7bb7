"""Statements in; out, for each, whether it speaks for or against the motion or takes no side, and how much it bears on it.

Three signs are weighed. The statement's likeness to the debate file's example statements finds the argument that it
makes; the polarity of its clauses towards the terms of the debate's sides (`argmap.polarity`) tells which way it goes
where the two sides use the same words; and its neighbours in the article (`argmap.coherence`) settle what it leaves
open: "the senator rejected the comparison". What stays unsure is neutral.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from argmap import polarity, vectors
from argmap.coherence import smooth
from argmap.model import Article, Debate, Stance, Statement
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

__all__ = ["STANCES", "Head", "Judgement", "judge", "judgements", "kernel", "lean", "score", "train"]

#: The order of the columns of every score.
STANCES: tuple[Stance, ...] = ("for", "against", "neutral")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found about one statement: confidence is the probability of its stance; all in [0, 1]."""

    stance: Stance
    confidence: float
    relevance: float


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """What has been learnt from a debate's example statements: see `train`."""

    texts: tuple[str, ...]
    languages: tuple[str, ...]
    embedded: NDArray[np.float32]
    centre: NDArray[np.float32]
    rarity: vectors.Rarity
    words: csr_matrix
    weights: NDArray[np.float64]


def judge(statements: Iterable[Statement], articles: Iterable[Article], debate: Debate, *, embed: vectors.Embedder | None = None,
          settings: Settings = DEFAULTS) -> tuple[Statement, ...]:
    """The statements with `stance` and `relevance` set.

    Args:
        statements: of all articles; their `relevance` so far is the share of the debate's words.
        articles: those that the statements stand in.
        debate: the motion, its sides' terms and example statements.
        embed: sentence vectors; the shipped ones unless given.
        settings: the thresholds.
    """
    known = tuple(statements)
    found = judgements(known, articles, debate, embed=embed, settings=settings)
    return tuple(replace(statement, stance=one.stance, relevance=one.relevance) for statement, one in zip(known, found, strict=True))


def judgements(statements: Iterable[Statement], articles: Iterable[Article], debate: Debate, *, embed: vectors.Embedder | None = None,
               settings: Settings = DEFAULTS) -> tuple[Judgement, ...]:
    """One judgement a statement, in order; arguments as for `judge`."""
    known = tuple(statements)
    if not known:
        return ()
    embedder = embed or vectors.sentence_embedder()
    by_id = {article.id: article for article in articles}
    texts = [statement.text for statement in known]
    head = train(debate, embed=embedder, settings=settings)
    scores = score(known, by_id, debate, head, embed=embedder, settings=settings)
    coherent = np.exp(smooth(scores, known, by_id, settings=settings))
    likeness = (embedder(texts) @ head.embedded.T).max(axis=1)
    return tuple(_judgement(row, statement, float(like), settings) for row, statement, like in zip(coherent, known, likeness, strict=True))


def _judgement(probabilities: NDArray[np.float64], statement: Statement, likeness: float, settings: Settings) -> Judgement:
    best = int(np.argmax(probabilities))
    sided = float(1 - probabilities[2])
    low, high = settings.likeness
    near = min(1.0, max(0.0, (likeness - low) / (high - low)))
    # What neither names the debate nor resembles any argument in it is beside the point, whatever its words.
    relevance = 1 - (1 - statement.relevance) * (1 - near * sided)
    return Judgement(STANCES[best], round(float(probabilities[best]), 4), round(relevance, 4))


def score(statements: Sequence[Statement], articles: Mapping[str, Article], debate: Debate, head: Head, *, embed: vectors.Embedder,
          settings: Settings = DEFAULTS) -> NDArray[np.float64]:
    """Log-probabilities of for, against and neutral for each statement by itself, n × 3.

    Its words are read alone, with its cue ("warned that …") and within its sentence.
    """
    texts = [statement.text for statement in statements]
    languages = [articles[statement.article].language for statement in statements]
    cued = [f"{statement.cue.text} {statement.text}" if statement.cue else statement.text for statement in statements]
    sentences = [_sentence(statement, articles[statement.article].text) for statement in statements]
    alone = 1 - settings.own_words - settings.own_sentence
    alike = sum(share * kernel(view, languages, head, embed=embed, settings=settings)
                for share, view in ((alone, texts), (settings.own_words, cued), (settings.own_sentence, sentences)))
    lengths = np.array([len(vectors.tokens(text)) for text in texts], dtype=np.float64)
    logits = (lengths / (lengths + settings.telling_words))[:, None] * (settings.scale * alike @ head.weights)
    for row, (text, language) in enumerate(zip(texts, languages, strict=True)):
        leaning = settings.polarity * lean(text, language, debate, settings=settings)
        logits[row, :2] += leaning, -leaning
    logits -= logits.max(axis=1, keepdims=True)
    return np.asarray(logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)))


def _sentence(statement: Statement, text: str) -> str:
    start, end = statement.content[0].start, statement.content[-1].end
    begin = max(text.rfind(mark, 0, start) for mark in ".!?\n") + 1
    stop = min((at for at in (text.find(mark, max(end - 1, 0)) for mark in ".!?\n") if at >= 0), default=len(text))
    return text[begin:stop + 1].strip()


def lean(text: str, language: str, debate: Debate, *, settings: Settings = DEFAULTS) -> float:
    """How far the polarity of a text's clauses towards the debate's terms leans to the motion, in [-1, 1].

    Only clauses that name a side's cause count: what is good or bad about something else says nothing.
    """
    total, named = 0.0, 0
    for clause in polarity.read(text, polarity.vocabulary(language, debate)):
        named = clause.named or named
        if clause.target and (clause.effect or clause.attitude):
            total += clause.weight * clause.sign
        elif clause.effect and named:
            # "They shared the weights, which helps everyone": the clause speaks of what the one before it names.
            total += settings.inherited * clause.weight * named * clause.effect
    return max(-1.0, min(1.0, total))


def train(debate: Debate, *, embed: vectors.Embedder | None = None, settings: Settings = DEFAULTS) -> Head:
    """Fit kernel ridge regression (Saunders et al. 1998) to the debate's example statements.

    It has a closed form, so that the same examples give the same weights, and with the scale fitted by leaving each
    example out in turn its scores are log-odds.

    Args:
        debate: with examples for both sides, and neutral ones where it has them.
        embed: sentence vectors; the shipped ones unless given.
        settings: `ridge`, `sharpness`, `lexical_share`, `scale`.
    """
    embedder = embed or vectors.sentence_embedder()
    by_stance = {side.stance: side.examples for side in debate.sides} | {"neutral": debate.neutral}
    examples = sorted({(text.strip().rstrip("."), language, STANCES.index(stance))
                       for stance, texts in by_stance.items() for language, several in texts.items() for text in several})
    texts = tuple(text for text, _, _ in examples)
    languages = tuple(language for _, language, _ in examples)
    made = embedder(texts)
    wanted = np.eye(3)[[column for _, _, column in examples]]
    rarity = vectors.rarity(texts, languages)
    words = vectors.lexical(texts, languages, weighted=rarity)
    head = Head(texts, languages, made, made.mean(axis=0), rarity, words, wanted - wanted.mean(axis=0))
    alike = kernel(texts, languages, head, embed=embedder, settings=settings)
    return replace(head, weights=np.asarray(np.linalg.solve(alike + settings.ridge * np.eye(len(texts)), head.weights)))


def kernel(texts: Sequence[str], languages: Sequence[str], head: Head, *, embed: vectors.Embedder,
           settings: Settings = DEFAULTS) -> NDArray[np.float64]:
    """How alike each text is to each example: a Gaussian of their sentence vectors' distance, plus the cosine of their words."""
    left, right = embed(texts) - head.centre, head.embedded - head.centre
    squares = (left ** 2).sum(axis=1)[:, None] + (right ** 2).sum(axis=1)[None, :] - 2 * (left @ right.T)
    words = vectors.lexical(texts, languages, weighted=head.rarity) @ head.words.T
    return np.asarray(np.exp(-settings.sharpness * squares) + settings.lexical_share * words.toarray(), dtype=np.float64)
