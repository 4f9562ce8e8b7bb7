"""A parsed article in, its attributions out: quotations and reported clauses, each with its cue and its source.

`argmap.extract.quotes` finds what stands between quotation marks, `argmap.extract.cues` what grammar says is reported;
here they are joined. One cue with all that it introduces is one attribution ("«A», ha detto X, «B»"); what is quoted
after it by the same speaker belongs to it; one inside another keeps both, the inner with its `parent`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from argmap.extract.cues import Candidate, candidates, cue_tokens, is_causative, is_cue_noun, is_cue_verb, owner, source_of
from argmap.extract.quotes import Quotation, quotations
from argmap.extract.syntax import to_spans
from argmap.lexicon import Lexicon
from argmap.model import Article, Attribution, AttributionType, stable_id
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["attribute"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation as token numbers (half-open), with whether it is speech or only a quoted term."""

    start: int
    end: int
    speech: bool
    paragraph: int
    continues: bool

    def tokens(self) -> range:
        return range(self.start, self.end)


def attribute(doc: Doc, article: Article, lexicon: Lexicon, *, settings: Settings = DEFAULTS) -> tuple[Attribution, ...]:
    """The attributions of an article, in text order; their actors are not resolved yet.

    Args:
        doc: the parsed article, ``doc.text == article.text``.
        article: the article.
        lexicon: the words of its language.
        settings: `quote_words` is used: the least number of words of quoted speech.

    Returns:
        Attributions with source, cue and content as spans of the article; nested ones have their `parent`.
    """
    quotes = quoted(doc, article, lexicon, settings)
    found = candidates(doc, lexicon, quoted=frozenset(t for quote in quotes for t in quote.tokens()))
    found = [extended(candidate, doc, quotes) for candidate in found]
    found = [candidate for candidate in found if not straddles(candidate, quotes)]
    found += direct(doc, lexicon, quotes, found)
    found = floating(doc, lexicon, quotes, found)
    return nested(article, doc, settle(found), quotes)


def quoted(doc: Doc, article: Article, lexicon: Lexicon, settings: Settings) -> list[Quoted]:
    """The outermost quotations as tokens. Speech has a verb or the length of a phrase that no term has."""
    result = []
    for quotation in quotations(article.text, lexicon):
        if quotation.depth:
            continue
        inside = [t for t in tokens_between(doc, quotation) if not t.is_space]
        if not inside:
            continue
        words = [t for t in inside if not t.is_punct and not t.is_quote]
        ended = inside[-1].text in (".", "!", "?", "…", ",") or article.text[quotation.end:quotation.end + 2].strip("\"'»”’")[:1] in (".", "!", "?", "")
        verbs = any(t.pos_ in ("VERB", "AUX") for t in words)
        led = doc[inside[0].i - 1].text == ":" or inside[0].i > 1 and doc[inside[0].i - 2].text == ":"
        speech = len(words) >= settings.quote_words and (verbs or ended or led) or (verbs and ended and len(words) > 1)
        result.append(Quoted(inside[0].i, inside[-1].i + 1, speech, article.text.count("\n", 0, quotation.start), quotation.continues))
    return result


def tokens_between(doc: Doc, quotation: Quotation) -> list[Token]:
    span = doc.char_span(quotation.start, quotation.end, alignment_mode="contract")
    return [] if span is None else list(span)


def extended(candidate: Candidate, doc: Doc, quotes: list[Quoted]) -> Candidate:
    """A content that begins inside a quotation's first sentence goes on to the quotation's end."""
    content = set(candidate.content)
    if candidate.rule == "quotation, insertion":
        around = next(q for q in quotes if q.start <= candidate.cue[0] < q.end)
        low, high = max((i for i in content if i < candidate.cue[0]), default=around.start), min((i for i in content if i > candidate.cue[-1]), default=around.end)
        return replace(candidate, content=tuple(i for i in around.tokens() if i <= low or i >= high))
    opening = next((q for q in quotes if q.speech and q.start <= candidate.content[0] < q.end and max(candidate.cue, default=q.start) < q.start), None)
    if opening is not None and any(i >= opening.end for i in content) and doc[min(opening.end + 1, len(doc) - 1)].text == ",":
        content = set(opening.tokens())  # "Quando scrive che «A», la mia reazione è…": the quotation alone is reported
    for quote in quotes:
        inside = content & set(quote.tokens())
        if not inside or set(candidate.cue) & set(quote.tokens()) or len(inside) == quote.end - quote.start:
            continue
        if 2 * len(inside) >= min(len(inside) + 20, quote.end - quote.start) or quote.start in inside:
            content |= set(quote.tokens())
    return replace(candidate, content=tuple(sorted(content - set(candidate.cue))))


def straddles(candidate: Candidate, quotes: Iterable[Quoted]) -> bool:
    """Whether a cue stands inside a quotation and its content outside: no reader reads it so."""
    for quote in quotes:
        span = set(quote.tokens())
        if span & set(candidate.cue) and not set(candidate.content) <= span:
            return True
    return False


def direct(doc: Doc, lexicon: Lexicon, quotes: list[Quoted], found: list[Candidate]) -> list[Candidate]:
    """Quoted speech with the reporting verb beside it, one candidate a verb with all that it introduces."""
    pieces: dict[int, list[Quoted]] = {}
    fragments = {t for q in quotes for t in q.tokens()}
    for quote in quotes:
        if any(c.rule == "quotation, insertion" and set(c.cue) & set(quote.tokens()) for c in found):
            continue
        if any(len(set(quote.tokens()) & set(c.content)) > 0.8 * (quote.end - quote.start) and not set(c.cue) & set(quote.tokens()) for c in found):
            continue
        verb = cue_beside(doc, lexicon, quote, fragments) if quote.speech else None
        if verb is not None:
            pieces.setdefault(verb.i, []).append(quote)
    result = []
    for number, group in sorted(pieces.items()):
        verb = doc[number]
        content = {t for quote in group for t in quote.tokens()}
        if is_cue_noun(verb, lexicon):
            result.append(Candidate("quotation, noun", (number,), tuple(t.i for t in owner(verb, lexicon) if t.i not in content), tuple(sorted(content)), 0.8))
            continue
        same = [c for c in found if number in c.cue]
        for other in same:
            if not set(other.source) & set(other.content):
                content |= set(other.content) - set(cue_tokens(verb, lexicon))
            found.remove(other)
        source = source_beside(verb, lexicon, content)
        content -= {t.i for t in source}
        result.append(Candidate("quotation", cue_tokens(verb, lexicon), tuple(t.i for t in source), tuple(sorted(content)), 0.95))
    return result


def cue_beside(doc: Doc, lexicon: Lexicon, quote: Quoted, quoted_tokens: set[int]) -> Token | None:
    """The reporting verb of a quotation: in what follows it up to the sentence's end, or else in what leads up to it."""
    after = _stretch(doc, quote.end, 1, quoted_tokens)
    before = _stretch(doc, quote.start - 1, -1, quoted_tokens)
    if after and after[0].is_sent_start and doc[quote.end - 1].text in (".", "…") and not after[0].is_lower:
        after = []  # the quotation ended its sentence: what follows reports something else
    verbs_after = [t for t in after[:16] if _reports(t, lexicon)]
    verbs_before = [t for t in before[:30] if _reports(t, lexicon)]
    led_up = bool(before) and before[0].text in (":", ",") or bool(before) and before[0].lower_ in lexicon.words("cues.clause_openers")
    comma = doc[quote.end - 1].text in (",", "?", "!") or bool(after) and after[0].text in (",", "-", "–", "—") or bool(after) and not after[0].is_punct and not after[0].is_sent_start
    if led_up and before[0].text == ":" and verbs_before:
        return verbs_before[0]
    if verbs_after and (comma or not verbs_before):
        return verbs_after[0]
    if verbs_before and (led_up or not verbs_after):
        return verbs_before[0]
    if verbs_after:
        return verbs_after[0]
    nouns = [t for t in (after[:8] if after and after[0].text == ":" else before[:12] if led_up else []) if is_cue_noun(t, lexicon) and owner(t, lexicon)]
    return nouns[0] if nouns else None


def _stretch(doc: Doc, at: int, step: int, quoted_tokens: set[int]) -> list[Token]:
    """Tokens from a quotation outward, its marks skipped, to the sentence's end or the next quotation."""
    found: list[Token] = []
    while 0 <= at < len(doc):
        token = doc[at]
        if at in quoted_tokens or "\n" in token.text and (step > 0 or found and found[0].text != ":" or not found):
            break
        if step > 0 and token.is_sent_start and found and any(not t.is_punct for t in found):
            break
        if not token.is_quote and not token.is_space and token.text not in "«»“”\"":
            found.append(token)
            if token.text in (".", "!", "?", ";") and (step > 0 or len(found) > 1):
                break
            if token.text in (".", "!", "?"):
                break
        at += step
    return found


def _reports(token: Token, lexicon: Lexicon) -> bool:
    if token.pos_ not in ("VERB", "AUX"):
        return False
    return is_cue_verb(token, lexicon, "speech", "quotation", "thought") or is_causative(token, lexicon)


def source_beside(verb: Token, lexicon: Lexicon, content: set[int]) -> list[Token]:
    """Who speaks at a reporting verb beside a quotation, also where the parser lost the inverted subject."""
    source = [t for t in source_of(verb, lexicon) if t.i not in content]
    if source:
        return source
    # "…», racconta la responsabile informatica, Friederike Stoll": the first noun phrase after the verb.
    for token in verb.doc[verb.i + 1:verb.i + 6]:
        if token.i in content or token.is_punct or "\n" in token.text:
            break
        if token.pos_ in ("NOUN", "PROPN") and not any(c.pos_ == "ADP" for c in token.lefts) and token.head.pos_ != "ADP":
            return [t for t in token.subtree if t.i >= verb.i and t.i not in content and t.i <= token.i] or [token]
        if token.pos_ == "ADP":
            break
    return []


def floating(doc: Doc, lexicon: Lexicon, quotes: list[Quoted], found: list[Candidate]) -> list[Candidate]:
    """Quoted speech without a verb: it goes on from the speech before it, or a name and a colon introduce it."""
    result = list(found)
    inside = {t for quote in quotes for t in quote.tokens()}
    for at, quote in enumerate(quotes):
        span = set(quote.tokens())
        if not quote.speech or any(len(span & set(c.content)) > 0.5 * len(span) and (not span & set(c.cue) or c.rule == "quotation, insertion") for c in result):
            continue
        label = speaker_label(doc, quote, lexicon)
        previous = [c for c in result if max(c.content) < quote.start and (not inside & set(c.cue) or c.rule == "quotation, insertion") and 2 * len(inside & set(c.content)) >= len(c.content)]
        last = max(previous, key=lambda c: (max(c.content), c.confidence)) if previous else None
        if label is None and last is not None and _goes_on(doc, quotes, at, last):
            result.remove(last)
            result.append(replace(last, content=tuple(sorted({*last.content, *span}))))
        else:
            result.append(Candidate("continued" if label is None else "speaker label", (), tuple(t.i for t in label or ()), tuple(sorted(span)), 0.6))
    return result


def speaker_label(doc: Doc, quote: Quoted, lexicon: Lexicon) -> list[Token] | None:
    """The name before a colon before the quotation: "Bamigboye: «…»"."""
    at = quote.start - 1
    while at >= 0 and (doc[at].is_quote or doc[at].is_space or doc[at].text in "«“\""):
        at -= 1
    if at < 1 or doc[at].text != ":":
        return None
    label: list[Token] = []
    at -= 1
    while at >= 0 and doc[at].pos_ == "PROPN":
        label.insert(0, doc[at])
        at -= 1
    return label or None


def _goes_on(doc: Doc, quotes: list[Quoted], at: int, last: Candidate) -> bool:
    """Whether a quotation continues the speech before it: right after its reporting clause, or as the next paragraph."""
    quote = quotes[at]
    gap = doc[max(last.content) + 1:quote.start]
    breaks = gap.text.count("\n")
    # Sentences between the two that are not the reporting clause tell of something else.
    told = sum(1 for t in gap if t.is_sent_start and not t.is_quote and not t.is_space and not t.is_punct)
    reported = any(min(last.cue, default=-1) >= token.i and token.is_sent_start for token in gap) or bool(last.cue) and gap.start <= last.cue[0] < gap.end
    if told > (1 if reported else 0):
        return False
    if not breaks:
        return True
    opens = not gap.text.rpartition("\n")[2].strip("«“\"' ")
    return breaks <= PARAGRAPH_BREAKS and opens


#: Line breaks between a paragraph and the next: one, or two with an empty line.
PARAGRAPH_BREAKS = 2


def settle(found: list[Candidate]) -> list[Candidate]:
    """One candidate a cue, and no two for nearly the same words: the surer stays, the longer content where they tie."""
    kept: list[Candidate] = []
    for candidate in sorted(found, key=lambda c: (-c.confidence, -len(c.content), c.content)):
        mine, cue = set(candidate.content), set(candidate.cue)
        rival = False
        for other in kept:
            theirs = set(other.content)
            if cue and cue & set(other.cue):
                rival = True
            elif mine & theirs and not (cue and cue <= theirs and mine <= theirs) and not (other.cue and set(other.cue) <= mine and theirs <= mine):
                rival = True
        if not rival and mine:
            kept.append(candidate)
    return kept


def nested(article: Article, doc: Doc, kept: list[Candidate], quotes: list[Quoted]) -> tuple[Attribution, ...]:
    """The candidates as attributions: spans, ids, parents."""
    inside_quotes = {t for quote in quotes for t in quote.tokens()}
    ids: dict[Candidate, str] = {}
    spans = {}
    for candidate in kept:
        content = to_spans((doc[i] for i in candidate.content), article)
        if content:
            spans[candidate] = content
            ids[candidate] = stable_id("a", article.id, *((s.start, s.end) for s in content), candidate.rule)
    result = []
    for candidate, content in spans.items():
        outer = [o for o in spans if o is not candidate and len(o.content) > len(candidate.content)
                 and set(candidate.content) <= set(o.content) and set(candidate.cue) <= set(o.content)]
        parent = min(outer, key=lambda o: (len(o.content), o.content)) if outer else None
        source = to_spans((doc[i] for i in candidate.source), article)
        cue = to_spans((doc[i] for i in candidate.cue), article)
        result.append(Attribution(
            id=ids[candidate], article=article.id, type=kind(candidate, doc, inside_quotes),
            source=article.span(source[0].start, source[-1].end) if source else None,
            cue=article.span(cue[0].start, cue[-1].end) if cue else None,
            content=content, parent=ids[parent] if parent else None, confidence=candidate.confidence))
    return tuple(sorted(result, key=lambda a: (a.content[0].start, a.content[-1].end, a.id)))


def kind(candidate: Candidate, doc: Doc, inside_quotes: set[int]) -> AttributionType:
    words = [i for i in candidate.content if not doc[i].is_punct]
    share = sum(i in inside_quotes for i in words) / max(1, len(words))
    return "direct" if share >= 0.8 else "mixed" if share else "indirect"
