"""A parsed article and its statements in, each statement's place among the tokens out.

What the rules of this package need to know: which statement a word belongs to, which one a connective introduces,
which one stands before it, and the words around a statement that nobody is quoted with (its frame).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argmap.lexicon import Lexicon
from argmap.model import Article, Link, RelationKind, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Place", "Scene", "scene"]

#: Where a document keeps each token's paragraph.
PARAGRAPHS = "argmap.paragraphs"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands: its content's tokens, its first and last one, and the sentences that hold those."""

    statement: Statement
    tokens: frozenset[int]
    first: int
    last: int
    opening: int  # number of the sentence in which the content begins
    closing: int  # number of the sentence in which it ends


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A document with its statements in text order.

    `sentences` holds each sentence's first token and the token after its last, `sentence_of` each token's sentence, `taken`
    the tokens of all statements.
    """

    doc: Doc
    article: Article
    lexicon: Lexicon
    places: tuple[Place, ...]
    sentences: tuple[tuple[int, int], ...]
    sentence_of: tuple[int, ...]
    taken: frozenset[int]

    def holder(self, token: int) -> Place | None:
        """The statement whose content holds the token."""
        return next((place for place in self.places if token in place.tokens), None)

    def introduced(self, start: int, end: int) -> Place | None:
        """The statement that a connective at these tokens introduces: it opens it, or stands before it in its sentence.

        "But [the grades leaked]", "[But the grades leaked]", "But, she said, [the grades leaked]": the bracketed one.
        A connective between two clauses of one statement introduces none.
        """
        sentence = self.sentence_of[start]
        for place in self.places:
            if place.tokens & set(range(start, end)):
                return place if not self._words(place, start) else None
        after = [place for place in self.places if place.first >= end and place.opening == sentence]
        return after[0] if after else None

    def _words(self, place: Place, before: int) -> list[int]:
        """The words of the statement that stand before a token, coordinators apart ("[and yet …]")."""
        return [i for i in place.tokens if i < before and self.doc[i].pos_ not in ("PUNCT", "SPACE", "CCONJ")]

    def before(self, start: int, *, other_than: Place) -> Place | None:
        """The statement that ends last before a token, in the same sentence or an earlier one."""
        found = [place for place in self.places if place is not other_than and place.last < start]
        return max(found, key=lambda place: place.last) if found else None

    def same_sentence(self, one: Place, other: Place) -> bool:
        """Whether one begins in the sentence in which the other ends."""
        return one.opening == other.closing or other.opening == one.closing

    def opens_clause(self, start: int) -> bool:
        """Whether nothing but punctuation or a coordinator stands right before the token, or a sentence begins with it."""
        at = start - 1
        while at >= 0 and self.doc[at].is_space:
            at -= 1
        if at < 0 or self.sentence_of[at] != self.sentence_of[start]:
            return True
        token = self.doc[at]
        return (token.is_punct and token.text not in "-–/") or token.pos_ == "CCONJ"

    def frame(self, place: Place) -> list[Token]:
        """The words around a statement that belong to no statement: its sentence's, and those since the statement before it.

        "Brenva was unmoved. The tests, it said, [worked elsewhere too]": *Brenva was unmoved. The tests, it said,*.
        Only the paragraph's own words count.
        """
        previous = max((other.last for other in self.places if other.last < place.first), default=-1)
        start = max(self._paragraph_start(place.first), min(previous + 1, place.first))
        end = self.sentences[place.opening][1]
        following = min((other.first for other in self.places if other.first > place.last), default=end)
        return [self.doc[i] for i in range(start, max(place.first, min(end, following))) if i not in self.taken]

    def _paragraph_start(self, token: int) -> int:
        """The first token of a token's paragraph. Every statement asks, so the document keeps the answers."""
        starts: list[int] = self.doc.user_data.setdefault(PARAGRAPHS, [0])
        for at in range(len(starts), len(self.doc)):
            starts.append(at if "\n" in self.doc[at - 1].text_with_ws else starts[-1])
        return starts[token]

    def span(self, start: int, end: int) -> Span:
        """The article's span of these tokens."""
        last = self.doc[end - 1]
        return self.article.span(self.doc[start].idx, last.idx + len(last))

    def link(self, origin: Place, target: Place, kind: RelationKind, rule: str, confidence: float,
             signal: tuple[int, int] | None) -> Link:
        """A link between two placed statements."""
        return Link(origin.statement.id, target.statement.id, kind, rule, confidence, self.span(*signal) if signal else None)


def scene(doc: Doc, article: Article, lexicon: Lexicon, statements: Iterable[Statement]) -> Scene:
    """The document with its statements in text order; a statement without a token of its own is left out."""
    bounds = tuple((sent.start, sent.end) for sent in doc.sents)
    sentence_of = [0] * len(doc)
    for number, (start, end) in enumerate(bounds):
        sentence_of[start:end] = [number] * (end - start)
    places = []
    for statement in statements:
        tokens = frozenset(_tokens(doc, statement.content))
        if tokens:
            first, last = min(tokens), max(tokens)
            places.append(Place(statement, tokens, first, last, sentence_of[first], sentence_of[last]))
    places.sort(key=lambda place: (place.first, place.last, place.statement.id))
    taken = frozenset(i for place in places for i in place.tokens)
    return Scene(doc, article, lexicon, tuple(places), bounds, tuple(sentence_of), taken)


def _tokens(doc: Doc, spans: Collection[Span]) -> Iterator[int]:
    for span in spans:
        found = doc.char_span(span.start, span.end, alignment_mode="expand")
        if found is not None:
            yield from (token.i for token in found if not token.is_space)
