"""A parsed article and what others say in it in, the claims in its own voice out, each with how sure it is one.

What an attribution holds is not the author's; the rest of a sentence may be. A clause that only introduces what the author
asserts ("I still believe that…", "The truth is that…") is left out, as a reporting clause is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from argmap.extract.claimworthy import Terms, argument, claim_signs, confidence, is_heading, log_odds, nearness
from argmap.extract.clauses import covered, divide, join, main_heads, trim, word_count
from argmap.extract.sentences import paragraphs
from argmap.extract.syntax import children, is_finite, role, subjects
from argmap.lexicon import Lexicon
from argmap.model import Attribution
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Reading", "is_authors", "own_claims", "voice_share"]

#: Roles that complete a verb: what hangs on it in another role can be left out and a clause remains.
CORE = frozenset({"subject", "subject_passive", "object", "indirect_object", "clause", "open_clause", "predicate", "copula",
                  "auxiliary", "negation", "particle", "expletive", "marker"})

Tokens = tuple["Token", ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the search for statements knows of an article.

    Args:
        doc: the parsed article.
        lexicon: the words of its language.
        terms: the debate's words in its language.
        title: the article's title.
        about: how far it is about the debate, from `argmap.extract.claimworthy.bearing`.
        quoted: indices of the tokens in quotation marks.
        settings: thresholds.
    """

    doc: Doc
    lexicon: Lexicon
    terms: Terms
    about: float
    title: str = ""
    quoted: frozenset[int] = frozenset()
    settings: Settings = field(default=DEFAULTS)

    def nearness(self, start: int, end: int) -> float:
        """How far the paragraph at these offsets is about the debate, in [0, 1]."""
        return nearness(covered(self.doc, start, end), self.terms, self.about, settings=self.settings)


def own_claims(reading: Reading, others: Sequence[Attribution], own: Sequence[Attribution] = ()) -> Iterator[tuple[Tokens, float]]:
    """The claims in an article's own voice, in text order: the tokens of each and how sure it is one, in [0, 1].

    Args:
        reading: the article.
        others: its attributions to others than the author.
        own: its attributions to the author: "I believe that…".
    """
    doc, lexicon, settings = reading.doc, reading.lexicon, reading.settings
    taken = frozenset(token.i for attribution in others for span in (*attribution.content, attribution.cue, attribution.source) if span
                      for token in covered(doc, span.start, span.end) if not token.is_punct)
    share = voice_share(doc, taken, lexicon)
    speakers = frozenset(token.lower_ for attribution in others if attribution.source
                         for token in covered(doc, attribution.source.start, attribution.source.end) if token.pos_ == "PROPN")
    found: list[list[tuple[Tokens, dict[str, float], float]]] = []  # by paragraph: clause, signs, how far about the debate
    sentences = deque(filter(None, (tuple(token for token in sentence if not token.is_space) for sentence in doc.sents)))
    text, weights = doc.text, settings.claim_weights
    for start, end in paragraphs(text):
        inside = []
        while sentences and sentences[0][0].idx < end:
            inside.append(sentences.popleft())
        if is_heading(text[start:end], reading.title, settings=settings):
            continue
        clauses = [pair for sentence in _points(inside, lexicon, settings) for pair in _candidates(sentence, reading, taken, own)]
        closing = not text[end:].strip() and len(clauses) == 1
        about = max(reading.about, reading.nearness(start, end))
        found.append([(clause, claim_signs(clause, lexicon, before=before, terms=reading.terms.core, speakers=speakers, closing=closing),
                       about) for clause, before in clauses])
    argues = argument([signs for paragraph in found for _, signs, _ in paragraph], settings=settings)
    for paragraph in found:
        odds = [log_odds(signs, share, about, argues, weights) for _, signs, about in paragraph]
        for n, (clause, _, _) in enumerate(paragraph):
            sure = confidence(odds[n], odds[:n] + odds[n + 1:], weights)
            if sure >= settings.claim:
                yield clause, round(sure, 4)


def is_authors(attribution: Attribution, reading: Reading) -> bool:
    """Whether the one who is cited is the author: "I still believe that sharing was what made the thing good"."""
    doc = reading.doc
    source = covered(doc, attribution.source.start, attribution.source.end) if attribution.source else ()
    cue = covered(doc, attribution.cue.start, attribution.cue.end) if attribution.cue else ()
    if attribution.parent is not None or any(token.i in reading.quoted for token in (*source, *cue)):
        return False
    first = reading.lexicon.words("statements.first_person")
    if source:
        return all(token.lower_ in first for token in source)
    return any("1" in token.morph.get("Person", []) and "Fin" in token.morph.get("VerbForm", []) for token in cue)


def _points(sentences: Sequence[Tokens], lexicon: Lexicon, settings: Settings) -> Iterator[Tokens]:
    """The sentences of a paragraph; a question with its short answer counts as one."""
    for group in join(sentences, lexicon, settings):
        if len(group) > 1 and group[0][-1].text == "?":
            yield tuple(token for sentence in group for token in sentence)
        else:
            yield from group


def _candidates(sentence: Tokens, reading: Reading, taken: frozenset[int],
                own: Sequence[Attribution]) -> Iterator[tuple[Tokens, Tokens]]:
    """The propositions of a sentence that are in the author's voice, each with the words cut off before it."""
    lexicon, settings = reading.lexicon, reading.settings
    for part in divide(sentence, lexicon, quoted=reading.quoted, settings=settings):
        rest = _own_part(part, taken, lexicon)
        clause = trim(_asserted(rest, own, reading), lexicon)
        if clause and word_count(clause) >= settings.clause_words and clause[0].i not in reading.quoted:
            yield clause, tuple(token for token in rest if token.i < clause[0].i)


def _own_part(tokens: Tokens, taken: frozenset[int], lexicon: Lexicon) -> Tokens:
    """What of a clause is the author's: all of it, or what is left without a phrase that holds an attribution.

    "The debate is growing, above all after the words of Delangue, who calls for a change": without *above all…*.
    """
    ids = {token.i for token in tokens}
    inside = taken & ids
    if not inside:
        return tokens
    for head in main_heads(tokens, lexicon):
        if head.i in inside:
            continue
        holding = [child for child in head.children if inside & {token.i for token in child.subtree}]
        barred = {token.i for child in holding if role(child, lexicon) not in CORE for token in _set_off(child, inside).subtree}
        if inside <= barred:
            return tuple(token for token in tokens if token.i not in barred)
    return ()


def _set_off(phrase: Token, inside: frozenset[int]) -> Token:
    """The smallest phrase in a phrase that holds all of some tokens and stands behind a comma; else the phrase itself."""
    best, at = phrase, phrase
    held = inside & {token.i for token in phrase.subtree}
    while True:
        at = next((child for child in at.children if held <= {token.i for token in child.subtree}), phrase)
        if at == phrase:
            return best
        start = at.left_edge.i
        if start > 0 and phrase.doc[start - 1].is_punct:
            best = at


def _asserted(tokens: Tokens, own: Sequence[Attribution], reading: Reading) -> Tokens:
    """What is asserted, without the words that only say so."""
    ids, least = {token.i for token in tokens}, reading.settings.clause_words
    for attribution in own:
        content = (token for span in attribution.content for token in covered(reading.doc, span.start, span.end))
        inside = tuple(token for token in content if token.i in ids)
        if word_count(inside) >= least:
            return inside
    for head in main_heads(tokens, reading.lexicon)[:1]:
        start = _after_link(head, tokens, reading) or _after_belief(head, reading.lexicon)
        inside = tuple(token for token in tokens if start is not None and token.i >= start)
        if word_count(inside) >= least:
            return inside
    return tokens


def _after_link(head: Token, tokens: Tokens, reading: Reading) -> int | None:
    """Where the clause begins that a short lead-in presents: "The truth is [that the question is badly put]", "It is clear [that…"."""
    linking, complementisers = reading.lexicon.words("statements.linking"), reading.lexicon.words("statements.complementisers")
    around = (head, *children(head, reading.lexicon, "copula", "predicate"))
    if any(token.lemma_.lower() in linking for token in around):
        edge = {token.i + 1 for token in around}
        for token in tokens[:reading.settings.lead_in_words]:
            if token.i in edge and token.lower_ in complementisers:
                return token.i
    return None


def _after_belief(head: Token, lexicon: Lexicon) -> int | None:
    """Where the clause begins that the author says to believe: "I still believe [that tolls hurt shops]"."""
    first = (any("1" in token.morph.get("Person", []) for token in (head, *children(head, lexicon, "auxiliary")))
             or any(token.lower_ in lexicon.words("statements.first_person") for token in subjects(head, lexicon)))
    said = [child for child in children(head, lexicon, "clause") if child.i > head.i]
    if first and said and head.lemma_.lower() in lexicon.words("statements.believing"):
        return min(token.i for token in said[0].subtree)
    return None


def voice_share(doc: Doc, taken: Collection[int], lexicon: Lexicon) -> float:
    """The part of an article's sentences that stand in its own voice, in [0, 1].

    In a report that quotes in every paragraph, the rest is background; in an essay nearly every sentence argues.

    Args:
        doc: the parsed article.
        taken: indices of tokens that belong to an attribution.
        lexicon: the words of the language.
    """
    own = all_ = 0
    for sentence in doc.sents:
        tokens = [token for token in sentence if not (token.is_punct or token.is_space)]
        if not any(is_finite(token, lexicon) for token in tokens):
            continue
        all_ += 1
        own += not any(token.i in taken for token in tokens)
    return own / all_ if all_ else 0.0
