"""Statements in; out, for each, whether it speaks for or against the motion or takes no side, and how much it bears on it.

Three signs are weighed. The statement's likeness to the debate's example statements, in sense, in words and in their
order (`argmap.order`), finds the argument that it makes (`argmap.head`); the polarity of its clauses towards the terms of
the debate's sides (`argmap.polarity`) tells which way it goes where the two sides use the same words; and the rest of its
article (`argmap.coherence`) settles what it leaves open: "the senator rejected the comparison". What stays unsure is
neutral.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from argmap import polarity, vectors
from argmap.coherence import smooth
from argmap.columns import hold, places, sequence
from argmap.head import STANCES, Head, head_of
from argmap.model import Actor, Article, Debate, Link, Stance, Statement
from argmap.points import bare
from argmap.relate.view import surroundings
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Chances", "Judgement", "judge", "judgements", "lean", "rows_of", "score", "settled"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found about one statement: how likely each stance is its own, the likeliest of them, and how likely that is.

    All numbers lie in [0, 1]; `chances` sum to 1.
    """

    stance: Stance
    confidence: float
    relevance: float
    chances: Mapping[Stance, float]


class Chances(Mapping[str, Mapping[Stance, float]]):
    """By statement how likely each stance is its own, as of its `Judgement`.

    Args:
        statements: n of them, each with an id of its own.
        rows: of `rows_of` their judgements, n × 3.
    """

    def __init__(self, statements: Sequence[Statement], rows: NDArray[np.float64]) -> None:
        self._place, self._rows = places(statements), rows

    def __getitem__(self, statement: str) -> Mapping[Stance, float]:
        return dict(zip(STANCES, self._rows[self._place[statement]].tolist(), strict=True))

    def __iter__(self) -> Iterator[str]:
        return iter(self._place)

    def __len__(self) -> int:
        return len(self._place)


def rows_of(found: Sequence[Judgement]) -> NDArray[np.float64]:
    """The chances of n judgements as numbers, n × 3, in the order of `STANCES`: a corpus has many statements."""
    numbers = (one.chances[stance] for one in found for stance in STANCES)
    return np.fromiter(numbers, dtype=np.float64, count=len(found) * len(STANCES)).reshape(-1, len(STANCES))


def judge(statements: Iterable[Statement], articles: Iterable[Article], debate: Debate, *, links: Iterable[Link] = (),
          embed: vectors.Embedder | None = None, settings: Settings = DEFAULTS) -> tuple[Statement, ...]:
    """The statements with `stance` and `relevance` set.

    Args:
        statements: of all articles; their `relevance` so far is the share of the debate's words.
        articles: those that the statements stand in.
        debate: the motion, its sides' terms and example statements.
        links: what connectives and cues signal between the statements, as of `argmap.relate.link`.
        embed: sentence vectors; the shipped ones unless given.
        settings: the thresholds.
    """
    known = tuple(statements)
    found = judgements(known, articles, debate, links=links, embed=embed, settings=settings)
    return tuple(settled(known, found))


def settled(statements: Iterable[Statement], found: Iterable[Judgement]) -> Iterator[Statement]:
    """The statements with the stance and relevance that were found, in order."""
    return (replace(statement, stance=one.stance, relevance=one.relevance) for statement, one in zip(statements, found, strict=True))


def judgements(statements: Iterable[Statement], articles: Iterable[Article], debate: Debate, *, links: Iterable[Link] = (),
               actors: Iterable[Actor] = (), head: Head | None = None, embed: vectors.Embedder | None = None,
               settings: Settings = DEFAULTS) -> Sequence[Judgement]:
    """One judgement a statement, in order.

    Args:
        statements, articles, debate, links, embed, settings: as for `judge`.
        actors: of the whole corpus, so that what each says in one article tells of what he says in others.
        head: another than the debate's own.
    """
    known = sequence(statements)
    if not known:
        return ()
    embedder = embed or vectors.sentence_embedder()
    by_id = {article.id: article for article in articles}
    chosen = head or head_of(debate, embed=embedder, settings=settings)
    parts = [score(known[at:at + AT_ONCE], by_id, debate, chosen, embed=embedder, settings=settings)
             for at in range(0, len(known), AT_ONCE)]
    scores, nearest = (np.concatenate(each) for each in zip(*parts, strict=True))
    coherent = smooth(scores, known, by_id, links=links, actors=actors, settings=settings)
    return hold(Judgement, (_judgement(row, statement, float(near), settings)
                            for row, statement, near in zip(coherent, known, nearest, strict=True)))


#: Statements whose words and sentences are held in memory at a time.
AT_ONCE = 1 << 12


def _judgement(beliefs: NDArray[np.float64], statement: Statement, likeness: float, settings: Settings) -> Judgement:
    best = int(np.argmax(beliefs))
    sided = float(1 - np.exp(beliefs[2]))
    low, high = settings.likeness
    # Statements that agree with each other make each other surer than they have reason to be: they err together.
    likely = np.exp(settings.sobriety * beliefs)
    near = min(1.0, max(0.0, (likeness - low) / (high - low)))
    # What neither names the debate nor resembles any argument in it is beside the point, whatever its words.
    relevance = 1 - (1 - statement.relevance) * (1 - near * sided)
    chances = {stance: round(float(chance), 4) for stance, chance in zip(STANCES, likely / likely.sum(), strict=True)}
    return Judgement(STANCES[best], chances[STANCES[best]], round(relevance, 4), chances)


def score(statements: Sequence[Statement], articles: Mapping[str, Article], debate: Debate, head: Head, *, embed: vectors.Embedder,
          settings: Settings = DEFAULTS) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What each statement says by itself: its words, and those of the sentence that it stands in.

    Returns:
        Log-probabilities of for, against and neutral, n × 3; and the cosine of each statement to the example nearest to it.
    """
    texts = [bare(statement.text) for statement in statements]
    languages = [articles[statement.article].language for statement in statements]
    sentences = [bare(surroundings(articles[statement.article], statement)) for statement in statements]
    likely, nearest = head(texts, sentences, languages, embed=embed, settings=settings)
    # Two or three words decide nothing: "the comparison".
    lengths = np.array([len(vectors.tokens(text)) for text in texts], dtype=np.float64)
    logits = (lengths / (lengths + settings.telling_words))[:, None] * (settings.scale * likely)
    logits[:, 2] += settings.neutrality
    for row, (text, language) in enumerate(zip(texts, languages, strict=True)):
        leaning = settings.polarity * lean(text, language, debate, settings=settings)
        logits[row, :2] += leaning, -leaning
    logits -= logits.max(axis=1, keepdims=True)
    return np.asarray(logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))), nearest


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
