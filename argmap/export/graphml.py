"""A map in, GraphML text out, for Gephi, yEd, Cytoscape, igraph and networkx; written only.

Nodes are motion, claims and actors, edges what `argmap.export.drawn` says; all attributes are scalars with a type. Colours are
the attributes ``r``, ``g``, ``b`` and sizes ``size``, which Gephi takes for its own.

Left out: the articles and all that points into them (attributions, spans), statements one by one, topics' and sides' names,
evidence but for its number and first signal, why actors were merged. Characters that XML cannot hold are replaced.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET  # it writes here, it reads nothing
from collections.abc import Mapping

from argmap.export.drawn import Scalar, Type, drawing, types_of
from argmap.model import DebateMap

__all__ = ["dumps"]

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
SCHEMA = f"{NAMESPACE} http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"
NODE: Mapping[str, Type] = {"label": "string", "r": "int", "g": "int", "b": "int", "size": "double"}
EDGE: Mapping[str, Type] = {"kind": "string", "weight": "double", "r": "int", "g": "int", "b": "int"}


def dumps(debate_map: DebateMap) -> str:
    """The map as GraphML, the same for equal maps."""
    drawn = drawing(debate_map)
    node_types, edge_types = {**NODE, **types_of(drawn.points)}, {**EDGE, **types_of(drawn.lines)}
    root = ET.Element("graphml", {"xmlns": NAMESPACE, "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
                                  "xsi:schemaLocation": SCHEMA})
    keys: dict[tuple[str, str], str] = {}
    for scope, types in (("node", node_types), ("edge", edge_types)):
        for name, kind in types.items():
            keys[scope, name] = f"{scope[0]}_{name}"
            ET.SubElement(root, "key", {"id": keys[scope, name], "for": scope, "attr.name": name, "attr.type": kind})
    graph = ET.SubElement(root, "graph", {"id": "map", "edgedefault": "directed"})

    def put(parent: ET.Element, scope: str, values: Mapping[str, Scalar]) -> None:
        for name, value in values.items():
            ET.SubElement(parent, "data", {"key": keys[scope, name]}).text = _text(value)

    for point in drawn.points:
        red, green, blue = point.colour
        put(ET.SubElement(graph, "node", {"id": point.id}), "node",
            {"label": point.label, "r": red, "g": green, "b": blue, "size": round(point.size, 2), **point.values})
    for line in drawn.lines:
        red, green, blue = line.colour
        put(ET.SubElement(graph, "edge", {"id": line.id, "source": line.origin, "target": line.target}), "edge",
            {"kind": line.kind, "weight": line.weight, "r": red, "g": green, "b": blue, **line.values})
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _text(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
