"""A `DebateMap` comes in, the place of every card goes out: lanes per side, topics by size, reply trees, no overlap.

Coordinates are pixels at zoom 1, x to the right and y down, the origin at the top left of the map. A lane is a list of rows in
reading order (topic headers and cards); a row's y is the sum of the heights above it, so that the page can close gaps when
rows are hidden, by the same rule.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from argmap.graph import motion_id
from argmap.model import DebateMap, Stance
from argmap.render.forest import Forest, plant
from argmap.render.measure import clean, shorten, width, wrap
from argmap.settings import DEFAULTS, Settings

__all__ = ["GEOMETRY", "STANCES", "Geometry", "Header", "Layout", "Row", "lay_out"]

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
class Digest:
    """A folded topic in brief: its most contested claim, what attacks that most surely, and who says most.

    Attributes:
        claim: id of the most contested claim.
        lines, byline: its words and who says it.
        attack: id of the claim that attacks it, or empty.
        attack_lines, attack_byline: its words and who says it.
        most: who makes most claims under the topic.
    """

    claim: str
    lines: tuple[str, ...]
    byline: str
    attack: str
    attack_lines: tuple[str, ...]
    attack_byline: str
    most: str


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
        lines: the claim's text, wrapped.
        byline: who says it, shortened to the card.
        hidden: below the relevance threshold.
        relation: index into `DebateMap.relations` of what ties it to the claim above, or -1.
        size: for a topic, the number of claims under it that are shown.
        folded: for a topic, its height when its claims are folded into it.
        digest: for a topic, what stands on it then.
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
    digest: Digest | None = None


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

    forest = plant(map, settings=settings)
    lanes = []
    for stance in STANCES:
        rows = _lane(stance, forest, geometry)
        if rows or stance != "neutral":
            lanes.append((stance, rows))
    if titles is None:
        titles = {side.stance: side.label for side in map.debate.sides}
    folded = len(forest.claims) - len(forest.hidden) >= settings.overview_claims
    return _place(map, lanes, forest, geometry, titles, folded)


def _lane(stance: Stance, forest: Forest, geometry: Geometry) -> list[Row]:
    """The rows of a lane, not placed yet: topics by number of claims, in each the threads."""
    by_topic: dict[str, list[list[tuple[str, int]]]] = defaultdict(list)
    roots = (name for name, claim in forest.claims.items() if name not in forest.hang and claim.stance == stance)
    for root in sorted(roots, key=forest.rank):
        by_topic[forest.claims[root].topic].append(forest.thread(root))
    known = {topic: position for position, topic in enumerate(forest.topics)}
    shown = {topic: sum(name not in forest.hidden for thread in threads for name, _ in thread) for topic, threads in by_topic.items()}
    # Claims of none of the debate's topics come last whatever their number: "other" is no subject.
    order = sorted(by_topic, key=lambda topic: (topic not in known, -shown[topic], known.get(topic, len(known)), topic))
    deepest = max((depth for threads in by_topic.values() for thread in threads for _, depth in thread), default=0)
    inner = max(geometry.card, geometry.narrow + _indent(deepest, geometry))
    rows: list[Row] = []
    for topic in order:
        visible = [name for thread in by_topic[topic] for name, _ in thread if name not in forest.hidden]
        rows.append(_topic(stance, topic, visible, forest, inner, geometry))
        for thread in by_topic[topic]:
            for name, depth in thread:
                rows.append(_card(name, depth, stance, topic, forest, inner, geometry))
    return rows


def _topic(stance: Stance, topic: str, shown: list[str], forest: Forest, inner: int, geometry: Geometry) -> Row:
    """The header of a topic, with what stands on it when its claims are folded."""
    digest = _digest(stance, shown, forest, inner - 2 * geometry.pad_x, geometry) if shown else None
    height = geometry.header + geometry.byline_line + geometry.pad_y
    if digest:
        height += len(digest.lines) * geometry.line + 2 * geometry.byline_line
        if digest.attack:
            height += geometry.gap + len(digest.attack_lines) * geometry.line + geometry.byline_line
    return Row(f"topic:{stance}:{topic}", "topic", stance, topic, 0, 0, -1, inner, geometry.header, geometry.gap_topic,
               hidden=not shown, size=len(shown), folded=height, digest=digest)


def _digest(stance: Stance, shown: list[str], forest: Forest, room: int, geometry: Geometry) -> Digest:
    """A topic's claim of the lane's own side that is attacked most, with the surest of those attacks."""
    contested = min(shown, key=lambda name: (forest.claims[name].stance != stance, -len(forest.attacks[name]), *forest.rank(name)))
    attack = next(iter(forest.attacks[contested]), "")
    said = (Counter(who for name in shown if forest.said[name].cited for who in forest.said[name].speakers)
            or Counter(who for name in shown for who in forest.said[name].speakers))
    beside = room - geometry.indent

    def words(name: str, wide: int) -> tuple[tuple[str, ...], str]:
        text = clean(forest.claims[name].text)
        return (wrap(f"“{text}”", geometry.text, wide, lines=geometry.folded_lines), _names(forest.said[name].speakers, wide, geometry))

    return Digest(contested, *words(contested, room), attack, *(words(attack, beside) if attack else ((), "")),
                  _names(sorted(said, key=lambda who: (-said[who], who)), room * MOST_SHARE, geometry))


#: The part of its line that the names of those who say most may take, beside the words that say so.
MOST_SHARE = 0.72


def _indent(depth: int, geometry: Geometry) -> int:
    return geometry.indent * min(depth, geometry.deep) + geometry.indent_deep * max(0, depth - geometry.deep)


def _card(name: str, depth: int, lane: Stance, topic: str, forest: Forest, inner: int, geometry: Geometry) -> Row:
    claim = forest.claims[name]
    wide = inner - _indent(depth, geometry)
    room = wide - 2 * geometry.pad_x
    lines = wrap(claim.text, geometry.text, room, lines=geometry.lines)
    share = BYLINE_SHARE if forest.said[name].sources > 1 else BYLINE_ALONE
    height = 2 * geometry.pad_y + len(lines) * geometry.line + geometry.byline_line
    return Row(name, "claim", lane, topic, depth, 0, -1, wide, height, geometry.gap if depth else geometry.gap_thread, lines,
               _names(forest.said[name].speakers, room * share, geometry), name in forest.hidden, forest.hang.get(name, -1))


#: The part of a byline that names may take; the rest is for the number of sources, where there are several, and the badge.
BYLINE_SHARE, BYLINE_ALONE = 0.68, 0.92


def _names(names: Sequence[str], room: float, geometry: Geometry) -> str:
    """The first name and how many more: ``Nadia Roth +1``."""
    if not names:
        return ""
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return shorten(names[0], geometry.byline, room - width(more, geometry.byline, bold=True), bold=True) + more


def _place(map: DebateMap, lanes: list[tuple[Stance, list[Row]]], forest: Forest, geometry: Geometry,
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
    tied = set(forest.hang.values())
    return Layout(total, bottom + 2 * pad, motion, tuple(headers), tuple(placed),
                  tuple(index for index in range(len(map.relations)) if index not in tied), folded)
