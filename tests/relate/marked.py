"""Texts with statements in brackets in, articles, statements and parsed documents out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.tokens import Doc

from argmap.lexicon import load
from argmap.model import AUTHOR, Article, Link, Span, Stance, Statement
from argmap.relate import link

_PIECE = re.compile(r"\[(\w+) (\w+)(?: (for|against|neutral))?\|([^\]]*)\]")
_TOKEN = re.compile(r"\w+['’]|\w+|[^\w\s]")
_JOINING = {"and", "but", "or", "yet", "e", "ed", "ma", "o"}
_SENTENCE = re.compile(r"[.?!][”\"»]?(?=\s|$)")


def marked(text: str, *, language: str = "en", id: str = "t", date: str = "") -> tuple[Article, tuple[Statement, ...]]:
    """The article and statements of a text in which ``[1 actor stance|words]`` marks statement 1 of an actor."""
    plain, at = "", 0
    pieces: dict[str, list[Span]] = defaultdict(list)
    said: dict[str, tuple[str, Stance]] = {}
    stances: dict[str | None, Stance] = {"for": "for", "against": "against", "neutral": "neutral", None: "neutral"}
    for match in _PIECE.finditer(text):
        plain += text[at:match.start()]
        pieces[match[1]].append(Span(len(plain), len(plain) + len(match[4]), match[4]))
        said.setdefault(match[1], (match[2], stances[match[3]]))
        plain, at = plain + match[4], match.end()
    plain += text[at:]
    article = Article(id, plain, language=language, date=date)
    statements = [Statement(f"{id}{number}" if id != "t" else number, id, "author" if actor == AUTHOR else "attributed",
                            "author" if actor == AUTHOR else "indirect", tuple(pieces[number]), actors=(actor,), stance=stance)
                  for number, (actor, stance) in said.items()]
    return article, tuple(statements)


def parsed(article: Article, *, heads: Mapping[str, str] | None = None, lemmas: Mapping[str, str] | None = None,
           verbs: Sequence[str] = ()) -> Doc:
    """A document whose words hang on their sentence's first one, but for those whose head is given."""
    spans = [match.span() for match in _TOKEN.finditer(article.text)]
    words, spaces = [], []
    for (start, end), following in zip(spans, [*[s for s, _ in spans[1:]], len(article.text)], strict=True):
        gap = article.text[end:following]
        words.append(article.text[start:end])
        spaces.append(gap[:1] == " ")
        if "\n" in gap:
            words.append(gap)
            spaces.append(False)
    vocab = spacy.blank(article.language).vocab
    doc = Doc(vocab, words=words, spaces=spaces)
    assert doc.text == article.text
    ends = [match.end() for match in _SENTENCE.finditer(article.text)]
    sentence = [sum(end <= token.idx for end in ends) for token in doc]
    first = [sentence.index(number) for number in sentence]
    at = {word: i for i, word in reversed(list(enumerate(words)))}
    head = [at[(heads or {})[word]] if word in (heads or {}) else first[i] for i, word in enumerate(words)]
    pos = ["SPACE" if word.isspace() else "PUNCT" if not word[0].isalnum() else "CCONJ" if word.lower() in _JOINING else
           "VERB" if word in verbs else "X" for word in words]
    return Doc(vocab, words=words, spaces=spaces, heads=head, deps=["ROOT" if h == i else "dep" for i, h in enumerate(head)], pos=pos,
               sent_starts=None, lemmas=[(lemmas or {}).get(word, word.lower()) for word in words])


def links_of(text: str, *, language: str = "en", heads: Mapping[str, str] | None = None, lemmas: Mapping[str, str] | None = None,
             verbs: Sequence[str] = (), rule: str = "") -> list[tuple[str, str, str, str]]:
    """(origin, target, kind, signal) of the links in a marked text, of one rule or of all."""
    article, statements = marked(text, language=language)
    doc = parsed(article, heads=heads, lemmas=lemmas, verbs=verbs)
    found = link(doc, article, load(language), statements)
    for each in found:
        assert each.signal is not None
        assert article.text[each.signal.start:each.signal.end] == each.signal.text
    return [(each.origin, each.target, each.kind, each.signal.text) for each in found if each.signal and rule in ("", each.rule)]


def no_vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """An embedder for which all texts are alike as little as can be."""
    return np.zeros((len(texts), 2), dtype=np.float32)


def by_word(texts: Sequence[str]) -> NDArray[np.float32]:
    """An embedder of unit vectors over a few words, so that likeness can be written down in a text."""
    known = ("bridge", "toll", "trade", "fish")
    rows = np.array([[text.lower().count(word) + 0.01 for word in known] for text in texts], dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True) if len(texts) else rows


def stood(link: Link) -> Link:
    """The link without its signal, to compare."""
    return replace(link, signal=None)
