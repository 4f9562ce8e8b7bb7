"""An article's statements and signalled links in; out, for pairs of them, the signs by which the second keeps to the side of the first.

"…, but it slows the rest": a contrast. "Mr Rossi replied that …": a rebuttal, by somebody who speaks for the first time.
"… because it is cheap": a reason. What each sign counts has been learned from texts about many quarrels
(``argmap/models/turns.json``), so that it holds for any debate: the signs tell how people argue, not what about.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from argmap import lexicon as lexicons
from argmap.model import Article, Link, Statement
from argmap.vectors import lemma, tokens

__all__ = ["TURNS", "Passage", "pairs", "passage", "potentials", "signs", "weights"]

#: What two statements may be to each other: on one side, on opposed ones, sided and neutral, neutral and sided, both neutral.
TURNS = ("same", "opposed", "to_neutral", "from_neutral", "neutral")
#: Words of a statement among which a floating connective may stand ("the firm, however, …").
FLOATING_WORDS = 4
#: Words up to which a statement is short: "the comparison", "parere favorevole".
SHORT = 4
#: Characters before a statement in which the clause that reports it stands ("Rossi replied that …").
REPORTING_REACH = 160
#: Characters between two statements of one quotation: marks and spaces.
ADJOINING = 4
#: Statements back that have a sign of their own.
NEAR = {1: "next", 2: "after next"}


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """The statements of one article in the order of the text, and what of the text bears on each.

    Attributes:
        article: the article.
        statements: its statements; the other sequences follow them.
        speakers: who makes each; a speaker whom nobody resolved is his own.
        signals: what the words before and around each signal, whatever it is compared with.
        rules: of each linked pair, the rules that linked it, as (earlier, later).
    """

    article: Article
    statements: tuple[Statement, ...]
    speakers: tuple[str, ...]
    signals: tuple[frozenset[str], ...]
    rules: Mapping[tuple[int, int], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Words:
    """The phrases, each between spaces, and the lemmas that signal a turn in one language."""

    contrast: tuple[str, ...]
    reason: tuple[str, ...]
    rebuttal: tuple[str, ...]
    agreement: tuple[str, ...]
    rebutting: frozenset[str]
    agreeing: frozenset[str]
    admitting: frozenset[str]


def passage(article: Article, statements: Iterable[Statement], links: Iterable[Link] = ()) -> Passage:
    """An article's statements in order with what the text signals.

    Args:
        article: the article.
        statements: its statements.
        links: those that connectives and cues signal between them, as of `argmap.relate.link`.
    """
    ordered = tuple(sorted(statements, key=lambda each: (each.content[0].start, each.content[-1].end, each.id)))
    number = {statement.id: i for i, statement in enumerate(ordered)}
    rules: dict[tuple[int, int], list[str]] = defaultdict(list)
    for link in links:
        if link.origin in number and link.target in number:
            one, other = sorted((number[link.origin], number[link.target]))
            rules[one, other].append(link.rule)
    return Passage(
        article, ordered,
        speakers=tuple("+".join(sorted(s.actors)) or (s.voice if s.voice == "author" else s.id) for s in ordered),
        signals=tuple(frozenset(_signals(article, ordered, i)) for i in range(len(ordered))),
        rules={pair: tuple(found) for pair, found in rules.items()},
    )


def pairs(seen: Passage) -> list[tuple[int, int]]:
    """The pairs that tell each other something: neighbours, next but one, a speaker's last two, and what a signal links."""
    found = set(seen.rules)
    last: dict[str, int] = {}
    for at, speaker in enumerate(seen.speakers):
        found.update((at - back, at) for back in NEAR if at >= back)
        if speaker in last:
            found.add((last[speaker], at))
        last[speaker] = at
    return sorted(found)


def signs(seen: Passage, one: int, other: int) -> Iterator[str]:
    """The signs between a statement and a later one; each stands alone and with whether one speaker makes both.

    The names are the keys of the shipped weights.
    """
    same = seen.speakers[one] == seen.speakers[other]
    for name in _signs(seen, one, other, same):
        yield name
        yield f"{name}, {'one speaker' if same else 'two speakers'}"


def _signs(seen: Passage, one: int, other: int, same: bool) -> Iterator[str]:
    first, second, text = seen.statements[one], seen.statements[other], seen.article.text
    yield NEAR.get(other - one, "farther")
    if same and other - one > 1:
        yield "in a row" if all(speaker == seen.speakers[one] for speaker in seen.speakers[one:other]) else "resumed"
    yield f"{first.voice} to {second.voice}"
    if second.voice == "attributed" and seen.speakers[other] not in seen.speakers[:other]:
        yield "new speaker"
    between = text[first.content[-1].end:second.content[0].start]
    if "\n" in between:
        yield "paragraph"
    if not any(mark in between for mark in ".!?\n"):
        yield "same sentence"
    if len(between) <= ADJOINING:
        yield "adjoining"
    yield from sorted(seen.signals[other])
    yield from (f"first {name}" for name in sorted(seen.signals[one] & {"question", "short"}))
    rules = seen.rules.get((one, other), ())
    yield from (f"link: {rule}" for rule in rules)
    if rules:
        yield "linked"


def _signals(article: Article, statements: Sequence[Statement], at: int) -> Iterator[str]:
    """What the words before, around and in a statement signal."""
    statement, text, words = statements[at], article.text, _words(article.language)
    begin, finish = statement.content[0].start, statement.content[-1].end
    previous = statements[at - 1].content[-1].end if at else 0
    following = statements[at + 1].content[0].start if at + 1 < len(statements) else len(text)
    gap = text[previous:begin]
    own = tokens(statement.text)
    opening = max(text.rfind(mark, 0, begin) for mark in ".!?\n:;") + 1
    before = _spaced([*tokens(text[max(previous, opening):begin]), *own[:FLOATING_WORDS]])
    # The clause that reports a statement stands before it or behind it, in its sentence.
    closing = min((end for end in (text.find(mark, max(finish - 1, 0)) for mark in ".!?\n") if end >= 0), default=len(text))
    around = tokens(f"{gap[-REPORTING_REACH:]} {text[finish:max(finish, min(closing, following))]}")
    lemmas, reporting = {lemma(word, article.language) for word in around}, _spaced(around)
    if ":" in gap:
        yield "colon"
    if any(phrase in before for phrase in words.contrast):
        yield "contrast"
    if any(phrase in before for phrase in words.reason):
        yield "reason"
    if lemmas & words.rebutting or any(phrase in reporting for phrase in words.rebuttal):
        yield "rebuttal"
    if lemmas & words.agreeing or any(phrase in reporting for phrase in words.agreement):
        yield "agreement"
    if lemmas & words.admitting:
        yield "admission"
    if "?" in statement.text:
        yield "question"
    if len(own) <= SHORT:
        yield "short"
    if statement.type == "direct":
        yield "direct"


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


@cache
def weights() -> Mapping[str, tuple[float, ...]]:
    """What each sign adds to the log-odds of each of `TURNS`; the card ``turns.toml`` says what it was learned from."""
    text = (resources.files("argmap") / "models" / "turns.json").read_text(encoding="utf-8")
    return {name: tuple(row) for name, row in json.loads(text)["weights"].items()}


@lru_cache(maxsize=1 << 14)
def _potentials(names: tuple[str, ...]) -> tuple[float, ...]:
    learned = weights()
    rows = [learned[name] for name in names if name in learned]
    scores = np.array([learned["prior"], *rows]).sum(axis=0)
    likely = scores - scores.max()
    likely = likely - np.log(np.exp(likely).sum())
    return tuple(likely - np.array(learned["prior"]))


def potentials(names: Iterable[str]) -> NDArray[np.float64]:
    """How many times likelier than by chance each of `TURNS` is under these signs, as logarithms."""
    return np.array(_potentials(tuple(names)))
