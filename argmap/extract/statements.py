"""A parsed article and its attributions in, its statements out: what others put forward in it, and what it claims itself."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argmap.extract.bearing import Terms, bearing, debate_terms, nearness, relevance
from argmap.extract.clauses import SUBORDINATE, covered, propositions, word_count
from argmap.extract.quotes import quotations
from argmap.extract.sentences import paragraphs
from argmap.extract.syntax import VERBAL, is_finite, role, to_spans
from argmap.extract.voice import Reading, is_authors, own_claims
from argmap.lexicon import Lexicon
from argmap.model import AUTHOR, Article, Attribution, AttributionType, Debate, Statement, stable_id
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["state", "voices"]

#: Parts of speech that say nothing by themselves.
FUNCTION_WORDS = frozenset({"ADP", "PART", "DET", "SCONJ"})

#: The rule for answers in interviews, and the rules whose cue itself tells what its source thinks.
ANSWER = "interview answer"
TAKING_SIDES = frozenset({"attitude verb, noun", "attitude adjective"})
#: Rules of what is in somebody's mind, of which another may tell.
MINDED = frozenset({"intention verb, infinitive", "thought verb, clause", "attitude verb, noun", "attitude adjective", "naming verb"})
#: Rules of a verb and its clause, which may ask.
ASKING = frozenset({"reporting verb, clause", "thought verb, clause", "intention verb, infinitive"})
#: Confidence from which an attribution is sure to tell what its speaker says.
SURE = 0.75

Tokens = tuple["Token", ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A proposition before it is a statement; without an attribution it is the author's.

    It is `continued` where it goes on with what the attribution's content says, outside of it.
    """

    tokens: Tokens
    attribution: Attribution | None
    confidence: float
    continued: bool = False

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
    terms = debate_terms(debate, article.language)
    reading, others, own = voices(doc, article, lexicon, attributions, terms, settings=settings)
    quoted = reading.quoted
    pieces = _settled(Piece(tokens, attribution, attribution.confidence) for attribution in others
                      for tokens in propositions(_content(attribution, doc), lexicon, quoted=quoted, settings=settings)
                      if _says_enough(tokens, attribution, settings))
    pieces += (Piece(tokens, cited, sure, cited is not None) for tokens, sure, cited in own_claims(reading, others, own))
    # A statement bears on the debate as its paragraph does.
    found = []
    for piece in pieces:
        *_, here = reading.paragraphs[bisect(reading.paragraphs, piece.tokens[0].idx, key=lambda paragraph: paragraph[0]) - 1]
        found.append(_statement(piece, reading, article, relevance(piece.tokens, terms, here, settings=settings)))
    return tuple(sorted((statement for statement in found if statement.content), key=lambda statement: statement.content))


def voices(doc: Doc, article: Article, lexicon: Lexicon, attributions: Sequence[Attribution], terms: Terms, *,
           settings: Settings = DEFAULTS) -> tuple[Reading, list[Attribution], list[Attribution]]:
    """What the search for statements knows of an article, the attributions that state something, and those to its author.

    Args:
        doc: the parsed article.
        article: the article.
        lexicon: the words of its language.
        attributions: those found in it.
        terms: the debate's words.
        settings: thresholds.
    """
    quoted = frozenset(token.i for quotation in quotations(article.text, lexicon) for token in covered(doc, quotation.start, quotation.end))
    about = bearing(doc, terms, settings=settings)
    near = tuple((start, end, nearness(covered(doc, start, end), terms, about, settings=settings))
                 for start, end in paragraphs(article.text))
    reading = Reading(doc, lexicon, terms, about, article.title, quoted, near, settings)
    stating = [attribution for attribution in attributions if _states(attribution, reading)]
    own = [attribution for attribution in stating if is_authors(attribution, reading)]
    return reading, [attribution for attribution in stating if attribution not in own], own


def _content(attribution: Attribution, doc: Doc) -> Tokens:
    """The tokens of an attribution's content, each once, in text order."""
    found = {token.i: token for span in attribution.content for token in covered(doc, span.start, span.end)}
    return tuple(found[i] for i in sorted(found))


def _states(attribution: Attribution, reading: Reading) -> bool:
    """Whether an attribution puts something forward: it may also ask, keep silent, or only describe a noun."""
    doc, lexicon = reading.doc, reading.lexicon
    content = tuple(token for token in _content(attribution, doc) if not token.is_punct)
    if not content:
        return False
    # "The company declined to comment."
    silence = lexicon.words("statements.silence")
    if all(token.lemma_.lower() in silence or token.pos_ in FUNCTION_WORDS for token in content):
        return False
    # "It could not show what the system was trained on": an embedded question leaves the answer open.
    said = content[0].i > 0 and content[0].nbor(-1).lower_ in lexicon.words("statements.complementisers")  # "ricorda *che* chi…"
    said = said or attribution.rule not in ASKING  # "secondo la stampa, chi paga…"
    if not said and content[0].lower_ in lexicon.words("statements.interrogative") and _whole_clause(content):
        return False
    # "The reasons that push companies to guard their models", "every reason to want a rival banned": part of another clause,
    # unless a comma sets it off.
    if attribution.cue is None or attribution.type != "indirect" or attribution.confidence > reading.settings.weak_attribution:
        return True
    cue = covered(doc, attribution.cue.start, attribution.cue.end)
    head = next((token for token in cue if role(token, lexicon) in SUBORDINATE), None)
    if head is None or any(is_finite(token, lexicon) for token in content):
        return True
    start = head.left_edge.i
    return bool(doc[start].is_punct or (start > 0 and doc[start - 1].is_punct))


def _says_enough(tokens: Tokens, attribution: Attribution, settings: Settings) -> bool:
    """Whether words that somebody is cited with put a point forward: not "lo dicono [tutti]", "parla [di danni]", "[Sì]".

    Whoever takes a side needs no more than its name: "rejected [the comparison]".
    """
    least = settings.answer_words if attribution.rule == ANSWER else settings.statement_words
    return word_count(tokens) >= (1 if attribution.rule in TAKING_SIDES else least)


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


def _settled(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces without overlaps: of two nested ones the nearer source's, unless it is only a few words of the outer one's.

    What somebody is said to want or think is not told by him: "Neri fears that [the firm *wants* to close]" is Neri's.
    """
    left = sorted(((piece, piece.ids) for piece in pieces), key=lambda pair: (-len(pair[1]), pair[0].tokens[0].i))
    kept: list[Piece] = []
    while left:
        (outer, ids), *left = left
        inner = [pair for pair in left if not pair[1].isdisjoint(ids)]
        if inner and outer.confidence >= SURE and all(p.attribution is not None and p.attribution.rule in MINDED for p, _ in inner):
            left = [pair for pair in left if pair not in inner]
            kept.append(outer)
            continue
        shared = ids & frozenset().union(*(part for _, part in inner))
        if inner and 2 * len(shared) >= len(ids):
            continue
        left = [pair for pair in left if pair not in inner]
        kept.append(outer)
    return kept


def _statement(piece: Piece, reading: Reading, article: Article, relevant: float) -> Statement:
    content = to_spans(piece.tokens, article)
    attribution = piece.attribution
    if attribution is not None and not piece.continued:
        first, last = min(s.start for s in attribution.content), max(s.end for s in attribution.content)
        content = tuple(article.span(max(span.start, first), min(span.end, last)) for span in content)
        content = tuple(span for span in content if span.text)
    key = stable_id("s", article.id, *(offset for span in content for offset in (span.start, span.end)))
    if attribution is None:
        return Statement(key, article.id, "author", "author", content, actors=(AUTHOR,), relevance=relevant, confidence=piece.confidence)
    return Statement(key, article.id, "attributed", _type(piece, attribution, reading), content, attribution.id, attribution.source,
                     attribution.cue, attribution.actors, relevance=relevant, confidence=piece.confidence,
                     clause=any(is_finite(token, reading.lexicon) for token in piece.tokens if token.pos_ in VERBAL))


def _type(piece: Piece, attribution: Attribution, reading: Reading) -> AttributionType:
    """Direct, indirect or mixed: a part of a mixed attribution may be only one of the two.

    "cautions against the analogy: “A telescope doesn't design toxins.”" has an indirect part and a direct one.
    """
    if attribution.type != "mixed" and not piece.continued:
        return attribution.type
    inside = piece.ids & reading.quoted
    return "indirect" if not inside else "direct" if inside == piece.ids else "mixed"
