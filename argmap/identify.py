"""The actors of each article in; out, those of the corpus, one across articles and languages, and which is which.

Each article names its actors for itself; here the same person, firm, state or group becomes one `Actor`. Every join is
kept as a `Merge` that says by which rule and on what evidence. A doubtful pair stays apart: two actors that are one
are a smaller harm on a map than one actor made of two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from argmap.columns import hold
from argmap.extract.kinds import bare, fold, institution_kind, state_code
from argmap.lexicon import Lexicon, load
from argmap.model import Actor, Article, Attribution, Debate, KnownActor, Mention, Merge, Statement, stable_id, unique

__all__ = ["Identified", "identify", "named", "named_mention"]


@dataclass(frozen=True, slots=True)
class _Local:
    """An article's actor with what its forms are good for: proper names, folded, and the words for a group."""

    actor: Actor
    article: str
    language: str
    order: int
    proper: tuple[str, ...]
    generic: str


class Identified(NamedTuple):
    """Whom the articles speak of.

    Attributes:
        actors: of the corpus, sorted by id.
        merges: the account of every join, sorted by actor and article.
        ids: the corpus id of an article's actor, by the article's id and that which the actor has there.
    """

    actors: tuple[Actor, ...]
    merges: Sequence[Merge]
    ids: Mapping[tuple[str, str], str]


def identify(articles: Iterable[tuple[Article, Iterable[Actor]]], debate: Debate) -> Identified:
    """The actors of a corpus.

    Args:
        articles: each with its actors, whose ids hold in the article.
        debate: the debate, for its known actors.
    """
    pairs = ((article, actor) for article, actors in articles for actor in actors)
    local = [_local(actor, article, order) for order, (article, actor) in enumerate(pairs)]
    joins = _Joins(local)
    for rule, groups in (("known", _by_known(local)), ("state", _by_state(local)), ("name", _by_name(local)), ("group", _by_group(local))):
        for evidence, members in groups:
            joins.join(members, rule, evidence)
    joins.join_short(local)
    known = {actor.id: actor for actor in debate.actors}
    made: dict[int, Actor] = {}
    merges: list[Merge] = []
    taken: set[str] = set()
    clusters = sorted(joins.clusters(), key=lambda c: (-sum(bool(m.proper) for m in c), c[0].order))
    for cluster in clusters:
        actor = _unified(cluster, known, taken)
        taken.add(actor.id)
        for member in cluster:
            made[member.order] = actor
        if len(cluster) > 1:
            merges += [Merge(actor.id, m.article, m.actor.name, *joins.why[m.order]) for m in cluster if m.order in joins.why]
    actors = _affiliated(tuple({a.id: a for a in made.values()}.values()))
    ids = {(m.article, m.actor.id): made[m.order].id for m in local}
    merges.sort(key=lambda m: (m.actor, m.article, m.name))
    return Identified(tuple(sorted(actors, key=lambda a: a.id)), hold(Merge, merges), ids)


Told = TypeVar("Told", Attribution, Statement)


def named(one: Told, ids: Mapping[tuple[str, str], str]) -> Told:
    """What actors said, with the corpus ids of `Identified` in place of the article's."""
    return replace(one, actors=unique(ids.get((one.article, actor), actor) for actor in one.actors))


def named_mention(one: Mention, ids: Mapping[tuple[str, str], str]) -> Mention:
    """A mention with the corpus id of its actor."""
    return replace(one, actor=ids.get((one.article, one.actor), one.actor))


def _local(actor: Actor, article: Article, order: int) -> _Local:
    lexicon = load(article.language)
    forms = unique(bare(form, lexicon) for form in (actor.name, *actor.aliases))
    named = actor.kind != "group" or _capitals(actor.name) > 1
    proper = tuple(fold(form) for form in forms if named and _is_proper(form) and not _is_common(form, lexicon))
    generic = fold(bare(actor.name, lexicon)) if actor.kind == "group" else ""
    return _Local(actor, article.id, article.language, order, unique(name for name in proper if name), generic)


def _capitals(form: str) -> int:
    return sum(word[:1].isupper() for word in form.split())


def _is_proper(form: str) -> bool:
    """Whether every long word of a form has a capital: "Hélène Moreau", not "il CEO di Nortex"."""
    words = form.split()
    lower = [word for word in words if not any(c.isupper() for c in word) and any(c.isalpha() for c in word)]
    return bool(words) and _capitals(words[0]) > 0 and len(lower) * 2 < len(words)


def _is_common(form: str, lexicon: Lexicon) -> bool:
    """Whether a form is one common noun with a capital, which names another body in each article: "Senato", "the Agency"."""
    return " " not in form and not state_code(form) and institution_kind(form, lexicon) is not None


class _Joins:
    """Which local actors are one so far, and why."""

    def __init__(self, local: Sequence[_Local]) -> None:
        self.root = {m.order: m.order for m in local}
        self.cluster = {m.order: [m] for m in local}
        self.why: dict[int, tuple[str, str]] = {}

    def join(self, members: Sequence[_Local], rule: str, evidence: str) -> None:
        """Make one cluster of the members' clusters."""
        if len(members) < 2:
            return
        for member in members:
            self.why.setdefault(member.order, (rule, evidence))
        roots = sorted({self.root[m.order] for m in members})
        for gone in roots[1:]:
            for member in self.cluster[gone]:
                self.root[member.order] = roots[0]
            self.cluster[roots[0]] += self.cluster.pop(gone)

    def clusters(self) -> list[list[_Local]]:
        """The clusters, each in the order of the articles."""
        return [sorted(members, key=lambda m: m.order) for _, members in sorted(self.cluster.items())]

    def join_short(self, local: Sequence[_Local]) -> None:
        """Join actors that share a short form which no other actor of the corpus has: a surname, an acronym."""
        holders: dict[tuple[bool, str], set[int]] = defaultdict(set)
        for member in local:
            if member.actor.kind == "policy":
                continue
            full = any(" " in name for name in member.proper)
            person = member.actor.kind == "person"
            forms = {name.split()[-1] for name in member.proper} if person else set(member.proper)
            for form in forms:
                holders[person, form].add(member.order)
                if person and not full:  # one word alone: the kind may have been guessed wrongly
                    holders[False, form].add(member.order)
        for (person, form), orders in sorted(holders.items()):
            clusters = [self.cluster[root] for root in sorted({self.root[order] for order in orders})]
            if len(clusters) < 2 or _rivals(clusters):
                continue
            named = [c for c in clusters if any(" " in name for m in c for name in m.proper)]
            known = {m.actor.known for c in clusters for m in c} - {None}
            if len(named) <= 1 and len(known) <= 1:
                self.join([m for c in clusters for m in c], "surname" if person else "alias", form)


def _rivals(clusters: Sequence[Sequence[_Local]]) -> bool:
    """Whether two of the clusters stand in one article, whose own reading kept them apart."""
    articles = [{m.article for m in c} for c in clusters]
    return any(articles[i] & articles[j] for i in range(len(articles)) for j in range(i))


def _by_known(local: Iterable[_Local]) -> Iterator[tuple[str, list[_Local]]]:
    groups: dict[str, list[_Local]] = defaultdict(list)
    for member in local:
        if member.actor.known:
            groups[member.actor.known].append(member)
    yield from sorted(groups.items())


def _by_state(local: Iterable[_Local]) -> Iterator[tuple[str, list[_Local]]]:
    groups: dict[str, list[_Local]] = defaultdict(list)
    for member in local:
        code = next((state_code(name) for name in member.proper if state_code(name)), "")
        if code:
            groups[code].append(member)
    yield from sorted(groups.items())


def _by_name(local: Iterable[_Local]) -> Iterator[tuple[str, list[_Local]]]:
    groups: dict[tuple[str, bool], list[_Local]] = defaultdict(list)
    for member in local:
        for name in member.proper:
            if " " in name:
                groups[name, member.actor.kind == "person"].append(member)
    yield from ((name, members) for (name, _), members in sorted(groups.items()))


def _by_group(local: Iterable[_Local]) -> Iterator[tuple[str, list[_Local]]]:
    groups: dict[tuple[str, str], list[_Local]] = defaultdict(list)
    for member in local:
        if member.generic:
            groups[member.language, member.generic].append(member)
    yield from ((name, members) for (_, name), members in sorted(groups.items()))


def _unified(cluster: Sequence[_Local], known: dict[str, KnownActor], taken: set[str]) -> Actor:
    actors = [m.actor for m in cluster]
    file = next((known[a.known] for a in actors if a.known in known), None)
    if file is not None:
        name, kind, affiliation = file.name, file.kind, file.affiliation
    else:
        names = Counter(a.name for a in actors)
        proper = {m.actor.name for m in cluster if m.proper}
        name = max(names, key=lambda n: (n in proper, len(n.split()), names[n], n))
        kinds = Counter(a.kind for a in actors)
        kind = max(kinds, key=lambda k: (kinds[k], k))
        offices = Counter(a.affiliation for a in actors if a.affiliation)
        affiliation = max(offices, key=lambda o: (offices[o], o)) if offices else None
    aliases = unique(form for a in actors for form in (a.name, *a.aliases) if form != name)
    first = cluster[0]
    if file is not None:
        identity = file.id
    elif any(m.proper for m in cluster) or first.generic:
        identity = "-".join(fold(bare(name, load(first.language))).split())
        if not identity or identity in taken:
            identity = stable_id(identity or "a", kind, name, *(() if identity else (first.article,)))
    else:
        identity = stable_id("a", first.article, name, first.actor.id)
    return Actor(identity, name, kind, affiliation, aliases, file.id if file else None)


def _affiliated(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """The actors with each affiliation spelled as the actor of that name is, where there is one."""
    by_form: dict[str, str] = {}
    for actor in actors:
        if actor.kind in ("organisation", "government", "group"):
            for form in (actor.name, *actor.aliases):
                by_form.setdefault(fold(form), actor.name)
    return tuple(replace(a, affiliation=by_form.get(fold(a.affiliation), a.affiliation)) if a.affiliation else a for a in actors)

