"""A `DebateMap` comes in, the place of every card goes out: lanes per side, topics by size, reply trees, no overlap.

Coordinates are pixels at zoom 1, x to the right and y down, the origin at the top left of the map. A lane is a list of rows in
reading order (topic headers and cards); a row's y is the sum of the heights above it, so that the page can close gaps when
rows are hidden, by the same rule.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from argmap.graph import author_name, motion_id, speakers
from argmap.model import Claim, DebateMap, Relation, Stance, Statement, unique
from argmap.render.measure import clean, shorten, width, wrap
from argmap.settings import DEFAULTS, Settings

__all__ = ["GEOMETRY", "STANCES", "Geometry", "Header", "Layout", "Row", "lay_out", "parents", "relevance"]

#: The lanes from left to right.
STANCES: tuple[Stance, ...] = ("for", "neutral", "against")


@dataclass(frozen=True, slots=True)
class Geometry:
    """Sizes in pixels at zoom 1.

    Attributes:
        card: least width of a card that answers nothing; replies are narrower by their indent, so that right edges align.
        narrow: no card is narrower than this; deeper replies widen their whole lane instead.
        indent: step of a reply to the right of what it answers; two connectors and a badge fit into it.
        deep: after so many steps of `indent` the steps shrink to `indent_deep`, to keep long chains on the screen.
        pad_x, pad_y: from a card's border to its text.
        text, line: font size and line height of a claim; `byline`, `byline_line` those of the line below it.
        lines: the most lines of a claim shown on its card (the whole text stands in the details); `folded_lines`:
            of the claim quoted on a folded topic.
        gap: between a card and the reply below it; `gap_thread`: before a card that answers nothing.
        header: height of a topic header; `gap_topic`: above it.
        lane_pad, lane_gap: inside and between lanes; `lane_lines`: the most lines of a lane's head.
        motion, motion_text, motion_line: width, font size and line height of the motion; `motion_lines`: the most lines
            of it; `motion_gap`: below it.
    """

    card: int = 312
    narrow: int = 232
    indent: int = 24
    deep: int = 4
    indent_deep: int = 6
    pad_x: int = 12
    pad_y: int = 9
    text: int = 13
    line: int = 18
    byline: int = 12
    byline_line: int = 19
    lines: int = 8
    folded_lines: int = 3
    gap: int = 11
    gap_thread: int = 16
    header: int = 26
    gap_topic: int = 20
    lane_pad: int = 14
    lane_gap: int = 14
    lane_lines: int = 2
    motion: int = 620
    motion_text: int = 18
    motion_line: int = 25
    motion_lines: int = 4
    motion_gap: int = 40


GEOMETRY = Geometry()


@dataclass(frozen=True, slots=True)
class Header:
    """The motion, or the head of a lane: its words depend on the interface's language, so `lines` are keyed by language code.

    Attributes:
        id: that of the motion's node in the graph, or ``lane:<side>``.
        side: the lane's; empty for the motion.
        x, y, width, height: of the box.
        lines: the words, wrapped, by language code.
        lane_width: of the lane below it; 0 for the motion.
        hidden: a neutral lane all of whose claims are hidden at first.
    """

    id: str
    side: str
    x: int
    y: int
    width: int
    height: int
    lines: Mapping[str, tuple[str, ...]]
    lane_width: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A topic header or a claim's card in a lane.

    Attributes:
        id: the claim's id, or ``topic:<side>:<topic>``.
        kind: ``topic`` or ``claim``.
        lane: the side whose lane it stands in (a reply stands in the lane of what it answers).
        topic: the topic that it stands under.
        depth: 0 for a topic or a claim that answers nothing.
        x, y: the top left corner; `y` is -1 for a row that is hidden at first.
        width, height: of the box.
        gap: free space above it.
        lines: the claim's text, wrapped; for a topic, that of its most contested claim.
        byline: who says it, shortened to the card; for a topic, who says most.
        hidden: below the relevance threshold.
        relation: index into `DebateMap.relations` of what ties it to the claim above, or -1.
        size: for a topic, the number of claims under it that are shown.
        folded: for a topic, its height when its claims are folded into it.
    """

    id: str
    kind: str
    lane: Stance
    topic: str
    depth: int
    x: int
    y: int
    width: int
    height: int
    gap: int
    lines: tuple[str, ...] = ()
    byline: str = ""
    hidden: bool = False
    relation: int = -1
    size: int = 0
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands.

    Attributes:
        width, height: of the whole map.
        motion, lanes: the boxes on top.
        rows: in reading order, lane by lane.
        free: indexes of the relations outside the trees.
        folded: whether the topics are folded at first, so that no claim has a place yet.
    """

    width: int
    height: int
    motion: Header
    lanes: tuple[Header, ...]
    rows: tuple[Row, ...]
    free: tuple[int, ...]
    folded: bool = False


def relevance(claim: Claim, statements: Mapping[str, Statement]) -> float:
    """How much a claim bears on the motion: the most that one of its statements does, in [0, 1]."""
    return max((statements[name].relevance for name in claim.statements if name in statements), default=0.0)


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


def lay_out(map: DebateMap, *, settings: Settings = DEFAULTS, geometry: Geometry = GEOMETRY,
            titles: Mapping[Stance, Mapping[str, str]] | None = None) -> Layout:
    """The place of every card.

    Args:
        map: any map; claims whose relevance is below the threshold get rows that are hidden.
        settings: `relevance` and `low_confidence` are used.
        geometry: sizes in pixels.
        titles: the words at the head of each lane by language code; the debate's labels of its sides if left out.

    Returns:
        A layout that depends on the arguments alone. A neutral lane without any claim is left out. From
        `settings.overview_claims` shown claims on, the topics are folded.
    """
    statements = {statement.id: statement for statement in map.statements}
    claims = {claim.id: claim for claim in map.claims}
    hidden = {name for name, claim in claims.items() if relevance(claim, statements) < settings.relevance}

    answered = {relation.target for relation in map.relations}

    def may(relation: Relation) -> bool:
        """A shown claim never hangs on a hidden one, nor does a main claim change lanes on the strength of a doubtful relation."""
        origin, target = relation.origin, relation.target
        main = origin in answered or len(claims[origin].statements) > 1
        across = claims[origin].stance != claims[target].stance
        return (origin in hidden or target not in hidden) and not (main and across and relation.confidence < settings.low_confidence)

    hang = parents(claims, map.relations, may=may)
    forest = _Forest(map, claims, hang, statements)
    lanes = []
    for stance in STANCES:
        rows = _lane(stance, forest, hidden, geometry)
        if rows or stance != "neutral":
            lanes.append((stance, rows))
    if titles is None:
        titles = {side.stance: side.label for side in map.debate.sides}
    folded = len(claims) - len(hidden) >= settings.overview_claims
    return _place(map, lanes, hang, geometry, titles, folded)


class _Forest:
    """The reply trees: who answers whom, in reading order."""

    def __init__(self, map: DebateMap, claims: dict[str, Claim], hang: dict[str, int], statements: dict[str, Statement]) -> None:
        self.claims, self.hang, self.statements, self.relations = claims, hang, statements, map.relations
        self.topics = [topic.id for topic in map.debate.topics]
        self.articles = {article.id: article for article in map.articles}
        self.names = {actor.id: clean(actor.name) for actor in map.actors}
        self.replies: dict[str, list[str]] = defaultdict(list)
        for name, index in hang.items():
            self.replies[map.relations[index].target].append(name)
        self.attacked = Counter(relation.target for relation in map.relations if relation.kind == "attack")
        self.weight: dict[str, int] = {}
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
            todo = [reply for reply in self.replies[name] if reply not in self.weight] if name not in self.weight else []
            if todo:
                stack += todo
            else:
                self.weight[name] = 1 + sum(self.weight[reply] for reply in self.replies[name])
                stack.pop()

    def speakers(self, name: str) -> tuple[str, ...]:
        """The names of those who say it; where nobody was identified, the words that cite them."""
        names: list[str] = []
        for statement in (self.statements[made] for made in self.claims[name].statements if made in self.statements):
            article = self.articles[statement.article]
            who = [self.names.get(actor) or clean(author_name(article)) for actor in speakers(statement, article)]
            names += who or ([clean(statement.source.text)] if statement.source else [])
        return unique(names)

    def sources(self, name: str) -> frozenset[str]:
        """The articles that make a claim."""
        return frozenset(self.statements[made].article for made in self.claims[name].statements if made in self.statements)

    def cites(self, name: str) -> bool:
        """Whether somebody is cited with a claim; else it stands in the articles' own voice alone."""
        return any(self.statements[made].voice == "attributed" for made in self.claims[name].statements if made in self.statements)

    def rank(self, name: str) -> tuple[int, int, bool, float, str]:
        """Claims made often and answered most come first, and what people are cited with before what the articles say."""
        claim = self.claims[name]
        return (-len(claim.statements), -self.weight[name], not self.cites(name), -relevance(claim, self.statements), name)

    def thread(self, root: str) -> list[tuple[str, int]]:
        """A tree in reading order with depths."""
        order, stack = [], [(root, 0)]
        while stack:
            name, depth = stack.pop()
            order.append((name, depth))
            stack += [(reply, depth + 1) for reply in reversed(self.replies[name])]
        return order


def _lane(stance: Stance, forest: _Forest, hidden: set[str], geometry: Geometry) -> list[Row]:
    """The rows of a lane, not placed yet: topics by number of claims, in each the threads."""
    by_topic: dict[str, list[list[tuple[str, int]]]] = defaultdict(list)
    roots = (name for name, claim in forest.claims.items() if name not in forest.hang and claim.stance == stance)
    for root in sorted(roots, key=forest.rank):
        by_topic[forest.claims[root].topic].append(forest.thread(root))
    known = {topic: position for position, topic in enumerate(forest.topics)}
    shown = {topic: sum(name not in hidden for thread in threads for name, _ in thread) for topic, threads in by_topic.items()}
    # Claims of none of the debate's topics come last whatever their number: "other" is no subject.
    order = sorted(by_topic, key=lambda topic: (topic not in known, -shown[topic], known.get(topic, len(known)), topic))
    deepest = max((depth for threads in by_topic.values() for thread in threads for _, depth in thread), default=0)
    inner = max(geometry.card, geometry.narrow + _indent(deepest, geometry))
    rows: list[Row] = []
    for topic in order:
        visible = [name for thread in by_topic[topic] for name, _ in thread if name not in hidden]
        rows.append(_topic(stance, topic, visible, forest, inner, geometry))
        for thread in by_topic[topic]:
            for name, depth in thread:
                rows.append(_card(name, depth, stance, topic, forest, name in hidden, inner, geometry))
    return rows


def _topic(stance: Stance, topic: str, shown: list[str], forest: _Forest, inner: int, geometry: Geometry) -> Row:
    """The header of a topic, with what stands on it when its claims are folded: the most contested claim and who says most."""
    room = inner - 2 * geometry.pad_x
    lines: tuple[str, ...] = ()
    byline = ""
    if shown:
        contested = min(shown, key=lambda name: (-forest.attacked[name], *forest.rank(name)))
        lines = wrap(f"“{clean(forest.claims[contested].text)}”", geometry.text, room, lines=geometry.folded_lines)
        said = (Counter(who for name in shown if forest.cites(name) for who in forest.speakers(name))
                or Counter(who for name in shown for who in forest.speakers(name)))
        most = sorted(said, key=lambda who: (-said[who], who))
        byline = _names(most, room, geometry)
    height = geometry.header + geometry.byline_line + len(lines) * geometry.line + (geometry.byline_line if byline else 0) + geometry.pad_y
    return Row(f"topic:{stance}:{topic}", "topic", stance, topic, 0, 0, -1, inner, geometry.header, geometry.gap_topic, lines, byline,
               hidden=not shown, size=len(shown), folded=height)


def _indent(depth: int, geometry: Geometry) -> int:
    return geometry.indent * min(depth, geometry.deep) + geometry.indent_deep * max(0, depth - geometry.deep)


def _card(name: str, depth: int, lane: Stance, topic: str, forest: _Forest, hidden: bool, inner: int, geometry: Geometry) -> Row:
    claim = forest.claims[name]
    wide = inner - _indent(depth, geometry)
    room = wide - 2 * geometry.pad_x
    lines = wrap(claim.text, geometry.text, room, lines=geometry.lines)
    share = BYLINE_SHARE if len(forest.sources(name)) > 1 else BYLINE_ALONE
    height = 2 * geometry.pad_y + len(lines) * geometry.line + geometry.byline_line
    return Row(name, "claim", lane, topic, depth, 0, -1, wide, height, geometry.gap if depth else geometry.gap_thread, lines,
               _names(forest.speakers(name), room * share, geometry), hidden, forest.hang.get(name, -1))


#: The part of a byline that names may take; the rest is for the number of sources, where there are several, and the badge.
BYLINE_SHARE, BYLINE_ALONE = 0.68, 0.92


def _names(names: Sequence[str], room: float, geometry: Geometry) -> str:
    """The first name and how many more: ``Nadia Roth +1``."""
    if not names:
        return ""
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return shorten(names[0], geometry.byline, room - width(more, geometry.byline, bold=True), bold=True) + more


def _place(map: DebateMap, lanes: list[tuple[Stance, list[Row]]], hang: dict[str, int], geometry: Geometry,
           titles: Mapping[Stance, Mapping[str, str]], folded: bool) -> Layout:
    """Everything with its coordinates: the motion on top, the lanes' heads in one line below it, rows below their head."""
    pad = geometry.lane_pad
    widths = [2 * pad + max((_indent(row.depth, geometry) + row.width for row in rows), default=geometry.card) for _, rows in lanes]
    skipped = [stance == "neutral" and all(row.hidden for row in rows) for stance, rows in lanes]
    total = sum(wide + geometry.lane_gap for wide, skip in zip(widths, skipped, strict=True) if not skip) - geometry.lane_gap
    words = {language: wrap(text, geometry.motion_text, geometry.motion - 4 * geometry.pad_x, lines=geometry.motion_lines, bold=True)
             for language, text in sorted(map.debate.motion.text.items())}
    height = 4 * geometry.pad_y + geometry.motion_line * max((len(lines) for lines in words.values()), default=1)
    motion = Header(motion_id(map), "", (total - geometry.motion) // 2, 0, geometry.motion, height, words)
    top = height + geometry.motion_gap
    heads = [{language: wrap(text, geometry.byline + 1, wide - 2 * pad, lines=geometry.lane_lines, bold=True)
              for language, text in sorted(titles.get(stance, {}).items())} for (stance, _), wide in zip(lanes, widths, strict=True)]
    head = 2 * geometry.pad_y + geometry.line * max((len(lines) for lane in heads for lines in lane.values()), default=1)
    placed: list[Row] = []
    headers: list[Header] = []
    bottom, left = top + head, 0
    for (stance, rows), wide, skip, lines in zip(lanes, widths, skipped, heads, strict=True):
        headers.append(Header(f"lane:{stance}", stance, left, top, wide, head, lines, wide, skip))
        y = top + head
        for row in rows:
            if row.hidden or folded and row.kind == "claim":
                placed.append(replace(row, x=left + pad + _indent(row.depth, geometry)))
                continue
            y += row.gap
            placed.append(replace(row, x=left + pad + _indent(row.depth, geometry), y=y))
            y += row.folded if folded else row.height
        bottom = max(bottom, y)
        left += 0 if skip else wide + geometry.lane_gap
    tied = set(hang.values())
    return Layout(total, bottom + 2 * pad, motion, tuple(headers), tuple(placed),
                  tuple(index for index in range(len(map.relations)) if index not in tied), folded)
