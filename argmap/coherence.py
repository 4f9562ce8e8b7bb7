"""What single statements say of their side in; out, the same made coherent along each article, and along what an actor says.

Neighbours in a text keep to one side unless the text signals a turn, and who spoke for one side goes on doing so
(`argmap.turns`), in later articles too. The corpus is a graph over for, against and neutral, in which statements that tell
each other something are tied by how likely they are to agree, and is solved by belief propagation (Pearl 1988).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from argmap.columns import grouped, linked, sequence, take
from argmap.model import Actor, Article, Link, Statement
from argmap.settings import DEFAULTS, Settings
from argmap.turns import pairs, passage, potentials, signs

__all__ = ["Tie", "beliefs", "constancy", "smooth", "ties"]

#: Two statements by number, and the log-weights of the second's stance (columns) given the first's (rows).
Tie = tuple[int, int, NDArray[np.float64]]
#: Messages that are worked out at a time.
AT_ONCE = 1 << 16
#: Rounds of messages: more than an article's longest path between two statements that tell each other something.
ROUNDS = 25
#: Signs between what one actor says in two articles: what holds for two of his statements that stand far apart in one.
ELSEWHERE = tuple(name for sign in ("farther", "resumed", "attributed to attributed") for name in (sign, f"{sign}, one speaker"))
#: Statements of an actor's, the last of one article and the first of the next, that tell each other something.
MOST = 6


def smooth(scores: NDArray[np.float64], statements: Sequence[Statement], articles: Mapping[str, Article], *,
           links: Iterable[Link] = (), actors: Iterable[Actor] = (), settings: Settings = DEFAULTS) -> NDArray[np.float64]:
    """Log-probabilities of for, against and neutral (n × 3), each seen with all others of its article and of its actor.

    Args:
        scores: log-probabilities of each statement by itself, n × 3.
        statements: the n statements.
        articles: by id.
        links: what connectives and cues signal between the statements, as of `argmap.relate.link`.
        actors: of the whole corpus; what is said by those not given tells nothing beyond its article.
        settings: `coherence`, `keeping`, `constancy`.
    """
    tied = [*ties(statements, articles, links=links, settings=settings), *constancy(statements, articles, actors, settings=settings)]
    return beliefs(np.asarray(scores, dtype=np.float64), tied)


def constancy(statements: Sequence[Statement], articles: Mapping[str, Article], actors: Iterable[Actor], *,
              settings: Settings = DEFAULTS) -> list[Tie]:
    """What an actor's statements in one article tell of those in the next by date; groups ("the critics") are not one voice.

    Args:
        statements: of the whole corpus.
        articles: by id; their dates order them, and those without one come last.
        actors: those whose statements are tied.
        settings: `coherence`, `keeping`, `constancy`.
    """
    lasting = {actor.id for actor in actors if actor.kind != "group"}
    said: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, statement in enumerate(statements):
        if statement.actors and lasting.issuperset(statement.actors):
            said["+".join(sorted(statement.actors))][statement.article].append(at)
    told = settings.coherence * settings.constancy * _table(potentials(ELSEWHERE), settings.keeping)
    shares = {size: told / size for size in range(1, MOST + 1)}
    found: list[Tie] = []
    for _, places in sorted(said.items()):
        for before, after in pairwise(sorted(places, key=lambda article: (articles[article].date or "9999", article))):
            some, others = (sorted(places[article], key=lambda at: (statements[at].content[0].start, statements[at].id))
                            for article in (before, after))
            some, others = some[-MOST:], others[:MOST]
            share = shares[max(len(some), len(others))]  # together they tell no more than one statement of one kind would
            found += [(one, other, share) for one in some for other in others]
    return found


def ties(statements: Sequence[Statement], articles: Mapping[str, Article], *, links: Iterable[Link] = (),
         settings: Settings = DEFAULTS) -> list[Tie]:
    """What statements tell each other of their sides, by articles in the order of their ids."""
    signalled = sequence(links)
    of_article = linked(signalled, statements)
    found: list[Tie] = []
    for article, places in sorted(grouped(statements).items()):
        number = {statement.id: at for at, statement in zip(places, take(statements, places), strict=True)}
        seen = passage(articles[article], take(statements, places), take(signalled, of_article.get(article, ())))
        for one, other in pairs(seen):
            told = _told(tuple(signs(seen, one, other)), settings.coherence, settings.keeping)
            found.append((number[seen.statements[one].id], number[seen.statements[other].id], told))
    return found


@lru_cache(maxsize=1 << 14)
def _told(signs: tuple[str, ...], coherence: float, keeping: float) -> NDArray[np.float64]:
    """What statements tell each other under these signs: one array, however many ties have them."""
    return coherence * _table(potentials(signs), keeping)


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
        start = np.fromiter((edge for one, other, _ in ties for edge in (one, other)), dtype=np.int32, count=2 * len(ties))
        back = np.arange(len(start), dtype=np.int32) ^ 1
        end = start[back]
        # Few of the ties differ in what is told.
        each = {id(weight): weight for _, _, weight in ties}
        number = {key: 2 * at for at, key in enumerate(each)}
        kind = np.fromiter((number[id(weight)] + way for _, _, weight in ties for way in (0, 1)), dtype=np.int32, count=len(start))
        weights = np.stack([way for weight in each.values() for way in (weight, weight.T)])
        messages = np.zeros((len(start), unary.shape[1]))
        for _ in range(ROUNDS):
            heard = unary.copy()
            np.add.at(heard, end, messages)
            told = np.empty_like(messages)
            for at in range(0, len(start), AT_ONCE):
                some = slice(at, at + AT_ONCE)
                told[some] = _log_sum((heard[start[some]] - messages[back[some]])[:, :, None] + weights[kind[some]], axis=1)
                told[some] -= _log_sum(told[some], axis=1)[:, None]
            messages += told  # damped: in a circle of ties messages could swing for ever
            messages /= 2
        unary = unary.copy()
        np.add.at(unary, end, messages)
    return np.asarray(unary - _log_sum(unary, axis=1)[:, None])


def _log_sum(values: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    top = values.max(axis=axis, keepdims=True)
    return np.asarray(np.log(np.exp(values - top).sum(axis=axis)) + np.squeeze(top, axis=axis))
