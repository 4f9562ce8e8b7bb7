"""Statements that people marked, and the parsed article, in; out, the same statements with what only the parse can tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from argmap.extract.clauses import covered
from argmap.extract.syntax import VERBAL, is_finite
from argmap.lexicon import Lexicon
from argmap.model import Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["with_clauses"]


def with_clauses(doc: Doc, statements: Iterable[Statement], lexicon: Lexicon) -> tuple[Statement, ...]:
    """The statements with `clause` set: false for attributed ones without a finite verb.

    Args:
        doc: the parsed article, ``doc.text == article.text``.
        statements: statements in it.
        lexicon: the words of its language.
    """
    def is_clause(statement: Statement) -> bool:
        tokens = (token for span in statement.content for token in covered(doc, span.start, span.end))
        return statement.voice == "author" or any(is_finite(token, lexicon) for token in tokens if token.pos_ in VERBAL)

    return tuple(replace(statement, clause=is_clause(statement)) for statement in statements)
