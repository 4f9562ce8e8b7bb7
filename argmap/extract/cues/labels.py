"""A parsed article in, what stands after who says it and a colon, without a verb, out: "Lee: [open models are safer]"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from argmap.extract.cues.sources import described
from argmap.extract.cues.words import Candidate, lemma, numbers
from argmap.extract.kinds import given_gender
from argmap.extract.sentences import paragraphs
from argmap.extract.syntax import VERBAL, is_finite
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["label", "stand"]

#: Words of the longest name before a colon, and characters of a line that a headline or a transcript's turn has at most.
NAME, LINE = 4, 160
#: Tokens before a colon within which a stand is named with whose it is.
LEAD = 12
PERSONS = frozenset({"PERSON", "PER"})


def label(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"Lee: [open models are safer]", "Report: [half of the models leak data]"; not "Chips: what changes now"."""
    for start, end in paragraphs(doc.text):
        line = doc.char_span(start, end, alignment_mode="contract") if end - start <= LINE else None
        if line is None:
            continue
        tokens = [t for t in line if not t.is_space]
        colon = next((n for n, t in enumerate(tokens[:NAME + 1]) if t.text == ":"), 0)
        told = tokens[colon + 1:]
        if not colon or quoted & {t.i for t in told} or not _can_be_cited(tokens[:colon], lexicon):
            continue
        if any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in told) and told[0].lower_ not in lexicon.words("cues.complementizers"):
            yield Candidate("speaker label", (), numbers(tokens[:colon]), numbers(told))


def _can_be_cited(name: list[Token], lexicon: Lexicon) -> bool:
    """Whether words are a person's name, or alone name a report."""
    if len(name) == 1 and lemma(name[0]) in lexicon.words("cues.nouns.cited"):
        return True
    return all(t.pos_ == "PROPN" for t in name) and (
        all(t.ent_type_ in PERSONS for t in name) or len(name) > 1 and bool(given_gender(name[0].text, lexicon)))


def stand(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"Di parere opposto Aldo Neri: [i pesi aperti sono un regalo]", "Più cauta la ministra: [serve tempo]"."""
    words = lexicon.words("cues.adjectives.speech") | lexicon.words("cues.nouns.stand")
    for colon in doc:
        if colon.text != ":" or not 0 < colon.i - colon.sent.start <= LEAD:
            continue
        lead, told = list(doc[colon.sent.start:colon.i]), list(doc[colon.i + 1:colon.sent.end])
        stands = [t for t in lead if t.pos_ in ("NOUN", "ADJ", "VERB") and (lemma(t) in words or t.lower_ in words)]
        if not stands or quoted & {t.i for t in told[:2]} or any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in lead):
            continue
        name = described(lead[-1], lexicon) or _name(lead)
        if name and name[0].i > stands[0].i and any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in told):
            yield Candidate("reporting verb, colon", (stands[0].i,), numbers(name), numbers(told))


def _name(lead: list[Token]) -> list[Token]:
    """The name that words end with."""
    name: list[Token] = []
    while lead and lead[-1].pos_ == "PROPN":
        name.insert(0, lead[-1])
        lead = lead[:-1]
    return name
