"""A parsed article in, what stands after who says it and a colon, without a verb, out: "Lee: [open models are safer]"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from argmap.extract.cues.sources import BODIES, can_speak, described, source_of, speaker_at
from argmap.extract.cues.words import Candidate, cue_tokens, is_clause, is_cue_verb, lemma, numbers
from argmap.extract.kinds import given_gender
from argmap.extract.sentences import paragraphs
from argmap.extract.syntax import VERBAL, children, complements, is_finite, subjects
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["doing", "label", "stand"]

#: Words of the longest name before a colon, and characters of a line that a headline or a transcript's turn has at most.
NAME, LINE = 4, 160
#: Names before colons from which a text is a conversation.
TURNS = 3
#: Tokens before a colon within which a stand is named with whose it is.
LEAD = 12
PERSONS = frozenset({"PERSON", "PER"})
PLACES = frozenset({"GPE", "LOC", "FAC", "NORP"})


def label(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"Lee: [open models are safer]", "Report: [half of the models leak data]"; not "Chips: what changes now".

    In a conversation of several such turns each goes on to the next, or to the end of its paragraph.
    """
    known = _persons(doc, lexicon)
    turns = [turn for start, end in paragraphs(doc.text) for turn in _turns(doc, start, end, known, lexicon)]
    talk = len(turns) >= TURNS
    for name, told in turns:
        if not talk and (told[-1].idx + len(told[-1]) - name[0].idx > LINE or name[0].i and "\n" not in doc[name[0].i - 1].text):
            continue
        if quoted & {t.i for t in told} or told[0].lower_ in lexicon.words("cues.complementizers"):
            continue
        if talk or any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in told):
            yield Candidate("speaker label", (), numbers(name), numbers(told))


def _persons(doc: Doc, lexicon: Lexicon) -> set[str]:
    """Words of names of persons: of who is named as one, bears a first name, or stands before a colon again and again."""
    names = {t.lower_ for t in doc if t.pos_ == "PROPN"}
    before = Counter(doc[t.i - 1].lower_ for t in doc[1:] if t.text == ":")
    repeated = {word for word, times in before.items() if times > 1 and word in names}
    called = {t.lower_ for t in doc[1:] if t.pos_ == "PROPN" and t.nbor(-1).pos_ == "PROPN" and given_gender(t.nbor(-1).text, lexicon)}
    return {t.lower_ for t in doc if t.ent_type_ in PERSONS} | repeated | called


def _turns(doc: Doc, start: int, end: int, known: Collection[str], lexicon: Lexicon) -> Iterator[tuple[list[Token], list[Token]]]:
    """The names in a paragraph that stand before a colon at a sentence's beginning, each with what follows up to the next."""
    part = doc.char_span(start, end, alignment_mode="contract")
    tokens = [t for t in part if not t.is_space] if part is not None else []
    found = []
    for at, token in enumerate(tokens):
        if at and not (token.is_sent_start or tokens[at - 1].text in ".?!"):
            continue
        colon = next((n for n, t in enumerate(tokens[at:at + NAME + 1], at) if t.text == ":"), at)
        if colon > at and _can_be_cited(tokens[at:colon], known, lexicon):
            found.append((at, colon))
    for (at, colon), (stop, _) in pairwise([*found, (len(tokens), 0)]):
        if tokens[colon + 1:stop]:
            yield tokens[at:colon], tokens[colon + 1:stop]


def _can_be_cited(name: list[Token], known: Collection[str], lexicon: Lexicon) -> bool:
    """Whether words are a person's name, or alone name a report; `known` are the words of persons' names in the article."""
    if len(name) == 1 and lemma(name[0]) in lexicon.words("cues.nouns.cited"):
        return True
    # "Eldridge:" is a noun to the tagger.
    if not all(t.pos_ == "PROPN" or t.pos_ == "NOUN" and t.is_title and t.lower_ in known
               or t.lower_ in lexicon.words("actors.words.titles") for t in name):
        return False
    if len(name[-1]) == 1:
        return False  # "Q: …"
    return all(t.ent_type_ in PERSONS for t in name) or name[-1].lower_ in known \
        or len(name) > 1 and bool(given_gender(name[0].text, lexicon))


def stand(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"Di parere opposto Aldo Neri: [i pesi aperti sono un regalo]", "Più cauta la ministra: [serve tempo]"."""
    words = lexicon.words("cues.adjectives.speech") | lexicon.words("cues.nouns.stand")
    for colon in doc:
        if colon.text != ":" or not 0 < colon.i - colon.sent.start <= LEAD:
            continue
        lead, told = list(doc[colon.sent.start:colon.i]), list(doc[colon.i + 1:colon.sent.end])
        stands = [t for t in lead if t.pos_ in ("NOUN", "ADJ", "VERB") and (lemma(t) in words or t.lower_ in words)]
        if not stands or quoted & {t.i for t in told[:2]} or any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in lead):
            continue
        name = described(lead[-1], lexicon) or _name(lead)
        if not name and stands[0] == lead[0]:  # "Critico il Forum per i diritti digitali: …"
            rest = [t for t in lead[1:] if not t.is_space]
            name = rest if speaker_at(rest, lexicon) == rest else []
        if name and name[0].i > stands[0].i and any(t.pos_ in VERBAL and is_finite(t, lexicon) for t in told):
            yield Candidate("reporting verb, colon", (stands[0].i,), numbers(name), numbers(told))


def doing(doc: Doc, lexicon: Lexicon, quoted: frozenset[int]) -> Iterator[Candidate]:
    """"The programmer does her sums: [we would have spent it on stamps]": what somebody's doing is explained by is what he says."""
    for colon in doc:
        if colon.text != ":" or colon.i + 2 >= colon.sent.end or quoted & {colon.i, colon.i + 1, colon.i + 2}:
            continue
        lead, told = list(doc[colon.sent.start:colon.i]), list(doc[colon.i + 1:colon.sent.end])
        ended = told[-1].is_punct or told[-1].is_space and told[-2].is_punct
        if not ended or told[0].lower_ in lexicon.words("cues.complementizers"):
            continue  # "Meridia picks a closed model: here is why", a headline
        verb = next((t for t in lead if (t.head == t or t.head.i > colon.i) and t.pos_ in VERBAL and is_finite(t, lexicon)), None)
        if verb is None or not is_clause(told, lexicon) or quoted & {t.i for t in told}:
            continue
        heads = subjects(verb, lexicon)
        if not heads or not _is_somebody(heads[0], lexicon) or _goes_on(told, heads[0], lexicon):
            continue
        if any(is_cue_verb(t, lexicon, "speech", "thought") and children(t, lexicon, "subject") and complements(t, lexicon) for t in told):
            continue  # "La Regione prende tempo: *l'assessore ritiene* che…" is reported by the verb after the colon
        yield Candidate("speaker, colon", cue_tokens(verb, lexicon), numbers(source_of(verb, lexicon)), numbers(told))


def _is_somebody(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a subject is a person or a body, no document or thing."""
    if noun.pos_ == "PRON":
        return noun.lower_ in lexicon.words("actors.pronouns.person") | lexicon.words("actors.pronouns.plural")
    return noun.pos_ == "PROPN" and noun.ent_type_ not in PLACES or noun.pos_ == "NOUN" and can_speak(noun, lexicon, BODIES)


def _goes_on(told: list[Token], head: Token, lexicon: Lexicon) -> bool:
    """Whether what follows a colon is told of the same one: "Meta went further: *it* closed…", "L'azienda fa da sé: *ha* rinnovato…"."""
    first = next((t for t in told if t.pos_ not in ("ADV", "PUNCT", "SPACE")), told[0])
    if first.pos_ == "PRON" and "Nom" in first.morph.get("Case", []) and "3" in first.morph.get("Person", []):
        return True
    verb = first.head if first.pos_ == "AUX" else first
    return first.pos_ in VERBAL and is_finite(first, lexicon) and "3" in first.morph.get("Person", []) \
        and not children(verb, lexicon, "subject", "subject_passive", "expletive") \
        and first.morph.get("Number", []) == (head.morph.get("Number", []) or first.morph.get("Number", []))


def _name(lead: list[Token]) -> list[Token]:
    """The name that words end with."""
    name: list[Token] = []
    while lead and lead[-1].pos_ == "PROPN":
        name.insert(0, lead[-1])
        lead = lead[:-1]
    return name
