"""A map in, GEXF 1.3 text out, dynamic, for Gephi and its timeline; written only.

Nodes are motion, claims and actors, edges what `argmap.export.drawn` says, with colours, sizes and the `kind` that lets Gephi keep
parallel edges apart. A claim, an actor and the edges of what was said last from the date of the first article that has them to that
of the last; what has no date (the motion, an actor that only is mentioned, articles without date) is there all the time.

Left out: the articles and all that points into them (attributions, spans), statements one by one, topics' and sides' names,
evidence but for its number and first signal, why actors were merged. Characters that XML cannot hold are replaced.
"""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET  # it writes here, it reads nothing
from collections.abc import Mapping

from argmap.export.drawn import RGB, Scalar, Type, drawing, types_of
from argmap.model import DebateMap

__all__ = ["dumps"]

NAMESPACE, VIZ = "http://gexf.net/1.3", "http://gexf.net/1.3/viz"
#: GEXF's names of the types.
TYPES: Mapping[Type, str] = {"string": "string", "int": "integer", "double": "double", "boolean": "boolean"}
STRING: Type = "string"


def dumps(debate_map: DebateMap) -> str:
    """The map as GEXF, the same for equal maps."""
    drawn = drawing(debate_map)
    root = ET.Element("gexf", {"xmlns": NAMESPACE, "xmlns:viz": VIZ, "version": "1.3"})
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "argmap"
    ET.SubElement(meta, "description").text = drawn.title
    graph = ET.SubElement(root, "graph", {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date",
                                          "timerepresentation": "interval"})
    node_types, edge_types = types_of(drawn.points), {**types_of(drawn.lines), "kind": STRING}
    for scope, types in (("node", node_types), ("edge", edge_types)):
        attributes = ET.SubElement(graph, "attributes", {"class": scope, "mode": "static"})
        for name, kind in types.items():
            ET.SubElement(attributes, "attribute", {"id": name, "title": name, "type": TYPES[kind]})
    nodes = ET.SubElement(graph, "nodes")
    for point in drawn.points:
        node = ET.SubElement(nodes, "node", {"id": point.id, "label": point.label, **_lasting(point.values)})
        _put(node, point.values)
        _colour(node, point.colour)
        ET.SubElement(node, "viz:size", {"value": str(round(point.size, 2))})
    edges = ET.SubElement(graph, "edges")
    for line in drawn.lines:
        edge = ET.SubElement(edges, "edge", {"id": line.id, "source": line.origin, "target": line.target, "kind": line.kind,
                                             "label": line.kind, "weight": str(line.weight), **_lasting(line.values)})
        _put(edge, {**line.values, "kind": line.kind})  # once more: most readers know no other kind than this
        _colour(edge, line.colour)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _put(parent: ET.Element, values: Mapping[str, Scalar]) -> None:
    holder = ET.SubElement(parent, "attvalues")
    for name, value in values.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        ET.SubElement(holder, "attvalue", {"for": name, "value": text})


def _colour(parent: ET.Element, colour: RGB) -> None:
    red, green, blue = colour
    ET.SubElement(parent, "viz:color", {"r": str(red), "g": str(green), "b": str(blue)})


def _lasting(values: Mapping[str, Scalar]) -> dict[str, str]:
    """When something was there; nothing where a date is missing or none of the calendar."""
    found = {}
    for name, column in (("start", "first"), ("end", "last")):
        try:
            found[name] = datetime.date.fromisoformat(str(values.get(column, ""))[:len("2025-01-01")]).isoformat()
        except ValueError:
            return {}
    return found
