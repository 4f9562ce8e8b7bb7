"""An article's statements and signalled links in, what the model of implicit relations looks at out: no parse is needed.

Positions are numbers of statements in text order; a paragraph is a line of the article, a sentence is told by its end
mark, for the corpus stage has offsets and no `Doc`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from argmap import lexicon as lexicons
from argmap.model import Article, Link, Statement
from argmap.vectors import Embedder

__all__ = ["View", "view"]

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…][\"'»”’)\]]*\s+(?=[\"'«“‘(\[—–-]*[^\Wa-z])|\n")
#: Letters at a word's beginning that count when words are compared: "releases" and "released", "modello" and "modelli".
_STEM = 5


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One article's statements as the model sees them.

    `signals[j]` holds the links whose signal stands with statement *j*, the later one of the two; `similarity` the cosine
    of each pair's vectors, `overlap` the share of content words that the shorter one of a pair shares with the other.
    """

    statements: tuple[Statement, ...]
    paragraph: tuple[int, ...]
    sentence: tuple[int, ...]
    speaker: tuple[str, ...]
    signals: dict[int, tuple[tuple[Link, int, int], ...]]
    similarity: Any
    overlap: tuple[tuple[float, ...], ...]
    points_back: tuple[bool, ...]
    demands: tuple[bool, ...]
    words: tuple[int, ...]


def view(article: Article, statements: Iterable[Statement], links: Iterable[Link], embed: Embedder) -> View:
    """What the model looks at in one article."""
    ordered = tuple(sorted(statements, key=lambda s: (s.content[0].start, s.content[-1].end, s.id)))
    number = {statement.id: i for i, statement in enumerate(ordered)}
    signals: dict[int, list[tuple[Link, int, int]]] = defaultdict(list)
    for link in links:
        if link.origin in number and link.target in number:
            origin, target = number[link.origin], number[link.target]
            signals[max(origin, target)].append((link, origin, target))
    lexicon = lexicons.load(article.language) if article.language in lexicons.languages() else None
    pointing = lexicon.words("relations.pointing.words") if lexicon else frozenset()
    demanding = lexicon.words("relations.demand.words") if lexicon else frozenset()
    texts = [statement.text for statement in ordered]
    tokens = [[word.casefold() for word in _WORD.findall(text)] for text in texts]
    vectors = embed(texts) if texts else None
    return View(
        statements=ordered,
        paragraph=tuple(article.text.count("\n", 0, s.content[0].start) for s in ordered),
        sentence=_sentences(article, ordered),
        speaker=tuple("+".join(sorted(s.actors)) or (s.voice if s.voice == "author" else f"?{s.attribution or s.id}") for s in ordered),
        signals={j: tuple(found) for j, found in signals.items()},
        similarity=vectors @ vectors.T if vectors is not None else None,
        overlap=_overlaps(tokens),
        points_back=tuple(bool(set(words[:2]) & pointing) for words in tokens),
        demands=tuple(bool(set(_around(article, s)) & demanding) for s in ordered),
        words=tuple(map(len, tokens)),
    )


def _sentences(article: Article, statements: Sequence[Statement]) -> tuple[int, ...]:
    ends = [match.end() for match in _SENTENCE_END.finditer(article.text)]
    return tuple(sum(end <= statement.content[0].start for end in ends) for statement in statements)


def _around(article: Article, statement: Statement) -> list[str]:
    """The words of the cue and the content."""
    cue = statement.cue.text if statement.cue else ""
    return [word.casefold() for word in _WORD.findall(f"{cue} {statement.text}")]


def _overlaps(tokens: Sequence[Sequence[str]]) -> tuple[tuple[float, ...], ...]:
    stems = [{word[:_STEM] for word in words if len(word) >= _STEM - 1} for words in tokens]
    return tuple(tuple(len(a & b) / min(len(a), len(b)) if a and b else 0.0 for b in stems) for a in stems)
