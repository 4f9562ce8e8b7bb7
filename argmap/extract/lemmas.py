"""A word and its part of speech in, its dictionary form out, for pipelines that have no lemmatizer.

simplemma's dictionary knows words, not parts of speech: what it gets wrong for that reason is put right here, by rules over
endings that the language file lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from argmap.lexicon import load

__all__ = ["is_verb_form", "lemma"]

#: Words whose lemmas are kept.
KEPT = 65_536
#: Parts of speech whose words are their own lemmas.
UNCHANGED = frozenset({"PROPN", "PUNCT", "NUM", "SYM", "SPACE", "X"})
#: Parts of speech among whose words the language file names those that are their own lemmas.
INVARIABLE = frozenset({"ADV", "CCONJ", "SCONJ", "INTJ", "PRON"})
NOMINAL = frozenset({"NOUN", "ADJ"})
VERBAL = frozenset({"VERB", "AUX"})


@lru_cache(maxsize=KEPT)
def lemma(word: str, pos: str, language: str, *, is_participle: bool = False) -> str:
    """The dictionary form of a word, in lower case unless it is a name.

    Args:
        word: as it stands in the text.
        pos: Universal Dependencies part of speech.
        language: ISO 639-1 code.
        is_participle: of a verb, whether its form is a past participle.

    >>> lemma("aggiunto", "VERB", "it", is_participle=True), lemma("richiesta", "NOUN", "it"), lemma("Gatti", "PROPN", "it")
    ('aggiungere', 'richiesta', 'Gatti')
    """
    if pos in UNCHANGED:
        return word
    form = word.lower().replace("’", "'")
    known = load(language).table("lemmas.forms").get(pos.lower(), ())
    for pair in known:
        if pair.split()[0] == form:
            return pair.split()[1]
    found = _look_up(form, language)
    if pos in VERBAL:
        return _infinitive(form, found, is_participle, language)
    if pos in NOMINAL:
        return _nominal(form, found, pos, language)
    if pos in INVARIABLE and form in load(language).words("lemmas.invariable"):
        return form
    return found


@lru_cache(maxsize=KEPT)
def is_verb_form(word: str, language: str) -> bool:
    """Whether the dictionary takes a word, whatever its place, for a finite form of a verb.

    >>> is_verb_form("promette", "it"), is_verb_form("accusa", "it"), is_verb_form("convinto", "it")
    (True, False, False)
    """
    form = word.lower()
    lexicon = load(language)
    found = _look_up(form, language)
    participles = tuple(pair.split()[0] for pair in lexicon.sequence("lemmas.participles"))
    infinitives = lexicon.sequence("lemmas.infinitives")
    return found.endswith(infinitives) and not form.endswith((*participles, *lexicon.sequence("lemmas.participle_endings"), *infinitives))


def _look_up(form: str, language: str) -> str:
    import simplemma
    return str(simplemma.lemmatize(form, lang=language)).lower()


def _is_known(form: str, language: str) -> bool:
    import simplemma
    return bool(simplemma.is_known(form, lang=language))


def _infinitive(form: str, found: str, is_participle: bool, language: str) -> str:
    lexicon = load(language)
    bare = _ending(form, lexicon.sequence("lemmas.adjective_endings"))
    is_infinitive = found.endswith(lexicon.sequence("lemmas.infinitives"))
    irregular = _ending(bare, lexicon.sequence("lemmas.participles"))
    if irregular != bare and (is_participle or not is_infinitive):
        return irregular  # "aggiunta", "previsti"
    if is_infinitive:
        return found
    for pair in lexicon.sequence("lemmas.verb_endings"):
        candidate = _ending(form, (pair,))
        if candidate != form and _is_known(candidate, language):
            return candidate  # "la legge tende", not "la tenda"
    return found


def _nominal(form: str, found: str, pos: str, language: str) -> str:
    lexicon = load(language)
    endings = lexicon.sequence("lemmas.noun_endings" if pos == "NOUN" else "lemmas.adjective_endings")
    infinitives = lexicon.sequence("lemmas.infinitives")
    if found.endswith(infinitives) and not form.endswith(infinitives) and found not in _plural_of(form, lexicon.sequence("lemmas.plurals")):
        return _ending(form, endings)  # "la richiesta", not "richiedere"
    if pos == "ADJ":
        return _ending(found, lexicon.sequence("lemmas.feminine_endings"))  # "politica, politiche": "politico"
    is_feminine_noun = _ending(form, lexicon.sequence("lemmas.feminine_endings")) == found
    return form if is_feminine_noun else found  # "la scelta", not "scelto"


def _plural_of(form: str, pairs: Sequence[str]) -> set[str]:
    return {_ending(form, (pair,)) for pair in pairs}


def _ending(form: str, pairs: Sequence[str]) -> str:
    """The form with the first ending that fits put in the place of its own."""
    for pair in pairs:
        ending, replacement = pair.split()
        if form.endswith(ending):
            return form.removesuffix(ending) + replacement
    return form
