"""A description and the chains before it in, the chain that it refers back to out.

"l'azienda" after a firm, "la giurista" after a woman who teaches law, "the agency" after one of that name: the nouns must
agree, the most salient chain is meant (Raghunathan et al., EMNLP 2010: names first, descriptions after them).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from argmap.extract import syntax
from argmap.extract.chains import Chain, Chains, compatible
from argmap.extract.kinds import ORGANISATION_LISTS, fold, state_code
from argmap.extract.named import possessives
from argmap.extract.reference import PLACES, Reference
from argmap.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["antecedent_of_description", "join_announced"]

#: Tokens before a name that may make up an office: "Attorney General".
LONGEST_OFFICE = 3
#: Words of this length or less do not tell two descriptions apart ("of", "the").
SMALL_WORD = 3


def antecedent_of_description(chains: Chains, reference: Reference) -> Chain | None:
    """The chain that a description refers back to, or None where it introduces somebody."""
    lexicon = chains.lexicon
    if not reference.definite:
        if reference.number != "p":
            return None
        text = fold(reference.text)  # "experts say … experts add"
        return next((c for c in reversed(chains.all) if any(m.form == "nominal" and fold(m.text) == text for m in c.members)), None)
    if reference.number == "p" or reference.kind == "group":
        return _same_group(chains, reference)
    if reference.kind is None:  # "the fund" after "the International Monetary Fund"
        return next((c for c in reversed(chains.all) if _named_by(c, reference.noun) and c.sure_kind() != "person"), None)
    if reference.kind == "government" and _has_adjective(chains, reference):
        return None
    owners = complement_names(chains, reference)
    described = _has_complement(chains, reference)
    recognised = any(token.ent_type_ for token in chains.doc)  # then a person's name would be known for one
    best, best_score = None, 0.0
    for chain in chains.all:
        by_name = _named_by(chain, reference.noun) and {reference.kind, chain.kind()} <= {"organisation", "government", "group", None}
        if not (by_name or compatible(reference.kind, chain)) or chain.plural() or chains.is_place(chain):
            continue
        if any(_overlap(m, reference) for m in chain.members):
            continue
        near = chain.near(reference.start, reference.sentence, chains.settings.reach)
        same_noun = reference.noun in chain.nouns() or _named_by(chain, reference.noun)
        same_noun = same_noun or (reference.kind == "organisation" and _same_words(chain, reference))
        if not near and not same_noun:
            continue
        if reference.kind == "person" and not same_noun and _is_owned(chains, reference):
            continue  # "his chief engineer" is a new person
        before = list(chain.before(reference.start))
        if not before and not (same_noun and chain.names()):
            continue
        genders = {chain.gender(), reference.gender} - {""}
        if reference.kind == "person" and len(genders) > 1:
            continue
        if owners:
            office = same_noun or (reference.kind == "person" and chain.affiliation in owners)
            unnamed = reference.kind == "person" and _just_named(chain, reference) and chain not in owners
            if not (office and _belongs(chain, owners)) and not unnamed and not _same_words(chain, reference):
                continue
        elif described and not same_noun and not _same_words(chain, reference):
            continue
        if same_noun and described and _says_otherwise(chain, reference, chains.doc):
            continue
        capital = reference.text != reference.text.lower() and chains.doc[reference.head].text[:1].isupper()
        if not same_noun and not _may_be(chain, reference, lexicon, surely=capital):
            continue
        is_state = any(state_code(" ".join(name)) for name in chain.names())
        if reference.kind == "government" and not same_noun and not (is_state and reference.noun in lexicon.words("actors.nouns.country")):
            continue
        if reference.noun in lexicon.words("actors.nouns.anyone") and not same_noun:
            continue
        if reference.kind == "policy" and not same_noun and reference.noun not in lexicon.words("actors.nouns.anaphoric_policy"):
            continue
        if reference.kind == "person" and not same_noun and not chain.looks_personal() and recognised:
            continue
        if not same_noun and (_same_clause(chains.doc, chain, reference, lexicon) or _commands(chains.doc, chain, reference)):
            continue
        if not same_noun and reference.inside >= 0 and not any(m.inside == reference.inside for m in chain.members):
            continue  # whoever talks inside a quotation may mean somebody else by "the company"
        if reference.kind == "organisation" and not same_noun and _has_nationality(chains, reference):
            continue
        score = chains.salience(chain, reference.start, reference.sentence, reference.paragraph, reference.inside)
        if same_noun:
            last = max((m.paragraph for m in before), default=reference.paragraph)
            score += chains.settings.same_noun_weight * chains.settings.paragraph_fading ** (reference.paragraph - last)
        if chain.kind() != reference.kind and not (reference.kind == "person" and chain.looks_personal()):
            score *= chains.settings.other_kind_weight
        if score > best_score:
            best, best_score = chain, score
    return best if best_score >= chains.settings.least_salience else None


def _just_named(chain: Chain, reference: Reference) -> bool:
    """Whether a person was just named of whom nothing is told yet: "Anna Neri non ama i divieti. … la fondatrice di Nortex"."""
    plain = chain.looks_personal() and not chain.nouns() and chain.affiliation is None and bool(chain.names())
    return plain and any(0 <= reference.sentence - m.sentence <= 1 and m.start < reference.start and m.name for m in chain.members)


def _commands(doc: Doc, chain: Chain, reference: Reference) -> bool:
    """Whether the chain is a subject earlier in the sentence: a description after it is somebody else (principle C)."""
    before = [m for m in chain.members if m.sentence == reference.sentence and m.subject and m.start < reference.start]
    return any(not any(t.text in {";", ":"} for t in doc[m.end:reference.start]) for m in before)


def join_announced(chains: Chains, reference: Reference) -> None:
    """Join somebody first announced by office, then named with it: "the state attorney general … Attorney General Webb"."""
    chain = chains.of[reference]
    if reference.form != "name" or reference.kind != "person" or not reference.noun or chain.members[0] is not reference:
        return
    for other in reversed(chains.all):
        if other is chain or other.names() or reference.noun not in other.nouns() or other.kind() != "person" or other.plural():
            continue
        last = other.members[-1]
        if _has_complement(chains, other.members[0]) or (other.affiliation or reference.name_start - reference.start > LONGEST_OFFICE):
            continue
        near = 0 <= reference.sentence - last.sentence <= chains.settings.announced_sentences and last.start < reference.start
        if near and not {other.gender(), chain.gender()} >= {"m", "f"}:
            chains.merge(chain, other)
            return


def _same_group(chains: Chains, reference: Reference) -> Chain | None:
    candidates = [c for c in chains.all if reference.noun in c.nouns() and c.kind() in ("group", "organisation") and not c.names()
                  and any(m.start < reference.start for m in c.members)]
    same = [c for c in candidates if any(fold(m.text) == fold(reference.text) for m in c.members)]
    if same:
        return same[-1]
    return candidates[-1] if candidates and not _has_complement(chains, reference) else None


def _overlap(one: Reference, other: Reference) -> bool:
    return one.start < other.end and other.start < one.end


def _named_by(chain: Chain, noun: str) -> bool:
    """Whether the noun is a word of the chain's name: "l'agenzia" for "Agenzia per la tutela dei consumi"."""
    return any(noun in (word.casefold() for word in name) for name in chain.names())


def _same_words(chain: Chain, reference: Reference) -> bool:
    """Whether a description shares two words with the chain's name: "Norway's food safety authority"."""
    words = {w for w in fold(reference.text).split() if len(w) > SMALL_WORD}
    return any(len(words & set(fold(" ".join(name)).split())) >= 2 for name in chain.names())


@cache
def _sorts(lexicon: Lexicon, persons: bool) -> dict[str, frozenset[str]]:
    """The sorts that each noun belongs to: callings of persons, or the kinds of organisations."""
    table = lexicon.table("actors.domains" if persons else "actors.nouns")
    found: dict[str, set[str]] = {}
    for sort in table if persons else ORGANISATION_LISTS:
        for noun in table[sort]:
            found.setdefault(noun, set()).add(sort)
    return {noun: frozenset(sorts) for noun, sorts in found.items()}


def _may_be(chain: Chain, reference: Reference, lexicon: Lexicon, *, surely: bool = False) -> bool:
    """Whether callings or sorts agree: "la giurista" may be a lecturer, "l'azienda" no public body.

    A noun with a capital ("l'Autorità") names one institution: then the sorts must be known, and agree.
    """
    sorts = _sorts(lexicon, reference.kind == "person")
    mine = sorts.get(reference.noun, frozenset())
    if not surely and "anybody" in mine or reference.noun in lexicon.words("actors.nouns.generic"):
        return True
    words = {w.casefold() for name in chain.names() for w in name} if reference.kind != "person" else set()
    theirs = {sort for noun in chain.nouns() | words for sort in sorts.get(noun, ())} - {"anybody"}
    return bool(mine & theirs) or (not surely and not (mine and theirs))


def _has_complement(chains: Chains, reference: Reference) -> bool:
    """Whether a description says more than its noun: "il vicepresidente [del reparto sviluppo]"."""
    doc = chains.doc
    plain = chains.lexicon.words("actors.words.not_names")  # "il premio Nobel"
    after = any(t.pos_ in {"NOUN", "PROPN"} and t.lower_ not in plain for t in doc[reference.head + 1:reference.end])
    return after or any(t.tag_ == "POS" for t in doc[reference.start:reference.head])


def _says_otherwise(chain: Chain, reference: Reference, doc: Doc) -> bool:
    """Whether both the chain and the description say more than their noun, and not the same: "il piano d'azione", "il piano regolatore"."""
    def more(m: Reference) -> set[str]:
        return {t.lemma_.lower() for t in doc[m.start:m.end] if t.pos_ in {"NOUN", "PROPN", "ADJ"} and t.i != m.head and t.lower_ != m.noun
                and not m.name_start <= t.i < m.name_end}

    mine = more(reference)
    theirs = [words for m in chain.members if m.noun == reference.noun and (words := more(m))]
    return bool(mine and theirs) and not any(mine & words for words in theirs)


def _has_adjective(chains: Chains, reference: Reference) -> bool:
    """Whether an adjective sets a government apart from the others: "il governo portoghese"."""
    return any(t.pos_ == "ADJ" and t.head.i == reference.head for t in chains.doc[reference.start:reference.end])


def _is_owned(chains: Chains, reference: Reference) -> bool:
    words = possessives(chains.lexicon)
    return any(t.lower_ in words for t in chains.doc[reference.start:reference.head])


def _has_nationality(chains: Chains, reference: Reference) -> bool:
    """Whether a country sets an organisation apart: "l'esercito cinese"."""
    words = {word for words in chains.lexicon.table("actors.adjectives").values() for word in words}
    return any(t.lower_ in words for t in chains.doc[reference.start:reference.end])


def complement_names(chains: Chains, reference: Reference) -> list[Chain]:
    """The chains of those named inside a description: "il CEO di [Nortex]", "[Webb]'s campaign".

    A place or party before the noun only describes: "the Ohio governor", "the Republican nominee".
    """
    found = []
    for member, chain in chains.of.items():
        inside = reference.start <= member.name_start and member.name_end <= reference.end
        if member.form != "name" or member.head == reference.head or not inside:
            continue
        owner = chains.doc[member.name_end].tag_ == "POS" if member.name_end < len(chains.doc) else False
        if member.name_start < reference.head and not owner and (member.entity in PLACES or member.entity == "NORP"):
            continue
        found.append(chain)
    return found


def _belongs(chain: Chain, owners: Sequence[Chain]) -> bool:
    """Whether a chain's affiliation or name tells that it is one of the owners': "the Reed campaign" is "Reed's"."""
    if chain in owners:
        return False
    words = {name[-1] for owner in owners for name in owner.names()}
    return chain.affiliation in owners or any(set(name[:-1]) & words for name in chain.names())


def _same_clause(doc: Doc, chain: Chain, reference: Reference, lexicon: Lexicon) -> bool:
    """Whether the chain is the subject of the verb that the description is an object of, or beside it: "L'Atec ha invitato l'azienda"."""
    head = doc[reference.head]
    verb = head.head
    if any(m.sentence == reference.sentence and head in syntax.conjuncts(doc[m.head], lexicon) for m in chain.members):
        return True  # "both Hooper and [the chief executive]"
    if verb == head or syntax.role(head, lexicon) not in ("object", "indirect_object", "oblique", "subject", "subject_passive"):
        return False
    relative = syntax.role(verb, lexicon) == "relative_clause"
    for m in chain.members:
        if m.sentence != reference.sentence or m.start >= reference.start:
            continue
        if doc[m.head].head == verb and syntax.role(doc[m.head], lexicon) in ("subject", "subject_passive", "object", "indirect_object"):
            return True
        if relative and m.start <= verb.head.i < m.end:
            return True
    return False
