"""A parsed article and its attributions in, its statements out: what others put forward in it, and what it claims itself."""

from __future__ import annotations

from bisect import bisect
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argmap.extract.claimworthy import Terms, bearing, claim_signs, confidence, debate_terms, is_heading, log_odds, nearness, opener, relevance, voice_share
from argmap.extract.clauses import SUBORDINATE, divide, join, main_heads, propositions, trim, word_count
from argmap.extract.quotes import quotations
from argmap.extract.sentences import paragraphs
from argmap.extract.syntax import children, is_finite, role, subjects, to_spans
from argmap.lexicon import Lexicon
from argmap.model import AUTHOR, Article, Attribution, Debate, Span, Statement, stable_id
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["state"]

#: Roles that complete a verb: what hangs on it in another role can be left out and a clause remains.
CORE = frozenset({"subject", "subject_passive", "object", "indirect_object", "clause", "open_clause", "predicate", "copula",
                  "auxiliary", "negation", "particle", "expletive", "marker"})

Tokens = tuple["Token", ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A proposition before it is a statement; without an attribution it is the author's."""

    tokens: Tokens
    attribution: Attribution | None
    confidence: float

    @property
    def ids(self) -> frozenset[int]:
        """Indices of the tokens that count."""
        return frozenset(token.i for token in self.tokens if not (token.is_punct or token.is_space))


def state(doc: Doc, article: Article, lexicon: Lexicon, attributions: Sequence[Attribution], debate: Debate, *,
          settings: Settings = DEFAULTS) -> tuple[Statement, ...]:
    """The statements of an article: the propositions of its attributions and the claims in its own voice.

    Args:
        doc: the parsed article, ``doc.text == article.text``.
        article: the article.
        lexicon: the words of its language.
        attributions: those found in it, with their actors.
        debate: what the statements' relevance is measured by.
        settings: thresholds.

    Returns:
        Statements that do not overlap, by their first offset; those in the author's voice have the actor `AUTHOR`.
    """
    quoted = frozenset(token.i for q in quotations(article.text, lexicon) for token in _covered(doc, (Span(q.start, q.end, ""),)))
    terms = debate_terms(debate, article.language)
    about = bearing(doc, terms, settings=settings)
    own: list[Attribution] = []
    others: list[Attribution] = []
    for attribution in attributions:
        if not _states(doc, attribution, lexicon, settings):
            continue
        (own if _is_authors(doc, attribution, lexicon, quoted) else others).append(attribution)
    pieces = _settled(Piece(tokens, attribution, attribution.confidence) for attribution in others
                      for tokens in propositions(_covered(doc, attribution.content), lexicon, quoted=quoted, settings=settings)
                      if word_count(tokens))
    near = [(start, nearness(_covered(doc, (Span(start, end, ""),)), terms, about, settings=settings)) for start, end in paragraphs(doc.text)]
    pieces += _authors(doc, others, own, lexicon, terms, about, dict(near), quoted, settings)
    statements = []
    for piece in pieces:
        here = near[bisect(near, piece.tokens[0].idx, key=lambda pair: pair[0]) - 1][1]
        statements.append(_statement(piece, article, relevance(piece.tokens, terms, here, settings=settings)))
    return tuple(sorted(statements, key=lambda statement: statement.content))


def _covered(doc: Doc, spans: Iterable[Span | None]) -> Tokens:
    """The tokens that share a character with one of the spans."""
    found: dict[int, Token] = {}
    for span in spans:
        part = doc.char_span(span.start, span.end, alignment_mode="expand") if span is not None and span.start < span.end else None
        found |= {token.i: token for token in part or () if not token.is_space}
    return tuple(found[i] for i in sorted(found))


def _region(doc: Doc, attribution: Attribution) -> frozenset[int]:
    """Indices of all tokens that an attribution claims: content, cue and source."""
    return frozenset(token.i for token in _covered(doc, (*attribution.content, attribution.cue, attribution.source)) if not token.is_punct)


def _states(doc: Doc, attribution: Attribution, lexicon: Lexicon, settings: Settings) -> bool:
    """Whether an attribution puts something forward: it may also ask, keep silent, or only describe a noun."""
    content = tuple(token for token in _covered(doc, attribution.content) if not token.is_punct)
    if not content:
        return False
    # "The company declined to comment."
    if all(token.lemma_.lower() in lexicon.words("statements.silence") or token.pos_ in ("ADP", "PART", "DET", "SCONJ") for token in content):
        return False
    # "It could not show what the system was trained on": an embedded question leaves the answer open.
    if content[0].lower_ in lexicon.words("statements.interrogative") and _whole_clause(content):
        return False
    # "The reasons that push companies to guard their models", "every reason to want a rival banned": part of another clause.
    cue = _covered(doc, (attribution.cue,))
    if attribution.type == "indirect" and attribution.confidence <= settings.weak_attribution and cue:
        head = next((token for token in cue if role(token, lexicon) in SUBORDINATE), None)
        if head is not None and not any(is_finite(token, lexicon) for token in content):
            start = min(token.i for token in head.subtree)
            return start > 0 and doc[start - 1].is_punct or doc[start].is_punct
    return True


def _whole_clause(content: Sequence[Token]) -> bool:
    """Whether the first word asks for something in the verb on top of all the rest.

    So it is in "what the system was trained on", not in "whether it is open would not matter" nor "who enters leaves a name".
    """
    ids = {token.i for token in content}
    at = content[0]
    while at.head.i in ids and at.head != at:
        at = at.head
        if at.pos_ in ("VERB", "AUX"):
            break
    return at != content[0] and (at.head.i not in ids or at.head == at) and ids <= {token.i for token in at.subtree}


def _is_authors(doc: Doc, attribution: Attribution, lexicon: Lexicon, quoted: Collection[int]) -> bool:
    """Whether the one who is cited is the author: "I still believe that sharing was what made the thing good"."""
    source, cue = _covered(doc, (attribution.source,)), _covered(doc, (attribution.cue,))
    if attribution.parent is not None or any(token.i in quoted for token in (*source, *cue)):
        return False
    first = lexicon.words("statements.first_person")
    if source:
        return all(token.lower_ in first for token in source)
    return any("1" in token.morph.get("Person", []) and "Fin" in token.morph.get("VerbForm", []) for token in cue)


def _settled(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces without overlaps: of two nested ones the nearer source's, unless it is only a few words of the outer one's."""
    left = sorted(pieces, key=lambda piece: (-len(piece.ids), piece.tokens[0].i))
    kept: list[Piece] = []
    while left:
        outer = left.pop(0)
        inner = [piece for piece in left if piece.ids & outer.ids]
        shared = outer.ids & frozenset().union(*(piece.ids for piece in inner))
        if inner and 2 * len(shared) >= len(outer.ids):
            continue
        for piece in inner:
            left.remove(piece)
        kept.append(outer)
    return kept


def _authors(doc: Doc, others: Sequence[Attribution], own: Sequence[Attribution], lexicon: Lexicon, terms: Terms, about: float,
             near: Mapping[int, float], quoted: Collection[int], settings: Settings) -> Iterator[Piece]:
    """The claims in the article's own voice."""
    taken = frozenset().union(*(_region(doc, attribution) for attribution in others))
    share = voice_share(doc, taken, lexicon)
    speakers = frozenset(token.lower_ for attribution in others for token in _covered(doc, (attribution.source,)) if token.pos_ == "PROPN")
    sentences = deque(filter(None, (tuple(token for token in sentence if not token.is_space) for sentence in doc.sents)))
    text = doc.text
    for start, end in paragraphs(text):
        inside = []
        while sentences and sentences[0][0].idx < end:
            inside.append(sentences.popleft())
        if is_heading(text[start:end], settings=settings):
            continue
        clauses = [found for sentence in _points(inside, lexicon, settings)
                   for found in _candidates(sentence, doc, taken, own, lexicon, quoted, settings)]
        closing = not text[end:].strip() and len(clauses) == 1
        odds = [log_odds(claim_signs(clause, lexicon, before=before, terms=terms.core, speakers=speakers, closing=closing), share,
                         max(about, near[start]), settings.claim_weights)
                for clause, before in clauses]
        for n, (clause, _) in enumerate(clauses):
            sure = confidence(odds[n], odds[:n] + odds[n + 1:], settings.claim_weights)
            if sure >= settings.claim:
                yield Piece(clause, None, round(sure, 4))


def _points(sentences: Sequence[Tokens], lexicon: Lexicon, settings: Settings) -> Iterator[Tokens]:
    """The sentences of a paragraph; a question with its short answer counts as one."""
    for group in join(sentences, lexicon, settings):
        if len(group) > 1 and group[0][-1].text == "?":
            yield tuple(token for sentence in group for token in sentence)
        else:
            yield from group


def _candidates(sentence: Tokens, doc: Doc, taken: frozenset[int], own: Sequence[Attribution], lexicon: Lexicon,
                quoted: Collection[int], settings: Settings) -> Iterator[tuple[Tokens, Tokens]]:
    """The propositions of a sentence that are in the author's voice, each with the words cut off before it."""
    for part in divide(sentence, lexicon, quoted=quoted, settings=settings):
        rest = _own_part(part, taken, lexicon)
        clause = trim(_asserted(rest, own, doc, lexicon, settings), lexicon)
        if clause and word_count(clause) >= settings.clause_words and clause[0].i not in quoted:
            yield clause, opener(rest, lexicon)


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


def _asserted(tokens: Tokens, own: Sequence[Attribution], doc: Doc, lexicon: Lexicon, settings: Settings) -> Tokens:
    """What is asserted, without the words that only say so: "I still believe that…", "The truth is that…"."""
    ids = {token.i for token in tokens}
    for attribution in own:
        content = _covered(doc, attribution.content)
        inside = tuple(token for token in content if token.i in ids)
        if word_count(inside) >= settings.clause_words:
            return inside
    believing, complementisers = lexicon.words("statements.believing"), lexicon.words("statements.complementisers")
    for head in main_heads(tokens, lexicon)[:1]:
        # "The truth is that the question is badly put", "La prima è che…", "It is clear that…"
        linked = any(token.lemma_.lower() in lexicon.words("statements.linking") for token in (head, *children(head, lexicon, "copula")))
        edge = {token.i + 1 for token in (head, *children(head, lexicon, "copula", "predicate"))}
        for n, token in enumerate(tokens[:settings.lead_in_words]):
            if linked and token.i in edge and token.lower_ in complementisers and word_count(tokens[n + 1:]) >= settings.clause_words:
                return tokens[n + 1:]
        named = children(head, lexicon, "auxiliary")
        first = any("1" in token.morph.get("Person", []) for token in (head, *named))
        first = first or any(token.lower_ in lexicon.words("statements.first_person") for token in subjects(head, lexicon))
        said = [child for child in children(head, lexicon, "clause") if child.i > head.i]
        if said and first and head.lemma_.lower() in believing:
            # What follows the clause belongs to it as a reader sees it.
            start = min(token.i for token in said[0].subtree)
            inside = tuple(token for token in tokens if token.i >= start)
            if word_count(inside) >= settings.clause_words:
                return inside
    return tokens


def _statement(piece: Piece, article: Article, relevant: float) -> Statement:
    content = to_spans(piece.tokens, article)
    attribution = piece.attribution
    if attribution is not None:
        first, last = min(s.start for s in attribution.content), max(s.end for s in attribution.content)
        content = tuple(article.span(max(span.start, first), min(span.end, last)) for span in content)
        content = tuple(span for span in content if span.text)
    key = stable_id("s", article.id, *(offset for span in content for offset in (span.start, span.end)))
    if attribution is None:
        return Statement(key, article.id, "author", "author", content, actors=(AUTHOR,), relevance=relevant, confidence=piece.confidence)
    return Statement(key, article.id, "attributed", attribution.type, content, attribution.id, attribution.source, attribution.cue,
                     attribution.actors, relevance=relevant, confidence=piece.confidence)
