"""Chains of an article in, the same chains with the organisation that each person, group or document belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from argmap.extract import syntax
from argmap.extract.chains import Chain, Chains
from argmap.extract.kinds import fold
from argmap.extract.reference import Reference
from argmap.lexicon import Lexicon
from argmap.model import KnownActor

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["affiliate"]

#: Tokens that a description may run on after its noun: "head of research at the Danish retailer Holmgaard".
LONGEST_DESCRIPTION = 12
#: Tokens between a name and the office in apposition to it.
BESIDE = 2


def affiliate(doc: Doc, chains: Chains, lexicon: Lexicon, *, known: Sequence[KnownActor] = ()) -> None:
    """Set each chain's affiliation where the article gives one.

    "CEO di Nortex" and "Veldra's chief executive" name it; "Its head" and "il direttore" refer to it; it may
    follow the name ("(Lista civica)", "dei Progressisti", "who runs the Harbour Data Guild"). Where the article gives
    none, a known actor's counts if the article names that organisation.
    """
    for chain in chains.all:
        belongs = chain.looks_personal() or chain.kind() in ("group", "policy")
        if chain.affiliation is not None or not belongs:
            continue
        for member in sorted(chain.members, key=lambda m: m.start):
            if member.form == "pronoun":
                continue
            found = _in_description(doc, chains, member, lexicon) or (_after_name(doc, chains, member, lexicon) if member.name else None)
            beside = member.form == "name" or any(m.form == "name" and abs(m.start - member.end) <= BESIDE for m in chain.members)
            if found is None and chain.kind() == "person" and beside:
                found = _by_office(doc, chains, member, lexicon)
            if found is None and chain.kind() == "policy":
                found = _by_maker(doc, chains, member, lexicon)
            if found is not None and found is not chain:
                chain.affiliation = found
                found.employs = found.employs or not found.is_place()
                found.changed()
                break
    _as_known(chains, known)


def _as_known(chains: Chains, known: Sequence[KnownActor]) -> None:
    by_name = {fold(" ".join(name)): chain for chain in chains.all for name in chain.names()}
    forms = {actor.name: [by_name[fold(f)] for f in (actor.name, *actor.aliases) if fold(f) in by_name] for actor in known}
    for actor in known:
        for chain in forms[actor.name]:
            chain.known = actor.kind
            chain.changed()
            employer = forms.get(actor.affiliation or "", [])
            if chain.affiliation is None and employer and employer[0] is not chain:
                chain.affiliation = employer[0]


def _organisation(chains: Chains, reference: Reference) -> Chain | None:
    chain = chains.of.get(reference)
    return chain if chain is not None and chain.kind() in ("organisation", "government", "group", None) else None


def _in_description(doc: Doc, chains: Chains, member: Reference, lexicon: Lexicon) -> Chain | None:
    """The organisation inside a description, or owned by a possessive in it."""
    if not member.noun:
        return None
    end = min(len(doc), member.start + LONGEST_DESCRIPTION + member.end - member.start, doc[member.head].sent.end)
    if member.form == "name":
        end = member.name_start
    else:
        at = member.end
        while at < end and not doc[at].is_punct and doc[at].pos_ not in {"VERB", "AUX", "SCONJ", "PRON"}:
            at += 1
        end = max(member.end, at)
    if chains.of[member].kind() == "policy":  # who is named after a participle made it or did something else to it: see `_by_maker`
        end = next((token.i for token in doc[member.head + 1:end] if token.pos_ == "VERB"), end)
    inside = [r for r in chains.of if member.start <= r.start and r.end <= end and r is not member and r.head != member.head]
    owners = lexicon.words("actors.words.owner_prepositions")
    office = member.noun in lexicon.words("actors.nouns.officer")
    for reference in sorted(inside, key=lambda r: r.start):
        chain = _organisation(chains, reference)
        if chain is None and office and reference.form == "name" and chains.of[reference].sure_kind() is None:
            chain = chains.of[reference]  # an office is held in an organisation, whatever a pipeline takes the name for
        if chain is None or chain is chains.of[member]:
            continue
        possessive = reference.form == "pronoun" or (reference.end < len(doc) and doc[reference.end].tag_ == "POS")
        before = doc[reference.start - 1].lower_ if reference.start else ""
        if reference.form == "name" and (possessive or before in owners or doc[reference.start].lower_ in owners
                                         or reference.start < member.head or reference.noun):
            return chain
        if possessive and reference.form == "pronoun":
            return chain
        if reference.definite and chain.names() and (possessive or before in owners or doc[reference.start].lower_ in owners):
            return chain  # "[the company]'s chief executive", "il direttore [dell'ente]"
    return None


def _by_maker(doc: Doc, chains: Chains, member: Reference, lexicon: Lexicon) -> Chain | None:
    """Who a document is said to come from: "the plan drawn up by the ministry", "il rapporto pubblicato dall'autorità"."""
    makers = {agent.i for clause in syntax.children(doc[member.head], lexicon, "noun_clause") for agent in syntax.agents(clause, lexicon)}
    return next((chain for reference in sorted(chains.of, key=lambda r: r.start) if reference.head in makers
                 and (chain := _organisation(chains, reference)) is not None), None)


def _after_name(doc: Doc, chains: Chains, member: Reference, lexicon: Lexicon) -> Chain | None:
    """The organisation right after a name: in brackets, after "dei", after "who runs"."""
    at = member.name_end
    if at + 1 >= len(doc):
        return None
    starts = {r.name_start: r for r in chains.of if r.form == "name" and r.sentence == member.sentence}
    if doc[at].text == "(":
        inner = starts.get(at + 1)
        if inner is not None and any("." in word for word in inner.name):
            return None  # "Sen. Ann Webb (D-N.M.)"
        closed = inner is not None and inner.end < len(doc) and doc[inner.end].text in {")", ",", "-"}
        return _organisation(chains, inner) if inner is not None and closed else None
    if doc[at].text == "," and doc[at + 1].lower_ in lexicon.words("actors.words.membership"):
        inner = starts.get(at + 2)
        return _organisation(chains, inner) if inner is not None else None
    leading = lexicon.words("actors.words.leading_verbs")
    relative = doc[at].text == "," and doc[at + 1].lower_ in lexicon.words("actors.pronouns.relative")
    for token in doc[at:min(len(doc), at + LONGEST_DESCRIPTION)]:
        if token.lower_ not in leading and token.lemma_.lower() not in leading:
            continue
        subject = any(s.i in range(member.start, member.end) for s in syntax.subjects(token, lexicon))
        if relative or subject:
            objects = {o.i for o in syntax.objects(token, lexicon)} | {token.i + 1, token.i + 2, token.i + 3}
            for r in sorted(chains.of, key=lambda r: r.start):
                if r.form == "name" and (r.head in objects or r.name_start in objects) and r.start > token.i:
                    return _organisation(chains, r)
        break
    return None


def _is_firm(chain: Chain) -> bool:
    """Whether a chain is described as an organisation, or acts under a name that is no person's or place's."""
    if chain.sure_kind() is not None:
        return chain.sure_kind() == "organisation"
    return chain.kind() in ("organisation", None) and not chain.is_place() and any(m.subject for m in chain.members) \
        and any(len(m.name) == 1 for m in chain.members)


def _by_office(doc: Doc, chains: Chains, member: Reference, lexicon: Lexicon) -> Chain | None:
    """The organisation spoken of when an office is named without one: "Il direttore Aldo Ferri"."""
    if member.noun not in lexicon.words("actors.nouns.officer"):
        return None
    if member.start and doc[member.start - 1].tag_ == "POS":
        return None  # "Anna Reed's campaign manager"
    described = member.name_start if member.form == "name" else member.end
    if any(t.pos_ in {"ADP"} and t.i > member.start for t in doc[member.start:described]):
        return None
    if any(r.form == "name" and member.start <= r.start < described and r is not member for r in chains.of):
        return None  # "Paul Reed aide Anna Cole"
    found = [c for c in chains.all if c.names() and any(m.start < member.start for m in c.members) and _is_firm(c)]
    scored = [(chains.salience(c, member.start, member.sentence, member.paragraph, member.inside), -i, c) for i, c in enumerate(found)]
    best = max(scored, key=lambda item: item[:2], default=None)
    return best[2] if best is not None and best[0] >= chains.settings.least_salience else None
