"""A `DebateMap` comes in; its JSON, its graph, its tables, its files and what a notebook shows of it go out.

These are methods of every map, kept apart from the domain types because what they call lies on higher floors: each imports its
module when it is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from argmap.model import DebateMap

__all__ = ["Conveniences"]


class Conveniences:
    """What a map can do besides holding what was extracted; see the functions that each method names."""

    __slots__ = ()

    def to_json(self) -> str:
        """The map as JSON text, schema ``argmap/1``."""
        from argmap.export import argmap_json
        return argmap_json.dumps(_map(self))

    @classmethod
    def from_json(cls, text: str) -> DebateMap:
        """The map that `to_json` wrote.

        Raises:
            MapError: the text is no JSON, or of another schema.
        """
        from argmap.export import argmap_json
        return argmap_json.loads(text)

    def to_networkx(self) -> nx.MultiDiGraph[Any]:
        """The map as a graph of motion, claims and actors; see `argmap.graph.to_networkx`."""
        from argmap import graph
        return graph.to_networkx(_map(self))

    def save(self, *paths: str | Path) -> None:
        """Write the map to each path, in the format of its suffix (``.html``, ``.json``)."""
        from argmap.export import write
        for path in paths:
            write(_map(self), Path(path))

    def articles_frame(self) -> pd.DataFrame:
        """A row an article; see `argmap.frames.articles_frame`. Like all tables it needs pandas: ``pip install 'argmap[notebook]'``."""
        from argmap import frames
        return frames.articles_frame(_map(self))

    def actors_frame(self) -> pd.DataFrame:
        """A row an actor; see `argmap.frames.actors_frame`."""
        from argmap import frames
        return frames.actors_frame(_map(self))

    def statements_frame(self) -> pd.DataFrame:
        """A row a statement; see `argmap.frames.statements_frame`."""
        from argmap import frames
        return frames.statements_frame(_map(self))

    def claims_frame(self) -> pd.DataFrame:
        """A row a claim; see `argmap.frames.claims_frame`."""
        from argmap import frames
        return frames.claims_frame(_map(self))

    def relations_frame(self) -> pd.DataFrame:
        """A row a relation; see `argmap.frames.relations_frame`."""
        from argmap import frames
        return frames.relations_frame(_map(self))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """What a notebook shows: a short table, and the map itself in a frame; see `argmap.render.notebook`."""
        from argmap.render.notebook import mimebundle
        return mimebundle(_map(self))


def _map(self: Conveniences) -> DebateMap:
    """The map itself: no other class has these methods."""
    from argmap.model import DebateMap
    if not isinstance(self, DebateMap):
        raise TypeError(f"{type(self).__name__} is no DebateMap")
    return self
