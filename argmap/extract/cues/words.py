"""A token in, what its word means for attribution out; and `Candidate`, what every construction yields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from argmap.extract.syntax import VERBAL, children, clause_tokens, conjuncts, is_finite, objects, role, verb_group
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "Candidate", "cue_tokens", "finite_person", "is_causative", "is_clause", "is_cue_noun", "is_cue_verb", "is_gerund", "is_light",
    "is_relative", "is_unfinite", "lemma", "numbers", "phrase_tokens", "set_phrase", "without_opener",
]

#: Tokens between a verb and its farthest auxiliary: "ha inoltre più volte sottolineato".
GROUP_REACH = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """One cue with what it introduces, as token numbers; `rule` names the construction that found it."""

    rule: str
    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]


def numbers(tokens: Iterable[Token]) -> tuple[int, ...]:
    """The tokens' numbers in the document, sorted, each once."""
    return tuple(sorted({token.i for token in tokens}))


def lemma(token: Token) -> str:
    """The token's lemma in lower case, as the word lists have it."""
    return token.lemma_.lower()


def is_cue_verb(token: Token, lexicon: Lexicon, *kinds: str) -> bool:
    """Whether a token is a verb of one of these kinds (lists under ``cues.verbs``)."""
    if token.pos_ not in VERBAL:
        return False
    known = _kinds(lexicon).get(lemma(token))
    return known is not None and not known.isdisjoint(kinds)


@cache
def _kinds(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """The kinds of each cue verb."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for kind, verbs in lexicon.table("cues.verbs").items():
        for verb in verbs:
            kinds[verb].add(kind)
    return {verb: frozenset(of_verb) for verb, of_verb in kinds.items()}


def is_relative(token: Token, lexicon: Lexicon) -> bool:
    """Whether a token is a relative pronoun."""
    return token.lower_ in lexicon.words("cues.relatives") and token.pos_ in ("PRON", "DET", "SCONJ") and token.dep_ != "mark"


def is_cue_noun(token: Token, lexicon: Lexicon) -> bool:
    """Whether a token is a noun that names what is said: "monito", "claim"."""
    return token.pos_ == "NOUN" and lemma(token) in lexicon.words("cues.nouns.speech")


def is_causative(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word tells under a causative verb: "il Garante *fa sapere* di non avere obiezioni", "fa *presente*", "rende *noto*"."""
    return lemma(token) in lexicon.words("cues.verbs.causative") and any(
        lemma(other) in lexicon.words("cues.verbs.causative_heads") for other in (token.head, *token.children) if other != token)


def is_light(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb says something through its noun: "dà ragione a X", "lancia un monito"."""
    return lemma(verb) in lexicon.words("cues.nouns.light_verbs") and any(
        lemma(o) in lexicon.words("cues.nouns.light_objects") | lexicon.words("cues.nouns.speech") for o in objects(verb, lexicon))


def is_unfinite(token: Token) -> bool:
    """Whether a verb form is an infinitive or a gerund."""
    return "Inf" in token.morph.get("VerbForm", []) or "Ger" in token.morph.get("VerbForm", [])


def is_gerund(token: Token) -> bool:
    """Whether a verb form is a gerund, or the English participle that serves as one."""
    forms = token.morph.get("VerbForm", [])
    return "Ger" in forms or "Part" in forms and "Pres" in token.morph.get("Tense", [])


def finite_person(verb: Token, lexicon: Lexicon) -> list[str]:
    """The grammatical person of a verb or of its finite auxiliary."""
    for token in (verb, *children(verb, lexicon, "auxiliary", "copula")):
        if token.morph.get("Person", []) and token.pos_ in VERBAL:
            return list(token.morph.get("Person", []))
    return []


def cue_tokens(verb: Token, lexicon: Lexicon) -> tuple[int, ...]:
    """The verb group without what interrupts it: "ha inoltre sottolineato" stays one stretch."""
    group = verb_group(verb, lexicon)
    if is_causative(verb, lexicon):  # "fa sapere"
        group += [other for other in (verb.head, *verb.children) if lemma(other) in lexicon.words("cues.verbs.causative_heads")]
    near = [token.i for token in group if abs(token.i - verb.i) <= GROUP_REACH]
    return tuple(range(min(near), max(near) + 1))


def without_opener(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Content without the word that opens it: "said [that] …", "che …"."""
    openers = lexicon.words("cues.clause_openers")
    start = 0
    while start < len(tokens) and (tokens[start].is_punct and not tokens[start].is_left_punct or tokens[start].lower_ in openers
                                   and tokens[start].pos_ in ("SCONJ", "PRON", "DET", "ADP", "CCONJ")):
        start += 1
    return tokens[start:]


def is_clause(told: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether words can stand alone: "Né santuari né mercati" can, "When the line went mute" and "In Rome" cannot."""
    opener = told[0]
    about = {t for top in told if role(top, lexicon) == "relative_clause" for t in top.subtree}  # "Neri, who sat on two panels, …"
    told = [t for t in told if t not in about]
    if opener.pos_ == "SCONJ" and opener.lower_ not in lexicon.words("cues.complementizers"):
        return sum(t.pos_ in VERBAL and is_finite(t, lexicon) for t in told) > 1
    return any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in told) or opener.lower_ in lexicon.words("negation.words")


def set_phrase(tokens: Sequence[Token], lexicon: Lexicon) -> int:
    """How many tokens a set phrase of speech has that words begin with: "taglia corto", "goes on"; 0 if they begin with none."""
    for phrase in lexicon.sequence("cues.verbs.tags"):
        head, *words = phrase.split(" ")
        if lemma(tokens[0]) == head and [t.lower_ for t in tokens[1:len(words) + 1]] == words:
            return len(words) + 1
    return 0


def phrase_tokens(noun: Token, lexicon: Lexicon) -> list[Token]:
    """A noun's whole phrase, relative clauses included, without clauses that the parser coordinated with it."""
    clauses = [c for c in conjuncts(noun, lexicon) if is_finite(c, lexicon)]
    tokens = clause_tokens(noun, without=clauses)
    end = min((c.left_edge.i for c in clauses), default=len(noun.doc))
    for comma in tokens:
        following = noun.doc[comma.i + 1] if comma.i + 1 < len(noun.doc) else None
        # "ha ventilato [un rimpasto], ma esclude…"; "ha criticato [chi usa il lavoro di altri], constatando che…"
        if comma.text != "," or comma.i < noun.i or following is None:
            continue
        clause = following.pos_ == "CCONJ" and any(
            t.pos_ in VERBAL and is_finite(t, lexicon) for t in noun.doc[following.i + 1:following.i + GROUP_REACH])
        if clause or "Ger" in following.morph.get("VerbForm", []):
            end = min(end, comma.i)
            break
    return [t for t in tokens if t.i < end]
