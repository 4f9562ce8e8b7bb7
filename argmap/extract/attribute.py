"""A parsed article in, its attributions out: quotations and reported clauses, each with its cue and its source.

`argmap.extract.quotes` finds what stands between quotation marks, `argmap.extract.cues` what grammar says is reported,
`argmap.extract.speech` joins them. One cue with all that it introduces is one attribution ("«A», ha detto X, «B»"); what
is quoted after it by the same speaker belongs to it; one inside another keeps both, the inner with its `parent`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from argmap.extract.cues import Candidate, candidates
from argmap.extract.speech import Quoted, direct, extended, floating, quoted_speech, straddles
from argmap.extract.syntax import to_spans
from argmap.lexicon import Lexicon
from argmap.model import Article, Attribution, AttributionType, Span, stable_id
from argmap.settings import DEFAULTS, RULE_PRECISION, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["attribute"]

#: Share of content words inside quotation marks from which an attribution counts as direct (PolNeAR's line).
DIRECT = 0.8
#: Rules whose content is somebody's own words although no quotation marks stand around them.
SPOKEN = frozenset({"interview answer"})
#: Precision from which a rule is trusted inside another attribution's content.
NESTED = 0.65
#: Rules of less than a clause: inside another attribution's content they part nothing from it that could stand alone.
PHRASAL = frozenset({"attitude verb, noun", "reporting verb, preposition"})


def attribute(doc: Doc, article: Article, lexicon: Lexicon, *, settings: Settings = DEFAULTS) -> tuple[Attribution, ...]:
    """The attributions of an article, in text order; their actors are not resolved yet.

    Args:
        doc: the parsed article, ``doc.text == article.text``.
        article: the article.
        lexicon: the words of its language.
        settings: `quote_words` is used.

    Returns:
        Attributions with source, cue and content as spans of the article; nested ones have their `parent`. Their
        confidence is the measured precision of the rule that found them.
    """
    quotes = quoted_speech(doc, article, lexicon, settings)
    found = candidates(doc, lexicon, quoted=frozenset(t for quote in quotes for t in quote.tokens()))
    found = [extended(candidate, doc, quotes) for candidate in found]
    found = [candidate for candidate in found if not straddles(candidate, quotes)]
    spoken, replaced = direct(doc, lexicon, quotes, found)
    # A quotation may take over all that a cue introduced.
    found = [candidate for candidate in found if candidate not in replaced and candidate.content] + [s for s in spoken if s.content]
    found = floating(doc, lexicon, quotes, found)
    return _attributions(article, doc, _settled(found), quotes)


def _settled(found: list[Candidate]) -> list[Candidate]:
    """One candidate a cue, and no two for nearly the same words: the surer stays, the longer content where they tie."""
    kept: list[Candidate] = []
    for candidate in sorted(found, key=lambda c: (-RULE_PRECISION[c.rule], -len(c.content), c.content, c.rule)):
        mine, cue = set(candidate.content), set(candidate.cue)
        rival = False
        for other in kept:
            theirs = set(other.content)
            inside = bool(cue) and cue <= theirs and mine <= theirs
            outside = bool(other.cue) and set(other.cue) <= mine and theirs <= mine
            if cue & set(other.cue) or mine & theirs and not inside and not outside:
                rival = True
        if not rival and mine:
            kept.append(candidate)
    return kept


def _attributions(article: Article, doc: Doc, kept: list[Candidate], quotes: list[Quoted]) -> tuple[Attribution, ...]:
    """The candidates as attributions: spans, ids, parents."""
    inside_quotes = {t for quote in quotes for t in quote.tokens()}
    ids: dict[Candidate, str] = {}
    spans: dict[Candidate, tuple[Span, ...]] = {}
    for candidate in kept:
        content = to_spans((doc[i] for i in candidate.content), article)
        if content:
            spans[candidate] = content
            ids[candidate] = stable_id("a", article.id, *((s.start, s.end) for s in content), candidate.rule)
    doubtful = {candidate for candidate in spans
                if (candidate.rule in PHRASAL or RULE_PRECISION[candidate.rule] < NESTED) and _around(candidate, spans)}
    result = []
    for candidate, content in spans.items():
        if candidate in doubtful:
            continue
        outer = [other for other in _around(candidate, spans) if other not in doubtful]
        parent = min(outer, key=lambda o: (len(o.content), o.content)) if outer else None
        source = to_spans((doc[i] for i in candidate.source), article)
        cue = to_spans((doc[i] for i in candidate.cue), article)
        result.append(Attribution(
            id=ids[candidate], article=article.id, type=_type(candidate, doc, inside_quotes),
            source=article.span(source[0].start, source[-1].end) if source else None,
            cue=article.span(cue[0].start, cue[-1].end) if cue else None,
            content=content, parent=ids[parent] if parent else None, confidence=RULE_PRECISION[candidate.rule], rule=candidate.rule))
    return tuple(sorted(result, key=lambda a: (a.content[0].start, a.content[-1].end, a.id)))


def _around(candidate: Candidate, others: Iterable[Candidate]) -> list[Candidate]:
    """The candidates whose content holds all of this one, cue and content."""
    mine = {*candidate.content, *candidate.cue}
    return [other for other in others if len(other.content) > len(candidate.content) and mine <= set(other.content)]


def _type(candidate: Candidate, doc: Doc, inside_quotes: set[int]) -> AttributionType:
    if candidate.rule in SPOKEN:
        return "direct"
    words = [i for i in candidate.content if not doc[i].is_punct]
    share = sum(i in inside_quotes for i in words) / max(1, len(words))
    return "direct" if share >= DIRECT else "mixed" if share else "indirect"
