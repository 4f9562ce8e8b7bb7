"""A parsed article in, the reports out whose verb the tagger took for another word: "the bank *states* that…", "la sociologa *nota* che…".

They are read from the words around the verb, for the parse is wrong wherever the tag is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from argmap.extract.cues.sources import NAMING, can_speak, speaker_at
from argmap.extract.cues.words import Candidate, is_unfinite, lemma, numbers
from argmap.extract.lemmas import lemma as form_of_verb
from argmap.extract.syntax import VERBAL, is_finite, role
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["charge", "insertion", "judgment", "with_clause"]

#: Kinds of verbs that report what somebody says, thinks or finds.
TELLING = ("speech", "thought", "finding")
#: Tokens that an insertion has at most, and words of what is said around it at least.
INSERTION, TOLD = 10, 4
#: Tokens after a verb of charging within which the charge begins: "accusa *l'esecutivo uscente* di…".
CHARGED = 8


def with_clause(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"The bank *states* that [complaints are rare]", "la sociologa Nadia Kerr *nota* che [le frodi crescevano]"."""
    for verb in doc[1:-2]:
        opener = verb.nbor(1)
        if opener.pos_ == "ADP" and verb.i + 3 < len(doc) and verb.nbor(2).pos_ == "PRON":
            opener = verb.nbor(3)  # "infers *from this* that…"
        if opener.lower_ not in lexicon.words("cues.clause_openers") or opener.is_sent_start:
            continue
        if not _taken(verb, lexicon, *TELLING) and not _plural(verb, lexicon):
            continue
        if opener.i + 1 >= len(doc) or lexicon.value("cues.drops_subjects") != "yes" and opener.nbor(1).pos_ in VERBAL:
            continue  # "a set of *rules* that could close plants"
        sentence = verb.sent
        stop = next((t.i for t in doc[verb.i:sentence.end] if t.text == ";"), sentence.end)
        source = _speaker_before(verb, lexicon)
        opens = opener.pos_ == "SCONJ" or role(opener, lexicon) == "marker"
        if source and (opens or any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in doc[opener.i + 1:stop])):
            yield Candidate("reporting verb, clause", (verb.i,), numbers(source), tuple(range(opener.i + 1, stop)))


def insertion(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"[Recent systems are excluded], Carteret *stresses*, [because…]", "[There], a study *shows*, [the number has…]"."""
    for sentence in doc.sents:
        commas = [t.i for t in sentence if t.text == ","]
        for low, high in pairwise(commas):
            inside = list(doc[low + 1:high])
            if not 1 < len(inside) <= INSERTION or quoted & set(range(low, high)) or any(t.is_space for t in inside):
                continue
            found = _named_teller(inside, lexicon)
            if not found:
                continue
            verb, source = found
            before = list(takewhile(lambda t: t.text not in ";:", reversed(doc[sentence.start:low])))[::-1]
            after = list(takewhile(lambda t: t.text != ";", doc[high + 1:sentence.end]))
            told = [t for t in before + after if not t.is_space]
            if sum(not t.is_punct for t in told) >= TOLD and any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in told):
                yield Candidate("reporting verb, aside", (verb.i,), numbers(source), numbers(told))


def charge(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"L'opposizione *accusa* [l'esecutivo di inseguire una moda]", "Il ministero ha *promesso* [di pubblicarli]": nouns to the tagger."""
    for verb in doc[1:-2]:
        if not _taken(verb, lexicon, *(("charging", "intention") if _has_auxiliary(verb, lexicon) else ("charging",))):
            continue
        source = _speaker_before(verb, lexicon)
        of = next((t for t in doc[verb.i + 1:min(verb.i + CHARGED, verb.sent.end - 1)]
                   if t.lower_ in lexicon.words("cues.nouns.owner_prepositions") and is_unfinite(t.nbor(1))), None)
        between = doc[verb.i + 1:of.i] if of is not None else ()
        if source and of is not None and not any(t.is_punct or t.pos_ in VERBAL for t in between):
            action = of.nbor(1).head if role(of.nbor(1), lexicon) == "auxiliary" else of.nbor(1)
            stop = min(action.right_edge.i + 1, verb.sent.end)
            yield Candidate("reporting verb, preposition", (verb.i,), numbers(source), tuple(range(verb.i + 1, stop)))


def judgment(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"Il ministero [la] *considera* [superata]": a noun with its article to the tagger."""
    for verb in doc[2:-1]:
        clitic = verb.nbor(-1)
        if clitic.lower_ not in lexicon.words("cues.clitics") or not _taken(verb, lexicon, "naming"):
            continue
        source = _speaker_before(verb, lexicon)
        told = list(takewhile(lambda t: not t.is_punct or t.is_quote or t.is_left_punct, doc[verb.i + 1:verb.sent.end]))
        if source and told and told[0].pos_ in ("ADJ", "DET", "VERB", "PUNCT"):
            yield Candidate("naming verb", (verb.i,), numbers(source), (clitic.i, *numbers(told)))


def _taken(token: Token, lexicon: Lexicon, *kinds: str) -> bool:
    """Whether a word that is no verb to the tagger is spelled like a third person of one, or like a participle after an auxiliary."""
    if token.pos_ not in ("NOUN", "ADJ", "ADV", "PROPN") or not token.is_lower:
        return False
    if _has_auxiliary(token, lexicon):  # "ha *promesso* di pubblicare i dati"
        irregular = (pair.split()[0] for pair in lexicon.sequence("lemmas.participles"))
        ending = token.lower_.endswith((*lexicon.sequence("lemmas.participle_endings"), *irregular))
        infinitive = form_of_verb(token.lower_, "VERB", lexicon.language, is_participle=True) if ending else ""
        return any(infinitive in lexicon.words(f"cues.verbs.{kind}") for kind in kinds)
    return not _forms(lexicon).get(token.lower_, frozenset()).isdisjoint(kinds)


def _has_auxiliary(token: Token, lexicon: Lexicon) -> bool:
    """Whether a finite form of "to have" stands right before a word, in languages whose participles are nouns as well."""
    before = token.nbor(-1) if token.i else token
    return before.pos_ in VERBAL and lemma(before) in lexicon.words("statements.perfect") and is_finite(before, lexicon) \
        and lexicon.value("cues.drops_subjects") == "yes"


def _plural(verb: Token, lexicon: Lexicon) -> bool:
    """Whether what looks like a noun is a plural subject's verb: "Friends of openness *reply* that…"."""
    if verb.pos_ != "NOUN" or lexicon.value("cues.drops_subjects") == "yes" or lemma(verb) not in lexicon.words("cues.verbs.speech"):
        return False
    first = next((t for t in verb.sent if t.pos_ in ("NOUN", "PROPN")), verb)
    between = verb.doc[first.i + 1:verb.i]
    return first.i < verb.i - 1 and first.pos_ == "NOUN" and "Plur" in first.morph.get("Number", []) and can_speak(first, lexicon) \
        and between[0].pos_ == "ADP" and between[-1].pos_ in ("NOUN", "PROPN") and all(t.pos_ in NAMING for t in between)


@cache
def _forms(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """The kinds of the verbs that a word may be a third person of."""
    endings = {infinitive.strip("-"): forms for infinitive, *forms in map(str.split, lexicon.sequence("lemmas.third_persons"))}
    found: dict[str, set[str]] = {}
    for kind, verbs in lexicon.table("cues.verbs").items():
        if kind not in (*TELLING, "charging", "naming"):
            continue
        for verb in verbs:
            infinitive = next((ending for ending in endings if verb.endswith(ending)), None)
            for ending in endings[infinitive] if infinitive is not None else ():
                found.setdefault(verb.removesuffix(infinitive or "") + ending, set()).add(kind)
    return {form: frozenset(kinds) for form, kinds in found.items()}


def _speaker_before(verb: Token, lexicon: Lexicon) -> list[Token]:
    """The phrase right before a verb that names who speaks; a clitic may stand between: "Neri *la* accusa di…"."""
    doc, start, at = verb.doc, verb.sent.start, verb.i - 1 if _has_auxiliary(verb, lexicon) else verb.i
    while at > start and doc[at - 1].lower_ in lexicon.words("cues.clitics"):
        at -= 1
    name = list(takewhile(lambda t: t.pos_ in NAMING and not t.is_space, reversed(doc[start:at])))[::-1]
    while name and name[0].pos_ == "ADP":
        name.pop(0)
    if at == start + 1 and doc[start].is_title and doc[start].pos_ in ("NOUN", "PROPN", "VERB", "X"):
        return [doc[start]]  # "Moura *infers* that…": a verb with its object to the tagger
    if not name or name[-1].pos_ not in ("NOUN", "PROPN"):
        return []
    heads = [t for t in name if t.pos_ in ("NOUN", "PROPN")]
    named = any(t.is_title and len(t) > 1 if t.pos_ == "PROPN" else can_speak(t, lexicon) for t in heads)
    plural = "Plur" in heads[0].morph.get("Number", [])
    return name if named and (plural or name[0].pos_ in ("DET", "PROPN", "NUM", "PRON")) else []


def _named_teller(inside: list[Token], lexicon: Lexicon) -> tuple[Token, list[Token]] | None:
    """Verb and speaker of an insertion that is a name and a misread verb, or a verb that opens it and a name."""
    *name, verb = inside
    if _taken(verb, lexicon, *TELLING) and name[0].pos_ != "ADP" and all(t.pos_ in NAMING for t in name):
        head = next((t for t in name if t.pos_ in ("NOUN", "PROPN") or t.is_title or "Nom" in t.morph.get("Case", [])), None)
        # "economists, data *shows*, managers": a list has no articles. Anything may show something: "Half of them, the file *shows*, …".
        article = name[0].pos_ == "DET" and name[0].lower_ not in lexicon.words("cues.clause_openers")
        speaks = head is not None and (can_speak(head, lexicon) or head.is_title or article and _taken(verb, lexicon, "finding"))
        if speaks and head is not None and (article or name[0].pos_ == "PRON" or head.is_title):
            return verb, name
    verb, *name = inside
    if _taken(verb, lexicon, "speech"):
        source = speaker_at(name, lexicon)
        if source and len(source) == len(name) and name[0].pos_ in ("DET", "PROPN"):
            return verb, source
    return None
