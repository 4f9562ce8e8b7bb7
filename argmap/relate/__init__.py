"""Statements in, relations out: signalled ones from an article's parse, implicit ones, and those across articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from argmap.columns import each, hold, index, sequence
from argmap.lexicon import Lexicon
from argmap.model import Article, Claim, Link, Relation, Statement
from argmap.relate import across, connectives, discourse, lift
from argmap.relate.implicit import infer, weigh
from argmap.relate.scene import Scene, scene
from argmap.settings import DEFAULTS, Settings
from argmap.vectors import Embedder

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["RULES", "Rule", "infer", "link", "relations", "weigh"]

Rule = Callable[[Scene, Settings], Iterable[Link]]

#: The rules that read a signal in the text, by the name that their links carry.
RULES: dict[str, Rule] = {
    "contrast": connectives.contrast,
    "concession": connectives.concession,
    "cause": connectives.cause,
    "result": connectives.result,
    "example": connectives.example,
    "elaboration": connectives.elaboration,
    "addition": connectives.addition,
    "proof": connectives.proof,
    "rebuttal": discourse.rebuttal,
    "reply": discourse.reply,
    "agreement": discourse.agreement,
}


def link(doc: Doc, article: Article, lexicon: Lexicon, statements: Iterable[Statement], *,
         settings: Settings = DEFAULTS) -> tuple[Link, ...]:
    """The signalled relations between statements of one article.

    Args:
        doc: the parsed article; ``doc.text == article.text``.
        article: the article.
        lexicon: the words of its language.
        statements: its statements.
        settings: the confidences of certain, likely, possible and weak signals.

    Returns:
        Links in text order of their signals, each with the word that signals it. One pair of statements may be linked by
        several rules; `argmap.relate.implicit.infer` weighs them.
    """
    placed = scene(doc, article, lexicon, statements)
    links = {(found.origin, found.target, found.rule): found for rule in RULES.values() for found in rule(placed, settings)}
    return tuple(sorted(links.values(), key=_place))


def _place(found: Link) -> tuple[int, str, str, str]:
    return (found.signal.start if found.signal else 0), found.rule, found.origin, found.target


def relations(claims: Iterable[Claim], statements: Iterable[Statement], links: Iterable[Link], articles: Iterable[Article], *,
              embed: Embedder, settings: Settings = DEFAULTS) -> Sequence[Relation]:
    """The relations between claims: those read inside the articles, and those that follow from comparing articles.

    Args:
        claims: with their stance, topic, concept and polarity.
        statements: those that the claims are made of.
        links: what `infer` found between them.
        articles: the statements' articles; their dates tell which of two opposed claims answers the other.
        embed: texts to unit vectors, as of `argmap.vectors`.
        settings: thresholds.

    Returns:
        Relations sorted by origin, target and kind, each pair of claims once a direction, every one with its evidence. No
        circle of support is left. Where two claims are related inside an article, that stands and nothing is added.
    """
    claims, statements = sequence(claims), sequence(statements)
    by_id, by_article = index(statements), {article.id: article for article in articles}
    texts = {article.id: article.text for article in by_article.values()}
    inside = lift.merged(lift.lift(claims, statements, links), texts)
    beyond = hold(Relation, chain(across.contradictions(claims, by_id, by_article, embed=embed, settings=settings),
                                  across.reasons(claims, by_id, by_article, embed=embed, settings=settings)))
    wanted = {pair for ends in _ends(beyond) for pair in (ends, ends[::-1])}
    related = {pair for ends in _ends(inside) if ends in wanted for pair in (ends, ends[::-1])}
    new = (found for found in beyond if (found.origin, found.target) not in related)
    return lift.cut_circles(lift.merged(chain(inside, new), texts), texts)


def _ends(relations: Iterable[Relation]) -> Iterator[tuple[str, str]]:
    return zip(each(relations, "origin"), each(relations, "target"), strict=True)
