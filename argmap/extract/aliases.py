"""Names in, chains of the names that are one actor's out: full and short forms, acronyms, states under several names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from argmap.extract.chains import Chain, Chains
from argmap.extract.kinds import fold, initials, noun_kind, state_code
from argmap.extract.reference import Reference
from argmap.lexicon import Lexicon
from argmap.model import KnownActor

__all__ = ["join_names"]


def join_names(chains: Chains, named: Sequence[Reference], *, known: Sequence[KnownActor] = ()) -> None:
    """Put the names of an article into chains; names of two different known actors stay apart."""
    _same_name(chains, named)
    _acronyms(chains, named)
    _short_names(chains, named, {fold(form): actor.id for actor in known for form in (actor.name, *actor.aliases)})


def _same_name(chains: Chains, named: Iterable[Reference]) -> None:
    by_key: dict[str, Chain] = {}
    for reference in named:
        key = state_code(reference.key) or reference.key
        if len(reference.name) == 1 and reference.kind == "person" and not reference.noun:
            key = f"{key} {reference.gender}"  # "Mr Webb" and "Mrs Webb"
        chain = by_key.get(key)
        if chain is None:
            by_key[key] = chains.new(reference)
        else:
            chains.add(chain, reference)


def _acronyms(chains: Chains, named: Sequence[Reference]) -> None:
    """Join "Agenzia per la tutela dei consumi (Atec)" and later "l'Atec"; also an acronym never put in brackets."""
    doc = chains.doc
    by_start = {r.name_start: r for r in named}
    for reference in named:
        at = reference.name_end
        if at + 2 < len(doc) and doc[at].text == "(" and at + 1 in by_start:
            other = by_start[at + 1]
            closed = other.name_end < len(doc) and doc[other.name_end].text == ")"
            foreign = len(other.name) == 1 and other.name[0].isupper() and reference.kind in ("organisation", "government")
            if closed and (foreign or _abbreviates(other.name, reference.name) or _abbreviates(reference.name, other.name)):
                chains.merge(chains.of[reference], chains.of[other])
    for chain in list(chains.all):
        short = [name for name in chain.names() if len(name) == 1 and len(name[0]) > 1 and name[0].isupper() and not state_code(name[0])]
        for name in short:
            long = [c for c in chains.all if c is not chain and any(len(n) > 1 and initials(n) == name[0].casefold() for n in c.names())]
            if len(long) == 1 and chain in chains.all and long[0].kind() != "person":
                chains.merge(long[0], chain)


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one word is made of letters of a longer name in their order, its first letter first."""
    if len(short) != 1 or len(long) < 2:
        return False
    letters, rest = fold(short[0]).replace(" ", ""), fold(" ".join(long)).replace(" ", "")
    if not letters or letters[0] != rest[:1]:
        return False
    source = iter(rest)
    return len(letters) < len(rest) and all(letter in source for letter in letters)


def _short_names(chains: Chains, named: Sequence[Reference], known: Mapping[str, str]) -> None:
    """Join short forms to the full name: a surname or given name, "Veldra" after "Veldra Dynamics", "the Forum"."""
    first = {chain: min(m.start for m in chain.members if m.name) for chain in chains.all}
    headline = next((r.paragraph for r in named if r.paragraph > 0), 0)
    full: dict[str, list[Chain]] = {}
    for chain in chains.all:
        for name in {m.name for m in chain.members if m.name and m.noun not in m.name}:  # "Webb" is no short form of "Webb campaign"
            words = fold(" ".join(name)).split()
            if len(words) > 1:
                for cut in {*range(1, len(words))}:
                    full.setdefault(" ".join(words[cut:]), []).append(chain)  # endings
                    full.setdefault(" ".join(words[:cut]), []).append(chain)  # beginnings
    for chain in sorted(chains.all, key=lambda c: min(m.start for m in c.members)):
        if chain not in chains.all:
            continue
        for name in list(chain.names()):
            key = fold(" ".join(name))
            found = [c for c in dict.fromkeys(full.get(key, [])) if c is not chain and c in chains.all]
            found = [c for c in found if _short_fits(chain, c, key, chains.lexicon, first, headline) and not _two_known(chain, c, known)]
            if not found:
                continue
            if len(found) == 1:
                chains.merge(found[0], chain)
            else:
                _share_out(chains, chain, found)
            break


def _two_known(one: Chain, other: Chain, known: Mapping[str, str]) -> bool:
    """Whether two chains are different actors that the debate names: Google and Google DeepMind."""
    ids = [{known[key] for name in chain.names() if (key := fold(" ".join(name))) in known} for chain in (one, other)]
    return bool(ids[0] and ids[1]) and not ids[0] & ids[1]


def _share_out(chains: Chains, short: Chain, full: Sequence[Chain]) -> None:
    """Give each mention of a surname that several have to the one most present there, else to the one named most."""
    chains.all.remove(short)
    for member in sorted(short.members, key=lambda m: m.start):
        def rank(chain: Chain, at: Reference = member) -> tuple[float, int]:
            return chains.salience(chain, at.start, at.sentence, at.paragraph, at.inside), sum(bool(m.name) for m in chain.members)
        best = max(full, key=rank)
        chains.add(best, member)
        best.members.sort(key=lambda m: m.start)


def _short_fits(short: Chain, long: Chain, key: str, lexicon: Lexicon, first: dict[Chain, int], headline: int) -> bool:
    if state_code(key) or any(state_code(" ".join(n)) for n in long.names()):
        return False
    if short.is_place():
        return False  # "Portland" and "the Portland Chronicle"
    kinds = {short.kind(), long.kind()} - {None}
    words = next((fold(" ".join(n)).split() for n in long.names() if _has_part(fold(" ".join(n)), key)), [])
    if not words:
        return False
    if long.kind() == "person":
        if kinds != {"person"} and not (short.kind() == "organisation" and not any(m.noun for m in short.members)):
            return False
        genders = {short.gender(), long.gender()} - {""}
        return len(genders) < 2
    if long.kind() in ("policy", "government") and short.kind() not in (None, long.kind()):
        return False
    if short.kind() == "person" and any(m.noun or len(m.name) > 1 for m in short.members):
        return False
    rest = " ".join(words)
    rest = rest[len(key):].strip() if rest.startswith(key) else rest[:-len(key)].strip()
    if noun_kind(rest, lexicon) or rest in lexicon.words("actors.words.company_endings"):
        return long.kind() not in ("policy", "government")
    if long.kind() in ("policy", "government") and noun_kind(key, lexicon) != long.kind():
        return False
    # The full name comes first, then the short one; a headline shortens before all.
    body = [m.start for m in short.members if m.paragraph >= headline]
    return bool(noun_kind(key, lexicon)) or not body or first[long] < min(body)


def _has_part(name: str, key: str) -> bool:
    return name.startswith(key + " ") or name.endswith(" " + key)
