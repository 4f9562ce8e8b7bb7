"""A map comes in; what people corrected in it goes out, for the page: which items, and what of each."""

from __future__ import annotations

from typing import Any

from argmap.columns import each
from argmap.model import DebateMap

__all__ = ["marks"]


def marks(map: DebateMap) -> dict[str, Any]:
    """What people corrected, by the ids of claims, statements and actors; a relation goes by those of its claims.

    Returns:
        For each kind of item what of it was corrected, and `count`: how many corrections apply, or, where the map does not say,
        how many items have some.

    >>> from argmap.model import Actor, Debate, Motion
    >>> marks(DebateMap(Debate("d", Motion({}), ()), actors=(Actor("roth", "Roth", "person", human=("name",)),)))["actors"]
    {'roth': ('name',)}
    """
    found: dict[str, Any] = {
        **{kind: {name: human for name, human in each(getattr(map, kind), "id", "human") if human}
           for kind in ("claims", "statements", "actors")},
        "relations": {f"{origin} {target}": human for origin, target, human in each(map.relations, "origin", "target", "human") if human},
    }
    applied = sum(status == "applied" for status in map.corrections.values())
    return found | {"count": applied or sum(len(items) for items in found.values())}
