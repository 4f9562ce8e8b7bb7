"""Chains of names and descriptions in, the descriptions that stand beside a name joined to its chain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from argmap.extract import syntax
from argmap.extract.chains import Chains, compatible
from argmap.extract.named import possessives
from argmap.extract.reference import Reference
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["join_appositions"]

#: Words of a preposition that cites: "a sentire il", "according to".
PREPOSITION = 3


def join_appositions(chains: Chains, references: Sequence[Reference]) -> None:
    """Join a name and the description beside it: "Nortex, colosso norvegese…", "Its head, Lars Moen,"."""
    by_start: dict[int, list[Reference]] = {}
    for r in references:
        by_start.setdefault(r.start, []).append(r)
    known_as = chains.lexicon.words("actors.words.known_as")
    for reference in (r for r in references if r.form == "nominal"):
        if reference.start and chains.doc[reference.start - 1].pos_ == "ADP" and not _cites(chains, reference.start):
            continue  # "ha portato Nortex in tribunale"
        if reference.end < len(chains.doc) and chains.doc[reference.end].tag_ == "POS":
            continue  # "Anna Reed, [the senator]'s daughter"
        if reference.number == "p" and reference.kind == "group":
            continue
        name = _name_beside(chains, reference, by_start, known_as)
        if name is not None and not chains.is_place(chains.of[name]) and compatible(reference.kind, chains.of[name]):
            chains.add(chains.of[name], reference)


def _cites(chains: Chains, at: int) -> bool:
    """Whether the words before a description cite it: "Secondo [il direttore], Aldo Ferri, …"."""
    before = " " + " ".join(token.lower_ for token in chains.doc[max(0, at - PREPOSITION):at])
    lexicon = chains.lexicon
    listed = lexicon.words("cues.prepositions.source") | lexicon.words("cues.prepositions.person_only")
    return any(before.endswith(" " + words) for words in listed)


def _name_beside(chains: Chains, reference: Reference, by_start: dict[int, list[Reference]], known_as: frozenset[str]) -> Reference | None:
    doc = chains.doc
    sent_end = doc[reference.head].sent.end
    # "NAME, description": the comma stands between, and the description ends at a mark.
    before = reference.start - 1
    if before > 0 and doc[before].pos_ == "ADV" and doc[before - 1].text == ",":
        before -= 1  # "Aldo Ferri, oggi consulente di Nortex,"
    owned = any(t.lower_ in possessives(chains.lexicon) for t in doc[reference.start:reference.head])  # "Nortex, its head said"
    if before > 0 and not owned and doc[before].text in {",", "-", "–", "—", "("}:
        for name in _ending(by_start, before):
            if name.sentence == reference.sentence and _closes(doc, reference, sent_end, chains.lexicon) \
                    and not _begins_clause(chains, name, reference):
                return name
    # "description, NAME," and "description (NAME)", "description, known as NAME".
    for end in {reference.end, reference.head + 1}:
        if end + 1 >= len(doc) or (doc[end].text not in {",", "(", "-", "–", "—"} and doc[end].lower_ not in known_as):
            continue
        at = end + 1 if doc[end].lower_ not in known_as else end
        if doc[at].lower_ in known_as:
            at += 2 if at + 2 < len(doc) and not doc[at + 1].text[:1].isupper() and at + 1 not in by_start else 1
        for name in by_start.get(at, ()):
            closed = name.end >= len(doc) or doc[name.end].is_punct or doc[name.end].is_space or doc[at - 1].lower_ in known_as
            if name.form == "name" and name.sentence == reference.sentence and closed:
                return name
    # What the parser calls an apposition.
    head = doc[reference.head]
    for token in (head.head, *syntax.children(head, chains.lexicon, "apposition")):
        if token == head or (token == head.head and syntax.role(head, chains.lexicon) != "apposition"):
            continue
        for member in chains.of:
            if member.form == "name" and member.start <= token.i < member.end and member.sentence == reference.sentence:
                return member
    return None


def _begins_clause(chains: Chains, name: Reference, reference: Reference) -> bool:
    """Whether a description after a phrase with a preposition is the subject of what follows: "Secondo Nortex, [i rischi] superano…"."""
    doc = chains.doc
    prepositional = name.start > 0 and doc[name.start - 1].pos_ == "ADP" or _cites(chains, name.start)
    verb = doc[reference.head].head
    return prepositional and syntax.role(doc[reference.head], chains.lexicon) in ("subject", "subject_passive") \
        and not any(token.is_punct for token in doc[reference.end:max(reference.end, verb.i)])


def _ending(by_start: dict[int, list[Reference]], end: int) -> list[Reference]:
    """The names that end right before a token."""
    return [r for rs in by_start.values() for r in rs if r.form == "name" and r.end == end]


def _closes(doc: Doc, reference: Reference, sent_end: int, lexicon: Lexicon) -> bool:
    """Whether an apposition's phrase is followed by a mark or a relative clause within its sentence."""
    at = reference.end
    while at < sent_end and not doc[at].is_punct and doc[at].pos_ not in {"VERB", "AUX"}:
        at += 1
    return at >= sent_end or doc[at].is_punct or doc[at].pos_ in {"VERB", "AUX"}
