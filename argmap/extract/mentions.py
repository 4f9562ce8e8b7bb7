"""A parsed article in, the phrases that may refer to an actor out: names, descriptions and pronouns, with the evidence each carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from argmap.extract import syntax
from argmap.extract.names import CLOSED, find_names, fold, given_gender, kind_of_words, noun_kind
from argmap.extract.quotes import quotations
from argmap.lexicon import Lexicon
from argmap.model import ActorKind, Article, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Reference", "find_references"]

#: How many words a description before a name may have: "il presidente del comitato norvegese per la pace".
LONGEST_ROLE = 9
ENTITY_KINDS: dict[str, ActorKind] = {"PERSON": "person", "PER": "person", "ORG": "organisation", "LAW": "policy"}
PHRASE = frozenset({"NOUN", "ADJ", "PROPN", "X", "NUM", "VERB", "ADV"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A phrase that may refer to an actor.

    `start`, `end`, `head` are token numbers; `name_start`, `name_end` the proper name in it, equal where there is none.
    `noun` is the head of its description, lower-case ("amministratrice"); `gender` "m", "f" or "", `number` "s", "p" or
    ""; `definite` says that it may refer back. `inside` is the number of the quotation it stands in, -1 outside.
    """

    start: int
    end: int
    head: int
    form: str
    text: str
    name: tuple[str, ...] = ()
    name_start: int = 0
    name_end: int = 0
    noun: str = ""
    kind: ActorKind | None = None
    entity: str = ""
    gender: str = ""
    number: str = ""
    definite: bool = False
    subject: bool = False
    object: bool = False
    versioned: bool = False
    sentence: int = 0
    paragraph: int = 0
    inside: int = -1
    source: bool = False

    @property
    def key(self) -> str:
        """The name for comparison, or ""."""
        return fold(" ".join(self.name))


def find_references(doc: Doc, article: Article, lexicon: Lexicon, sources: Iterable[Span] = ()) -> tuple[Reference, ...]:
    """All references of an article in text order.

    Args:
        doc: the parsed article.
        article: its text.
        lexicon: the words of its language.
        sources: spans that are known to name a source; each gets a reference even if its noun is in no list.
    """
    place = _Places(doc, article, lexicon)
    found: dict[int, Reference] = {}
    covered: set[int] = set()
    for start, end in find_names(doc, lexicon):
        reference = _named(doc, start, end, lexicon)
        if reference is not None:
            found[reference.head] = reference
            covered |= set(range(reference.name_start, reference.name_end)) | {reference.head}
            if reference.noun:
                inner = next((t.i for t in doc[reference.start + 1:reference.name_start] if t.pos_ == "ADP"), reference.name_start)
                covered |= {t.i for t in doc[reference.start:reference.name_start] if t.i < inner or t.lower_ == reference.noun}
    for token in doc:
        if token.i in covered:
            continue
        if token.pos_ in {"NOUN", "PROPN", "NUM"} and (_kind(token, lexicon) or _plural_subject(token, lexicon)):
            found[token.i] = _described(doc, token, lexicon)
        elif (reference := _pronoun(token, lexicon)) is not None:
            found[token.i] = reference
    by_source = [_source(doc, span, found, lexicon) for span in sources]
    for reference in by_source:
        if reference is not None:
            found[reference.head] = reference
    return tuple(place.of(found[head]) for head in sorted(found, key=lambda i: (found[i].start, found[i].end)))


class _Places:
    """Where a token stands: its sentence, paragraph and quotation."""

    def __init__(self, doc: Doc, article: Article, lexicon: Lexicon) -> None:
        self.doc = doc
        self.sentence = [0] * len(doc)
        for number, sentence in enumerate(doc.sents):
            for token in sentence:
                self.sentence[token.i] = number
        self.paragraph: list[int] = []
        number = 0
        for token in doc:
            self.paragraph.append(number)
            number += "\n" in token.text
        self.quotes = [q for q in quotations(article.text, lexicon) if q.depth == 0]
        self.lexicon = lexicon

    def of(self, reference: Reference) -> Reference:
        token = self.doc[reference.head]
        inside = next((n for n, q in enumerate(self.quotes) if q.start <= token.idx < q.end), -1)
        grammar = syntax.role(token, self.lexicon)
        top = token
        while grammar in ("conjunct", "apposition", "name") and top.head is not top:
            top = top.head
            grammar = syntax.role(top, self.lexicon)
        return replace(reference, sentence=self.sentence[token.i], paragraph=self.paragraph[token.i], inside=inside,
                       subject=grammar in ("subject", "subject_passive", "agent") or _is_agent(top, self.lexicon) or self._topic(reference),
                       object=grammar in ("object", "indirect_object"))


    def _topic(self, reference: Reference) -> bool:
        """Whether a name opens its sentence: what the sentence is about, whatever the parser made of it."""
        first = next((t.i for t in self.doc[reference.start].sent if not t.is_punct and not t.is_space), -1)
        return reference.form == "name" and reference.start == first


def _is_agent(token: Token, lexicon: Lexicon) -> bool:
    return syntax.role(token.head, lexicon) == "agent" and syntax.role(token, lexicon) == "prepositional_object"


def _named(doc: Doc, start: int, end: int, lexicon: Lexicon) -> Reference | None:
    """The reference that a name makes together with the description before or after it."""
    words = tuple(t.text for t in doc[start:end])
    head = _root(doc, start, end)
    entity = next((ENTITY_KINDS.get(t.ent_type_, t.ent_type_) for t in doc[start:end] if t.ent_type_), "")
    versioned = end < len(doc) and (doc[end].like_num or (doc[end].text[:1].isdigit()))
    left, noun = _role_before(doc, start, words, entity, lexicon)
    right = _noun_after(doc, start, end, lexicon)
    gender = _name_gender(doc, start, words, lexicon)
    kind = kind_of_words(words, lexicon)
    name, name_start, name_end = words, start, end
    if right is not None:
        after = noun_kind(right.text, lexicon)
        if after == "person":
            return None if entity == "person" else _plain(doc, start, end, head, words, kind, entity, gender, versioned)
        if after in ("policy", "government"):  # "the Trump administration", "the Hawley bill"
            name, name_end, kind, head = (*words, *(t.text for t in doc[end:right.i + 1])), right.i + 1, after, right.i
            entity, noun = "", right.lower_
    elif noun:
        before = noun_kind(noun, lexicon)
        if before in ("policy", "government") and kind is None and noun not in lexicon.words("actors.nouns.vehicle"):
            at = next(i for i in range(start - 1, -1, -1) if doc[i].lower_ == noun)
            name, name_start, head, entity = tuple(t.text for t in doc[at:end]), at, at, ""
        kind = before if before and not (kind == "person" and before != "person") else kind
        gender = gender or _noun_gender(noun, doc, left, start, lexicon)
        head = _root(doc, left, end)
    if kind is None and (life := _life(doc, end, lexicon)) is not None:
        kind, gender = "person", gender or life
    if kind is None and _titled(doc, start, lexicon):
        kind, left = "person", min(left, start - 1)
    first = min(left, name_start)
    first = _with_determiner(doc, first, lexicon)
    return Reference(first, name_end, head if first <= head < name_end else start, "name", doc[first:name_end].text, name, name_start, name_end,
                     noun, kind, entity, gender, "s", True, versioned=versioned)


def _plain(doc: Doc, start: int, end: int, head: int, words: tuple[str, ...], kind: ActorKind | None, entity: str, gender: str,
           versioned: bool) -> Reference:
    return Reference(start, end, head, "name", doc[start:end].text, words, start, end, "", kind, entity, gender, "s", True, versioned=versioned)


def _root(doc: Doc, start: int, end: int) -> int:
    """The token of a stretch that the others hang on."""
    tops = [t for t in doc[start:end] if not start <= t.head.i < end or t.head is t]
    nouns = [t for t in tops if t.pos_ not in CLOSED or t.pos_ in {"PRON", "NUM"}]
    return (nouns or tops or [doc[start]])[0].i


def _with_determiner(doc: Doc, start: int, lexicon: Lexicon) -> int:
    """The phrase's start, its article or possessive included; a preposition's article is not."""
    while start > 0 and (doc[start - 1].pos_ == "DET" or doc[start - 1].lower_ in lexicon.words("actors.words.articles")
                         or doc[start - 1].lower_ in _possessives(lexicon)) and not doc[start - 1].is_space:
        start -= 1
    return start


def _possessives(lexicon: Lexicon) -> frozenset[str]:
    return lexicon.words("actors.pronouns.possessive") | lexicon.words("actors.pronouns.possessive_plural") \
        | lexicon.words("actors.pronouns.possessive_masculine") | lexicon.words("actors.pronouns.possessive_feminine") \
        | lexicon.words("actors.pronouns.possessive_thing")


def _role_before(doc: Doc, start: int, words: tuple[str, ...], entity: str, lexicon: Lexicon) -> tuple[int, str]:
    """Where the description before a name starts, and its head noun: "[il presidente del comitato norvegese] Thorbjoern Jagland".

    The noun beside the name counts, unless the name looks like a person's and the noun does not: then a person's noun
    further left that the nearer one completes.
    """
    left = start
    nouns: list[int] = []
    at = start - 1
    while at >= 0 and start - at <= LONGEST_ROLE:
        token = doc[at]
        if token.is_space or token.is_quote or token.sent != doc[start].sent:
            break
        plain = token.pos_ in {"NOUN", "ADJ", "PROPN", "X"} or noun_kind(token.text, lexicon) is not None or token.text in {"-", "/"} or (token.text[:1].isupper() and token.is_alpha and token.pos_ not in CLOSED)
        if not plain and (at == start - 1 or token.pos_ not in {"ADP", "DET", "NUM", "PART", "CCONJ"}):
            break
        if token.pos_ == "DET" and (at == 0 or doc[at - 1].pos_ != "ADP") and nouns:
            break
        if noun_kind(token.text, lexicon) or token.lower_ in lexicon.words("actors.words.titles"):
            nouns.append(at)
        elif token.pos_ == "NOUN" and not nouns and at == start - 1 and doc[start].head.i == at and token.text[:1].islower() \
                and at > 0 and doc[at - 1].pos_ == "DET":
            nouns.append(at)  # an unlisted noun that the name hangs on: "il favorito Alexis Pinturault"
        at -= 1
    if not nouns:
        return left, ""
    best = nouns[0]
    given = len(words) > 1 and bool(given_gender(words[0], lexicon))
    # A pipeline's guess counts for less than the noun beside the name: "the consultancy Brandt Okafor".
    personlike = given or (entity == "person" and not (best == start - 1 and noun_kind(doc[best].text, lexicon) == "organisation"))
    if noun_kind(doc[best].text, lexicon) != "person":
        person = next((i for i in nouns if noun_kind(doc[i].text, lexicon) == "person"), None)
        if person is not None and (personlike or doc[start].head.i == person):
            best = person
        elif personlike and noun_kind(doc[best].text, lexicon) in ("organisation", "policy", "government"):
            return left, ""
    elif any(doc[i].pos_ == "ADP" for i in range(best, start)) and not personlike and doc[start].head.i != best and doc[_root(doc, start, start + len(words))].head.i != best:
        return left, ""
    while best > 0 and noun_kind(doc[best - 1].text, lexicon) == "person" == noun_kind(doc[best].text, lexicon):
        best -= 1  # "amministratrice delegata"
    # Adjectives and compounds belong to the description: "chief executive", "former prime minister".
    left = best
    while left > 0 and doc[left - 1].pos_ in {"ADJ", "NOUN", "PROPN"} and doc[left - 1].head.i in range(left, start + len(words)) and doc[left - 1].sent == doc[start].sent:
        left -= 1
    return left, doc[best].lower_


def _noun_after(doc: Doc, start: int, end: int, lexicon: Lexicon) -> Token | None:
    """The common noun that a name qualifies: "the Trump [administration]", "a Bravik [spokeswoman]"."""
    at = end
    while at < len(doc) and doc[at].pos_ in {"ADJ", "NOUN"} and not doc[at].is_space and not doc[at].text[:1].isupper():
        at += 1
    if at == end:
        return None
    last = doc[at - 1]
    inside = any(t.head.i in range(end, at) and syntax.role(t, lexicon) in ("name", "noun_modifier", "adjective", "other") for t in doc[start:end])
    return last if inside and last.pos_ == "NOUN" and noun_kind(last.text, lexicon) else None


def _titled(doc: Doc, start: int, lexicon: Lexicon) -> bool:
    return start > 0 and doc[start - 1].lower_ in lexicon.words("actors.words.titles")


def _life(doc: Doc, end: int, lexicon: Lexicon) -> str | None:
    """A person's gender, or "" if it is unknown, where age or birth follows the name: "Yewande Bamigboye, quarantun anni, nata a Ibadan"."""
    if end >= len(doc) or doc[end].text not in {",", "("}:
        return None
    shown = None
    for token in doc[end + 1:min(len(doc), end + LONGEST_ROLE)]:
        if token.pos_ in {"AUX"} or token.is_sent_start:
            break
        if token.lower_ in lexicon.words("actors.words.age") and token.i > 0 and (token.nbor(-1).like_num or token.nbor(-1).pos_ in {"NUM", "ADJ", "DET", "NOUN"}):
            shown = shown or ""
        if token.lower_ in lexicon.words("actors.words.life"):
            gender = {"Fem": "f", "Masc": "m"}.get(next(iter(token.morph.get("Gender", [])), ""), "")
            return gender if "Part" in token.morph.get("VerbForm", []) or token.pos_ == "ADJ" else ""
    number = doc[end + 1] if end + 2 < len(doc) else None
    if number is not None and number.like_num and number.text.isdigit() and len(number) == 2 and doc[end + 2].text in {",", ")"}:
        return ""  # "Ottavia Derossi, 44,"
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


def _noun_gender(noun: str, doc: Doc, start: int, end: int, lexicon: Lexicon) -> str:
    """The gender that a description shows by its noun, article or adjective."""
    if noun in lexicon.words("actors.nouns.feminine"):
        return "f"
    if noun in lexicon.words("actors.nouns.masculine"):
        return "m"
    first = _with_determiner(doc, start, lexicon)
    articles = [t for t in doc[max(0, first - 1):end] if t.pos_ in {"DET", "ADP"} or t.lower_ == noun]
    for token in articles:
        for gender, code in (("Fem", "f"), ("Masc", "m")):
            if gender in token.morph.get("Gender", []):
                return code
    return ""


def _noun(token: Token, lexicon: Lexicon) -> str:
    """The noun as the language file lists it."""
    return token.lemma_.lower() if _plural(token) and token.lemma_ else token.lower_


def _kind(token: Token, lexicon: Lexicon) -> ActorKind | None:
    return noun_kind(token.text, lexicon) or noun_kind(token.lemma_, lexicon)


def _plural(token: Token) -> bool:
    number = token.morph.get("Number", [])
    if not number:  # "le università": the article tells
        number = [n for child in token.children if child.pos_ in {"DET", "ADP"} for n in child.morph.get("Number", [])]
    return "Plur" in number or token.tag_ in {"NNS", "NNPS"}


def _plural_subject(token: Token, lexicon: Lexicon) -> bool:
    """Whether a plural noun does something, so that "they" may mean it: "Insurers are less enthusiastic: they fear…"."""
    return token.pos_ == "NOUN" and _plural(token) and syntax.role(token, lexicon) == "subject"


def _described(doc: Doc, token: Token, lexicon: Lexicon) -> Reference:
    """The reference that a common noun's phrase makes."""
    tokens = [t for t in syntax.noun_phrase(token, lexicon) if t.sent == token.sent]
    start, end = tokens[0].i, tokens[-1].i + 1
    while start < token.i and (doc[start].pos_ == "ADP" or doc[start].is_punct or doc[start].is_space):
        start += 1
    start = _with_determiner(doc, start, lexicon)
    # What stands after a mark is no part of the phrase: "il giudice di Roma, Valerio Savio".
    end = next((t.i for t in doc[token.i + 1:end] if t.is_punct and t.text not in {"-", "’", "'"}), end)
    while end > token.i + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return _nominal(doc, start, end, token, lexicon)


def _nominal(doc: Doc, start: int, end: int, token: Token, lexicon: Lexicon) -> Reference:
    plural = _plural(token)
    first, before = doc[start], doc[start - 1] if start > 0 else None
    openers = {first.lower_} | ({before.lower_} if before is not None and before.pos_ == "ADP" else set())
    definite = bool(openers & lexicon.words("actors.words.definite")) or bool({t.lower_ for t in doc[start:token.i]} & _possessives(lexicon))
    indefinite = "Ind" in first.morph.get("Definite", []) and start < token.i
    kind = _kind(token, lexicon)
    if plural and kind not in ("policy", None):
        kind = "group"
    gender = _noun_gender(token.lower_, doc, start, end, lexicon) if not plural else ""
    return Reference(start, end, token.i, "nominal", doc[start:end].text, (), start, start, _noun(token, lexicon), kind, "", gender,
                     "p" if plural else "s", definite and not indefinite)


def _pronoun(token: Token, lexicon: Lexicon) -> Reference | None:
    """The reference that a third-person pronoun or possessive makes."""
    low = token.lower_
    if token.pos_ not in {"PRON", "DET", "ADJ"}:
        return None
    gender = number = ""
    kind: ActorKind | None = None
    lists = {path: lexicon.words(f"actors.pronouns.{path}") for path in (
        "masculine", "feminine", "plural", "person", "thing", "possessive", "possessive_plural", "possessive_masculine",
        "possessive_feminine", "possessive_thing")}
    if not any(low in words for words in lists.values()):
        return None
    if low in lists["plural"] | lists["possessive_plural"]:
        number = "p"
    else:
        number = "s"
    if low in lists["masculine"] | lists["possessive_masculine"]:
        gender = "m"
    elif low in lists["feminine"] | lists["possessive_feminine"]:
        gender = "f"
    if low in lists["person"] | lists["possessive_masculine"] | lists["possessive_feminine"]:
        kind = "person"
    elif low in lists["thing"] | lists["possessive_thing"]:
        kind = "organisation"
    return Reference(token.i, token.i + 1, token.i, "pronoun", token.text, noun=low, kind=kind, gender=gender, number=number, definite=True)


def _source(doc: Doc, span: Span, found: dict[int, Reference], lexicon: Lexicon) -> Reference | None:
    """The reference at an attribution's source: one that was found, with the source's extent, or a new one."""
    piece = doc.char_span(span.start, span.end, alignment_mode="expand")
    if piece is None or not len(piece):
        return None
    head = source_head(doc, piece.start, piece.end)
    for reference in found.values():
        if reference.head == head or (reference.form == "name" and reference.start <= head < reference.end):
            if reference.form == "nominal":
                return replace(_nominal(doc, piece.start, _clause_start(doc, head, piece.end, lexicon), doc[head], lexicon), source=True)
            return replace(reference, source=True)
    token = doc[head]
    if token.pos_ in {"PRON", "DET"} and piece.end - piece.start == 1:
        words = lexicon.words("actors.pronouns.relative") | lexicon.words("actors.pronouns.nobody") | lexicon.words("actors.pronouns.first")
        if token.lower_ in words or token.pos_ == "PRON":
            return None
    reference = _nominal(doc, piece.start, _clause_start(doc, head, piece.end, lexicon), token, lexicon)
    return replace(reference, source=True)


def _clause_start(doc: Doc, head: int, end: int, lexicon: Lexicon) -> int:
    """Where a clause inside a phrase begins, for a description does without it: "un libro | pubblicato dal ricercatore Tolstoj"."""
    for token in doc[head + 1:end]:
        if not any(t.text[:1].isupper() for t in doc[token.i:end]):
            return end  # nobody else is named in it: "i dati che abbiamo noi"
        if syntax.role(token, lexicon) in ("noun_clause", "relative_clause") and token.pos_ in {"VERB", "AUX"}:
            start = min(t.i for t in token.subtree)
            return max(head + 1, start if start > head else token.i)
    return end


def source_head(doc: Doc, start: int, end: int) -> int:
    """The head token of a phrase given by its ends."""
    return _root(doc, start, end)
