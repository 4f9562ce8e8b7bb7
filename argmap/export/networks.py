"""A network of `argmap.analyse.networks` in, a file's text out: GraphML for Gephi, igraph and visone, CSV of the edges for R and tables.

Left out of the CSV: actors without edges, and all of an actor but name, kind and affiliation.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argmap.errors import ArgmapError
from argmap.export.clean import harmless, printable

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["WRITERS", "edges", "graphml", "writer"]

#: What is told of each end of an edge.
TOLD = ("label", "kind", "affiliation")


def graphml(graph: nx.Graph[Any]) -> str:
    """The network as GraphML, the same text for equal networks; what XML cannot hold is replaced."""
    import networkx as nx

    plain: nx.Graph[Any] = nx.Graph(**{name: _plain(value) for name, value in graph.graph.items()})
    for name, values in graph.nodes(data=True):
        plain.add_node(_plain(name), **{key: _plain(value) for key, value in values.items()})
    for one, other, values in graph.edges(data=True):
        plain.add_edge(_plain(one), _plain(other), **{key: _plain(value) for key, value in values.items()})
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', *nx.generate_graphml(plain))) + "\n"


def edges(graph: nx.Graph[Any]) -> str:
    """The edges as CSV (RFC 4180): both ends with id, label, kind and affiliation, then the edge's own values."""
    values = list(dict.fromkeys(name for *_, edge in graph.edges(data=True) for name in edge)) or ["weight"]
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow([f"{end}{name}" for end in ("from", "to") for name in ("", *(f"_{told}" for told in TOLD))] + values)
    for one, other, edge in graph.edges(data=True):
        ends = [cell for name in (one, other) for cell in (name, *(graph.nodes[name].get(told, "") for told in TOLD))]
        rows.writerow([*(harmless(str(cell)) for cell in ends), *(edge.get(name, "") for name in values)])
    return out.getvalue()


#: What writes a network, by the suffix of its file.
WRITERS: Mapping[str, Callable[[Any], str]] = {".graphml": graphml, ".csv": edges}


def writer(path: Path) -> Callable[[Any], str]:
    """What writes a network to a file of that name.

    Raises:
        ArgmapError: there is no format of its suffix.
    """
    found = WRITERS.get(path.suffix.lower())
    if found is None:
        raise ArgmapError(f"{path}: no format for a network: end the name in {' or '.join(WRITERS)}")
    return found


def _plain(value: Any) -> Any:
    return printable(value) if isinstance(value, str) else value
