"""A parsed article in, where each of its tokens stands out: the sentence, the paragraph, the quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.extract.quotes import quotations
from argmap.lexicon import Lexicon
from argmap.model import Article

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Places"]


class Places:
    """Sentence and paragraph numbers by token, quotations and tokens by offset."""

    def __init__(self, doc: Doc, article: Article, lexicon: Lexicon) -> None:
        self._doc = doc
        self._length = len(article.text)
        self._quotations = [q for q in quotations(article.text, lexicon) if q.depth == 0]
        self._sentence: list[int] = []
        self._paragraph: list[int] = []
        sentence = paragraph = 0
        for token in doc:
            sentence += bool(token.is_sent_start and token.i)
            self._sentence.append(sentence)
            self._paragraph.append(paragraph)
            paragraph += "\n" in token.text

    def token(self, offset: int) -> Token:
        """The token at a character."""
        piece = self._doc.char_span(offset, min(offset + 1, self._length), alignment_mode="expand")
        return piece[0] if piece is not None and len(piece) else self._doc[len(self._doc) - 1]

    def sentence(self, token: int) -> int:
        """The number of the sentence that a token stands in."""
        return self._sentence[token]

    def paragraph(self, token: int) -> int:
        """The number of the paragraph that a token stands in."""
        return self._paragraph[token]

    def quotation(self, offset: int) -> int:
        """The number of the quotation that a character lies in, or -1."""
        return next((n for n, q in enumerate(self._quotations) if q.start <= offset < q.end), -1)
