"""What single statements say of their side in; out, the same made coherent along each article.

Neighbours in a text keep to one side unless the text signals a turn: in newspaper prose, where two neighbouring
statements of one paragraph both take a side, it is the same one about nine times in ten, and after a "but", a "replied"
or a "rejected" it is the other one four times in five. Each article is a chain (Lafferty et al. 2001) over for, against
and neutral, solved exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from argmap import lexicon as lexicons
from argmap.model import Article, Statement
from argmap.settings import DEFAULTS, Settings
from argmap.vectors import lemma, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["smooth", "turn"]

#: Words of a statement among which a floating connective may stand ("the firm, however, …").
FLOATING_WORDS = 4


def smooth(scores: NDArray[np.float64], statements: Sequence[Statement], articles: Mapping[str, Article], *,
           settings: Settings = DEFAULTS) -> NDArray[np.float64]:
    """Log-probabilities of for, against and neutral (n × 3), each seen with all others of its article.

    Args:
        scores: log-probabilities of each statement by itself, n × 3.
        statements: the n statements.
        articles: by id.
        settings: `stay`, `stay_paragraph`, `swap`, `swap_paragraph` and `to_neutral` are the chain's transitions.
    """
    result = np.array(scores, dtype=np.float64)
    chains: dict[str, list[int]] = {}
    for index, statement in enumerate(statements):
        chains.setdefault(statement.article, []).append(index)
    for article, chain in chains.items():
        chain.sort(key=lambda index: (statements[index].content[0], index))
        steps = [_step(statements[one], statements[two], articles[article], settings) for one, two in pairwise(chain)]
        result[chain] = _marginals(result[chain], steps)
    return result


def _marginals(unary: NDArray[np.float64], steps: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    forward, backward = np.array(unary), np.zeros_like(unary)
    for at, step in enumerate(steps, start=1):
        forward[at] += _log_sum(forward[at - 1][:, None] + step, axis=0)
    for at in range(len(steps) - 1, -1, -1):
        backward[at] = _log_sum(steps[at] + (unary[at + 1] + backward[at + 1])[None, :], axis=1)
    both = forward + backward
    return np.asarray(both - _log_sum(both, axis=1)[:, None])


def _log_sum(values: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    top = values.max(axis=axis, keepdims=True)
    return np.asarray(np.log(np.exp(values - top).sum(axis=axis)) + np.squeeze(top, axis=axis))


def _step(one: Statement, other: Statement, article: Article, settings: Settings) -> NDArray[np.float64]:
    """Log-weights of the other's stance (columns) given the one's (rows)."""
    turned, apart = turn(one, other, article), "\n" in article.text[one.content[-1].end:other.content[0].start]
    if turned:
        same, opposite = settings.swap_paragraph if apart else settings.swap
    else:
        same, opposite = settings.stay_paragraph if apart else settings.stay
    neutral = 1 - same - opposite
    weights = np.array([
        [same, opposite, neutral],
        [opposite, same, neutral],
        [neutral, neutral, settings.stay_neutral],
    ])
    return np.asarray(np.log(weights), dtype=np.float64)


def turn(one: Statement, other: Statement, article: Article) -> bool:
    """Whether the text signals, between a statement and the next, that the next one turns against it.

    "…, but it slows the rest": a connective of contrast between them or at the start of the other's sentence.
    "Mr Rossi replied that …": the other's cue is a verb of rebuttal or answering.
    """
    if article.language not in lexicons.languages():
        return False
    words = lexicons.load(article.language)
    text, start = article.text, other.content[0].start
    opening = max(text.rfind(mark, 0, start) for mark in ".!?\n") + 1
    between = tokens(text[max(one.content[-1].end, opening):start])
    head = [*between, *tokens(other.text)[:FLOATING_WORDS]]
    joined = f" {' '.join(head)} "
    contrast = [word for part in ("opening", "floating", "subordinate") for word in words.sequence(f"relations.contrast.{part}")]
    if any(f" {' '.join(tokens(phrase))} " in joined for phrase in (*contrast, *words.sequence("relations.rebuttal.phrases"))):
        return True
    verbs = words.words("relations.rebuttal.verbs") | words.words("relations.rebuttal.answers")
    return other.cue is not None and any(lemma(word, article.language) in verbs for word in tokens(other.cue.text))
