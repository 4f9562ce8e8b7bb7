"""A verb or a pronoun in, what its form says of whom it stands for out: kind, gender, number, person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from argmap.extract import syntax
from argmap.lexicon import Lexicon
from argmap.model import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["finite_part", "in_first_person", "is_possessive", "is_third_person", "pronoun_agreement", "verb_agreement", "verb_of"]


def is_possessive(token: Token, lexicon: Lexicon) -> bool:
    """Whether a token is a third-person possessive: "her", "suo"."""
    return any(token.lower_ in lexicon.words(f"actors.pronouns.{path}") for path in (
        "possessive", "possessive_plural", "possessive_masculine", "possessive_feminine")) and token.pos_ in {"PRON", "DET", "ADJ"}


def verb_of(piece: Sequence[Token]) -> Token | None:
    """The main verb of a cue, the last one it has."""
    verbs = [t for t in piece if t.pos_ in {"VERB", "AUX"}]
    main = [t for t in verbs if t.pos_ == "VERB"]
    return next(reversed(main or verbs), None)


def finite_part(verb: Token, lexicon: Lexicon) -> Token:
    """The finite part of a verb group, which shows person and number."""
    for token in (verb, *syntax.children(verb, lexicon, "auxiliary", "copula")):
        if token.pos_ in {"VERB", "AUX"} and "Fin" in token.morph.get("VerbForm", []):
            return token
    return verb


def in_first_person(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb, or its subject, is in the first person."""
    person = finite_part(verb, lexicon).morph.get("Person", [])
    if person:  # the verb's own form is surer than what the parser takes for its subject
        return "1" in person
    return any(t.lower_ in lexicon.words("actors.pronouns.first") for t in syntax.subjects(verb, lexicon))


def is_third_person(token: Token, lexicon: Lexicon) -> bool:
    """Whether a token is a third-person pronoun."""
    return any(token.lower_ in lexicon.words(f"actors.pronouns.{path}") for path in ("masculine", "feminine", "plural"))


def pronoun_agreement(token: Token, lexicon: Lexicon) -> tuple[ActorKind | None, str, str]:
    """Kind, gender ("m", "f" or "") and number ("s" or "p") of whom a pronoun stands for."""
    lists = (("f", "actors.pronouns.feminine"), ("m", "actors.pronouns.masculine"))
    gender = next((gender for gender, path in lists if token.lower_ in lexicon.words(path)), "")
    number = "p" if token.lower_ in lexicon.words("actors.pronouns.plural") else "s"
    return ("person" if token.lower_ in lexicon.words("actors.pronouns.person") else None), gender, number


def verb_agreement(verb: Token, lexicon: Lexicon) -> tuple[ActorKind | None, str, str]:
    """What a verb without subject says of its subject: "si è detta" a woman, "hanno scritto" several."""
    finite = finite_part(verb, lexicon)
    number = {"Sing": "s", "Plur": "p"}.get(next(iter(finite.morph.get("Number", [])), ""), "")
    reflexive = any(syntax.role(child, lexicon) == "expletive" for child in verb.children)
    gender = "f" if reflexive and "Fem" in verb.morph.get("Gender", []) else ""
    return None, gender, number
