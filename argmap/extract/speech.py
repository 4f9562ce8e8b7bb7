"""A parsed article and its candidate attributions in, the same joined with its quotations out.

A reporting verb or noun beside quoted speech introduces all of it, in however many pieces; what grammar found to be
reported goes on to the end of the quotation that it begins in; speech without a cue goes on from the speech before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from argmap.extract.cues import Candidate
from argmap.extract.cues.sources import can_speak, described, owner, source_of
from argmap.extract.cues.words import cue_tokens, is_causative, is_cue_noun, is_cue_verb, lemma
from argmap.extract.quotes import Quotation, quotations
from argmap.extract.syntax import VERBAL, is_finite, noun_phrase, subjects
from argmap.lexicon import Lexicon
from argmap.model import Article
from argmap.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Quoted", "direct", "extended", "floating", "quoted_speech", "straddles"]

#: Tokens after and before a quotation within which its reporting verb stands, and a noun that names it ("the warning by X:").
VERB_AFTER, VERB_BEFORE, NOUN_AFTER, NOUN_BEFORE = 16, 30, 8, 12
#: Tokens after a verb within which an inverted subject follows: "racconta la responsabile informatica".
SUBJECT_AFTER = 6
#: Characters from a closing mark on within which the sentence's end is looked for: the mark, an inner mark, the stop.
AFTER_MARK = 3
#: Share of a quotation's tokens from which a candidate's content holds it.
HELD = 0.8
#: Tokens of a name after a dash.
NAME_REACH = 7
DASHES = frozenset({"-", "–", "—", "―"})
#: Line breaks between a paragraph and the next: one, or two with an empty line.
PARAGRAPH_BREAKS = 2
MARKS = frozenset("«»“”\"'‘’ \n")


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


def quoted_speech(doc: Doc, article: Article, lexicon: Lexicon, settings: Settings) -> list[Quoted]:
    """The outermost quotations as tokens. Speech is a clause, or ends or begins as one; the rest are terms and titles."""
    result = []
    for quotation in quotations(article.text, lexicon):
        if quotation.depth:
            continue
        inside = [t for t in _tokens_between(doc, quotation) if not t.is_space]
        if not inside:
            continue
        words = [t for t in inside if not t.is_punct and not t.is_quote]
        after = article.text[quotation.end:quotation.end + AFTER_MARK].lstrip("\"'»”’")[:1]
        ended = inside[-1].text in (".", "!", "?", "…", ",") or after in (".", "!", "?") or quotation.end >= len(article.text) - 1
        # «…», ha detto X: what opens its sentence and is followed by a comma is as good as ended.
        ended = ended or after == "," and any(doc[i].is_sent_start for i in range(max(0, inside[0].i - 1), inside[0].i + 1))
        led = any(doc[i].text == ":" for i in range(max(0, inside[0].i - 2), inside[0].i))
        clause = any(is_finite(t, lexicon) for t in words if t.pos_ in VERBAL)
        speech = len(words) >= settings.quote_words and (clause or ended or led) or len(words) > 1 and clause and ended
        result.append(Quoted(inside[0].i, inside[-1].i + 1, speech, article.text.count("\n", 0, quotation.start), quotation.continues))
    return result


def _tokens_between(doc: Doc, quotation: Quotation) -> list[Token]:
    span = doc.char_span(quotation.start, quotation.end, alignment_mode="contract")
    return [] if span is None else list(span)


def extended(candidate: Candidate, doc: Doc, quotes: list[Quoted]) -> Candidate:
    """A content that begins inside a quotation's first sentence goes on to the quotation's end."""
    content = set(candidate.content)
    if candidate.rule == "quotation, insertion":
        around = next(q for q in quotes if q.start <= candidate.cue[0] < q.end)
        low = max((i for i in content if i < candidate.cue[0]), default=around.start)
        high = min((i for i in content if i > candidate.cue[-1]), default=around.end)
        return replace(candidate, content=tuple(i for i in around.tokens() if i <= low or i >= high))
    opening = next((q for q in quotes if q.speech and q.start <= candidate.content[0] < q.end
                    and max(candidate.cue, default=q.start) < q.start), None)
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


def direct(doc: Doc, lexicon: Lexicon, quotes: list[Quoted], found: list[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Quoted speech with a cue beside it: the new candidates, one a cue with all that it introduces, and those they replace."""
    pieces: dict[int, list[Quoted]] = {}
    inside = {t for quote in quotes for t in quote.tokens()}
    for quote in quotes:
        if quote.speech and not any(_holds(candidate, quote) for candidate in found):
            cue = _cue_beside(doc, lexicon, quote, inside)
            if cue is not None:
                pieces.setdefault(cue.i, []).append(quote)
    spoken: list[Candidate] = []
    replaced: list[Candidate] = []
    for number, group in sorted(pieces.items()):
        cue = doc[number]
        content = {t for quote in group for t in quote.tokens()}
        if is_cue_noun(cue, lexicon):
            source = [t.i for t in owner(cue, lexicon) if t.i not in content]
            spoken.append(Candidate("quotation, noun", (number,), tuple(source), tuple(sorted(content))))
            continue
        for other in found:
            if number in other.cue:
                replaced.append(other)
                if not set(other.source) & set(other.content):
                    content |= set(other.content) - set(cue_tokens(cue, lexicon))
        source = [t.i for t in _source_beside(cue, lexicon, content)]
        spoken.append(Candidate("quotation", cue_tokens(cue, lexicon), tuple(source), tuple(sorted(content - set(source)))))
    return spoken, replaced


def _holds(candidate: Candidate, quote: Quoted) -> bool:
    """Whether a candidate already reports a quotation, its cue outside or set off by dashes inside."""
    span = set(quote.tokens())
    if span & set(candidate.cue):
        return candidate.rule == "quotation, insertion"
    return len(span & set(candidate.content)) > HELD * len(span)


def _cue_beside(doc: Doc, lexicon: Lexicon, quote: Quoted, quoted_tokens: set[int]) -> Token | None:
    """The reporting verb of a quotation: in what follows it up to the sentence's end, or else in what leads up to it."""
    after = _stretch(doc, quote.end, 1, quoted_tokens)
    before = _stretch(doc, quote.start - 1, -1, quoted_tokens)
    if after and after[0].is_sent_start and doc[quote.end - 1].text in (".", "…") and not after[0].is_lower:
        after = []  # the quotation ended its sentence: what follows reports something else
    verbs_after = [t for t in after[:VERB_AFTER] if _reports(t, lexicon)]
    verbs_before = [t for t in before[:VERB_BEFORE] if _reports(t, lexicon)]
    led_up = bool(before) and before[0].text in (":", ",") or bool(before) and before[0].lower_ in lexicon.words("cues.clause_openers")
    comma = doc[quote.end - 1].text in (",", "?", "!") or bool(after) and (
        after[0].text == "," or after[0].text in DASHES or not after[0].is_punct and not after[0].is_sent_start)
    if led_up and before[0].text == ":" and verbs_before:
        return verbs_before[0]
    if verbs_after and (comma or not verbs_before):
        return verbs_after[0]
    if verbs_before and (led_up or not verbs_after):
        return verbs_before[0]
    if verbs_after:
        return verbs_after[0]
    beside = after[:NOUN_AFTER] if after and after[0].text == ":" else before[:NOUN_BEFORE] if led_up else []
    return next((t for t in beside if is_cue_noun(t, lexicon) and owner(t, lexicon)), None)


def _stretch(doc: Doc, at: int, step: int, quoted_tokens: set[int]) -> list[Token]:
    """Tokens from a quotation outward, its marks skipped, to the sentence's end or the next quotation."""
    found: list[Token] = []
    while 0 <= at < len(doc):
        token = doc[at]
        if at in quoted_tokens or "\n" in token.text and (step > 0 or found and found[0].text != ":" or not found):
            break
        if step > 0 and token.is_sent_start and found and any(not t.is_punct for t in found):
            break
        if not token.is_quote and not token.is_space and token.text not in MARKS:
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


def _source_beside(verb: Token, lexicon: Lexicon, content: set[int]) -> list[Token]:
    """Who speaks at a reporting verb beside a quotation, also where the parser lost the inverted subject."""
    source = [t for t in source_of(verb, lexicon) if t.i not in content]
    source = source or next((noun_phrase(h, lexicon) for h in subjects(verb, lexicon) if h.i not in content), [])
    if source:
        return source
    # "…», racconta la responsabile informatica, Friederike Stoll": the first noun phrase after the verb.
    for token in verb.doc[verb.i + 1:verb.i + SUBJECT_AFTER]:
        if token.i in content or token.is_punct or "\n" in token.text:
            break
        governed = token.head.pos_ == "ADP" or any(c.pos_ == "ADP" for c in token.lefts)
        if token.pos_ in ("NOUN", "PROPN") and not governed and lemma(token) not in lexicon.words("cues.time"):
            return [t for t in token.subtree if t.i >= verb.i and t.i not in content and t.i <= token.i] or [token]
        if token.pos_ == "ADP":
            break
    return []


def floating(doc: Doc, lexicon: Lexicon, quotes: list[Quoted], found: list[Candidate]) -> list[Candidate]:
    """The candidates with quoted speech that has no cue: it goes on from the speech before it, or a name and a colon introduce it."""
    result = list(found)
    inside = {t for quote in quotes for t in quote.tokens()}
    for at, quote in enumerate(quotes):
        span = set(quote.tokens())
        held = any(_holds(c, quote) or 2 * len(span & set(c.content)) > len(span) and not span & set(c.cue) for c in result)
        if held or not quote.speech:
            continue
        label = _speaker_label(doc, quote, lexicon)
        spoken = [c for c in result if max(c.content) < quote.start and 2 * len(inside & set(c.content)) >= len(c.content)
                  and (not inside & set(c.cue) or c.rule == "quotation, insertion")]
        last = max(spoken, key=lambda c: (max(c.content), len(c.content), c.rule), default=None)
        if not label and last is not None and _goes_on(doc, quotes, at, last):
            result[result.index(last)] = replace(last, content=tuple(sorted({*last.content, *span})))
        else:
            result.append(Candidate("speaker label" if label else "quotation alone", (), tuple(t.i for t in label), tuple(sorted(span))))
    return result


def _speaker_label(doc: Doc, quote: Quoted, lexicon: Lexicon) -> list[Token]:
    """Who is named before a colon before the quotation, or after a dash after it: "Il ministro Bamigboye: «…»", "“…” — Bamigboye"."""
    at = quote.start - 1
    while at >= 0 and (doc[at].is_quote or doc[at].is_space or doc[at].text in MARKS):
        at -= 1
    label: list[Token] = []
    if at >= 1 and doc[at].text == ":":
        label = described(doc[at - 1], lexicon) or list(takewhile(lambda token: token.pos_ == "PROPN", reversed(doc[:at])))[::-1]
        if label and label[0].i > 1 and doc[label[0].i - 1].pos_ == "ADP":  # "[La vigilanza] alla Camera: «…»"
            noun = doc[label[0].i - 2]
            label = [t for t in noun_phrase(noun, lexicon) if t.i <= noun.i] if noun.pos_ == "NOUN" and can_speak(noun, lexicon) else label
    at = quote.end
    while at < len(doc) and (doc[at].is_quote or doc[at].is_space or doc[at].text in MARKS):
        at += 1
    if not label and at < len(doc) and doc[at].text in DASHES:
        label = list(takewhile(lambda token: token.pos_ == "PROPN", doc[at + 1:at + NAME_REACH]))
    return label or _signed(doc, at, lexicon)


def _signed(doc: Doc, at: int, lexicon: Lexicon) -> list[Token]:
    """Who is named after a quotation without a verb: "«…»: così [il ministro Neri]", "«…». Parola di [Neri]"."""
    while at < len(doc) and doc[at].text in (":", ",", "."):
        at += 1
    if at >= len(doc) or doc[at].lower_ not in lexicon.words("quotation.signatures"):
        return []
    at += 1 + (at + 1 < len(doc) and doc[at + 1].pos_ == "ADP")
    noun = next((t for t in doc[at:at + NAME_REACH] if t.pos_ in ("NOUN", "PROPN")), None)
    while noun is not None and noun.head != noun and noun.head.i >= at and noun.head.pos_ in ("NOUN", "PROPN") \
            and noun.head.sent == noun.sent:
        noun = noun.head
    if noun is None or not can_speak(noun, lexicon):
        return []
    phrase = [t for t in noun_phrase(noun, lexicon) if t.i >= at]
    after = doc[phrase[-1].i + 1] if phrase and phrase[-1].i + 1 < len(doc) else None
    if after is None or after.is_punct or after.is_space or after.pos_ == "ADP":
        return phrase
    return phrase if any(_reports(t, lexicon) for t in doc[after.i:min(after.i + SUBJECT_AFTER, after.sent.end)]) else []


def _goes_on(doc: Doc, quotes: list[Quoted], at: int, last: Candidate) -> bool:
    """Whether a quotation continues the speech before it: right after its reporting clause, or as the next paragraph."""
    quote = quotes[at]
    gap = doc[max(last.content) + 1:quote.start]
    breaks = gap.text.count("\n")
    # Sentences between the two that are not the reporting clause tell of something else.
    told = sum(1 for t in gap if t.is_sent_start and not t.is_quote and not t.is_space and not t.is_punct)
    reported = bool(last.cue) and gap.start <= last.cue[0] < gap.end
    if told > (1 if reported else 0):
        return False
    if not breaks:
        return True
    opens = not gap.text.rpartition("\n")[2].strip("«“\"' ")
    return breaks <= PARAGRAPH_BREAKS and opens
