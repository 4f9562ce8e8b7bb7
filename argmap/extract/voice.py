"""A parsed article and what others say in it in, the claims in its own voice out, each with how sure it is one.

What an attribution holds is not the author's; the rest of a sentence may be. A clause that only introduces what the author
asserts ("I still believe that…", "The truth is that…") is left out, as a reporting clause is.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from argmap.extract.bearing import Terms
from argmap.extract.claimworthy import Setting, article_signs, claim_signs, is_heading, log_odds, probabilities
from argmap.extract.clauses import covered, divide, join, main_heads, trim, word_count
from argmap.extract.syntax import children, role, subjects
from argmap.lexicon import Lexicon
from argmap.model import Attribution
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Candidate", "Reading", "candidates", "is_authors", "own_claims"]

#: Roles that complete a verb: what hangs on it in another role can be left out and a clause remains.
CORE = frozenset({"subject", "subject_passive", "object", "indirect_object", "clause", "open_clause", "predicate", "copula",
                  "auxiliary", "negation", "particle", "expletive", "marker"})

#: Characters from a paragraph's ends within which a proposition stands first or last in it.
LEAD, TAIL = 20, 3
#: Marks after which a clause explains what stands before them.
MARKS = frozenset(":;")

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
        paragraphs: where each starts and ends, and how far it is about the debate, from `argmap.extract.bearing.nearness`.
        settings: thresholds.
    """

    doc: Doc
    lexicon: Lexicon
    terms: Terms
    about: float
    title: str = ""
    quoted: frozenset[int] = frozenset()
    paragraphs: tuple[tuple[int, int, float], ...] = ()
    settings: Settings = field(default=DEFAULTS)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposition that no attribution holds.

    Attributes:
        tokens: its tokens.
        signs: from `argmap.extract.claimworthy.claim_signs`.
        about: how far its surroundings are about the debate, in [0, 1].
        paragraph: the number of its paragraph.
        cited: the attribution before it, whose point it may go on with.
    """

    tokens: Tokens
    signs: Mapping[str, float]
    about: float
    paragraph: int
    cited: Attribution | None = None


def own_claims(reading: Reading, others: Sequence[Attribution],
               own: Sequence[Attribution] = ()) -> Iterator[tuple[Tokens, float, Attribution | None]]:
    """The claims that no attribution holds, in text order.

    Args:
        reading: the article.
        others: its attributions to others than the author.
        own: its attributions to the author: "I believe that…".

    Returns:
        For each its tokens, how sure it is a claim, in [0, 1], and the attribution whose speaker goes on with it; None where the
        author claims it.
    """
    settings = reading.settings
    for _, paragraph in groupby(candidates(reading, others, own), key=lambda candidate: candidate.paragraph):
        together = list(paragraph)
        odds = [log_odds(candidate.signs) for candidate in together]
        for n, candidate in enumerate(together):
            author, continued, other = probabilities(candidate.signs, odds[:n] + odds[n + 1:], about=candidate.about, settings=settings)
            goes_on = continued > author * settings.goes_on
            weight = (1 - other) * (1 if goes_on else math.exp(settings.outspoken))
            sure = weight / (weight + other)
            if sure >= settings.claim:
                yield candidate.tokens, round(sure, 4), candidate.cited if goes_on else None


def candidates(reading: Reading, others: Sequence[Attribution], own: Sequence[Attribution] = ()) -> list[Candidate]:
    """The propositions that no attribution holds, in text order; the arguments are those of `own_claims`."""
    doc, lexicon, settings = reading.doc, reading.lexicon, reading.settings
    taken = frozenset(token.i for attribution in others for span in (*attribution.content, attribution.cue, attribution.source) if span
                      for token in covered(doc, span.start, span.end) if not token.is_punct)
    speakers = frozenset(token.lower_ for attribution in others if attribution.source
                         for token in covered(doc, attribution.source.start, attribution.source.end) if token.pos_ == "PROPN")
    recent = _Cited(others)
    sentences = deque(filter(None, (tuple(token for token in sentence if not token.is_space) for sentence in doc.sents)))
    text = doc.text
    found = []
    number = 0
    for start, end, near in reading.paragraphs:
        inside = []
        while sentences and sentences[0][0].idx < end:
            inside.append(sentences.popleft())
        if is_heading(text[start:end], reading.title, settings=settings):
            continue
        number += 1
        clauses = [pair for sentence in _points(inside, lexicon, settings) for pair in _candidates(sentence, reading, taken, own)]
        ends = not text[end:].strip() and len(clauses) == 1
        about = max(reading.about, near)
        for clause, before in clauses:
            first, last = clause[0], clause[-1]
            left = doc[first.i - 1].text if first.i else ""
            right = doc[last.i + 1].text if last.i + 1 < len(doc) else ""
            places = {"lead": number == 1, "second": number == 2, "closing": ends, "first": first.idx - start <= LEAD,
                      "last": end - last.idx - len(last) <= TAIL, "explaining": left in MARKS, "announcing": right in MARKS,
                      "part": len(before) > 1 or right.isalnum()}
            cited, where = recent.before(first, start)
            setting = Setting(before, speakers, where, [place for place, here in places.items() if here])
            found.append(Candidate(clause, claim_signs(clause, lexicon, setting, terms=reading.terms.core), about, number, cited))
    reported = len(taken) / max(1, len(doc))
    personal = sum("first_person" in each.signs or "first_past" in each.signs for each in found) / max(1, len(found))
    return [replace(each, signs={**each.signs, **article_signs(each.signs, reported, personal)}) for each in found]


class _Cited:
    """Where those whom an article cites speak, to be asked in text order."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        def extent(attribution: Attribution) -> tuple[int, int]:
            spans = [span for span in (*attribution.content, attribution.cue, attribution.source) if span]
            return min(span.start for span in spans), max(span.end for span in spans)
        self._extents = sorted(((*extent(each), each) for each in attributions if each.parent is None), key=lambda each: each[:2])

    def before(self, token: Token, paragraph: int) -> tuple[Attribution | None, str]:
        """The last attribution that begins before a token, and where it is; `paragraph` is where the token's paragraph begins."""
        at = bisect(self._extents, token.idx, key=lambda each: each[0])
        if not at:
            return None, ""
        _, end, attribution = self._extents[at - 1]
        first = token.sent.start
        if end > token.doc[first].idx:
            where = "clause"
        elif first and end > token.doc[first - 1].sent[0].idx and end > paragraph:
            where = "sentence"
        else:
            where = "paragraph" if end > paragraph else "article"
        return attribution, f"{where} {attribution.type}"


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
        if (clause and word_count(clause) >= settings.clause_words and clause[0].i not in reading.quoted
                and not _hangs(clause, sentence, lexicon)):
            yield clause, tuple(token for token in rest if token.i < clause[0].i)


def _hangs(clause: Tokens, sentence: Tokens, lexicon: Lexicon) -> bool:
    """Whether a clause is only understood with what was cut off before it: "…, for [whose sake it is undertaken]"."""
    first = clause[0]
    if first.i == sentence[0].i or sentence[-1].text == "?" or first.lower_ not in lexicon.words("cues.relatives"):
        return False
    return first.lower_ not in lexicon.words("statements.complementisers") or "Rel" in first.morph.get("PronType", [])


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
