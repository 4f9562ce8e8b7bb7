"""A parsed article in, tags after unquoted speech out: "[Nobody changes brains], Pichler predicts.", "[Il file resta], taglia corto."

They end a sentence and are read from its last commas, where parsers go wrong most: a verb is a noun to them ("Pichler *predicts*"),
or the sentence hangs on what is said. `argmap.extract.cues.insertions` reads those that it can from the verb.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from argmap.extract.cues.sources import BODIES, NAMING, can_speak, described, speaker_at
from argmap.extract.cues.words import Candidate, is_clause, is_cue_verb, is_relative, is_unfinite, lemma, numbers, set_phrase
from argmap.extract.syntax import VERBAL, is_finite
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["tag"]

#: Tokens that a tag has at most, those of the phrase that names its speaker, and words of what is said at least.
TAG, NAME, TOLD = 14, 8, 3
#: Parts of speech that may follow the verb: when, where, how and to whom it was said.
CIRCUMSTANCES = frozenset({"ADV", "ADP", "ADJ", "PUNCT"})


def tag(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"[They did not answer], Zgraggen retorts.", "[Più occhi la cercano], ha tirato le somme.", "[We have learned], was his answer."."""
    for sentence in doc.sents:
        tokens = [t for t in sentence if not t.is_space]
        while tokens and tokens[-1].is_punct:
            tokens.pop()
        commas = [n for n, t in enumerate(tokens) if t.text == "," and len(tokens) - n - 1 <= TAG]
        for comma in commas:
            told, said = tokens[:comma], tokens[comma + 1:]
            first = next((n for n in range(len(told) - 1, -1, -1) if told[n].text in ";:"), -1) + 1
            told = told[first:]
            plain = not quoted & {t.i for t in told + said} and not any(is_relative(t, lexicon) for t in said[:2])
            if not plain or sum(not t.is_punct for t in told) < TOLD or not is_clause(told, lexicon):
                continue
            found = _verb_first(said, lexicon) or _name_first(said, lexicon) or _answer(said, lexicon)
            if found:
                cue, source = found
                yield Candidate("speech tag", numbers(cue), numbers(source), numbers(told))
                break


def _verb_first(said: list[Token], lexicon: Lexicon) -> tuple[list[Token], list[Token]] | None:
    """Cue and source of a tag that begins with its verb: "scoffed MP Leonie Pichler", "taglia corto", "scherza Antonio Rossato"."""
    at = next((n for n, t in enumerate(said) if t.pos_ not in ("AUX", "ADV")), None)
    told = said[:(at or 0) + 1]
    lost = at == 0 < len(said) - 1 and not is_unfinite(said[0])  # "ribatte l'Ordine": a participle to the tagger
    if at is None or not lost and not any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in told):
        return None
    verb, rest = said[at], said[at + 1:]
    ends = set_phrase(said[at:], lexicon)
    if ends:
        return said[:at + ends], speaker_at(said[at + ends:], lexicon)
    if not is_cue_verb(verb, lexicon, "speech", "quotation", "thought"):
        return None
    source = speaker_at(rest, lexicon)
    if any(lemma(t) in lexicon.words("cues.obligation") for t in said[:at]):
        return None  # "va detto" is the author's own
    if not rest and is_cue_verb(verb, lexicon, "speech") and lexicon.value("cues.drops_subjects") == "yes":
        return said, []
    named = bool(source) and (source[0].pos_ in ("DET", "PROPN", "PRON") or any(can_speak(t, lexicon, BODIES) for t in source[:2]))
    return (said[:at + 1], source) if named else None  # not "cited comments Neri had made"


def _name_first(said: list[Token], lexicon: Lexicon) -> tuple[list[Token], list[Token]] | None:
    """Cue and source of a tag that begins with who speaks: "Pichler predicts", "the commission said on Monday", "the post goes on"."""
    for at, token in enumerate(said[1:NAME + 1], 1):
        ends = set_phrase(said[at:], lexicon)
        verb = (is_cue_verb(token, lexicon, "speech", "thought") or ends > 1) and is_finite(token, lexicon)
        # "Pichler *predicts*": a noun to the tagger; not "coins, bank *notes*".
        taken = token.pos_ == "NOUN" and token.lower_ != lemma(token) and said[0].pos_ in ("DET", "PROPN", "PRON") \
            and _speaks(token, lexicon)
        if not verb and not taken:
            if token.pos_ not in NAMING:
                return None
            continue
        name, rest = said[:at], said[at + max(ends, 1):]
        if rest and rest[0].pos_ not in CIRCUMSTANCES:
            return None
        if any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in rest) or not all(t.pos_ in NAMING for t in name):
            return None
        head = next((t for t in reversed(name) if t.pos_ in ("NOUN", "PROPN") or "Nom" in t.morph.get("Case", [])), None)
        if name[-1].pos_ == "NUM":
            return None  # "Neri 4.3 points"
        return (said[at:at + max(ends, 1)], name) if head is not None and name[0].pos_ != "ADP" and can_speak(head, lexicon) else None
    return None


def _speaks(noun: Token, lexicon: Lexicon) -> bool:
    """Whether what the tagger took for a noun is the form of a verb of speech."""
    return any(lemma(noun) in lexicon.words(f"cues.verbs.{kind}") for kind in ("speech", "thought"))


def _answer(said: list[Token], lexicon: Lexicon) -> tuple[list[Token], list[Token]] | None:
    """Cue and source of a tag that names the speech: "was his answer", "è stata la replica del ministro"."""
    named = lexicon.words("cues.nouns.speech") | lexicon.words("cues.nouns.aim")
    at = 0
    while at < len(said) and said[at].pos_ in VERBAL and lemma(said[at]) in lexicon.words("cues.copulas"):
        at += 1
    noun = next((n for n, t in enumerate(said[at:], at) if t.pos_ == "NOUN"), None)
    known = any("Yes" in t.morph.get("Poss", []) or "Def" in t.morph.get("Definite", []) for t in said[at:noun])
    if not at or noun is None or not known or noun - at > 2 or lemma(said[noun]) not in named:
        return None
    rest = list(takewhile(lambda token: token.text != ",", said[noun + 1:]))
    if not rest:
        own = [t for t in said[at:noun] if "Yes" in t.morph.get("Poss", [])]
        return said[:noun + 1], own
    source = described(rest[-1], lexicon) if rest[0].pos_ == "ADP" else []
    name = [t for t in rest[1:] if t.pos_ in NAMING]
    return (said[:noun + 1], source or name) if rest[0].pos_ == "ADP" and all(t.pos_ in NAMING for t in rest) else None
