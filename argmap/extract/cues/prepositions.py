"""A parsed article in, the attributions that hang on a preposition out: "according to X", "secondo X", "in her view"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from argmap.extract.cues.sources import can_speak, source_of
from argmap.extract.cues.words import Candidate, is_cue_verb, is_relative, lemma, numbers, without_opener
from argmap.extract.syntax import VERBAL, children, find_phrases, is_finite, noun_phrase, role, subjects
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = ["preposition", "view"]

#: Lists of nouns below ``actors.nouns`` that name those whose view "per X" gives; "per le imprese" may be for their good.
VIEWED = ("person", "association", "officer", "group", "body")
PERSONS = frozenset({"PERSON", "PER"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})
#: Tokens after a preposition within which its noun's head stands, and within which a verb or bare noun follows it.
NOUN_REACH, VERB_REACH = 12, 6
#: Words that a content without a verb has at least: "secondo (58"93)" is a place in a race.
BARE = 5
#: Words of a person's full name.
FULL_NAME = (2, 3)
#: Tokens of what commas set off after a name.
SET_OFF = 16
#: The rules of attributions to anyone, and to persons and bodies alone.
OF_ANYONE, OF_PERSONS = "source preposition", "source preposition before a person"


def preposition(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"According to Nordhelse, [its members run open systems]", "secondo gli analisti, [si tratta…]", "in her view"."""
    persons = lexicon.words("cues.prepositions.person_only")
    for start, end, words in find_phrases(doc, lexicon.words("cues.prepositions.source") | persons):
        noun = _governed(doc, start, end, lexicon)
        bare = noun is not None and noun.pos_ == "NOUN" and doc[end].pos_ in ("NOUN", "ADJ") and "Sing" in noun.morph.get("Number", [])
        if bare and end - start == 1:
            continue  # "il secondo slalom": an ordinal; who says something has an article or a name
        if noun is not None and lemma(noun) in lexicon.words("cues.prepositions.manner"):
            continue
        if noun is None or (words in persons and not _speaking_per(doc, start, noun, lexicon)):
            if candidate := _opening(doc, start, end, words in persons, lexicon):
                yield candidate
            continue
        if noun.lower_ in lexicon.words("cues.prepositions.whatever"):
            cue, source, tokens = _whatever(doc, start, noun, lexicon)
        elif is_relative(noun, lexicon):
            cue, source, tokens = range(start, end), *_relative(start, noun, lexicon)
        else:
            cue, source, tokens = range(start, end), *_plain(doc, start, end, noun, lexicon)
        tokens = without_opener(tokens, lexicon)
        if words in persons and not any(t.pos_ in VERBAL for t in tokens):
            continue  # "49 voti per Neri": who it is for
        if source and len(tokens) > 2 and (any(t.pos_ in VERBAL for t in tokens) or len(tokens) > BARE):
            rule = OF_ANYONE if words not in persons else OF_PERSONS
            yield Candidate(rule, tuple(cue), numbers(source), numbers(tokens))
        elif candidate := _opening(doc, start, end, words in persons, lexicon):
            yield candidate


def _opening(doc: Doc, start: int, end: int, personal: bool, lexicon: Lexicon) -> Candidate | None:
    """A source phrase that opens a sentence and the clause after it, read from their words where the parser lost them.

    "Per la psicologa Melchiorre, che assiste le vittime, [è un insulto]", "Secondo la società Fortis, al contrario, [chi attacca…]".
    """
    sentence = doc[start].sent
    if start != sentence.start or doc[start].lower_ in lexicon.words("cues.prepositions.named_only"):
        return None
    name = _name_of(doc, end, sentence.end, lexicon)
    head = next((t for t in name if t.pos_ in ("NOUN", "PROPN")), None)
    if head is None or personal and not (len(name) in FULL_NAME if head.pos_ == "PROPN" else _views(head, name, lexicon)):
        return None
    at = name[-1].i + 1
    while at < sentence.end and doc[at].text == ",":  # what sets him off: his name or office, a clause about him, a connective
        comma = next((t.i for t in doc[at + 1:min(at + SET_OFF, sentence.end)] if t.text == ","), None)
        inside = list(doc[at + 1:comma]) if comma is not None else []
        relative = bool(inside) and is_relative(inside[0], lexicon)
        if comma is None or not relative and any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in inside):
            at += 1
            break
        at = comma
    stop = next((t.i for t in doc[at:sentence.end] if t.text == ";"), sentence.end)
    told = doc[at:stop]
    if len(told) <= BARE or told[0].pos_ in ("CCONJ", "ADP") or not any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in told):
        return None
    return Candidate(OF_PERSONS if personal else OF_ANYONE, tuple(range(start, end)), numbers(name), numbers(told))


def _name_of(doc: Doc, start: int, stop: int, lexicon: Lexicon) -> list[Token]:
    """The words of the name or office that stands at a place: "la psicologa Assunta Melchiorre", "il presidente della proloco"."""
    of = lexicon.words("cues.nouns.owner_prepositions")
    name: list[Token] = []
    for token in doc[start:stop]:
        named = any(t.pos_ in ("NOUN", "PROPN") for t in name)
        joins = token.pos_ in ("NOUN", "PROPN", "ADJ") or token.pos_ in ("DET", "NUM") and (not named or name[-1].pos_ == "ADP") \
            or token.pos_ == "ADP" and named and name[-1].pos_ == "NOUN" and token.lower_ in of
        if not joins:
            break
        name.append(token)
    while name and name[-1].pos_ in ("ADP", "DET"):
        name.pop()
    return name


def _views(head: Token, name: list[Token], lexicon: Lexicon) -> bool:
    """Whether a noun names those whose view "per X" gives, or any body that bears a name: "per la banca Kessel"."""
    return any(lemma(head) in lexicon.words(f"actors.nouns.{kind}") for kind in VIEWED) \
        or name[-1].pos_ == "PROPN" and can_speak(head, lexicon)


def _plain(doc: Doc, start: int, end: int, noun: Token, lexicon: Lexicon) -> tuple[list[Token], list[Token]]:
    """Source and content of "according to X, …": the clause around the phrase, X's apposition left out."""
    source = [t for t in noun_phrase(noun, lexicon) if t.i >= end]
    source += _name_after(source, lexicon)
    phrase = {t.i for t in noun.subtree if t in source or role(t, lexicon) == "punctuation"} | set(range(start, end))
    for child in noun.children:
        if role(child, lexicon) in ("apposition", "relative_clause") or child.i < (source[-1].i if source else end):
            phrase |= {t.i for t in child.subtree}
    phrase |= _set_off_name(source, lexicon) | _set_off_office(source, lexicon)
    # "A, ma secondo X B", "A: secondo X, B": the conjunction or colon parts what X says from the clause before.
    before = start - 2 if start > 1 and doc[start - 1].text == "," else start - 1
    low = start if before >= 0 and (doc[before].pos_ == "CCONJ" or doc[start - 1].text == ":") else -1
    return source, [t for t in _ruled_clause(doc, start, noun, lexicon) if t.i not in phrase and t.i > low]


def _name_after(source: list[Token], lexicon: Lexicon) -> list[Token]:
    """The name after an office that the parser took for the clause's subject: "Per il ministro ceco [Radovan Hejda] è assurdo"."""
    if not source or source[-1].i - source[0].i >= len(source) or source[-1].pos_ == "PROPN" or source[-1].is_punct \
            or not any(t.pos_ == "NOUN" and can_speak(t, lexicon) for t in source):
        return []
    doc, at = source[0].doc, source[-1].i + 1
    name: list[Token] = []
    while at < len(doc) and doc[at].pos_ == "PROPN" and doc[at].is_title and not doc[at].is_sent_start:
        name.append(doc[at])
        at += 1
    return name if len(name) in FULL_NAME else []


def _set_off_name(source: list[Token], lexicon: Lexicon) -> set[int]:
    """The name between commas after an office, which is no part of what is said: "Secondo il direttore[, Aldo Ferri,] è tardi"."""
    if not source or source[-1].pos_ == "PROPN" or not any(t.pos_ == "NOUN" and can_speak(t, lexicon) for t in source):
        return set()
    doc, at = source[0].doc, source[-1].i + 1
    end = at + 1
    while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].is_title:
        end += 1
    closed = end < len(doc) and doc[at].text == "," and doc[end].text == ","
    return set(range(at, end + 1)) if closed and end - at - 1 in FULL_NAME else set()


def _set_off_office(source: list[Token], lexicon: Lexicon) -> set[int]:
    """What somebody is, between commas after the name: "Per Marta Bianchi[, ricercatrice a Pisa,] la soglia è troppo bassa"."""
    if not source or source[-1].pos_ != "PROPN" or source[-1].i + 2 >= len(source[0].doc):
        return set()
    doc, at = source[0].doc, source[-1].i + 1
    if doc[at].text != "," or doc[at + 1].pos_ != "NOUN" or not can_speak(doc[at + 1], lexicon):
        return set()
    end = next((t.i for t in doc[at + 1:min(at + NOUN_REACH, doc[at].sent.end)] if t.text == ","), at)
    return set(range(at, end + 1)) if end > at and not any(is_finite(t, lexicon) for t in doc[at:end]) else set()


def _relative(start: int, noun: Token, lexicon: Lexicon) -> tuple[list[Token], list[Token]]:
    """Source and content of "Marangon, secondo cui la licenza…": what the pronoun stands for, the relative clause."""
    clause = noun.head
    while role(clause, lexicon) not in ("relative_clause", "noun_clause") and clause.head != clause:
        clause = clause.head
    if clause.head != clause and clause.head.i < start < clause.i and is_finite(clause, lexicon):
        return [t for t in noun_phrase(clause.head, lexicon) if t.i < start], [t for t in clause.subtree if not start <= t.i <= noun.i]
    # The parser hung the clause elsewhere: it goes on to the sentence's end, and stands for somebody named before.
    before = _antecedent(noun.doc[noun.sent.start:start], noun, lexicon)
    return [t for t in noun_phrase(before, lexicon) if t.i < start] if before else [], list(noun.doc[noun.i + 1:noun.sent.end])


def _antecedent(before: Span, pronoun: Token, lexicon: Lexicon) -> Token | None:
    """What a relative pronoun stands for: "[Marta Volpi], docente a Pisa, a giudizio della quale…" is not the place.

    It has the pronoun's number: "Il piano spaventa molti [ricercatori], secondo i quali…".
    """
    nouns = [t for t in reversed(before) if t.pos_ in ("NOUN", "PROPN")]
    if "Plur" in pronoun.morph.get("Number", []):
        nouns = [t for t in nouns if "Plur" in t.morph.get("Number", []) and can_speak(t, lexicon)][:1] or nouns
    named = next((t for t in nouns if can_speak(t, lexicon) and not children(t, lexicon, "case") and t.head.pos_ != "ADP"), None)
    found = named or next(iter(nouns), None)
    while found is not None and found.head.i < found.i and found.head.pos_ in ("NOUN", "PROPN") and can_speak(found.head, lexicon) \
            and (role(found, lexicon) == "apposition" or not any(t.text == "," for t in found.doc[found.head.i:found.i])):
        found = found.head
    return found


def _whatever(doc: Doc, start: int, noun: Token, lexicon: Lexicon) -> tuple[range, list[Token], list[Token]]:
    """Cue, source and content of "secondo quanto riferito dai vicini, …": the verb after *quanto* names the source."""
    verb = next((t for t in doc[noun.i + 1:noun.i + VERB_REACH] if is_cue_verb(t, lexicon, "speech", "finding", "thought")), None)
    if verb is None:
        return range(0), [], []
    phrase = set(range(start, verb.i + 1)) | {t.i for t in verb.subtree}
    return range(start, verb.i + 1), source_of(verb, lexicon), [t for t in verb.sent if t.i not in phrase]


def _governed(doc: Doc, start: int, end: int, lexicon: Lexicon) -> Token | None:
    """The noun after a source preposition, or nothing where the words are no preposition ("il secondo posto")."""
    for token in doc[end:end + NOUN_REACH]:
        if start <= token.head.i < end and role(token, lexicon) == "prepositional_object":
            return token
        if any(start <= child.i < end for child in token.children) and token.pos_ in NOMINAL:
            return token
    # Of several words ("a detta di") it can hardly be anything else, whatever the parser made of it.
    return next((t for t in doc[end:end + VERB_REACH] if t.pos_ in ("NOUN", "PROPN", "PRON")), None) if end - start > 1 else None


def _speaking_per(doc: Doc, start: int, noun: Token, lexicon: Lexicon) -> bool:
    """Whether Italian *per* opens a clause and stands before somebody who can speak: "Per Derossi è…"."""
    before = doc[start - 1] if start > doc[start].sent.start else None
    if is_relative(noun, lexicon):  # "il filosofo Otto Kremer, per il quale la gratuità non è…"
        return before is not None and before.text == "," and doc[start].lower_ not in lexicon.words("cues.prepositions.named_only")
    opens = before is None or before.is_punct or before.pos_ in ("CCONJ", "SCONJ")
    names = [t for t in noun_phrase(noun, lexicon)
             if t.pos_ == "PROPN" and (t == noun or not any(role(c, lexicon) == "case" for c in t.children))]
    if doc[start].lower_ in lexicon.words("cues.prepositions.named_only"):
        names, opens = [t for t in names if t.ent_type_ in PERSONS], before is None
    else:
        names += [t for t in (noun,) if any(lemma(t) in lexicon.words(f"actors.nouns.{kind}") for kind in VIEWED)
                  or t.pos_ == "NOUN" and lemma(t).endswith(lexicon.sequence("actors.nouns.doer_endings"))]
    names += [t for t in (noun,) if t.lower_ in lexicon.words("actors.pronouns.person") | lexicon.words("actors.pronouns.plural")]
    after = doc[noun.right_edge.i + 1] if noun.right_edge.i + 1 < len(doc) else None
    return opens and bool(names) and after is not None and (after.is_punct or after.pos_ in (*VERBAL, "DET", "ADV", "PRON", "ADP"))


def _ruled_clause(doc: Doc, start: int, noun: Token, lexicon: Lexicon) -> list[Token]:
    """The clause that a source preposition speaks for: that of the verb it hangs on, or the sentence's from there on."""
    head = noun.head if noun.head.i < start or noun.head.i > noun.i else doc[start].head
    while head.head != head and (start <= head.i < noun.i or role(head, lexicon) in (
            "case", "prepositional_object", "marker", "noun_modifier", "oblique", "apposition", "adverb")):
        head = head.head
    while role(head, lexicon) in ("copula", "auxiliary") and head.head != head:  # "Secondo X sono stati i modelli a…"
        head = head.head
    # "Secondo X, imporre la pubblicazione equivarrebbe a…": what opens a sentence speaks for its main clause.
    while start == head.sent.start and role(head, lexicon) in ("adverbial_clause", "subject") and head.head.i > head.i:
        head = head.head
    if head.pos_ in ("NOUN", "PROPN", "PRON") and not is_finite(head, lexicon) and not subjects(head, lexicon):
        top = head
        while top.head != top and top.pos_ not in VERBAL and not is_finite(top, lexicon):
            top = top.head
        head = top
    return sorted(head.subtree, key=lambda t: t.i)


def view(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"[The race], in her view, [will be decided by…]"; "a suo avviso"."""
    words, openers = lexicon.words("cues.prepositions.nouns"), lexicon.words("cues.prepositions.noun_openers")
    for noun in doc:
        if lemma(noun) not in words and noun.lower_ not in words:
            continue
        own = children(noun, lexicon, "possessive")
        start = noun.left_edge.i
        opener = doc[start] if doc[start].lower_ in openers else doc[start - 1] if start else None
        if not own or opener is None or opener.lower_ not in openers or opener.sent != noun.sent:
            continue
        source = noun_phrase(own[0], lexicon) if own[0].pos_ in ("NOUN", "PROPN") else [own[0]]
        phrase = set(range(opener.i, noun.i + 1))
        head = opener.head if opener.is_ancestor(noun) else noun.head
        while head.head != head and head.pos_ not in VERBAL and not is_finite(head, lexicon):
            head = head.head
        tokens = without_opener([t for t in sorted(head.subtree, key=lambda t: t.i) if t.i not in phrase], lexicon)
        if len(tokens) > 2:
            yield Candidate("view noun", numbers(doc[i] for i in phrase if doc[i] not in source), numbers(source), numbers(tokens))
