"""Parsed tokens in, the names among them out: stretches of capitalised words, with the kinds their own words tell.

No trained recogniser is needed: a name shows itself by capitals where a sentence does not ask for them, by the words
inside it ("Agency", "Bank"), by a given name at its start. Entities that a pipeline has found add evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from argmap.extract.kinds import given_gender, institution_kind, is_state_name, state_code, token_kind
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["find_names"]

#: Numbers of popes and kings.
ROMAN = re.compile(r"[IVX]+")
#: Parts of speech that are no part of a name, however they are spelled: "The", "Secondo".
CLOSED = frozenset({"DET", "PRON", "ADP", "CCONJ", "SCONJ", "AUX", "PART", "INTJ", "ADV", "PUNCT", "SPACE", "NUM", "SYM"})
#: Entity labels of whoever or whatever may act.
NAMED = frozenset({"PERSON", "PER", "ORG", "GPE", "LOC", "NORP", "LAW"})
#: Share of capitalised words from which a line is set in title case, and capitals tell nothing.
TITLE_CASE = 0.6
#: The same for a line that ends like a sentence.
ALL_CAPITALS = 0.8
#: Words of this length or less stay small in title case ("of", "the").
SMALL_WORD = 3
#: Characters of an elided "d'".
ELIDED = 2
#: Words of the longest name of a state that titles are searched for.
STATE = 3


def find_names(doc: Doc, lexicon: Lexicon) -> list[tuple[int, int]]:
    """The names of a document as half-open ranges of token numbers, in text order."""
    titled = _title_case(doc)
    inner = Counter(t.text for t in doc if t.text[:1].isupper() and not _opens(t) and t.i not in titled)
    lower = {t.text for t in doc if t.text[:1].islower()}
    likely = [t.i not in titled and _is_name(t, lexicon, inner, lower) for t in doc]
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(doc):
        if not likely[at]:
            at += 1
            continue
        end = at + 1
        while end < len(doc):
            step = _joined(doc, at, end, likely, lexicon)
            if not step:
                break
            end += step
        end = _lower_case_rest(doc, at, end, lexicon)
        if at and doc[at - 1].is_upper and doc[at - 1].is_alpha and doc[at - 1].i not in titled and _is_institution(doc, at, end, lexicon):
            at -= 1  # AI Act
        found += _split(doc, at, end, lexicon)
        at = end
    return sorted(found + _in_titles(doc, titled, found))


def _in_titles(doc: Doc, titled: frozenset[int], found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The names in lines in title case: those that the text below has, whole or in part, and states."""
    known: set[tuple[str, ...]] = set()
    for start, end in found:
        words = tuple(t.text for t in doc[start:end])
        known |= {words[i:] for i in range(len(words))} | {words[:i] for i in range(1, len(words))}
    longest = max(map(len, known), default=1)
    names: list[tuple[int, int]] = []
    at = 0
    while at < len(doc):
        size = 0
        if at in titled and doc[at].pos_ not in CLOSED:
            size = next((n for n in range(min(longest, len(doc) - at), 0, -1) if tuple(t.text for t in doc[at:at + n]) in known), 0)
            size = size or next((n for n in range(min(STATE, len(doc) - at), 0, -1) if state_code(doc[at:at + n].text)), 0)
        if size:
            names.append((at, at + size))
        at += size or 1
    return names


def _opens(token: Token) -> bool:
    """Whether the token stands where a capital is due anyway: at the start of a sentence, a line, a quotation."""
    if token.i == 0 or token.is_sent_start:
        return True
    before = token.nbor(-1)
    return before.is_space or before.is_quote or before.text in {":", "-", "–", "—", "…", "...", ".", "?", "!", "•"}


def _title_case(doc: Doc) -> frozenset[int]:
    """The tokens of lines in title case: "Cities Split Over New Parking Rules"."""
    found: set[int] = set()
    line: list[Token] = []
    for token in [*doc, None]:
        if token is not None and "\n" not in token.text:
            line.append(token)
            continue
        long = [t for t in line if t.is_alpha and len(t) > SMALL_WORD]
        ended = bool(line) and line[-1].text in {".", "!"}
        share = ALL_CAPITALS if ended else TITLE_CASE
        letters = [t for t in line if t.is_alpha]
        shouted = len(letters) > 1 and all(t.is_upper for t in letters)  # "THE DETAILS"
        if shouted or (len(long) > SMALL_WORD and sum(t.text[0].isupper() for t in long) >= share * len(long)):
            found |= {t.i for t in line}
        line = []
    return frozenset(found)


def _is_name(token: Token, lexicon: Lexicon, inner: Counter[str], lower: set[str]) -> bool:
    form = token.text
    low = token.lower_
    if not any(c.isalpha() for c in form) or not any(c.isupper() for c in form):
        return False
    before = token.nbor(-1) if token.i else None
    address = lexicon.words("actors.words.forms_of_address")
    named = before is not None and low not in address and (given_gender(before.text, lexicon) or before.lower_ in address)
    if named and form[0].isupper() and (low in lexicon.words("actors.words.titles") or token_kind(token, lexicon) == "person"):
        return True  # "Martin Luther King", "Mr. King"
    if any(low in lexicon.words(f"actors.words.{path}") for path in ("not_names", "definite", "articles", "titles")):
        return False
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    if before is not None and after is not None and form[0].isupper() and before.text[:1].isupper() and not _opens(token) \
            and after.text[:1].isupper() and institution_kind(after.text, lexicon):
        return True  # "Open Source Initiative"
    if low in lexicon.words("actors.words.weekdays_and_months") and not (before is not None and given_gender(before.text, lexicon)):
        return False  # but "Theresa May"
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if following is not None and low in lexicon.words("actors.words.office_parts") and following.text[:1].isupper():
        return False  # "Prime Minister", "Attorney General"
    if token_kind(token, lexicon) == "person":
        return False
    if not form[0].isupper():  # xAI, iGenius
        prefix, _, rest = form.partition("-")  # "al-Masri" is a name, "anti-Reed" none
        return form.isalpha() or (prefix in lexicon.words("actors.words.particles") and rest.istitle())
    acronym = form.isupper() and sum(c.isalpha() for c in form) > 1 and low not in lower  # not "THE DETAILS"
    particle = low in lexicon.words("actors.words.particles")
    part = lexicon.roles.get(token.dep_) == "name" and token.head.text[:1].isupper() and not _opens(token)
    if part and form.isalpha() and len(form) > 1:
        return True  # the parser takes it for part of a name, whatever the tagger took it for
    if token.pos_ in CLOSED and not acronym and not inner[form] and not is_state_name(form) and not particle:
        return False
    if not _opens(token):
        return token.pos_ not in CLOSED or acronym
    if low in lower:
        return False
    if inner[form] or acronym or is_state_name(form) or given_gender(form, lexicon):
        return True
    if token.ent_type_ in NAMED and token.pos_ not in {"VERB", "ADJ"}:
        return True
    if low in lexicon.words("actors.words.particles") and token.i + 1 < len(token.doc) and inner[token.nbor().text]:
        return True  # "Van Doorn insisted"
    goes_on = following is not None and following.pos_ in {"AUX", "VERB", "PUNCT", "ADV", "PRON", "PROPN", "CCONJ"}
    if goes_on and token.pos_ in {"NOUN", "X"} and form.isalpha() and not _is_word(low, lexicon.language):
        return True  # no dictionary has it: "Nortex ha messo in rete…"
    if not goes_on and token.pos_ != "PROPN" and _is_word(low, lexicon.language):
        return False  # "Angosciato dal dolore…"
    if token.pos_ == "PROPN":  # a lone word that opens a sentence and stands apart is seldom a name: "Odd?"
        return following is None or not following.is_punct or following.text in {",", "-", "(", ":"}
    return following is not None and following.text[:1].isupper() and following.pos_ == "PROPN" and token.pos_ in {"NOUN", "ADJ", "X"}


@cache
def _is_word(form: str, language: str) -> bool:
    import simplemma
    return bool(simplemma.is_known(form, lang=language))


def _joined(doc: Doc, start: int, end: int, likely: list[bool], lexicon: Lexicon) -> int:
    """How many tokens after `end` continue the name that starts at `start`."""
    token = doc[end]
    if likely[end]:
        return 1
    following = end + 1 < len(doc) and likely[end + 1]
    if ROMAN.fullmatch(token.text) and not token.is_sent_start:
        return 1  # Cirillo I
    if token.is_quote and end + 3 < len(doc) and likely[end + 1] and doc[end + 2].is_quote and likely[end + 3]:
        return 4  # Giovanni "Nino" Conte
    particle = token.lower_ in lexicon.words("actors.words.particles")
    if particle and end + 2 < len(doc) and doc[end + 1].text == "-" and not token.whitespace_:
        return 3 if likely[end + 2] else 0  # Nadia al-Masri
    acronym = end + 1 < len(doc) and doc[end + 1].is_upper and doc[end + 1].is_alpha
    joins = token.lower_ in lexicon.words("actors.words.joins") and token.pos_ != "CCONJ"
    if acronym and joins and _is_institution(doc, start, end, lexicon):
        return 2  # Institute for AI
    small = token.is_alpha and token.text.istitle() and len(token) > 1 and token.pos_ in CLOSED - {"AUX", "CCONJ", "SCONJ"}
    if small and not token.is_sent_start and (len(token) > SMALL_WORD or given_gender(doc[start].text, lexicon)):
        return 1  # surnames that a tagger takes for small words: "Anna Li"
    if token.text in {"-", "‑", "–"} and not doc[end - 1].whitespace_ and not token.whitespace_ and end + 1 < len(doc):
        last = doc[end + 1]
        if following or (end - start > 1 and last.is_alpha and (last.pos_ == "PROPN" or last.ent_type_ in {"PERSON", "PER"})):
            return 2  # Okafor-Reid, Ban Ki-moon
    if following and token.ent_iob_ == "I" and token.ent_type_ in {"ORG", "LAW"} and doc[end + 1].ent_iob_ == "I":
        return 2  # the pipeline takes it for one name: "Food and Drug Administration"
    if not following:
        two = f"{token.lower_} {doc[end + 1].lower_}" if end + 2 < len(doc) else ""
        if two in lexicon.words("actors.words.joins") and likely[end + 2] and _is_institution(doc, start, end, lexicon):
            return 3  # Office for the Environment
        return 0
    if token.lower_ in lexicon.words("actors.words.particles"):
        short = not lexicon.words("actors.words.owner_prepositions") & {token.lower_}
        if short or (end - start == 1 and given_gender(doc[start].text, lexicon)):
            return 2  # Pieter van Doorn, Leonardo da Vinci; not "Rossi del Pd"
    if token.lower_ in lexicon.words("actors.words.joins"):
        coordinated = token.pos_ == "CCONJ" and token.text != "&"
        if token.text.endswith(("'", "’")) and not token.whitespace_ and len(token) == ELIDED:
            return 2  # Fratelli d'Italia
        of_person = bool(given_gender(doc[end + 1].text, lexicon))  # "la Lega di Roberto Neri"
        if token.text == "&" or (_is_institution(doc, start, end, lexicon) and not coordinated and not of_person):
            return 2  # Harker & Pohl, Ghent Institute for Energy Research
        if coordinated and not of_person and any(doc[i].lower_ in lexicon.words("actors.words.joins") for i in range(start, end)):
            return 2  # Department for Culture and Sport
    return 0


def _is_institution(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    return any(institution_kind(doc[i].text, lexicon) for i in range(start, end) if i > start or not given_gender(doc[i].text, lexicon))


def _lower_case_rest(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Where a name ends whose first word alone has a capital: "Agenzia [per la tutela dei consumi]"."""
    token = doc[start]
    if end - start != 1 or not _is_institution(doc, start, end, lexicon) or token.is_sent_start:
        return end
    subtree = {t.i for t in token.subtree}
    at, last = end, end
    if at + 1 < len(doc) and doc[at].lower_ in lexicon.words("actors.words.purposes"):  # the parser may hang this phrase elsewhere
        noun = next((t for t in doc[at + 1:at + 3] if t.pos_ in {"NOUN", "PROPN"}), None)
        subtree |= {at, *(range(at, noun.i + 1) if noun is not None else ())} | ({t.i for t in noun.subtree} if noun is not None else set())
    while at < len(doc) and at in subtree and doc[at].pos_ in {"NOUN", "ADJ", "ADP", "DET", "PROPN"}:
        at += 1
        if doc[at - 1].pos_ in {"NOUN", "ADJ", "PROPN"}:
            last = at
    return last


def _split(doc: Doc, start: int, end: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The names in a stretch that runs two of them together: "del Senato | Marco Rinaldi", "Rival | Maria Lopez"."""
    after_preposition = start > 0 and doc[start - 1].pos_ == "ADP"
    cut = start
    for at in range(start + 1, end):
        word, before = doc[at], doc[at - 1]
        if at + 1 >= end or before.text[:1].islower() or before.is_punct or word.is_punct or doc[at + 1].is_punct:
            continue
        given = bool(given_gender(word.text, lexicon)) and not given_gender(before.text, lexicon) and not before.text.endswith(".")
        begins = word.ent_type_ in {"PERSON", "PER"} and word.ent_iob_ == "B"
        state = after_preposition and cut == start and bool(state_code(doc[start:at].text)) and not _is_institution(doc, at, end, lexicon)
        stranger = word.head.i < start and before.head.i < start and doc[at + 1].head.i == at
        if state or (after_preposition and (given or stranger)) or (given and begins) or (given and before.pos_ in {"ADJ", "VERB", "NOUN"}):
            yield cut, at
            cut = at
    yield cut, end
