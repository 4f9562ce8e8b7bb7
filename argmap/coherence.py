"""What single statements say of their side in; out, the same made coherent along each article.

Neighbours in a text keep to one side unless the text signals a turn: a "but", a verb of rebuttal, another speaker's
paragraph; and who spoke for one side goes on doing so. Each article is a graph over for, against and neutral, in which
every statement is tied to the one before it and to the last one of its own speaker, and is solved by belief
propagation (Pearl 1988).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from argmap import lexicon as lexicons
from argmap.model import Article, Statement
from argmap.settings import DEFAULTS, Settings
from argmap.vectors import lemma, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Passage", "passages", "signals", "smooth"]

#: Words of a statement among which a floating connective may stand ("the firm, however, …").
FLOATING_WORDS = 4
#: Characters before a statement in which the clause that reports it stands ("Rossi replied that …").
REPORTING_REACH = 160
#: Rounds of messages: more than an article's longest path between two statements that tell each other something.
ROUNDS = 25
#: Characters between two statements of one quotation: marks and spaces.
ADJOINING = 4


class Passage(NamedTuple):
    """Two statements that follow each other, and what of the text bears on them."""

    one: Statement
    other: Statement
    article: Article
    end: int                    # where the statement after them begins
    heard: frozenset[str]       # the speakers so far


class _Words(NamedTuple):
    """The phrases, each between spaces, and the lemmas that signal a turn in one language."""

    contrast: tuple[str, ...]
    reason: tuple[str, ...]
    rebuttal: tuple[str, ...]
    agreement: tuple[str, ...]
    rebutting: frozenset[str]
    agreeing: frozenset[str]
    admitting: frozenset[str]


def smooth(scores: NDArray[np.float64], statements: Sequence[Statement], articles: Mapping[str, Article], *,
           settings: Settings = DEFAULTS) -> NDArray[np.float64]:
    """Log-probabilities of for, against and neutral (n × 3), each seen with all others of its article.

    Args:
        scores: log-probabilities of each statement by itself, n × 3.
        statements: the n statements.
        articles: by id.
        settings: `turns`, `to_neutral`, `stay_neutral`, `faithful`.
    """
    texts: dict[str, list[int]] = {}
    for index, statement in enumerate(statements):
        texts.setdefault(statement.article, []).append(index)
    ties: list[tuple[int, int, NDArray[np.float64]]] = []
    for article, indexes in texts.items():
        indexes.sort(key=lambda index: (statements[index].content[0], index))
        ordered = [statements[index] for index in indexes]
        for at, passage in enumerate(passages(ordered, articles[article])):
            ties.append((indexes[at], indexes[at + 1], _step(passage, settings)))
        ties += [(indexes[one], indexes[other], _faith(settings)) for one, other in _resumed(ordered)]
    return _beliefs(np.asarray(scores, dtype=np.float64), ties)


def passages(statements: Sequence[Statement], article: Article) -> Iterator[Passage]:
    """The pairs of statements that follow each other, of statements in the order of the text."""
    heard: set[str] = set()
    ends = [*(statement.content[0].start for statement in statements[2:]), len(article.text)]
    for (one, other), end in zip(pairwise(statements), ends, strict=False):
        heard.update(one.actors)
        yield Passage(one, other, article, end, frozenset(heard))


def _resumed(statements: Sequence[Statement]) -> Iterator[tuple[int, int]]:
    """Each statement before which somebody else has spoken, with the last one of its own speaker."""
    last: dict[str, int] = {}
    for at, statement in enumerate(statements):
        before = max((last[actor] for actor in statement.actors if actor in last), default=-1)
        if 0 <= before < at - 1:
            yield before, at
        last.update(dict.fromkeys(statement.actors, at))


def _beliefs(unary: NDArray[np.float64], ties: Sequence[tuple[int, int, NDArray[np.float64]]]) -> NDArray[np.float64]:
    """The sum-product algorithm, all messages of a round at once."""
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
            messages = (messages + told) / 2  # damped: in a loop of ties messages could swing for ever
        unary = unary.copy()
        np.add.at(unary, end, messages)
    return np.asarray(unary - _log_sum(unary, axis=1)[:, None])


def _log_sum(values: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    top = values.max(axis=axis, keepdims=True)
    return np.asarray(np.log(np.exp(values - top).sum(axis=axis)) + np.squeeze(top, axis=axis))


def _step(passage: Passage, settings: Settings) -> NDArray[np.float64]:
    """Log-weights of the other's stance (columns) given the one's (rows)."""
    turns = settings.turns
    stay = 1 / (1 + np.exp(-sum(getattr(turns, name) for name, found in signals(passage).items() if found)))
    neutral = settings.to_neutral
    same, opposite = (1 - neutral) * stay, (1 - neutral) * (1 - stay)
    weights = np.array([[same, opposite, neutral], [opposite, same, neutral], [neutral, neutral, settings.stay_neutral]])
    return np.asarray(np.log(weights), dtype=np.float64)


def _faith(settings: Settings) -> NDArray[np.float64]:
    half = settings.faithful / 2
    return np.array([[half, -half, 0.0], [-half, half, 0.0], [0.0, 0.0, 0.0]])


def signals(passage: Passage) -> dict[str, bool]:
    """Which signs of `TurnWeights` stand between a statement and the next.

    "…, but it slows the rest": contrast. "Mr Rossi replied that …": rebuttal. "… because it slows the rest": reason.
    """
    one, other, article = passage.one, passage.other, passage.article
    text, begin, finish = article.text, other.content[0].start, other.content[-1].end
    gap = text[one.content[-1].end:begin]
    opening = max(text.rfind(mark, 0, begin) for mark in ".!?\n:;") + 1
    before = _spaced([*tokens(text[max(one.content[-1].end, opening):begin]), *tokens(other.text)[:FLOATING_WORDS]])
    # The clause that reports the other statement stands before it or behind it, in its sentence.
    closing = min((at for at in (text.find(mark, max(finish - 1, 0)) for mark in ".!?\n") if at >= 0), default=len(text))
    around = tokens(f"{gap[-REPORTING_REACH:]} {text[finish:max(finish, min(closing, passage.end))]}")
    lemmas = {lemma(word, article.language) for word in around}
    reporting = _spaced(around)
    words = _words(article.language)
    same = bool(set(one.actors) & set(other.actors))
    contrast = any(phrase in before for phrase in words.contrast)
    return {
        "base": True,
        "paragraph": "\n" in gap,
        "same_speaker": same,
        "new_speaker": other.voice == "attributed" and not set(other.actors) & passage.heard,
        "to_author": one.voice == "attributed" and other.voice == "author",
        "contrast": contrast,
        "contrast_within": contrast and same,
        "reason": any(phrase in before for phrase in words.reason),
        "rebuttal": bool(lemmas & words.rebutting) or any(phrase in reporting for phrase in words.rebuttal),
        "agreement": bool(lemmas & words.agreeing) or any(phrase in reporting for phrase in words.agreement),
        "admission": bool(lemmas & words.admitting),
        "same_sentence": not any(mark in gap for mark in ".!?\n"),
        "adjoining": len(gap) <= ADJOINING,
    }


@cache
def _words(language: str) -> _Words:
    if language not in lexicons.languages():
        return _Words((), (), (), (), frozenset(), frozenset(), frozenset())
    lexicon = lexicons.load(language)

    def phrases(*paths: str) -> tuple[str, ...]:
        return tuple(sorted({_spaced(tokens(phrase)) for path in paths for phrase in lexicon.sequence(f"relations.{path}")}))

    return _Words(
        contrast=phrases("contrast.opening", "contrast.floating"),
        reason=phrases("cause.subordinate", "cause.opening", "result.opening", "result.floating", "elaboration.opening",
                       "elaboration.floating", "example.opening", "example.floating", "addition.opening"),
        rebuttal=phrases("rebuttal.phrases"),
        agreement=phrases("agreement.phrases"),
        rebutting=lexicon.words("relations.rebuttal.verbs") | lexicon.words("relations.rebuttal.answers"),
        agreeing=lexicon.words("relations.agreement.verbs"),
        admitting=lexicon.words("relations.concession.verbs"),
    )


def _spaced(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "


