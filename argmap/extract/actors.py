"""Attributions with source spans in, attributions with actors out, with the actors and mentions of one article.

References (`mentions`) are linked into chains (`coreference`), attributions get their speakers (`speakers`), and each
chain that speaks, or names somebody who can, becomes an `Actor`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from argmap.extract.affiliation import affiliate
from argmap.extract.chains import Chain, kind_of
from argmap.extract.coreference import link
from argmap.extract.kinds import bare, fold, state_code
from argmap.extract.mentions import find_references
from argmap.extract.reference import Reference
from argmap.extract.speakers import speakers
from argmap.lexicon import Lexicon
from argmap.model import Actor, ActorKind, Article, Attribution, Debate, KnownActor, Mention, stable_id, unique
from argmap.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["resolve"]


def resolve(doc: Doc, article: Article, lexicon: Lexicon, debate: Debate, attributions: Sequence[Attribution], *,
            settings: Settings = DEFAULTS) -> tuple[tuple[Attribution, ...], tuple[Actor, ...], tuple[Mention, ...]]:
    """Who speaks in each attribution, and who else is named.

    Args:
        doc: the parsed article, ``doc.text == article.text``.
        article: the article.
        lexicon: the words of its language.
        debate: the debate, for its known actors; it may name none.
        attributions: what was attributed, with source spans where the text has them.
        settings: the weights of salience.

    Returns:
        The attributions, each with the ids of its actors (none where nobody can know who speaks); the actors; and
        every mention of them, pronouns left out.
    """
    references = find_references(doc, article, lexicon, [a.source for a in attributions if a.source is not None])
    chains = link(doc, references, lexicon, known=debate.actors, settings=settings)
    affiliate(doc, chains, lexicon)
    cited = speakers(doc, article, lexicon, chains, attributions, settings=settings)
    speaking = {chain for found in cited.values() for chain in found}
    forms = _known_forms(debate.actors)
    known = {chain: _known(chain, forms, lexicon) for chain in chains.all}
    known |= {chain: _known_by_maker(chain, known, debate.actors, lexicon) for chain in chains.all if known[chain] is None}
    shown = [c for c in chains.all if c in speaking or known[c] is not None or (_is_actor(c, lexicon) and not chains.is_place(c))]
    merged: dict[Chain, Chain] = {}
    for chain in shown:  # two chains that are the same known actor are one
        actor = known[chain]
        merged[chain] = next((c for c in shown if actor is not None and known[c] is actor), chain)
    actors: dict[Chain, Actor] = {}
    for chain in dict.fromkeys(merged.values()):
        members = sorted((m for c in merged if merged[c] is chain for m in c.members), key=lambda m: m.start)
        actors[chain] = _actor(chain, members, known[chain], chain in speaking or any(c in speaking for c in merged if merged[c] is chain),
                               article, lexicon)
    mentions = [Mention(article.id, actors[merged[c]].id, article.span(doc[m.start].idx, doc[m.end - 1].idx + len(doc[m.end - 1])))
                for c in merged for m in c.members if m.form != "pronoun"]
    resolved = tuple(replace(a, actors=unique(actors[merged[c]].id for c in cited.get(a.id, ()))) for a in attributions)
    return resolved, tuple(actors.values()), tuple(sorted(set(mentions), key=lambda m: (m.span, m.actor)))


def _known_forms(actors: Sequence[KnownActor]) -> dict[str, KnownActor]:
    """The debate's actors by each of their forms, folded, and by the codes of states and bodies."""
    found: dict[str, KnownActor] = {}
    for actor in actors:
        for form in (actor.name, *actor.aliases):
            found.setdefault(fold(form), actor)
            if state_code(form):
                found.setdefault(state_code(form), actor)
    return found


def _known(chain: Chain, forms: Mapping[str, KnownActor], lexicon: Lexicon) -> KnownActor | None:
    """The debate's actor that one of the chain's names is, the name used most first; one without a name may be described as it is there."""
    for name, _ in chain.names().most_common():
        key = fold(" ".join(name))
        actor = forms.get(key) or forms.get(state_code(key) or key)
        if actor is not None:
            return actor
    described = (fold(bare(member.text, lexicon)) for member in chain.members if member.form == "nominal" and not chain.names())
    return next((forms[words] for words in described if words in forms), None)


def _known_by_maker(chain: Chain, known: Mapping[Chain, KnownActor | None], actors: Sequence[KnownActor],
                    lexicon: Lexicon) -> KnownActor | None:
    """The one of the debate's documents that a described one is: of the same maker, and called by words of its name.

    "The administration's action plan" is "America's AI Action Plan", "il piano d'azione dell'amministrazione" the "piano d'azione
    per l'IA", where there is no other such document of theirs.
    """
    maker = known.get(chain.affiliation) if chain.affiliation is not None else None
    if maker is None or chain.kind() != "policy" or chain.names():
        return None
    called = {" ".join(words) for member in chain.members if member.form == "nominal" and len(words := _own_words(member, lexicon)) > 1}
    found = [actor for actor in actors if actor.kind == "policy" and actor.affiliation == maker.name
             and any(f" {fold(form)} ".startswith(f" {words} ") or f" {fold(form)} ".endswith(f" {words} ")
                     for form in (actor.name, *actor.aliases) for words in called)]
    return found[0] if len(found) == 1 else None


def _own_words(member: Reference, lexicon: Lexicon) -> list[str]:
    """What a description calls somebody, without the name of the one that it is of: "action plan"."""
    owner = member.text.rfind("'s ")
    return fold(bare(member.text[owner + 3:] if owner >= 0 else member.text, lexicon)).split()


def _is_actor(chain: Chain, lexicon: Lexicon) -> bool:
    """Whether a chain that never speaks is worth naming: a person, organisation, state or document with a proper name."""
    named = [m for m in chain.members if m.name]
    if not named or chain.is_place():
        return False
    if chain.kind() is None and not (chain.employs or len(named) > 1 or any(m.subject for m in named)):
        return False
    if chain.is_product():
        return False
    if any(m.noun in lexicon.words("actors.nouns.product") | lexicon.words("actors.nouns.place") for m in named):
        return False
    if chain.sure_kind() is None and len(chain.members) < 2 and not any(m.subject for m in named):
        return False  # one guess of a pipeline is too little
    entities = {m.entity for m in named} - {""}
    return not (entities and entities <= NO_ACTORS and chain.kind() != "government")


#: Entity labels of names that neither speak nor act.
NO_ACTORS = frozenset({"LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LANGUAGE", "DATE", "TIME", "MONEY", "QUANTITY", "CARDINAL",
                       "ORDINAL", "PERCENT", "MISC", "NORP"})


def _actor(chain: Chain, members: Sequence[Reference], known: KnownActor | None, speaks: bool, article: Article, lexicon: Lexicon) -> Actor:
    name = _name(members, lexicon)
    forms = unique(form for m in members if m.form != "pronoun" for form in _forms(m, lexicon))
    kind: ActorKind = (known.kind if known else None) or kind_of(chain, lexicon) or _guess(members, speaks, lexicon)
    affiliation = None
    if chain.affiliation is not None:
        affiliation = _name(chain.affiliation.members, lexicon)
    elif known is not None:
        affiliation = known.affiliation
    if known is not None:
        forms = unique([name, *forms])
        name = known.name
    return Actor(stable_id("a", article.id, members[0].start, name), name, kind, affiliation,
                 tuple(form for form in forms if form != name), known.id if known else None)


def _guess(members: Sequence[Reference], speaks: bool, lexicon: Lexicon) -> ActorKind:
    """The kind of a name that nothing tells: two capitalised words without an article that speak are a person's."""
    longest = max(members, key=lambda m: len(m.name))
    if not longest.name:
        first = members[0]
        if first.noun in lexicon.words("actors.nouns.vehicle"):
            return "policy"  # "the letter urges…", whatever nouns it ends like
        if first.number == "p":
            return "group"
        if first.text[:1].isupper() and not first.definite and " " not in first.text:
            return "organisation"
        return "person" if first.noun.endswith(lexicon.sequence("actors.nouns.doer_endings")) else "group"
    article_before = any(m.form == "name" and m.start < m.name_start for m in members)
    acts = speaks or any(m.subject for m in members)
    words = all(word[:1].isalpha() and not any(c.isdigit() for c in word) for word in longest.name)
    return "person" if acts and words and len(longest.name) > 1 and not article_before else "organisation"


def _name(members: Sequence[Reference], lexicon: Lexicon) -> str:
    """The fullest proper name, else the fullest description; one word of it is no name: "the founders", "a company"."""
    named = [m for m in members if m.name]
    if named:
        best = max(named, key=lambda m: (len(m.name), -m.start))
        return _join(best, lexicon)
    described = [m for m in members if m.form == "nominal"]
    if not described:
        return members[0].text
    first = described[0]
    shorter = bare(first.text, lexicon)
    if first.kind in ("group", "person", None) or " " not in shorter:
        return first.text[:1].lower() + first.text[1:] if first.text.split()[0].casefold() in _openers(lexicon) else first.text
    return shorter


def _openers(lexicon: Lexicon) -> frozenset[str]:
    return lexicon.words("actors.words.articles") | lexicon.words("actors.words.definite")


def _join(reference: Reference, lexicon: Lexicon) -> str:
    """The name as it stands in the text."""
    at = reference.text.rfind(reference.name[0])
    whole = reference.text.find(reference.name[0])
    for start in (whole, at):
        rest = reference.text[start:]
        if start >= 0 and fold(rest) == fold(" ".join(reference.name)):
            return rest
    return " ".join(reference.name)


def _forms(reference: Reference, lexicon: Lexicon) -> list[str]:
    """The surface forms of a reference: the phrase with its description, without its article, and the name alone."""
    forms = [reference.text, bare(reference.text, lexicon)]
    if reference.name:
        forms.append(_join(reference, lexicon))
    return [" ".join(form.split()) for form in forms if form.strip()]
