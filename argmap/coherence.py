"""What single statements say of their side in; out, the same made coherent along each article.

Neighbours in a text keep to one side unless the text signals a turn, and who spoke for one side goes on doing so
(`argmap.turns`). Each article is a graph over for, against and neutral, in which statements that tell each other
something are tied by how likely they are to agree, and is solved by belief propagation (Pearl 1988).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from argmap.model import Article, Link, Statement
from argmap.settings import DEFAULTS, Settings
from argmap.turns import pairs, passage, potentials, signs

__all__ = ["Tie", "beliefs", "smooth", "ties"]

#: Two statements by number, and the log-weights of the second's stance (columns) given the first's (rows).
Tie = tuple[int, int, NDArray[np.float64]]
#: Rounds of messages: more than an article's longest path between two statements that tell each other something.
ROUNDS = 25


def smooth(scores: NDArray[np.float64], statements: Sequence[Statement], articles: Mapping[str, Article], *,
           links: Iterable[Link] = (), settings: Settings = DEFAULTS) -> NDArray[np.float64]:
    """Log-probabilities of for, against and neutral (n × 3), each seen with all others of its article.

    Args:
        scores: log-probabilities of each statement by itself, n × 3.
        statements: the n statements.
        articles: by id.
        links: what connectives and cues signal between the statements, as of `argmap.relate.link`.
        settings: `coherence`, `keeping`.
    """
    return beliefs(np.asarray(scores, dtype=np.float64), ties(statements, articles, links=links, settings=settings))


def ties(statements: Sequence[Statement], articles: Mapping[str, Article], *, links: Iterable[Link] = (),
         settings: Settings = DEFAULTS) -> list[Tie]:
    """What statements tell each other of their sides, by articles in the order of their ids."""
    number = {statement.id: i for i, statement in enumerate(statements)}
    texts: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        texts[statement.article].append(statement)
    linked: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.origin in number:
            linked[statements[number[link.origin]].article].append(link)
    found: list[Tie] = []
    for article, group in sorted(texts.items()):
        seen = passage(articles[article], group, linked[article])
        for one, other in pairs(seen):
            told = settings.coherence * _table(potentials(signs(seen, one, other)), settings.keeping)
            found.append((number[seen.statements[one].id], number[seen.statements[other].id], told))
    return found


def _table(turns: NDArray[np.float64], keeping: float) -> NDArray[np.float64]:
    same, opposed, to_neutral, from_neutral, neutral = turns
    same, opposed = same + keeping, opposed - keeping
    return np.array([[same, opposed, to_neutral], [opposed, same, to_neutral], [from_neutral, from_neutral, neutral]])


def beliefs(unary: NDArray[np.float64], ties: Sequence[Tie]) -> NDArray[np.float64]:
    """The sum-product algorithm, all messages of a round at once.

    Args:
        unary: log-weights of each node's states, n × k.
        ties: between nodes.

    Returns:
        The log-probabilities of each node's states; exact where the ties make no circle.
    """
    if ties:
        start = np.array([edge for one, other, _ in ties for edge in (one, other)])
        end = np.array([edge for one, other, _ in ties for edge in (other, one)])
        weights = np.stack([way for _, _, weight in ties for way in (weight, weight.T)])
        back = np.arange(len(start)) ^ 1
        messages = np.zeros((len(start), unary.shape[1]))
        for _ in range(ROUNDS):
            heard = unary.copy()
            np.add.at(heard, end, messages)
            told = _log_sum((heard[start] - messages[back])[:, :, None] + weights, axis=1)
            told -= _log_sum(told, axis=1)[:, None]
            messages = (messages + told) / 2  # damped: in a circle of ties messages could swing for ever
        unary = unary.copy()
        np.add.at(unary, end, messages)
    return np.asarray(unary - _log_sum(unary, axis=1)[:, None])


def _log_sum(values: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    top = values.max(axis=axis, keepdims=True)
    return np.asarray(np.log(np.exp(values - top).sum(axis=axis)) + np.squeeze(top, axis=axis))
