"""An article's statements and signalled links in, what the model of implicit relations looks at out: no parse is needed.

Positions are numbers of statements in text order; a paragraph is a line of the article, a sentence is told by its end
mark, for the corpus stage has offsets and no `Doc`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from argmap import lexicon as lexicons
from argmap.model import Article, Link, Stance, Statement
from argmap.points import bare
from argmap.relate.wording import STEM, Wording, stems, wording
from argmap.vectors import Embedder

__all__ = ["Alike", "Sides", "View", "sentence", "surroundings", "view"]

#: By statement, how likely each stance is its own.
Sides = Mapping[str, Mapping[Stance, float]]

STANCES: tuple[Stance, ...] = ("for", "against", "neutral")

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…][\"'»”’)\]]*\s+(?=[\"'«“‘(\[—–-]*[^\Wa-z])|\n")
#: Statements before and after each that its likeness to one of them is compared with.
REACH = 12


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """How alike the statements of one article are, by number.

    `of` has the likeness of each two; `before` and `after`, for each, the mean and the greatest likeness to those of the
    `REACH` statements before it, and after it.
    """

    of: tuple[tuple[float, ...], ...]
    before: tuple[tuple[float, float], ...]
    after: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One article's statements as the model sees them.

    Attributes:
        statements: in text order; the other sequences follow it.
        paragraph, sentence: number of the line, and of the sentence, in which each begins.
        speaker: who makes it; a speaker nobody resolved is his own.
        run, stretch, camp: number of the first of the statements in a row, ending with this one, that one speaker makes; that
            he makes in one paragraph; that are on one side.
        sides: by statement, how likely each stance is its own.
        contrast_odds: how many times likelier opposed sides are where a word signals an attack.
        titled: whether the first statement stands in the title.
        signals: by statement, the links whose signal stands with it (it is the later of the two), as (link, origin, target).
        alone: by statement, what is to be seen of it without another one: its voice, its place in sentence and paragraph.
        likeness: cosines of the vectors of the sentences that they stand in.
        closeness: cosines of the vectors of their own words.
        around, own: which words the sentences that they stand in share, and which they share themselves.
        overlap: share of content words that the shorter one of a pair shares with the other.
        gap: what stands between each statement and the one before it.
        named: by statement, the earlier ones whose speaker its sentence names.
        points_back: whether it begins with a word that points back.
        demands: whether its cue or content demands something.
        negated: whether it holds a negation.
        words: its length.
    """

    statements: tuple[Statement, ...]
    paragraph: tuple[int, ...]
    sentence: tuple[int, ...]
    speaker: tuple[str, ...]
    run: tuple[int, ...]
    stretch: tuple[int, ...]
    camp: tuple[int, ...]
    sides: tuple[Mapping[Stance, float], ...]
    contrast_odds: float
    titled: bool
    signals: dict[int, tuple[tuple[Link, int, int], ...]]
    alone: tuple[tuple[str, ...], ...]
    likeness: Alike
    closeness: Alike
    around: Wording
    own: Wording
    overlap: tuple[tuple[float, ...], ...]
    gap: tuple[str, ...]
    named: tuple[frozenset[int], ...]
    points_back: tuple[bool, ...]
    demands: tuple[bool, ...]
    negated: tuple[bool, ...]
    words: tuple[int, ...]


def view(article: Article, statements: Iterable[Statement], links: Iterable[Link], embed: Embedder, *,
         sides: Sides = MappingProxyType({}), trust: float = 1.0, contrast_odds: float = 1.0) -> View:
    """What the model looks at in one article.

    Args:
        article: the article.
        statements: its statements.
        links: what signals between them.
        embed: texts to unit vectors.
        sides: how likely each stance is a statement's own, where it is known.
        trust: the probability that a statement's stance is right where it is not.
        contrast_odds: how many times likelier opposed sides are where a word signals an attack.
    """
    ordered = tuple(sorted(statements, key=lambda s: (s.content[0].start, s.content[-1].end, s.id)))
    number = {statement.id: i for i, statement in enumerate(ordered)}
    signals: dict[int, list[tuple[Link, int, int]]] = defaultdict(list)
    for link in links:
        if link.origin in number and link.target in number:
            origin, target = number[link.origin], number[link.target]
            signals[max(origin, target)].append((link, origin, target))
    tokens = [_words(statement.text) for statement in ordered]
    speaker = tuple("+".join(sorted(s.actors)) or (s.voice if s.voice == "author" else f"?{s.attribution or s.id}") for s in ordered)
    paragraph = tuple(article.text.count("\n", 0, s.content[0].start) for s in ordered)
    sentence_ends = [match.end() for match in _SENTENCE_END.finditer(article.text)]
    sentences = tuple(sum(end <= s.content[0].start for end in sentence_ends) for s in ordered)
    gaps = _gaps(article, ordered)
    around, own = [bare(surroundings(article, s)) for s in ordered], [bare(s.text) for s in ordered]
    return View(
        statements=ordered,
        paragraph=paragraph,
        sentence=sentences,
        speaker=speaker,
        run=_openings(speaker),
        stretch=_openings(list(zip(speaker, paragraph, strict=True))),
        camp=_openings([s.stance for s in ordered]),
        sides=tuple(sides.get(s.id) or {stance: trust if stance == s.stance else (1 - trust) / 2 for stance in STANCES} for s in ordered),
        contrast_odds=contrast_odds,
        titled=bool(ordered and article.title and ordered[0].content[0].start < len(article.title) and paragraph[0] == 0),
        signals={j: tuple(found) for j, found in signals.items()},
        alone=_alone(ordered, paragraph, sentences, speaker, gaps, signals),
        likeness=_alike(embed(around)),
        closeness=_alike(embed(own)),
        around=wording(around, article.language),
        own=wording(own, article.language),
        overlap=_overlaps(tokens),
        gap=gaps,
        named=_named(article, ordered, speaker),
        points_back=tuple(bool(set(words[:2]) & _list(article, "relations.pointing.words")) for words in tokens),
        demands=tuple(bool(set(_words(_with_cue(s))) & _list(article, "relations.demand.words")) for s in ordered),
        negated=tuple(bool(set(words) & _list(article, "negation.words")) for words in tokens),
        words=tuple(map(len, tokens)),
    )


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def sentence(article: Article, statement: Statement) -> str:
    """The statement with what stands around it in its first and its last sentence: who says it, and of what."""
    start = statement.content[0].start
    # One letter more, for an end is known by what follows it.
    return _stretch(article, statement, _line_ends(article, start, start + 1))


def surroundings(article: Article, statement: Statement) -> str:
    """The sentence of a statement; where the statement opens it, the one before it in the paragraph, too, which says what it is about."""
    start = statement.content[0].start
    return _stretch(article, statement, _line_ends(article, start, start))


def _line_ends(article: Article, start: int, stop: int) -> list[int]:
    """Where sentences end, up to a place, in the line of a statement that starts somewhere, its beginning first."""
    line = article.text.rfind("\n", 0, start) + 1
    return [line, *(match.end() for match in _SENTENCE_END.finditer(article.text, line, stop) if match.end() <= start)]


def _stretch(article: Article, statement: Statement, ends: Sequence[int]) -> str:
    stop = _SENTENCE_END.search(article.text, max(statement.content[0].start, statement.content[-1].end - 1))
    return article.text[max(ends):stop.start() + 1 if stop else len(article.text)].strip()


def _with_cue(statement: Statement) -> str:
    return f"{statement.cue.text} {statement.text}" if statement.cue else statement.text


def _list(article: Article, path: str) -> frozenset[str]:
    return lexicons.load(article.language).words(path) if article.language in lexicons.languages() else frozenset()


def _openings(marks: Sequence[object]) -> tuple[int, ...]:
    """For each place the first of those in a row, ending there, that bear the same mark."""
    starts: list[int] = []
    for i, mark in enumerate(marks):
        starts.append(starts[-1] if i and marks[i - 1] == mark else i)
    return tuple(starts)


def _alike(vectors: Any) -> Alike:
    """The cosines of these vectors of unit length."""
    of = tuple(map(tuple, (vectors @ vectors.T).tolist())) if len(vectors) else ()
    return Alike(of, tuple(_mean_and_best(row[max(0, i - REACH):i]) for i, row in enumerate(of)),
                 tuple(_mean_and_best(row[i + 1:i + 1 + REACH]) for i, row in enumerate(of)))


def _mean_and_best(values: Sequence[float]) -> tuple[float, float]:
    return (sum(values) / len(values), max(values)) if values else (0.0, 0.0)


def _alone(statements: Sequence[Statement], paragraph: Sequence[int], sentences: Sequence[int], speaker: Sequence[str],
           gaps: Sequence[str], signals: Mapping[int, object]) -> tuple[tuple[str, ...], ...]:
    """For each statement what is to be seen of it alone."""
    found = []
    for i, statement in enumerate(statements):
        names = [statement.voice, statement.type, "neutral" if statement.stance == "neutral" else "sided", f"gap-{gaps[i]}"]
        names += ["first"] if not i else []
        names += ["last"] if i == len(statements) - 1 else []
        names += ["signal"] if signals.get(i) else []
        for name, marks in (("paragraph", paragraph), ("sentence", sentences), ("turn", speaker)):
            names += [f"opens-{name}"] if not i or marks[i] != marks[i - 1] else []
            names += [f"ends-{name}"] if i == len(statements) - 1 or marks[i] != marks[i + 1] else []
        found.append(tuple(names))
    return tuple(found)


def _gaps(article: Article, statements: Sequence[Statement]) -> tuple[str, ...]:
    """What stands between two statements in a row: ``colon``, ``joined`` ("…, and …"), ``close`` (a few words), ``far``."""
    joining = _list(article, "relations.joining.words")
    gaps = [""]
    for one, other in pairwise(statements):
        between = article.text[one.content[-1].end:other.content[0].start]
        words = _words(between)
        if ":" in between and not _SENTENCE_END.search(between):
            gaps.append("colon")
        elif len(words) <= 1 and set(words) <= joining and not _SENTENCE_END.search(between):
            gaps.append("joined" if words else "close")
        else:
            gaps.append("close" if not words else "far")
    return tuple(gaps[:len(statements)])


def _named(article: Article, statements: Sequence[Statement], speaker: Sequence[str]) -> tuple[frozenset[int], ...]:
    """For each statement the earlier ones of another speaker whose name stands in its text or in what leads up to it."""
    names = [_words(s.source.text)[-1:] if s.source else [] for s in statements]
    found = []
    for i, statement in enumerate(statements):
        start = max(statements[i - 1].content[-1].end if i else 0, article.text.rfind("\n", 0, statement.content[0].start) + 1)
        around = set(_words(article.text[min(start, statement.content[0].start):statement.content[-1].end]))
        found.append(frozenset(j for j in range(i) if speaker[j] != speaker[i] and names[j]
                               and len(names[j][0]) >= STEM - 1 and names[j][0] in around))
    return tuple(found)


def _overlaps(tokens: Sequence[Sequence[str]]) -> tuple[tuple[float, ...], ...]:
    found = [stems(words) for words in tokens]
    return tuple(tuple(len(a & b) / min(len(a), len(b)) if a and b else 0.0 for b in found) for a in found)
