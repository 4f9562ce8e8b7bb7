"""A name's place in a parsed text in, the reference out that it makes together with the words around it.

"l'amministratrice delegata Carla Benso" is a woman and a manager, "il rapporto Halden" a document, "the Trump
administration" a government: descriptions before and after a name, titles, ages and given names tell what it names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.extract import syntax
from argmap.extract.kinds import given_gender, kind_of_words, noun_kind, token_kind
from argmap.extract.names import CLOSED
from argmap.extract.reference import ENTITY_KINDS, Reference
from argmap.lexicon import Lexicon
from argmap.model import ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["is_dateline", "is_plural", "named", "noun_gender", "possessives", "root", "with_determiner"]

#: How many words a description before a name may have: "il presidente del comitato svedese per la ricerca".
LONGEST_ROLE = 9
#: Letters of a month or day as datelines shorten them: "9 ott.", "sept.".
SHORT_MONTH = 5
DASHES = frozenset({"-", "–", "—"})


def is_dateline(doc: Doc, start: int, end: int) -> bool:
    """Whether a name opens a line as the place or agency of writing: "LYON, May 3 -", "BOSTON (AP) —", "TORINO —"."""
    if not any(t.text in DASHES for t in doc[end:end + LONGEST_ROLE]):
        return False
    line = start
    while line > 0 and "\n" not in doc[line - 1].text:
        line -= 1
    head = doc[line:min(len(doc), end + LONGEST_ROLE)]
    dash = next((t.i for t in head if t.text in DASHES and t.i > line and (doc[t.i - 1].whitespace_ or doc[t.i - 1].is_space)), -1)
    if dash < end:
        return False
    between = doc[line:dash]
    short = all(not t.is_alpha or t.text[0].isupper() or len(t) <= SHORT_MONTH for t in between)
    marked = doc[line].text.isupper() or any(t.text in {",", "("} for t in between) or dash == line + end - start
    return short and marked and doc[line].text[:1].isupper()


def named(doc: Doc, start: int, end: int, lexicon: Lexicon) -> Reference | None:
    """The reference that a name makes together with the description before or after it."""
    words = tuple(t.text for t in doc[start:end])
    if doc[start].ent_type_ == "NORP" and end - start == 1 and not is_plural(doc[start]) and doc[start].head.i > start \
            and syntax.role(doc[start], lexicon) in ("adjective", "name", "noun_modifier"):
        return None  # "Republican lawmakers"
    if doc[start].ent_type_ == "NORP" and end - start == 1 and start and "Ind" in doc[start - 1].morph.get("Definite", []):
        return None  # "Ann Webb, a Democrat"
    while end - start > 1 and doc[start].ent_type_ == "NORP" and doc[start].tag_ in {"JJ", "NNP"} and doc[end - 1].ent_type_ != "NORP":
        start, words = start + 1, words[1:]  # "Republican | Ohio Gov. Paul Reed", "South Korean | President Park"
    head = root(doc, start, end)
    entity = _entity(doc, start, end, lexicon)
    versioned = end < len(doc) and (doc[end].like_num or (doc[end].text[:1].isdigit()))
    left, noun = _role_before(doc, start, words, entity, lexicon)
    right = _noun_after(doc, start, end, lexicon)
    gender = _name_gender(doc, start, words, lexicon)
    kind = kind_of_words(words, lexicon)
    if entity == "NORP" and is_plural(doc[end - 1]) and kind is None:
        kind = "group"
    name, name_start, name_end = words, start, end
    if right is not None:
        after = noun_kind(right.text, lexicon)
        if after == "person":
            return None if ENTITY_KINDS.get(entity) == "person" else _plain(doc, start, end, head, words, kind, entity, gender, versioned)
        if after in ("policy", "government", "organisation"):  # "the Reed administration", "the Webb bill", "the Webb campaign"
            name, name_end, kind, head = (*words, *(t.text for t in doc[end:right.i + 1])), right.i + 1, after, right.i
            entity, noun = "", right.lower_
    elif noun:
        before = noun_kind(noun, lexicon)
        if before in ("policy", "government") and kind is None and noun not in lexicon.words("actors.nouns.vehicle"):
            at = next((i for i in range(start - 1, left - 1, -1) if doc[i].lower_ == noun), start)
            name, name_start, head, entity = tuple(t.text for t in doc[at:end]), at, at, ""
        kind = before if before and not (kind == "person" and before != "person") else kind
        gender = gender or noun_gender(noun, doc, left, start, lexicon)
        head = root(doc, left, end)
    if kind is None and (life := _life(doc, end, lexicon)) is not None:
        kind, gender = "person", gender or life
    if kind is None and _titled(doc, start, lexicon):
        kind, left = "person", min(left, start - 1)
    first = min(left, name_start)
    top = doc[root(doc, start, end)]
    premodifier = name_end == end and right is None and top.head.i >= end and top.head.pos_ == "NOUN" \
        and syntax.role(top, lexicon) in ("name", "noun_modifier", "adjective")
    if not premodifier:  # "the" belongs to the noun in "the Reed family"
        first = with_determiner(doc, first, lexicon)
    head = head if first <= head < name_end else start
    return Reference(first, name_end, head, "name", doc[first:name_end].text, name, name_start, name_end, noun, kind, entity, gender,
                     "s", True, versioned=versioned)


def _entity(doc: Doc, start: int, end: int, lexicon: Lexicon) -> str:
    """What a pipeline takes a name for, where that can be relied on.

    Recognisers of few classes (PER, ORG, LOC) are trained on little text and often take a firm's one-word name for a
    person's or a place's: they are believed on names of several words, and on places where something is said to happen.
    """
    label = next((t.ent_type_ for t in doc[start:end] if t.ent_type_), "")
    if label == "PER" and end - start == 1:
        return ""
    if label == "PERSON" and end - start == 1 and _treated_as_thing(doc, start, lexicon):
        return "ORG"
    if label == "LOC" and not (start and doc[start - 1].lower_ in lexicon.words("actors.words.locative")):
        return ""
    return label


def _treated_as_thing(doc: Doc, at: int, lexicon: Lexicon) -> bool:
    """Whether the text speaks of a one-word name as of no person: "*Lumora*, *which* trains models", "*Lumora* said *its* prices…"."""
    token, things = doc[at], lexicon.words("actors.pronouns.possessive_thing")
    if at + 2 < len(doc) and doc[at + 1].text == "," and doc[at + 2].lower_ in lexicon.words("actors.pronouns.relative_thing"):
        return True
    if syntax.role(token, lexicon) != "subject" or not things:
        return False
    # "Obama defended Iran and its deal": a noun between the verb and "its" may be what it stands for.
    own = next((t for t in doc[token.head.i + 1:token.sent.end] if t.lower_ in things or t.pos_ in ("NOUN", "PROPN", "PRON")), None)
    return own is not None and own.lower_ in things


def _plain(doc: Doc, start: int, end: int, head: int, words: tuple[str, ...], kind: ActorKind | None, entity: str, gender: str,
           versioned: bool) -> Reference:
    return Reference(start, end, head, "name", doc[start:end].text, words, start, end, "", kind, entity, gender, "s", True,
                     versioned=versioned)


def root(doc: Doc, start: int, end: int) -> int:
    """The token of a stretch that the others hang on."""
    tops = [t for t in doc[start:end] if not start <= t.head.i < end or t.head == t]
    nouns = [t for t in tops if t.pos_ not in CLOSED or t.pos_ in {"PRON", "NUM"}]
    return (nouns or tops or [doc[start]])[0].i


def with_determiner(doc: Doc, start: int, lexicon: Lexicon) -> int:
    """The phrase's start, its article or possessive included; a preposition's article is not."""
    articles = lexicon.words("actors.words.articles")
    correlatives = lexicon.words("cues.correlatives")
    while start > 0 and (doc[start - 1].pos_ == "DET" or doc[start - 1].lower_ in articles | possessives(lexicon)):
        if doc[start].lower_ in articles or doc[start - 1].lower_ in correlatives:
            break  # "promised her | a museum", "both | Hooper and Raman"
        start -= 1
    return start


def possessives(lexicon: Lexicon) -> frozenset[str]:
    """The third-person possessives of a language."""
    return lexicon.words("actors.pronouns.possessive") | lexicon.words("actors.pronouns.possessive_plural") \
        | lexicon.words("actors.pronouns.possessive_masculine") | lexicon.words("actors.pronouns.possessive_feminine") \
        | lexicon.words("actors.pronouns.possessive_thing")


def _role_before(doc: Doc, start: int, words: tuple[str, ...], entity: str, lexicon: Lexicon) -> tuple[int, str]:
    """Where the description before a name starts, and its head noun: "[il presidente del comitato svedese] Nils Åkerblom".

    The noun beside the name counts, unless the name looks like a person's and the noun does not: then a person's noun
    further left that the nearer one completes.
    """
    left = start
    things = lexicon.words("actors.nouns.product") | lexicon.words("actors.nouns.place")
    nouns: list[int] = []
    at = start - 1
    while at >= 0 and start - at <= LONGEST_ROLE:
        token = doc[at]
        if token.is_space or token.is_quote or token.sent != doc[start].sent:
            break
        capital = token.text[:1].isupper() and token.is_alpha and token.pos_ not in CLOSED
        plain = capital or token.pos_ in {"NOUN", "ADJ", "PROPN", "X"} or token.text in {"-", "/"}
        plain = plain or token_kind(token, lexicon) is not None
        if not plain and (at == start - 1 or token.pos_ not in {"ADP", "DET", "NUM", "PART", "CCONJ"}):
            break
        if token.pos_ == "DET" and (at == 0 or doc[at - 1].pos_ != "ADP") and nouns:
            break
        kind = noun_kind(token.text, lexicon)
        if kind is None and token_kind(token, lexicon) == "person":
            kind = "person"  # "Senators Webb and Cole"; a plural of things goes with another noun: "centro studi"
        if (kind and (kind == "person" or token.pos_ not in {"AUX", "VERB"})) or token.lower_ in lexicon.words("actors.words.titles"):
            nouns.append(at)
        elif not nouns and at == start - 1 and at > 0 and token.pos_ == "NOUN" and token.text[:1].islower() and token.lower_ not in things \
                and doc[start].head.i == at and doc[at - 1].pos_ == "DET":
            nouns.append(at)  # an unlisted noun that the name hangs on: "il favorito Paul Mercier"
        at -= 1
    if not nouns:
        return left, ""
    best = nouns[0]
    given = len(words) > 1 and bool(given_gender(words[0], lexicon))
    # A pipeline's guess counts for less than the noun beside the name: "the consultancy Marsh Olsen".
    of_firm = best == start - 1 and token_kind(doc[best], lexicon) in ("organisation", "government", "policy")
    personlike = given or (ENTITY_KINDS.get(entity) == "person" and not of_firm)
    if token_kind(doc[best], lexicon) != "person":
        person = next((i for i in nouns if token_kind(doc[i], lexicon) == "person"), None)
        apart = best < start - 1  # "comitato svedese X Y": an institution's name would follow its noun at once
        if person is not None and (personlike or doc[start].head.i == person or (apart and len(words) > 1)):
            best = person
        elif personlike and token_kind(doc[best], lexicon) in ("organisation", "policy", "government"):
            return left, ""
    elif not personlike and any(doc[i].pos_ == "ADP" for i in range(best, start)) \
            and best not in (doc[start].head.i, doc[root(doc, start, start + len(words))].head.i):
        return left, ""
    while token_kind(doc[best], lexicon) not in ("person", None) and doc[best - 1].pos_ == "ADP" and best - 2 in nouns:
        best -= 2  # "agenzia di stampa Adria"
    while best > 0 and token_kind(doc[best - 1], lexicon) == "person" == token_kind(doc[best], lexicon):
        best -= 1  # "amministratrice delegata"
    # Adjectives and compounds belong to the description: "chief executive", "former prime minister".
    left = best
    while left > doc[start].sent.start and doc[left - 1].pos_ in {"ADJ", "NOUN", "PROPN"} \
            and doc[left - 1].head.i in range(left, start + len(words)):
        left -= 1
    return left, doc[best].lemma_.lower() if is_plural(doc[best]) else doc[best].lower_


def _noun_after(doc: Doc, start: int, end: int, lexicon: Lexicon) -> Token | None:
    """The common noun that a name qualifies: "the Reed [administration]", "a Nortex [spokeswoman]"."""
    at = end
    while at < len(doc) and doc[at].pos_ in {"ADJ", "NOUN"} and not doc[at].is_space and not doc[at].text[:1].isupper():
        at += 1
    if at == end:
        return None
    last = doc[at - 1]
    grammar = ("name", "noun_modifier", "adjective", "other")
    inside = any(t.head.i in range(end, at) and syntax.role(t, lexicon) in grammar for t in doc[start:end])
    return last if inside and last.pos_ == "NOUN" and noun_kind(last.text, lexicon) else None


def _titled(doc: Doc, start: int, lexicon: Lexicon) -> bool:
    return start > 0 and doc[start - 1].lower_ in lexicon.words("actors.words.titles")


def _life(doc: Doc, end: int, lexicon: Lexicon) -> str | None:
    """A person's gender, or "" if unknown, where age or birth follows the name: "Adaeze Nwafor, trentasei anni, nata a Lagos"."""
    if end >= len(doc) or doc[end].text not in {",", "("}:
        return None
    shown = None
    for token in doc[end + 1:min(len(doc), end + LONGEST_ROLE)]:
        if token.pos_ in {"AUX"} or token.is_sent_start:
            break
        before = doc[token.i - 1]
        if token.lower_ in lexicon.words("actors.words.age") and (before.like_num or before.pos_ in {"NUM", "ADJ", "DET", "NOUN"}):
            shown = shown or ""
        if token.lower_ in lexicon.words("actors.words.life"):
            gender = {"Fem": "f", "Masc": "m"}.get(next(iter(token.morph.get("Gender", [])), ""), "")
            return gender if "Part" in token.morph.get("VerbForm", []) or token.pos_ == "ADJ" else ""
    number = doc[end + 1] if end + 2 < len(doc) else None
    if number is not None and number.like_num and number.text.isdigit() and len(number) == 2 and doc[end + 2].text in {",", ")"}:
        return ""  # "Carla Benso, 44,"
    return shown


def _name_gender(doc: Doc, start: int, words: tuple[str, ...], lexicon: Lexicon) -> str:
    if start > 0:
        title = doc[start - 1].lower_
        if title in lexicon.words("actors.words.titles_feminine"):
            return "f"
        if title in lexicon.words("actors.words.titles_masculine"):
            return "m"
    gender = given_gender(words[0], lexicon)
    return gender if gender in ("m", "f") else ""


def noun_gender(noun: str, doc: Doc, start: int, end: int, lexicon: Lexicon) -> str:
    """The gender that a description shows by its noun, article or adjective."""
    if noun in lexicon.words("actors.nouns.feminine"):
        return "f"
    if noun in lexicon.words("actors.nouns.masculine"):
        return "m"
    first = with_determiner(doc, start, lexicon)
    articles = [t for t in doc[max(0, first - 1):end] if t.pos_ in {"DET", "ADP"} or t.lower_ == noun]
    for token in articles:
        for gender, code in (("Fem", "f"), ("Masc", "m")):
            if gender in token.morph.get("Gender", []):
                return code
    return ""


def is_plural(token: Token) -> bool:
    """Whether a noun is in the plural, by its form or, where that does not change, by its article."""
    number = token.morph.get("Number", [])
    if not number:  # "le università": the article tells
        number = [n for child in token.children if child.pos_ in {"DET", "ADP"} for n in child.morph.get("Number", [])]
    return "Plur" in number or token.tag_ in {"NNS", "NNPS"}
