"""A parsed article in, the phrases that may refer to an actor out: names, descriptions and pronouns, with the evidence each carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from argmap.extract import syntax
from argmap.extract.kinds import noun_kind, state_code, token_kind
from argmap.extract.named import is_dateline, is_plural, named, noun_gender, possessives, root, with_determiner
from argmap.extract.names import find_names
from argmap.extract.places import Places
from argmap.extract.reference import Reference
from argmap.lexicon import Lexicon
from argmap.model import ActorKind, Article, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["find_references", "names_somebody", "source_head"]

#: Tokens of a source that names nobody: "not everyone".
SHORT_SOURCE = 2


def find_references(doc: Doc, article: Article, lexicon: Lexicon, sources: Iterable[Span] = ()) -> tuple[Reference, ...]:
    """All references of an article in text order.

    Args:
        doc: the parsed article.
        article: its text.
        lexicon: the words of its language.
        sources: spans that are known to name a source; each gets a reference even if its noun is in no list.
    """
    found: dict[int, Reference] = {}
    covered: set[int] = set()
    ranges = find_names(doc, lexicon)
    for start, end in ranges:
        if is_dateline(doc, start, end):
            continue
        if _only_a_noun(doc, start, end, ranges, lexicon):
            continue  # "l'Autorità", "the Committee" refer back as descriptions do
        reference = named(doc, start, end, lexicon)
        if reference is not None:
            found[reference.head] = reference
            covered |= set(range(reference.name_start, reference.name_end)) | {reference.head}
            if reference.noun:
                inner = next((t.i for t in doc[reference.start + 1:reference.name_start] if t.pos_ == "ADP"), reference.name_start)
                covered |= {t.i for t in doc[reference.start:reference.name_start] if t.i < inner or t.lower_ == reference.noun}
    when = lexicon.words("cues.time")
    for token in doc:
        if token.i in covered:
            continue
        noun = token.pos_ in {"NOUN", "PROPN", "NUM"} or _like_noun(token, lexicon)
        if noun and token.lemma_.lower() in when:
            continue  # "Tre anni fa spiegava…": parsers take the time for the subject
        if noun and (token_kind(token, lexicon) or _plural_subject(token, lexicon)):
            found[token.i] = _described(doc, token, found.values(), lexicon)
        elif (reference := _pronoun(token, lexicon)) is not None:
            found[token.i] = reference
    by_source = [_source(doc, span, found, lexicon) for span in sources]
    for reference in by_source:
        if reference is not None:
            found[reference.head] = reference
    places = Places(doc, article, lexicon)
    ordered = sorted(found.values(), key=lambda r: (r.start, r.end))
    return tuple(_placed(reference, doc, places, lexicon) for reference in ordered)


def _only_a_noun(doc: Doc, start: int, end: int, ranges: Iterable[tuple[int, int]], lexicon: Lexicon) -> bool:
    """Whether a name is one common noun with a capital that no longer name of the article begins or ends with."""
    word = doc[start]
    if end - start != 1 or noun_kind(word.text, lexicon) not in ("organisation", "government") or state_code(word.text):
        return False
    if not _article_before(doc, start, lexicon) or named(doc, start, end, lexicon) is None:
        return False
    longer = [(doc[s].lower_, doc[e - 1].lower_) for s, e in ranges if e - s > 1]
    right = doc[end] if end < len(doc) else None
    return not any(word.lower_ in ends for ends in longer) and not (right is not None and right.text[:1].isupper())


def _article_before(doc: Doc, start: int, lexicon: Lexicon) -> bool:
    return start > 0 and doc[start - 1].lower_ in lexicon.words("actors.words.definite")


def _placed(reference: Reference, doc: Doc, places: Places, lexicon: Lexicon) -> Reference:
    """The reference with its place in the text and in its clause."""
    token = doc[reference.head]
    top, grammar = token, syntax.role(token, lexicon)
    while grammar in ("conjunct", "apposition", "name") and top.head != top:
        top = top.head
        grammar = syntax.role(top, lexicon)
    return replace(
        reference, sentence=places.sentence(token.i), paragraph=places.paragraph(token.i), inside=places.quotation(token.idx),
        subject=grammar in ("subject", "subject_passive", "agent") or _is_agent(top, lexicon) or _is_topic(doc, reference)
        or reference.form == "name" and grammar == "noun_modifier" and _is_late_subject(top, lexicon),
        object=grammar in ("object", "indirect_object"))


def _is_topic(doc: Doc, reference: Reference) -> bool:
    """Whether a name opens its sentence: what the sentence is about, whatever the parser made of it."""
    first = next((t.i for t in doc[reference.start].sent if not t.is_punct and not t.is_space), -1)
    return reference.form == "name" and reference.start == first


def _is_late_subject(token: Token, lexicon: Lexicon) -> bool:
    """Whether a name that the parser took for a modifier is what a verb without subject has after it: "Lo pensa da tempo *Ada Neri*"."""
    if lexicon.value("cues.drops_subjects") != "yes" or syntax.children(token, lexicon, "case"):
        return False
    verb = next((t for t in token.ancestors if t.pos_ in syntax.VERBAL and syntax.is_finite(t, lexicon)), None)
    return verb is not None and verb.i < token.i and not syntax.subjects(verb, lexicon)


def _is_agent(token: Token, lexicon: Lexicon) -> bool:
    return syntax.role(token.head, lexicon) == "agent" and syntax.role(token, lexicon) == "prepositional_object"


def _like_noun(token: Token, lexicon: Lexicon) -> bool:
    """Whether an adjective or participle stands as a noun: "ha continuato il legale", "il colosso teme"."""
    if token.pos_ not in {"ADJ", "VERB"} or token.i == 0 or noun_kind(token.text, lexicon) not in ("person", "organisation"):
        return False
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    before = token.nbor(-1)
    article = before.lower_ in lexicon.words("actors.words.articles")
    # "Aldo Ferri, *oggi consulente* di Nortex"
    article |= before.pos_ == "ADV" and token.i > 1 and token.nbor(-2).text == "," and following is not None and following.pos_ == "ADP"
    return article and (following is None or following.pos_ not in {"NOUN", "PROPN", "ADJ"})


def _noun(token: Token, lexicon: Lexicon) -> str:
    """The noun as the language file lists it."""
    return token.lemma_.lower() if is_plural(token) and token.lemma_ else token.lower_


def _plural_subject(token: Token, lexicon: Lexicon) -> bool:
    """Whether a plural noun does something, so that "they" may mean it: "Builders are less keen: they fear…"."""
    return token.pos_ == "NOUN" and is_plural(token) and syntax.role(token, lexicon) == "subject"


def _whole_name(start: int, end: int, found: Iterable[Reference]) -> int:
    """Where a phrase ends that takes in the whole of a name it ends inside: "analysts at Harker [& Pohl]"."""
    return max((r.name_end for r in found if r.form == "name" and start < r.name_start < end < r.name_end), default=end)


def _described(doc: Doc, token: Token, found: Iterable[Reference], lexicon: Lexicon) -> Reference:
    """The reference that a common noun's phrase makes."""
    tokens = [t for t in syntax.noun_phrase(token, lexicon) if t.sent == token.sent]
    start, end = tokens[0].i, tokens[-1].i + 1
    while start < token.i and (doc[start].pos_ == "ADP" or doc[start].is_punct or doc[start].is_space):
        start += 1
    start = with_determiner(doc, start, lexicon)
    # What stands after a mark is no part of the phrase: "il giudice di Lodi, Paolo Neri".
    end = next((t.i for t in doc[token.i + 1:end] if t.is_punct and t.text not in {"-", "’", "'"}), end)
    while end > token.i + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].tag_ == "POS"):
        end -= 1
    return _nominal(doc, start, _whole_name(start, end, found), token, lexicon)


def _nominal(doc: Doc, start: int, end: int, token: Token, lexicon: Lexicon) -> Reference:
    while start < token.i and doc[start].pos_ == "ADV" and doc[start].lower_ not in lexicon.words("actors.pronouns.nobody"):
        start += 1  # "soltanto i modelli"
    articles = lexicon.words("actors.words.articles")  # "giugno | un gruppo di Monza"
    start = next((t.i for t in doc[start + 1:token.i] if t.lower_ in articles and doc[t.i - 1].pos_ == "NOUN"), start)
    if end < len(doc) and doc[end].text == "%":
        end += 1
    plural = is_plural(token)
    first, before = doc[start], doc[start - 1] if start > 0 else None
    openers = {first.lower_} | ({before.lower_} if before is not None and before.pos_ in {"ADP", "DET"} else set())
    owners = possessives(lexicon) | lexicon.words("actors.pronouns.first")
    definite = bool(openers & lexicon.words("actors.words.definite")) or bool({t.lower_ for t in doc[start:token.i]} & owners)
    indefinite = "Ind" in first.morph.get("Definite", []) and start < token.i
    kind = token_kind(token, lexicon)
    if kind == "policy":
        end = _whole_title(doc, end, lexicon)
    if plural and kind not in ("policy", None):
        kind = "group"
    gender = noun_gender(token.lower_, doc, start, end, lexicon) if not plural else ""
    return Reference(start, end, token.i, "nominal", doc[start:end].text, (), start, start, _noun(token, lexicon), kind, "", gender,
                     "p" if plural else "s", definite and not indefinite)


def _whole_title(doc: Doc, end: int, lexicon: Lexicon) -> int:
    """Where a document's description ends when all that says what it is about is taken in: "il piano [per il clima della giunta Neri]"."""
    openers = lexicon.words("actors.words.purposes") | lexicon.words("actors.words.membership")
    while end < len(doc) and doc[end].lower_ in openers and not doc[end].is_sent_start:
        at = end + 1
        while at < len(doc) and doc[at].pos_ in {"DET", "ADJ", "NUM"}:
            at += 1
        if at >= len(doc) or doc[at].pos_ not in {"NOUN", "PROPN"}:
            break
        at += 1
        while at < len(doc) and doc[at].pos_ in {"PROPN", "ADJ"} and doc[at].head.i < at:
            at += 1
        end = at
    return end


#: The lists of third-person pronouns and possessives, below ``actors.pronouns``.
PRONOUNS = ("masculine", "feminine", "plural", "person", "thing", "possessive", "possessive_plural", "possessive_masculine",
            "possessive_feminine", "possessive_thing")


@cache
def _pronouns(lexicon: Lexicon) -> frozenset[str]:
    """All of them."""
    return frozenset().union(*(lexicon.words(f"actors.pronouns.{path}") for path in PRONOUNS))


def _pronoun(token: Token, lexicon: Lexicon) -> Reference | None:
    """The reference that a third-person pronoun or possessive makes."""
    low = token.lower_
    if token.pos_ not in {"PRON", "DET", "ADJ"} or low not in _pronouns(lexicon):
        return None
    gender = number = ""
    kind: ActorKind | None = None
    lists = {path: lexicon.words(f"actors.pronouns.{path}") for path in PRONOUNS}
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
    while piece is not None and len(piece) > 1 and piece[-1].is_punct and piece[-1].text not in {")", "]", "%"}:
        piece = piece[:-1]
    if piece is None or not len(piece):
        return None
    while piece.end < len(doc) and doc[piece.end].pos_ in {"ADJ", "NOUN"} and doc[piece.end].text[:1].islower() \
            and token_kind(doc[piece.end].head, lexicon) == "person" and piece.start <= doc[piece.end].head.i < piece.end \
            and not doc[piece.end].is_sent_start:
        piece = doc[piece.start:piece.end + 1]  # "la responsabile | informatica"
    piece = doc[piece.start:_whole_name(piece.start, piece.end, found.values())]
    head = source_head(doc, piece.start, piece.end)
    token = doc[head]
    inside = [r for r in found.values() if r.form == "name" and piece.start < r.start and r.end == piece.end
              and doc[r.start - 1].lower_ not in lexicon.words("actors.words.owner_prepositions")]
    person = bool(inside) and inside[0].kind in ("person", None) and len(inside[0].name) > 1
    other = any(r.form == "name" and r.start <= head < r.end for r in found.values() if r not in inside)  # "Sandro Miglio e Anna Neri"
    if person and not other and not token_kind(token, lexicon):
        return replace(inside[0], source=True)  # "la settimana scorsa Anna Neri"
    for reference in found.values():
        if reference.head == head or (reference.form == "name" and reference.start <= head < reference.end):
            if reference.form == "nominal":
                return replace(_nominal(doc, piece.start, _clause_start(doc, head, piece.end, lexicon), doc[head], lexicon), source=True)
            return replace(reference, source=True)
    if doc[piece.start].pos_ == "ADP":  # "In un saggio l'amministratore delegato": the phrase took in what stands before it
        meant = next((r for r in found.values() if r.kind == "person" and piece.start < r.start and r.end <= piece.end), None)
        if meant is not None:
            return replace(meant, source=True)
    nobody = lexicon.words("actors.pronouns.relative") | lexicon.words("actors.pronouns.nobody") | lexicon.words("actors.pronouns.first")
    if (token.lower_ in nobody and len(piece) <= SHORT_SOURCE) or (len(piece) == 1 and not names_somebody(token)):
        return None
    reference = _nominal(doc, piece.start, _clause_start(doc, head, piece.end, lexicon), token, lexicon)
    return replace(reference, source=True)


def _clause_start(doc: Doc, head: int, end: int, lexicon: Lexicon) -> int:
    """Where a clause inside a phrase begins, for a description does without it: "un saggio | pubblicato dallo storico Rinaldi"."""
    end = next((t.i for t in doc[head + 1:end] if t.text in {",", "(", ";", ":"}), end)
    for token in doc[head + 1:end]:
        if not any(t.text[:1].isupper() for t in doc[token.i:end]):
            return end  # nobody else is named in it: "i numeri che abbiamo raccolto"
        if syntax.role(token, lexicon) in ("noun_clause", "relative_clause") and token.pos_ in {"VERB", "AUX"}:
            start = min(t.i for t in token.subtree)
            return max(head + 1, start if start > head else token.i)
    return end


def names_somebody(token: Token) -> bool:
    """Whether a single word can be a description or name by its part of speech."""
    return token.pos_ in {"NOUN", "PROPN", "NUM", "X", "ADJ"}


def source_head(doc: Doc, start: int, end: int) -> int:
    """The head token of a phrase given by its ends."""
    return root(doc, start, end)
