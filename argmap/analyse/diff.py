"""Two maps come in; what came, went and changed between them goes out: actors, claims, stances, relations.

Ids are content hashes, so that most of what is the same has the same id. What has another id is matched by what it was read
from: a statement by its place in the article, a claim by the statements that make it, an actor by its name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from argmap.model import Actor, Claim, DebateMap, Relation, Statement
from argmap.settings import DEFAULTS, Settings

__all__ = ["Change", "Difference", "Part", "compare"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is in both maps: its ids there, what it is called now, and each field that changed with both values."""

    old: str
    new: str
    label: str
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """What came (ids of the new map), went (ids of the old one) and changed, and how many stayed as they were.

    `labels` holds a text for each id, `came` and `went` in the maps' order.
    """

    came: tuple[str, ...]
    went: tuple[str, ...]
    changed: tuple[Change, ...]
    same: int
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two maps, each kind of thing by itself; "stances" are statements' whose words are in both."""

    articles: Part
    actors: Part
    statements: Part
    stances: tuple[Change, ...]
    claims: Part
    relations: Part

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not self.stances and not any(part.came or part.went or part.changed for part in (
            self.articles, self.actors, self.statements, self.claims, self.relations))


def compare(old: DebateMap, new: DebateMap, *, settings: Settings = DEFAULTS) -> Difference:
    """What changed from one map to another.

    Articles, actors: by id, then actors by kind and name. Statements: by id, then in one article by overlapping words, the
    longest overlap first. Claims: by the statements that they share, most first, and by id; so a claim whose members grew is
    changed, not new. Relations: by the claims they join and their kind.

    Args:
        old: the map before.
        new: the map after.
        settings: a relation whose confidence moved by less than `confidence_change` is the same.

    Returns:
        The differences; of changed things the fields that count to a reader (no ids, which change with the words).

    Examples:
        >>> from argmap.model import Debate, Motion
        >>> debate = Debate("open", Motion({"en": "Open?"}), ())
        >>> compare(DebateMap(debate), DebateMap(debate)).empty
        True
    """
    actors = _match(old.actors, new.actors, lambda actor: (actor.kind, actor.name.casefold()))
    statements = _statements(old, new)
    claims = _claims(old, new, statements)
    said = _said(old, new)
    stances = _changes(old.statements, new.statements, statements, lambda statement: {"stance": statement.stance}, said)
    return Difference(
        articles=_part(old.articles, new.articles, _match(old.articles, new.articles, lambda a: a.id),
                       lambda a: {"title": a.title, "text": a.text, "date": a.date, "outlet": a.outlet, "author": a.author,
                                  "language": a.language}, lambda a: a.title or a.id),
        actors=_part(old.actors, new.actors, actors, _actor, lambda actor: actor.name),
        statements=_part(old.statements, new.statements, statements, _spoken(old, new, actors), said),
        stances=tuple(stances.values()),
        claims=_part(old.claims, new.claims, claims, _claim(statements), lambda claim: claim.text),
        relations=_relations(old, new, claims, settings.confidence_change))


def _match(old: Iterable[T], new: Iterable[T], key: Callable[[T], object]) -> dict[str, str]:
    """Old id to new id: by id, the rest by a key that is single in both."""
    before, after = ({item.id: item for item in items} for items in (old, new))  # type: ignore[attr-defined]
    matched = {name: name for name in before if name in after}
    left = defaultdict(list)
    for name, item in after.items():
        if name not in matched:
            left[key(item)].append(name)
    again = Counter(key(item) for name, item in before.items() if name not in matched)
    for name, item in before.items():
        if name not in matched and again[key(item)] == 1 and len(left[key(item)]) == 1:
            matched[name] = left[key(item)][0]
    return matched


def _statements(old: DebateMap, new: DebateMap) -> dict[str, str]:
    kept = {statement.id for statement in new.statements}
    matched = {statement.id: statement.id for statement in old.statements if statement.id in kept}
    texts = {article.id: article.text for article in old.articles}
    same_text = {article.id for article in new.articles if texts.get(article.id) == article.text}
    fresh = defaultdict(list)
    for statement in new.statements:
        if statement.id not in matched and statement.article in same_text:
            fresh[statement.article].append(statement)
    overlaps = []
    for before in old.statements:
        for after in fresh[before.article] if before.id not in matched else ():
            shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in before.content for b in after.content)
            if shared:
                overlaps.append((-shared, before.id, after.id))
    return _greedy(overlaps, matched)


def _claims(old: DebateMap, new: DebateMap, statements: Mapping[str, str]) -> dict[str, str]:
    home = {name: claim.id for claim in new.claims for name in claim.statements}
    shared = Counter((claim.id, home[statements[name]]) for claim in old.claims for name in claim.statements
                     if statements.get(name) in home)
    matched = _greedy([(-number, before != after, before, after) for (before, after), number in shared.items()], {})
    # claims without statements in common: corpora that were coded by hand have ids of their own
    taken = set(matched.values())
    unmatched = {claim.id for claim in new.claims} - taken
    return {**matched, **{claim.id: claim.id for claim in old.claims if claim.id not in matched and claim.id in unmatched}}


def _greedy(scored: Iterable[tuple[Any, ...]], matched: Mapping[str, str]) -> dict[str, str]:
    """The best pairs first; the last two of each entry are the old and the new id."""
    result, taken = dict(matched), set(matched.values())
    for *_, before, after in sorted(scored):
        if before not in result and after not in taken:
            result[before] = after
            taken.add(after)
    return result


def _part(old: Iterable[Any], new: Iterable[Any], matched: Mapping[str, str], fields: Callable[[Any], dict[str, Any]],
          label: Callable[[Any], str]) -> Part:
    old, new = tuple(old), tuple(new)
    changed = _changes(old, new, matched, fields, label)
    found = set(matched.values())
    came = tuple(item.id for item in new if item.id not in found)
    went = tuple(item.id for item in old if item.id not in matched)
    before, after = {item.id: item for item in old}, {item.id: item for item in new}
    labels = {**{name: label(before[name]) for name in went}, **{name: label(after[name]) for name in came}}
    return Part(came, went, tuple(changed.values()), len(matched) - len(changed), labels)


def _changes(old: Iterable[Any], new: Iterable[Any], matched: Mapping[str, str], fields: Callable[[Any], dict[str, Any]],
             label: Callable[[Any], str]) -> dict[str, Change]:
    after = {item.id: item for item in new}
    found = {}
    for item in old:
        if item.id not in matched:
            continue
        other = after[matched[item.id]]
        one, two = fields(item), fields(other)
        differing = {name: (one[name], two[name]) for name in one if one[name] != two[name]}
        if differing:
            found[item.id] = Change(item.id, other.id, label(other), differing)
    return found


def _actor(actor: Actor) -> dict[str, Any]:
    return {"name": actor.name, "kind": actor.kind, "affiliation": actor.affiliation or "", "aliases": sorted(actor.aliases)}


def _said(old: DebateMap, new: DebateMap) -> Callable[[Statement], str]:
    """A statement's words with who says them and in which article."""
    names = {actor.id: actor.name for actor in (*old.actors, *new.actors)}

    def label(statement: Statement) -> str:
        who = ", ".join(names[name] for name in statement.actors if name in names)
        return f"{statement.text} ({f'{who}, ' if who else ''}{statement.article})"

    return label


def _spoken(old: DebateMap, new: DebateMap, actors: Mapping[str, str]) -> Callable[[Statement], dict[str, Any]]:
    """A statement's words and speakers, these by the names of the new map."""
    names = {actor.id: actor.name for actor in old.actors}
    names.update((actor.id, actor.name) for actor in new.actors)
    names.update((before, names[after]) for before, after in actors.items())

    def fields(statement: Statement) -> dict[str, Any]:
        return {"text": statement.text, "actors": sorted(names.get(name, name) for name in statement.actors), "type": statement.type}

    return fields


def _claim(statements: Mapping[str, str]) -> Callable[[Claim], dict[str, Any]]:
    """What a reader sees of a claim; how many statements make it stands for which, as these are compared by themselves."""
    def fields(claim: Claim) -> dict[str, Any]:
        return {"text": claim.text, "stance": claim.stance, "topic": claim.topic,
                "statements": sorted(statements.get(name, name) for name in claim.statements)}

    return fields


def _relations(old: DebateMap, new: DebateMap, claims: Mapping[str, str], least: float) -> Part:
    """Relations have no id: they go by origin and target, the surest of each pair; kind, rule and confidence may change."""
    texts = {claim.id: claim.text for claim in (*old.claims, *new.claims)}
    taken = {claim.id for claim in new.claims}  # an id may come to stand for another claim

    def keyed(relations: Iterable[Relation], names: Mapping[str, str]) -> dict[str, Relation]:
        strongest: dict[str, Relation] = {}
        for relation in relations:
            key = " > ".join(names.get(end, end if end not in taken else f"{end} (old)") for end in (relation.origin, relation.target))
            if key not in strongest or strongest[key].confidence < relation.confidence:
                strongest[key] = relation
        return strongest

    before, after = keyed(old.relations, claims), keyed(new.relations, {claim.id: claim.id for claim in new.claims})

    def label(relation: Relation) -> str:
        return f"{texts.get(relation.origin, '')} [{relation.kind}s] {texts.get(relation.target, '')}"

    def fields(relation: Relation) -> dict[str, Any]:
        return {"kind": relation.kind, "rule": relation.rule, "confidence": relation.confidence}

    changed = []
    for key in before.keys() & after.keys():
        one, two = fields(before[key]), fields(after[key])
        differing = {name: (one[name], two[name]) for name in one if one[name] != two[name]}
        if differing.keys() == {"confidence"} and abs(one["confidence"] - two["confidence"]) < least:
            continue
        if differing:
            changed.append(Change(key, key, label(after[key]), differing))
    came, went = (tuple(key for key in these if key not in those) for these, those in ((after, before), (before, after)))
    changed.sort(key=lambda change: ("kind" not in change.fields, change.old))
    return Part(came, went, tuple(changed), len(before.keys() & after.keys()) - len(changed),
                {**{key: label(before[key]) for key in went}, **{key: label(after[key]) for key in came}})
