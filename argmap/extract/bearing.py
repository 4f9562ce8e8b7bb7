"""A parsed article and a debate in, how much the article, a paragraph or a proposition bears on the debate out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argmap.extract.clauses import word_count
from argmap.extract.syntax import find_phrases
from argmap.model import Debate
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Terms", "bearing", "debate_terms", "debate_words", "nearness", "relevance"]

#: Words of a debate with at most so many letters are acronyms.
ACRONYM = 3


@dataclass(frozen=True, slots=True)
class Terms:
    """A debate's words in one language, lower-case: `core` names its matter, `topical` what it also touches ("law", "jobs")."""

    core: frozenset[str]
    topical: frozenset[str]


def debate_terms(debate: Debate, language: str) -> Terms:
    """A debate's words: its keywords and its sides' terms are the core, its topics' terms are topical."""
    def listed(*sources: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
        return frozenset(term.lower() for source in sources for term in source.get(language, ()))
    core = listed(debate.keywords, *(side.terms for side in debate.sides))
    return Terms(core, listed(*(topic.terms for topic in debate.topics)) - core)


def debate_words(tokens: Sequence[Token], terms: Collection[str]) -> list[str]:
    """The words of a debate that stand in a stretch of text, in order.

    An acronym counts in capitals only: "AI" is artificial intelligence, "ai" an Italian preposition.
    """
    found = []
    for start, stop, phrase in find_phrases(tokens, terms):
        if stop - start > 1 or len(phrase) > ACRONYM or not next(token for token in tokens if token.i == start).text.islower():
            found.append(phrase)
    return found


def bearing(doc: Doc, terms: Terms, *, settings: Settings = DEFAULTS) -> float:
    """How far an article is about the debate, in [0, 1]: the part of its sentences with a core word, 1 from `bearing_full` on."""
    sentences = [sentence for sentence in doc.sents if word_count(sentence)]
    part = sum(1 for sentence in sentences if debate_words(list(sentence), terms.core)) / len(sentences) if sentences else 0.0
    return min(1.0, part / settings.bearing_full)


def nearness(paragraph: Iterable[Token], terms: Terms, about: float, *, settings: Settings = DEFAULTS) -> float:
    """How far a paragraph is about the debate, in [0, 1]: the mean of its article's bearing and its own.

    A round-up may come to the debate in one paragraph, and an article on the debate leaves it in another.

    Args:
        paragraph: its tokens.
        terms: from `debate_terms`.
        about: from `bearing`.
        settings: `nearness_full` distinct core words make a paragraph wholly about the debate.
    """
    return (about + min(1.0, len(set(debate_words(list(paragraph), terms.core))) / settings.nearness_full)) / 2


def relevance(tokens: Iterable[Token], terms: Terms, about: float, *, settings: Settings = DEFAULTS) -> float:
    """How much a proposition bears on the motion, in [0, 1]: by its own words, and by its article.

    "Nobody can do that with a copied file" bears on the debate in an article about it; "the Senate passed the law" does
    so in no other.

    Args:
        tokens: the proposition.
        terms: from `debate_terms`.
        about: from `nearness` of its paragraph.
        settings: thresholds `relevance_step`, `relevance_stray`, `relevance_topical` and `relevance_context`.
    """
    words = list(tokens)
    core, topical = set(debate_words(words, terms.core)), set(debate_words(words, terms.topical))
    evidence = (len(core) * (settings.relevance_stray + (1 - settings.relevance_stray) * about)
                + len(topical) * settings.relevance_topical * about)
    own: float = 1 - settings.relevance_step ** evidence
    return round(own + (1 - own) * settings.relevance_context * about, 4)
