"""Claims and relations come in, reply trees go out: who stands under whom, in which order, and who says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from argmap.columns import each, take
from argmap.graph import author_name, voices
from argmap.model import Claim, DebateMap, Relation, unique
from argmap.render.measure import clean
from argmap.settings import DEFAULTS, Settings

__all__ = ["Forest", "Said", "parents", "plant"]


def parents(claims: Iterable[str], relations: Iterable[Relation], *,
            may: Callable[[Relation], bool] = lambda relation: True) -> dict[str, int]:
    """For each claim that answers another, the index of the relation that it hangs on.

    Relations are taken from the surest to the weakest; each claim takes the first that makes no cycle, so a claim with several
    targets sits under the surest, and a cycle is cut at its weakest relation (Kruskal's rule, on a directed graph).

    Args:
        claims: ids of the claims; relations with other ends are passed over.
        relations: from origin to target.
        may: whether a claim may hang on a relation.

    >>> from argmap.model import Relation
    >>> cycle = [Relation("a", "b", "attack", "", 0.9, ()), Relation("b", "a", "attack", "", 0.4, ())]
    >>> parents("ab", cycle)
    {'a': 0}
    """
    known = set(claims)
    above: dict[str, str] = {}
    chosen: dict[str, int] = {}
    ranked = sorted(enumerate(relations), key=lambda item: (-item[1].confidence, item[1].origin, item[1].target, item[1].kind, item[0]))
    for index, relation in ranked:
        origin, target = relation.origin, relation.target
        if origin in above or origin not in known or target not in known or not may(relation):
            continue
        step: str | None = target
        while step is not None and step != origin:
            step = above.get(step)
        if step is None:
            above[origin], chosen[origin] = target, index
    return dict(sorted(chosen.items()))


def plant(map: DebateMap, *, settings: Settings = DEFAULTS) -> Forest:
    """The reply trees of a map.

    Args:
        map: any map.
        settings: `relevance` says which claims are hidden at first, `low_confidence` which relations are doubtful.
    """
    claims = {claim.id: claim for claim in map.claims}
    said = _said(map, claims.values())
    hidden = frozenset(name for name, about in said.items() if about.relevance < settings.relevance)
    answered = {relation.target for relation in map.relations}

    def may(relation: Relation) -> bool:
        """A shown claim never hangs on a hidden one, nor does a main claim change lanes on the strength of a doubtful relation."""
        origin, target = relation.origin, relation.target
        main = origin in answered or len(claims[origin].statements) > 1
        across = claims[origin].stance != claims[target].stance
        return (origin in hidden or target not in hidden) and not (main and across and relation.confidence < settings.low_confidence)

    hang = parents(claims, map.relations, may=may)
    return Forest(map, claims, said, hidden, hang)


class Said(NamedTuple):
    """How a claim is made.

    Attributes:
        speakers: the names of those who say it; where nobody was identified, the words that cite them.
        sources: how many articles make it; those that only repeat another's words are not counted again.
        cited: whether somebody is cited with it; else it stands in the articles' own voice alone.
        relevance: how much it bears on the motion, in [0, 1]: the most that one of its statements does.
    """

    speakers: tuple[str, ...]
    sources: int
    cited: bool
    relevance: float


def _said(map: DebateMap, claims: Iterable[Claim]) -> dict[str, Said]:
    articles = {article.id: article for article in map.articles}
    names = {actor.id: clean(actor.name) for actor in map.actors}
    authors = {article.id: clean(author_name(article)) for article in map.articles}
    statements: dict[str, tuple[str, str, list[str], str | None, float]] = {}
    nobody: list[int] = []
    for at, (name, article, voice, actors, repeats, relevance) in enumerate(
            each(map.statements, "id", "article", "voice", "actors", "repeats", "relevance")):
        who = [names.get(actor) or authors[article] for actor in voices(voice, actors, articles[article])]
        statements[name] = article, voice, who, repeats, relevance
        if not who:
            nobody.append(at)
    for statement in take(map.statements, nobody):
        if statement.source:
            statements[statement.id][2].append(clean(statement.source.text))
    found: dict[str, Said] = {}
    for claim in claims:
        made = [statements[name] for name in claim.statements if name in statements]
        found[claim.id] = Said(unique(name for _, _, who, *_ in made for name in who),
                               len({article for article, _, _, repeats, _ in made if not repeats}),
                               any(voice == "attributed" for _, voice, *_ in made), max((one[-1] for one in made), default=0.0))
    return found


class Forest:
    """The reply trees: who answers whom, in reading order.

    Attributes:
        claims: by id.
        said: how each is made.
        hidden: ids of the claims below the relevance threshold.
        hang: for each claim that answers another, the index of the relation that it hangs on.
        replies: for each claim, those that hang on it, in reading order.
        attacks: for each claim, those shown that attack it, the surest first.
        topics: ids of the debate's topics, in its order.
    """

    def __init__(self, map: DebateMap, claims: dict[str, Claim], said: Mapping[str, Said], hidden: frozenset[str],
                 hang: dict[str, int]) -> None:
        self.claims, self.said, self.hidden, self.hang = claims, said, hidden, hang
        self.topics = [topic.id for topic in map.debate.topics]
        self.replies: dict[str, list[str]] = defaultdict(list)
        for name, index in hang.items():
            self.replies[map.relations[index].target].append(name)
        self.attacks: dict[str, list[str]] = defaultdict(list)
        for relation in sorted(map.relations, key=lambda relation: (-relation.confidence, relation.origin, relation.target)):
            if relation.kind == "attack" and relation.origin in claims and relation.origin not in hidden:
                self.attacks[relation.target].append(relation.origin)
        self._weight: dict[str, int] = {}
        for name in claims:
            self._weigh(name)
        for replies in self.replies.values():
            # Supports first, so that their connectors never cross those of attacks.
            replies.sort(key=lambda name: (map.relations[hang[name]].kind == "attack", *self.rank(name)))

    def _weigh(self, root: str) -> None:
        """The number of claims in each tree, without recursion: chains may be long."""
        stack = [root]
        while stack:
            name = stack[-1]
            todo = [reply for reply in self.replies[name] if reply not in self._weight] if name not in self._weight else []
            if todo:
                stack += todo
            else:
                self._weight[name] = 1 + sum(self._weight[reply] for reply in self.replies[name])
                stack.pop()

    def rank(self, name: str) -> tuple[int, int, bool, float, str]:
        """Claims made often and answered most come first, and what people are cited with before what the articles say."""
        claim = self.claims[name]
        about = self.said[name]
        return (-len(claim.statements), -self._weight[name], not about.cited, -about.relevance, name)

    def thread(self, root: str) -> list[tuple[str, int]]:
        """A tree in reading order with depths."""
        order, stack = [], [(root, 0)]
        while stack:
            name, depth = stack.pop()
            order.append((name, depth))
            stack += [(reply, depth + 1) for reply in reversed(self.replies[name])]
        return order
