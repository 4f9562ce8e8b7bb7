"""A word in; out, the senses that it has, named alike in all languages, and which senses are each other's opposites.

Vectors of sentences tell that two texts of two languages are about one subject, but hardly whether "divieto" is "ban" or
"permit". The words that debates of policy turn on are few enough to be listed: ``[claims] senses`` of the language file
holds lines such as "ban: ban forbid prohibit", and that of another language the same sense with its own words. A language
joins in by listing its words under the names of the senses; a word that no line has is known by its lemma.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from argmap import lexicon as lexicons
from argmap.vectors import lemma

__all__ = ["LEMMA", "listed", "opposites", "senses"]

#: Before a lemma that stands for itself, so that it is not taken for a sense.
LEMMA = "="


@lru_cache(maxsize=1 << 16)
def senses(word: str, language: str) -> frozenset[str]:
    """The senses of a folded word, and its lemma, which names are spelt by in all languages.

    >>> sorted(senses("vietata", "it")), sorted(senses("banned", "en"))
    (['=vietato', 'ban'], ['=ban', 'ban'])
    """
    return listed(word, language) | {LEMMA + lemma(word, language)}


@lru_cache(maxsize=1 << 16)
def listed(word: str, language: str) -> frozenset[str]:
    """The senses that the language file gives a word, none if it has none.

    Participles have the senses of their verbs, which dictionaries of adjectives do not know ("vietata", "vietare").
    """
    if language not in lexicons.languages():
        return frozenset()
    known, forms = _known(language), {word, lemma(word, language)}
    for ending in lexicons.load(language).sequence("claims.participles"):
        participle, verb = ending.split()
        forms |= {form.removesuffix(participle) + verb for form in (word, lemma(word, language)) if form.endswith(participle)}
    return frozenset(sense for form in forms for sense in known.get(form, ()))


@cache
def _known(language: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in lexicons.load(language).sequence("claims.senses"):
        name, _, words = entry.partition(":")
        for word in words.split():
            for form in (word, lemma(word, language)):
                found[form].add(name)
    return {form: frozenset(names) for form, names in found.items()}


@cache
def opposites() -> Mapping[str, frozenset[str]]:
    """The opposites of each sense and lemma that has some: a pair that one language file lists holds in all of them."""
    found: dict[str, set[str]] = defaultdict(set)
    for language in lexicons.languages():
        for entry in lexicons.load(language).sequence("claims.opposites"):
            one, other = (senses(word, language) for word in entry.split())
            # "keep" and "continue" share a sense, "break" is the opposite of one of them: what both have is none.
            for sense in one - other:
                found[sense] |= other - one
            for sense in other - one:
                found[sense] |= one - other
    return {sense: frozenset(names) for sense, names in found.items()}
