"""Coalitions, polarization over time and sides by topic come in, SVG pictures go out; the same input gives the same bytes."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from argmap.analyse.coalitions import Coalitions
from argmap.analyse.polarization import Moment
from argmap.settings import DEFAULTS, Settings

__all__ = ["COLOURS", "draw_course", "draw_network"]

#: Colours of coalitions in order, told apart by the colour-blind too (Okabe and Ito 2008), and that of actors in none.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
APART = "#8a919e"
INK, SOFT, LINE = "#1d2330", "#5b6475", "#c9ced8"
#: Sizes of the pictures in pixels, and of letters: their height, and their mean width as a part of that.
WIDTH, HEIGHT, CHART, MARGIN, KEY = 960, 600, 280, 48, 150
LETTER, ASPECT = 13, 0.56
#: Labels that fit into the picture of a network, and rounds in which its layout settles.
LABELS, ROUNDS = 30, 60
#: Pixels beyond an actor at which its name is looked a place for, where there is none beside it.
STEPS = (18, 34, 52, 72)


def draw_network(found: Coalitions, *, settings: Settings = DEFAULTS) -> str:
    """The network that coalitions were looked for in: actors in their coalition's colour, larger the more they say.

    Actors against the motion start on the left, those for it on the right, and the ties pull them to where they belong
    (Fruchterman and Reingold 1991). Drawn are each actor's strongest positive ties.

    Args:
        found: the coalitions.
        settings: `picture_ties`.
    """
    import networkx as nx

    names = list(found.ties)
    drawn = _strongest(found, settings.picture_ties)
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_nodes_from(range(len(names)))
    index = {name: i for i, name in enumerate(names)}
    graph.add_weighted_edges_from((index[one], index[other], weight) for one, other, weight in drawn)
    turn = math.pi * (3 - math.sqrt(5))  # the golden angle spreads any number of actors evenly
    start = {i: (found.ties.nodes[name]["leaning"] + 0.3 * math.cos(i * turn), 0.8 * math.sin(i * turn)) for i, name in enumerate(names)}
    places = nx.spring_layout(graph, pos=start, iterations=ROUNDS, seed=0, k=2 / math.sqrt(len(names) or 1)) if names else {}
    xs, ys = ([float(place[axis]) for place in places.values()] or [0.0] for axis in (0, 1))

    def scaled(value: float, values: list[float], size: int) -> float:
        low, high = min(values), max(values)
        return MARGIN + (value - low) / (high - low) * (size - 2 * MARGIN) if high > low else size / 2

    at = {name: (scaled(float(places[i][0]), xs, WIDTH), scaled(float(places[i][1]), ys, HEIGHT)) for name, i in index.items()}
    coalition = {actor: group.number for group in found.groups for actor in group.members}
    radius = {name: 4 + 2.2 * math.sqrt(found.ties.nodes[name]["statements"]) for name in names}
    heaviest = max((weight for *_, weight in drawn), default=1.0)
    parts = [f'<line x1="{at[one][0]:.1f}" y1="{at[one][1]:.1f}" x2="{at[other][0]:.1f}" y2="{at[other][1]:.1f}" '
             f'stroke="{LINE}" stroke-width="{0.5 + 1.5 * weight / heaviest:.2f}"/>' for one, other, weight in drawn]
    for name in names:
        x, y = at[name]
        node = found.ties.nodes[name]
        colour = COLOURS[(coalition[name] - 1) % len(COLOURS)] if name in coalition else APART
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius[name]:.1f}" fill="{colour}" stroke="#fff">'
                     f'<title>{_text(node["label"])}: {node["statements"]} statements, leaning {node["leaning"]:+.2f}</title></circle>')
    parts += _labels(found, names, at, radius)
    key = [f'<circle cx="{MARGIN + i * KEY}" cy="{HEIGHT + 4}" r="6" fill="{colour}"/>'
           f'{_word(MARGIN + i * KEY + 12, HEIGHT + 8, f"coalition {group.number}")}'
           for i, (group, colour) in enumerate(zip(found.groups, COLOURS, strict=False))]
    return _svg(WIDTH, HEIGHT + 24, "The coalitions and their ties", [*parts, *key])


def draw_course(moments: Sequence[Moment]) -> str:
    """Polarization over time: a point in the middle of each window with enough actors, with its interval.

    Args:
        moments: in order; those without a figure leave a gap.
    """
    days = [(date.fromisoformat(m.start).toordinal(), date.fromisoformat(m.end).toordinal()) for m in moments]
    first, last = (days[0][0], days[-1][1]) if days else (0, 1)

    def x(day: float) -> float:
        return MARGIN + (day - first) / max(1, last - first) * (WIDTH - 2 * MARGIN)

    def y(value: float) -> float:
        return CHART - MARGIN - value * (CHART - 2 * MARGIN)

    parts = []
    for tick in (0.0, 0.5, 1.0):
        parts.append(f'<line x1="{MARGIN}" y1="{y(tick):.1f}" x2="{WIDTH - MARGIN}" y2="{y(tick):.1f}" stroke="{LINE}"/>')
        parts.append(_word(MARGIN - 8, y(tick) + 4, f"{tick:g}", anchor="end", colour=SOFT))
    step = max(1, math.ceil(len(moments) / 10))
    for i, (start, end) in enumerate(days):
        if i % step == 0:
            parts.append(_word(x((start + end) / 2), CHART - MARGIN + 22, moments[i].start[:7], anchor="middle", colour=SOFT))
    line: list[str] = []
    for moment, (start, end) in zip(moments, days):
        value = moment.polarization
        if value is None:
            line.append("")
            continue
        middle = x((start + end) / 2)
        parts.append(f'<line x1="{middle:.1f}" y1="{y(value.low):.1f}" x2="{middle:.1f}" y2="{y(value.high):.1f}" '
                     f'stroke="{COLOURS[0]}" stroke-opacity=".35" stroke-width="7" stroke-linecap="round"/>')
        line.append(f"{middle:.1f},{y(value.index):.1f}")
        parts.append(f'<circle cx="{middle:.1f}" cy="{y(value.index):.1f}" r="5" fill="{COLOURS[0]}">'
                     f'<title>{moment.start} to {moment.end}: {value.index:.2f} ({value.favour} for, {value.against} against, '
                     f'{value.balanced} in between)</title></circle>')
    for stretch in " ".join(point or "|" for point in line).split("|"):
        if len(stretch.split()) > 1:
            parts.append(f'<polyline points="{stretch.strip()}" fill="none" stroke="{COLOURS[0]}" stroke-width="2"/>')
    return _svg(WIDTH, CHART, "Polarization over time", parts)


def _strongest(found: Coalitions, kept: int) -> list[tuple[str, str, float]]:
    chosen: dict[tuple[str, str], float] = {}
    for name in found.ties:
        ties = [(-found.ties.edges[name, other]["weight"], other) for other in found.ties[name]]
        for weight, other in sorted(ties)[:kept]:
            if weight < 0:
                chosen[min(name, other), max(name, other)] = -weight
    return [(one, other, weight) for (one, other), weight in sorted(chosen.items())]


def _labels(found: Coalitions, names: Sequence[str], at: dict[str, tuple[float, float]], radius: dict[str, float]) -> list[str]:
    """Names beside their actors, those who say most first.

    A name that would cover another or an actor is tried on the other sides, then further off with a line to its actor, then left out.
    """
    taken: list[tuple[float, float, float, float]] = [
        (at[name][0] - radius[name], at[name][1] - radius[name], at[name][0] + radius[name], at[name][1] + radius[name]) for name in names]
    parts = []
    for name in sorted(names, key=lambda n: (-found.ties.nodes[n]["statements"], n))[:LABELS]:
        text = _short(found.ties.nodes[name]["label"])
        x, y, width = *at[name], len(text) * LETTER * ASPECT
        for r in (radius[name] + 3, *(radius[name] + step for step in STEPS)):
            place = next(filter(None, (_box(left, baseline, width, taken) for left, baseline in (
                (x + r, y + 4), (x - r - width, y + 4), (x - width / 2, y - r - 2), (x - width / 2, y + r + LETTER - 2),
                (x + r, y - r), (x - r - width, y - r), (x + r, y + r + LETTER / 2), (x - r - width, y + r + LETTER / 2)))), None)
            if place:
                taken.append(place)
                if r > radius[name] + 3:
                    end = min(max(x, place[0]), place[2]), min(max(y, place[1]), place[3])
                    parts.append(f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" stroke="{SOFT}" stroke-width=".7"/>')
                parts.append(_word(place[0], place[3] - 3, text))
                break
    return parts


def _box(left: float, baseline: float, width: float, taken: Sequence[tuple[float, float, float, float]]) -> \
        tuple[float, float, float, float] | None:
    """The rectangle of a text, if it lies inside the picture and covers nothing."""
    box = (left, baseline - LETTER + 2, left + width, baseline + 3)
    free = left >= 2 and left + width <= WIDTH - 2 and box[1] >= 2 and box[3] <= HEIGHT - 8 and not any(
        box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)
    return box if free else None


def _short(text: str, longest: int = 28) -> str:
    return text if len(text) <= longest else f"{text[:longest - 1].rstrip()}…"


def _text(text: str) -> str:
    """Text that XML can hold."""
    return html.escape("".join(character for character in text if character.isprintable()))


def _word(x: float, y: float, text: str, *, anchor: str = "start", colour: str = INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{_text(text)}</text>'


def _svg(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    body = "\n".join(parts)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="system-ui, sans-serif" '
            f'font-size="{LETTER}" role="img" '
            f'aria-label="{title}">\n<rect width="{width}" height="{height}" fill="#fff"/>\n{body}\n</svg>\n')
