"""A cue in, the phrase that names who is cited out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from argmap.extract.cues.words import is_cue_verb, is_gerund, is_relative, lemma
from argmap.extract.kinds import given_gender
from argmap.extract.syntax import VERBAL, agents, children, conjuncts, is_finite, noun_phrase, obliques, role, subjects, verb_group
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["BODIES", "NAMING", "can_speak", "described", "is_impersonal", "is_undergone", "owner", "source_of", "speaker_at"]

#: Tokens of the longest phrase before a verb that is taken for its subject without the parser's word.
PHRASE = 8
#: Parts of speech in a phrase that names a speaker.
NAMING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADP", "PRON", "PART"})
#: Lists of nouns below ``actors.nouns`` that name what can speak.
SPEAKERS = frozenset({"person", "officer", "company", "body", "association", "generic", "government", "policy", "anaphoric_policy",
                      "vehicle", "group", "plural_group", "country", "anyone", "masculine", "feminine"})
#: Those of them that name persons and bodies, and no documents.
BODIES = frozenset({"person", "officer", "company", "body", "association", "government", "group", "plural_group"})


def source_of(verb: Token, lexicon: Lexicon) -> list[Token]:
    """The phrase that names who is cited by a verb, or nothing where it is left out.

    Tried in this order: the verb's subject, with a relative pronoun replaced by what it stands for; the agent of a
    passive; the noun that a participle or relative clause modifies; the subject of the clause above.
    """
    doers = agents(verb, lexicon)
    if doers:  # "criticised by researchers | as short-sighted"
        judging = lexicon.words("cues.naming")
        return list(takewhile(lambda token: token.lower_ not in judging or token.pos_ == "DET", noun_phrase(doers[0], lexicon)))
    heads = subjects(verb, lexicon)
    if heads and role(heads[0], lexicon) == "subject_passive" and not doers and not _is_reflexive(verb, heads[0], lexicon):
        return []
    if heads and role(verb, lexicon) == "conjunct" and heads[0].pos_ == "NOUN" and not can_speak(heads[0], lexicon):
        # "giudicano che il costo sia alto, e aggiungono che…": the parser hung the second verb on what the first one reports.
        above = verb.head
        while role(above, lexicon) in ("conjunct", "clause", "open_clause") and above.head != above:
            above = above.head
        speakers = [h for h in subjects(above, lexicon) if can_speak(h, lexicon)]
        heads = speakers or heads
    if heads and is_cue_verb(verb, lexicon, "speech") and (named := _named_first(verb, heads[0], lexicon)):
        return named
    if heads:
        head = heads[0]
        if is_relative(head, lexicon):
            clause = verb
            while role(clause, lexicon) in ("conjunct", "open_clause", "auxiliary") and clause.head != clause:
                clause = clause.head
            if role(clause, lexicon) in ("relative_clause", "noun_clause") and clause.head != clause:
                return noun_phrase(clause.head, lexicon) if not _is_oblique(head, lexicon) else _doer_above(clause.head, lexicon)
            return [] if _is_oblique(head, lexicon) else _named_before(head, lexicon)
        heads = [head, *(h for h in heads[1:] if h in conjuncts(head, lexicon))]
        group = [token for noun in heads for token in noun_phrase(noun, lexicon)]
        return sorted(group, key=lambda token: token.i) if len(heads) == 1 else _between(group)
    if is_undergone(verb, lexicon):
        return []
    at = verb
    # Two steps up reach "has tried to persuade…", "Pur riconoscendo che…, Scarampi ha osservato".
    for _ in range(3):
        above = at.head
        if above == at:
            break
        kind = role(at, lexicon)
        if kind == "prepositional_clause" and above.head.pos_ in VERBAL and above.head != above:
            above, kind = above.head, "adverbial_clause"  # "a company that began *by* promising to share"
        if kind in ("noun_clause", "relative_clause") and above.pos_ in ("NOUN", "PROPN", "PRON"):
            oblique = any(is_relative(c, lexicon) and _is_oblique(c, lexicon) for c in at.children)
            return _doer_above(above, lexicon) if oblique else noun_phrase(above, lexicon)
        if kind == "adjective" and at.i > above.i and is_finite(at, lexicon) and above.pos_ == "NOUN":
            return [t for t in noun_phrase(_agreeing(above, at, lexicon), lexicon) if t.i < at.i]
        if kind not in ("open_clause", "adverbial_clause", "conjunct", "auxiliary", "clause", "parataxis"):
            break
        if kind in ("clause", "parataxis") and is_finite(at, lexicon):
            break
        if kind == "adverbial_clause" and is_gerund(at) and at.i > 0 and at.nbor(-1).text == "," and is_cue_verb(verb, lexicon, "speech") \
                and role(above, lexicon) == "clause" and is_cue_verb(above.head, lexicon, "speech"):
            above = above.head  # "ha detto che la legge non cambierà, *aggiungendo* che…": the parser hung it on what is said
        own = subjects(above, lexicon)
        # "Neri was quoted as *saying* that…", "Neri is said to *fear* that…": whom others report on speaks.
        raised = bool(own) and role(own[0], lexicon) == "subject_passive" and not is_finite(at, lexicon) \
            and (kind == "open_clause" or role(at, lexicon) == "prepositional_clause") \
            and is_cue_verb(above, lexicon, "speech", "thought", "citing") and is_cue_verb(at, lexicon, "speech", "thought")
        if own and (role(own[0], lexicon) == "subject" or raised):
            if is_relative(own[0], lexicon):
                return noun_phrase(above.head, lexicon) if role(above, lexicon) == "relative_clause" else []
            return noun_phrase(own[0], lexicon)
        at = above
    return _leading_phrase(verb, lexicon)


def _named_first(verb: Token, head: Token, lexicon: Lexicon) -> list[Token]:
    """The name before an insertion out of which the parser took the subject: "[Aldo Neri], che non ha *azioni* di nessuno, nota…"."""
    first = verb.sent[0]
    if first.pos_ != "PROPN" or not first.i < head.i < verb.i or head.pos_ != "NOUN" or can_speak(head, lexicon):
        return []
    named = noun_phrase(first, lexicon)
    return named if verb.doc[named[-1].i + 1].text == "," and verb.doc[verb.i - 1].text == "," else []


def _is_reflexive(verb: Token, head: Token, lexicon: Lexicon) -> bool:
    """Whether what the parser took for a passive tells what its subject does: "I deputati *si* sono schierati", not "si è detto molto"."""
    words = lexicon.words("cues.verbs.reflexives")
    return head.i < verb.i and can_speak(head, lexicon) and any(c.lower_ in words and head.i < c.i for c in verb.children)


def _is_oblique(relative: Token, lexicon: Lexicon) -> bool:
    """Whether a relative pronoun stands after a preposition: what it stands for is where or how it is said, and says nothing."""
    return bool(children(relative, lexicon, "case")) or relative.i > 0 and relative.nbor(-1).pos_ == "ADP"


def _doer_above(noun: Token, lexicon: Lexicon) -> list[Token]:
    """The subject of the clause that a noun stands in: "*Il partito* ha diffuso pagine nelle quali sosteneva che…"."""
    above = next((t for t in noun.ancestors if t.pos_ in VERBAL), None)
    heads = [h for h in subjects(above, lexicon) if can_speak(h, lexicon) and h != noun] if above is not None else []
    return noun_phrase(heads[0], lexicon) if heads and role(heads[0], lexicon) == "subject" and not is_relative(heads[0], lexicon) else []


def _agreeing(noun: Token, verb: Token, lexicon: Lexicon) -> Token:
    """The noun that a verb agrees with, of those that a phrase is made of: "[Stime] di settore *indicano* che…", a phrase to the parser.

    One after a preposition is no subject: "[Il portavoce] della società *precisa* che…".
    """
    number = verb.morph.get("Number", [])
    while (noun.morph.get("Number", []) != number or children(noun, lexicon, "case")) \
            and noun.head.pos_ in ("NOUN", "PROPN") and noun.head.i < noun.i:
        noun = noun.head
    return noun


def _leading_phrase(verb: Token, lexicon: Lexicon) -> list[Token]:
    """The noun phrase between a sentence's beginning and its verb, where the parser missed the subject: "[Confdigitale] calcola che…".

    It may be followed by an insertion, or follow an adverbial: "[Neri], già in volo, ha detto", "Durante la messa [Aldo Neri] ha detto".
    """
    first = min(token.i for token in verb_group(verb, lexicon))
    at = verb.sent.start
    while at < first and (verb.doc[at].pos_ in ("CCONJ", "ADV", "PUNCT", "SPACE")):
        at += 1
    phrase = list(verb.doc[at:first])
    if not phrase or not is_finite(verb, lexicon):
        return []
    comma = next((t.i for t in phrase if t.text == ","), None)
    if comma is not None and phrase[-1].text == "," and phrase[-1].i > comma and not any(is_finite(t, lexicon) for t in phrase):
        phrase = list(verb.doc[at:comma])
    if phrase and phrase[0].pos_ == "ADP":
        return _name_after_adverbial(verb, lexicon)
    if not phrase or len(phrase) > PHRASE or phrase[0].pos_ not in ("DET", "PROPN"):
        return []
    nominal = all(t.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "ADP", "NUM") for t in phrase)
    head = next((t for t in phrase if t.pos_ in ("NOUN", "PROPN")), phrase[-1])
    return phrase if nominal and (can_speak(head, lexicon) or head.pos_ == "ADJ" and _names_speakers(head, lexicon)) else []


def _name_after_adverbial(verb: Token, lexicon: Lexicon) -> list[Token]:
    """The person's name that the parser hung on the adverbial before it: "Durante la messa [Aldo Neri] ha…", not "al ministro Neri"."""
    titles, places = lexicon.words("actors.words.titles"), lexicon.words("actors.nouns.place")
    for name in verb.doc[verb.sent.start + 1:verb.i]:
        if name.pos_ != "PROPN" or role(name, lexicon) != "noun_modifier" or name.head.i != name.i - 1 or children(name, lexicon, "case"):
            continue
        of_person = name.lower_ in titles or bool(given_gender(name.text, lexicon))
        if of_person and name.i < name.right_edge.i and not can_speak(name.head, lexicon) and lemma(name.head) not in places:
            return noun_phrase(name, lexicon)
    return []


def _named_before(relative: Token, lexicon: Lexicon) -> list[Token]:
    """The name right before a relative pronoun whose clause the parser hung on nothing: "Aldo Neri (Verdi), che si è detto contrario"."""
    at, depth = relative.i - 1, 0
    if at > relative.sent.start and relative.doc[at].pos_ == "DET":  # "il senatore Bagnoli, *il* quale vorrebbe…"
        at -= 1
    while at > relative.sent.start and (depth or relative.doc[at].text in (",", ")")):
        depth += {")": 1, "(": -1}.get(relative.doc[at].text, 0)
        at -= 1
    name = relative.doc[at]
    while name.head.i < name.i and name.pos_ == name.head.pos_ == "PROPN":
        name = name.head
    if name.sent != relative.sent:
        return []
    if name.pos_ == "NOUN" and can_speak(name, lexicon) and name.i < relative.i - 1:  # "dalle *imprese*, che la giudicano severa"
        while children(name, lexicon, "case") and name.head.i < name.i and name.head.pos_ == "NOUN" and can_speak(name.head, lexicon):
            name = name.head
        return noun_phrase(name, lexicon)
    return noun_phrase(name, lexicon) if name.pos_ == "PROPN" else []


def _between(tokens: list[Token]) -> list[Token]:
    """All tokens from the first to the last: coordinated speakers are one stretch."""
    low, high = min(t.i for t in tokens), max(t.i for t in tokens)
    return list(tokens[0].doc[low:high + 1])


def is_undergone(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a bare past participle tells what was done to whom it goes with: "*Asked* whether it would sell, the bank declined"."""
    stands = lexicon.words("cues.adjectives.speech")
    return verb.pos_ == "VERB" and role(verb, lexicon) == "adverbial_clause" \
        and "Part" in verb.morph.get("VerbForm", []) and "Past" in verb.morph.get("Tense", []) \
        and lemma(verb) not in stands and verb.lower_ not in stands and not children(verb, lexicon, "auxiliary", "object")


def is_impersonal(verb: Token, lexicon: Lexicon) -> bool:
    """Whether nobody in particular says so: "si sospetta che…", "it is feared that…"."""
    return any(role(c, lexicon) == "expletive" for c in verb.children) or any(
        c.lower_ in lexicon.words("cues.expletives") for c in children(verb, lexicon, "subject_passive", "subject"))


def can_speak(noun: Token, lexicon: Lexicon, kinds: frozenset[str] = SPEAKERS) -> bool:
    """Whether what a noun names can say or want something: persons, bodies, groups, documents; not "the reasons", "i rischi".

    `kinds` are the lists of nouns below ``actors.nouns`` that count.
    """
    if noun.pos_ != "NOUN":  # "most of them", "two of the members", "i due"
        named = noun.pos_ in ("PROPN", "PRON", "NUM", "DET", "X") or bool(noun.ent_type_)
        return named or lemma(noun) in lexicon.words("actors.nouns.group")
    return _names_speakers(noun, lexicon, kinds)


def _names_speakers(noun: Token, lexicon: Lexicon, kinds: frozenset[str] = SPEAKERS) -> bool:
    """Whether a word is listed among, or ends like, those that name what can speak, whatever its part of speech."""
    word = lemma(noun)
    endings = (*lexicon.sequence("actors.nouns.person_endings"), *lexicon.sequence("actors.nouns.doer_endings"))
    return any(word in words for path, words in lexicon.table("actors.nouns").items() if path in kinds) \
        or word.endswith(endings) and word not in lexicon.words("actors.nouns.not_person")


def described(last: Token, lexicon: Lexicon) -> list[Token]:
    """The phrase that ends with a token, if its noun names who can speak: "Sulla stessa linea [il presidente dell'Anci]: «…»"."""
    top = last
    while role(top, lexicon) in ("noun_modifier", "name", "prepositional_object", "apposition") and top.head != top and top.head.i < last.i:
        top = top.head if top.head.pos_ != "ADP" else top.head.head
        if top.pos_ not in ("NOUN", "PROPN"):
            return []
    if top.pos_ != "NOUN" or not can_speak(top, lexicon) or children(top, lexicon, "case"):
        return []
    phrase = noun_phrase(top, lexicon)
    if phrase[0].pos_ == "ADP":  # "*Di diverso avviso* [la ricercatrice Bianchi]: «…»"
        phrase = list(dropwhile(lambda token: token.pos_ != "DET", phrase))
    return phrase if phrase and phrase[-1].i == last.i else []


def speaker_at(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The phrase that names who can speak, if words begin with one: "partner Sunita Rao", "the head of the agency"."""
    if not tokens or tokens[0].pos_ == "ADP":
        return []
    phrase = list(takewhile(lambda token: token.pos_ in NAMING or role(token, lexicon) == "name", tokens[:PHRASE]))
    at = next((n for n, t in enumerate(phrase) if t.pos_ in ("NOUN", "PROPN") or "Nom" in t.morph.get("Case", [])), len(phrase))
    while at + 1 < len(phrase) and phrase[at].pos_ == phrase[at + 1].pos_ == "PROPN":
        at += 1
    if at == len(phrase) or not can_speak(phrase[at], lexicon):
        return []
    return phrase[:next((n for n, t in enumerate(phrase[at:], at) if t.pos_ == "PRON" and n), len(phrase))]


def owner(noun: Token, lexicon: Lexicon) -> list[Token]:
    """Who holds the view that a noun names: "its authors' claim", "il monito di Bengio", "the fear among insurers"."""
    own = children(noun, lexicon, "possessive")
    if own:
        return noun_phrase(own[0], lexicon) if own[0].pos_ != "PRON" and own[0].pos_ != "DET" else [own[0]]
    allowed = lexicon.words("cues.nouns.owner_prepositions")
    # "gli obiettivi dichiarati [del piano]": parsers hang the owner on the participle too.
    hosts = [noun, *(c for c in children(noun, lexicon, "noun_clause", "adjective") if "Part" in c.morph.get("VerbForm", []))]
    for words, other in (pair for host in hosts for pair in obliques(host, lexicon)):
        if words.split(" ")[0] in allowed and other.pos_ in ("NOUN", "PROPN", "PRON") and not children(other, lexicon, "marker"):
            return noun_phrase(other, lexicon)
    verb = noun.head
    if lemma(verb) in lexicon.words("cues.existential"):  # "*Tra i garanti* c'è il timore che…"
        for words, other in obliques(verb, lexicon):
            if words.split(" ")[0] in lexicon.words("cues.nouns.among") and can_speak(other, lexicon):
                return noun_phrase(other, lexicon)
    if role(noun, lexicon) == "object" and lemma(verb) in lexicon.words("cues.nouns.light_verbs"):
        return source_of(verb, lexicon)
    return []
