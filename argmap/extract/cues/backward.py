"""A parsed article in, the reports whose content is the sentence before out: "[…]. Lo ha detto X", "[…]. È quanto afferma X"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from argmap.extract.cues.sources import can_speak, source_of
from argmap.extract.cues.words import Candidate, cue_tokens, is_cue_verb, is_unfinite, numbers
from argmap.extract.syntax import children, complements, is_finite, noun_phrase, objects, role, subjects
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["sentence_before"]

#: Tokens of a sentence within which a verb that takes up the sentence before stands: "Ieri, a Roma, lo ha confermato".
TAKEN_UP = 8


def sentence_before(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"[Il presidente è morto.] Lo ha detto un portavoce": a pronoun takes up the sentence before.

    So do "*È quanto* afferma il sindaco" and "*A dirlo* è il sindaco".
    """
    for previous, sentence in pairwise(doc.sents):
        if "\n" in doc[previous.end - 1:sentence.start + 1].text or "\n" in previous.text.strip() or any(t.text == ":" for t in sentence):
            continue
        for verb in sentence[:TAKEN_UP]:
            if is_cue_verb(verb, lexicon, "speech") and not complements(verb, lexicon) and _takes_up(verb, lexicon):
                source = source_of(verb, lexicon) if subjects(verb, lexicon) else _inverted(verb, lexicon)
                if source and "Dem" not in source[0].morph.get("PronType", []):
                    yield Candidate("reporting verb, sentence before", cue_tokens(verb, lexicon), numbers(source), numbers(previous))


def _takes_up(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a reporting verb has what the sentence before said for its object."""
    pronouns = lexicon.words("cues.clause_pronouns")
    if role(verb, lexicon) == "relative_clause":
        return verb.head.lower_ in lexicon.words("cues.clause_relatives") and role(verb.head, lexicon) == "root" and bool(
            children(verb.head, lexicon, "copula"))
    if role(verb, lexicon) != "root":
        return False
    if is_unfinite(verb):
        return bool(children(verb, lexicon, "copula")) and verb.lower_.endswith(tuple(pronouns))
    return is_finite(verb, lexicon) and any(o.lower_ in pronouns for o in objects(verb, lexicon))


def _inverted(verb: Token, lexicon: Lexicon) -> list[Token]:
    """Who speaks after a verb whose object is a pronoun: "Lo ha detto *un portavoce*" has two objects to the parser."""
    nouns = [o for o in objects(verb, lexicon) if o.i > verb.i and o.pos_ in ("NOUN", "PROPN") and can_speak(o, lexicon)]
    return noun_phrase(nouns[0], lexicon) if nouns else source_of(verb, lexicon)
