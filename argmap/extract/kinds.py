"""Words in, what they tell of an actor out: the kind that a noun or name is of, gender, states and bodies by their codes.

Nothing here needs a parse but `token_kind`, so that the corpus stage compares names by the same rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from argmap.lexicon import Lexicon, languages, load
from argmap.model import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "ORGANISATION_LISTS", "bare", "fold", "given_gender", "initials", "institution_kind", "is_state_name", "kind_of_words", "noun_kind",
    "state_code", "token_kind",
]

WORD = re.compile(r"\w+", re.UNICODE)
#: The lists of organisations, by sort.
ORGANISATION_LISTS = ("company", "body", "association")
#: Folded texts that are kept: names come again and again.
KEPT = 65_536


@lru_cache(maxsize=KEPT)
def fold(text: str) -> str:
    """The text's words without case and accents, for comparing names.

    >>> fold("L’Agenzia Sécurité")
    'l agenzia securite'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(WORD.findall(plain.casefold()))


def bare(text: str, lexicon: Lexicon) -> str:
    """The text without the articles and prepositions with articles before it.

    >>> bare("L'Unione artigiani", load("it"))
    'Unione artigiani'
    """
    openers = sorted({*lexicon.words("actors.words.articles"), *lexicon.words("actors.words.definite")}, key=len, reverse=True)
    while True:
        low = text.casefold()
        for opener in openers:
            glue = "" if opener.endswith(("'", "’")) else " "
            if low.startswith(opener + glue) and len(text) > len(opener + glue):
                text = text[len(opener + glue):].lstrip()
                break
        else:
            return text


def initials(words: Sequence[str]) -> str:
    """The acronym that the capitalised words of a name make: "Norwegian Agency for Food Safety" gives "nafs"."""
    return "".join(word[0] for word in words if word[:1].isupper()).casefold()


@cache
def _given() -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for code in languages():
        lexicon = load(code)
        for gender, path in (("f", "actors.given.feminine"), ("m", "actors.given.masculine")):
            for name in lexicon.sequence(path):
                found.setdefault(fold(name), Counter())[gender] += 1
    return found


def given_gender(word: str, lexicon: Lexicon) -> str:
    """"m" or "f" where the word is a given name of that gender, "?" where it is one of either, "" where it is none.

    The article's language decides first: Andrea is a man in Italian.
    """
    own = {gender for gender, path in (("f", "actors.given.feminine"), ("m", "actors.given.masculine"))
           if word.casefold() in lexicon.words(path)}
    if len(own) == 1:
        return own.pop()
    any_language = _given().get(fold(word))
    if not any_language:
        return ""
    return next(iter(any_language)) if len(any_language) == 1 else "?"


@cache
def _states() -> dict[str, str]:
    return {fold(name): f"{table}:{code}" for language in languages() for table in ("states", "bodies")
            for code, names in load(language).table(f"actors.{table}").items() for name in names}


@cache
def _state_names() -> frozenset[str]:
    return frozenset(name for language in languages() for table in ("states", "bodies")
                     for names in load(language).table(f"actors.{table}").values() for name in names)


def is_state_name(name: str) -> bool:
    """Whether a state or body is called so in some language, spelled like this: "WHO", not "who"."""
    return name in _state_names()


def state_code(name: str) -> str:
    """The code of the state or international body of this name in any language, or "".

    >>> state_code("Stati Uniti"), state_code("United States"), state_code("Moreau")
    ('states:us', 'states:us', '')
    """
    return _states().get(fold(name), "")


@lru_cache(maxsize=KEPT)
def noun_kind(word: str, lexicon: Lexicon) -> ActorKind | None:
    """The kind of actor that a common noun names: "senatrice" a person, "azienda" an organisation."""
    low = word.casefold()
    if low in lexicon.words("actors.nouns.person"):
        return "person"
    if any(low in lexicon.words(f"actors.nouns.{path}") for path in ORGANISATION_LISTS):
        return "organisation"
    for kind in ("government", "policy", "group"):
        if low in lexicon.words(f"actors.nouns.{kind}"):
            return kind
    endings = lexicon.sequence("actors.nouns.person_endings")
    if low.endswith(endings) and low not in lexicon.words("actors.nouns.not_person"):
        return "person"
    return None


@cache
def _institutions() -> dict[str, ActorKind]:
    """The nouns of institutions and documents in every language: an Italian text names the "Centers for Disease Control"."""
    kinds: dict[str, ActorKind] = {"policy": "policy", "government": "government"}
    kinds |= dict.fromkeys(ORGANISATION_LISTS, "organisation")
    found: dict[str, ActorKind] = {}
    for code in languages():
        lexicon = load(code)
        for path, kind in kinds.items():
            for noun in lexicon.sequence(f"actors.nouns.{path}"):
                found[noun] = kind
    return found


def institution_kind(word: str, lexicon: Lexicon) -> ActorKind | None:
    """The kind of institution or document that a capitalised word names, in the article's language or another."""
    kind = noun_kind(word, lexicon)
    if kind is not None:
        return kind if kind in ("organisation", "government", "policy") else None
    low = word.casefold()
    return _institutions().get(low) or _institutions().get(low.removesuffix("s"))


def token_kind(token: Token, lexicon: Lexicon) -> ActorKind | None:
    """The kind of actor that a token's noun names, in the singular or the plural."""
    return noun_kind(token.text, lexicon) or noun_kind(token.lemma_, lexicon) or noun_kind(token.lower_.removesuffix("s"), lexicon)


def kind_of_words(words: Sequence[str], lexicon: Lexicon) -> ActorKind | None:
    """The kind that a name's own words tell: "Whitcombe Review" a document, "Ghent Institute for Energy" an organisation."""
    if state_code(" ".join(words)):
        return "organisation" if state_code(" ".join(words)).startswith("bodies") else "government"
    if not words:
        return None
    endings = lexicon.words("actors.words.company_endings")
    closing = words[-1].casefold() in endings or (len(words) > 2 and institution_kind(words[-1], lexicon) is not None)
    if given_gender(words[0], lexicon) and not closing:
        return "person" if len(words) > 1 else None
    if len(words) > 1 and words[-1].casefold() in endings:
        return "organisation"
    for word in (words[0], words[-1], *words[1:-1]):
        kind = institution_kind(word, lexicon)
        if kind is not None:
            return kind
    return None
