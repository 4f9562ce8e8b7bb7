"""A map in, its graph as plain lists out, as programs that draw networks take it: typed attributes, colours, signs, edges with ids.

What nodes and edges hold is said in `argmap.graph.to_networkx`. To that, this adds

- nodes: `colour` (of the claim's side, else of the kind of node) and `size` (grows with the number of statements);
- ``asserts`` edges: `agreement`, whether the actor affirms the claim's concept (as in discourse network analysis);
- ``supports``, ``for``: `sign` 1; ``attacks``, ``against``: `sign` -1;
- ``supports`` and ``attacks``: `first` and `last`, the dates of the articles that the relation was read from;
- edges: `colour`, and an id that no other edge has: Gephi takes edges of one id for one edge.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from argmap.export.clean import printable
from argmap.graph import to_networkx
from argmap.model import DebateMap

__all__ = ["Drawing", "Line", "Point", "Scalar", "Type", "drawing", "types_of"]

Scalar = str | int | float | bool
Type = Literal["string", "int", "double", "boolean"]
RGB = tuple[int, int, int]
#: Colours that the colour-blind tell apart (Okabe and Ito 2008), the same as on the page; grey for what takes no side.
COLOURS: Mapping[str, RGB] = {
    "motion": (34, 38, 43), "actor": (118, 122, 128), "for": (0, 114, 178), "against": (213, 94, 0), "neutral": (123, 63, 152),
    "asserts": (118, 122, 128), "mentions": (200, 200, 200), "supports": (0, 114, 178), "attacks": (213, 94, 0),
}
SIGNS: Mapping[str, int] = {"supports": 1, "for": 1, "attacks": -1, "against": -1}
#: The size of a node that makes or has no statement, in the units of Gephi; area grows with the statements.
SMALLEST = 10.0


@dataclass(frozen=True, slots=True)
class Point:
    """A node; `values` holds its attributes but for the label."""

    id: str
    label: str
    values: Mapping[str, Scalar]
    colour: RGB
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A directed edge; `values` holds its attributes but for kind and weight."""

    id: str
    origin: str
    target: str
    kind: str
    weight: float
    values: Mapping[str, Scalar]
    colour: RGB


@dataclass(frozen=True, slots=True)
class Drawing:
    """A network to be drawn: its title, points and lines in a fixed order."""

    title: str
    points: tuple[Point, ...]
    lines: tuple[Line, ...]


def drawing(debate_map: DebateMap) -> Drawing:
    """The map's network; texts hold only what XML can."""
    graph = to_networkx(debate_map)
    dates = {article.id: article.date for article in debate_map.articles}
    relation_dates = {(r.origin, r.target, f"{r.kind}s:{r.rule}"): sorted(filter(None, (dates.get(e.article, "") for e in r.evidence)))
                      for r in debate_map.relations}
    polarity = {claim.id: claim.polarity for claim in debate_map.claims}
    points, lines = [], []
    for node, attributes in graph.nodes(data=True):
        values = dict(attributes)
        colour = COLOURS[values.get("stance") or values["kind"]]
        points.append(Point(printable(node), printable(values.pop("label")), _clean(values), colour,
                            SMALLEST * math.sqrt(1 + values.get("statements", 0))))
    for number, (origin, target, key, attributes) in enumerate(graph.edges(keys=True, data=True)):
        values = dict(attributes)
        kind = values.pop("kind")
        if kind == "asserts":
            values["agreement"] = polarity[target] == 1
        if kind in SIGNS:
            values["sign"] = SIGNS[kind]
        if found := relation_dates.get((origin, target, key)):
            values |= {"first": found[0], "last": found[-1]}
        lines.append(Line(f"e{number}", printable(origin), printable(target), kind, float(values.pop("weight")), _clean(values),
                          COLOURS[kind]))
    return Drawing(printable(graph.graph["motion"]), tuple(points), tuple(lines))


def types_of(items: Iterable[Point] | Iterable[Line]) -> dict[str, Type]:
    """The attributes of points or lines with one type each, in the order of their names.

    >>> types_of([Point("a", "A", {"n": 1}, (0, 0, 0), 1.0), Point("b", "B", {"n": 0.5}, (0, 0, 0), 1.0)])
    {'n': 'double'}
    """
    types: dict[str, Type] = {}
    for item in items:
        for name, value in item.values.items():
            kind: Type = "boolean" if isinstance(value, bool) else "int" if isinstance(value, int) else \
                "double" if isinstance(value, float) else "string"
            types[name] = kind if types.get(name, kind) == kind else "double"
    return dict(sorted(types.items()))


def _clean(values: Mapping[str, Scalar]) -> dict[str, Scalar]:
    return {name: printable(value) if isinstance(value, str) else value for name, value in values.items()}
